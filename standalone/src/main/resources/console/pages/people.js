import { html, render } from '/lib/lit-html.js';
export const page = { id: 'people', title: 'people', mount(root) { render(html`<p>…</p>`, root); return () => {}; } };
