import { html, render } from '/lib/lit-html.js';
export const page = { id: 'deadletters', title: 'deadletters', mount(root) { render(html`<p>…</p>`, root); return () => {}; } };
