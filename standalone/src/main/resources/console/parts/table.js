import { html, nothing } from '/lib/lit-html.js';
import { icon } from './icons.js';
import { number } from './time.js';
import { when } from './view.js';

/**
 * A table that becomes a list of cards on a narrow screen.
 * @param {{label: string, columns: {label: string, show: (row: any) => unknown, numeric?: boolean}[], rows: any[]}} table
 */
export function table({ label, columns, rows }) {
  return html`<div class="scroll" role="region" aria-label=${label} tabindex="0"><table class="cards" role="table">
    <caption class="hidden">${label}</caption>
    <thead role="rowgroup"><tr role="row">${columns.map((column) => html`<th scope="col" role="columnheader" class=${column.numeric ? 'numeric' : ''}>${column.label}</th>`)}</tr></thead>
    <tbody role="rowgroup">${rows.map((row) => html`<tr role="row">${columns.map((column) => html`<td role="cell" data-label=${column.label} class=${column.numeric ? 'numeric' : ''}><div>${column.show(row)}</div></td>`)}</tr>`)}</tbody>
  </table></div>`;
}

/**
 * Moves through a list that the server pages.
 * @param {{offset: number, limit: number, total: number, go: (offset: number) => void, what?: string}} of
 */
export function pager({ offset, limit, total, go, what = 'entries' }) {
  if (total === 0) {
    return nothing;
  }
  const last = Math.min(offset + limit, total);
  return html`<nav class="pager" aria-label="Pages of ${what}">
    <span class="muted small">${number(offset + 1)} to ${number(last)} of ${number(total)}</span>
    ${total > limit ? html`<span class="row">
      <button type="button" class="small" aria-disabled=${String(offset === 0)} @click=${when(offset > 0, () => go(Math.max(0, offset - limit)))}>Previous</button>
      <button type="button" class="small" aria-disabled=${String(last >= total)} @click=${when(last < total, () => go(offset + limit))}>Next ${icon('next')}</button>
    </span>` : nothing}
  </nav>`;
}
