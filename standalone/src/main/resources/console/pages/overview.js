import { html, render } from '/lib/lit-html.js';
export const page = { id: 'overview', title: 'overview', mount(root) { render(html`<p>…</p>`, root); return () => {}; } };
