import { html, render } from '/lib/lit-html.js';
export const page = { id: 'differences', title: 'differences', mount(root) { render(html`<p>…</p>`, root); return () => {}; } };
