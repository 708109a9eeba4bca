import { html, render } from '/lib/lit-html.js';
export const page = { id: 'mapping', title: 'mapping', mount(root) { render(html`<p>…</p>`, root); return () => {}; } };
