import { html, nothing } from '/lib/lit-html.js';
import { icon } from '../../parts/icons.js';
import { table } from '../../parts/table.js';
import { counted } from '../../parts/time.js';
import { badge } from '../../parts/values.js';
import { empty } from '../../parts/view.js';

const directions = {
  both: ['both', 'both ways'], to_dynamics: ['next', 'to Dynamics'], to_didomi: ['next', 'to Didomi'],
};
const winners = { newest: 'the newest choice', didomi: 'Didomi', dynamics: 'Dynamics 365' };

const options = (list) => (list.length === 0 ? nothing : html`<details><summary>${counted(list.length, 'option')}</summary><ul class="plain small">${list.map((each) => html`
  <li><code>${each.value}</code> → ${each.label ? html`${each.label} ` : nothing}<code>${each.option}</code></li>`)}</ul></details>`);

const columns = [
  { label: 'Column', show: (row) => html`<strong>${row.label ?? row.column}</strong>${row.label && row.label !== row.column ? html`<div><span class="key muted">${row.column}</span></div>` : nothing}` },
  { label: 'Type', show: (row) => html`${row.type ?? html`<span class="muted">not read</span>`}${options(row.options)}` },
  { label: 'Didomi value', show: (row) => row.didomi },
  { label: 'Regulation', show: (row) => row.regulation.toUpperCase() },
  { label: 'Direction', show: (row) => html`<span class="nowrap">${icon(directions[row.direction]?.[0] ?? 'next')} ${directions[row.direction]?.[1] ?? row.direction}</span>` },
  { label: 'Wins', show: (row) => winners[row.wins] ?? row.wins },
  { label: 'Meaning', show: (row) => (row.invert ? html`granted is written <code>false</code>` : 'as in Didomi') },
  { label: 'State', show: (row) => (row.problem ? html`${badge('refused', 'stop', 'problem')}<p class="small">${row.problem}</p>` : badge('granted', 'granted', 'in order')) },
];

/** The mapped columns with what is wrong with them. */
export function mappings({ mappings: rows, purposes, unreadable }, retry) {
  return html`${unreadable ? html`<div class="notice differs" role="status">${icon('warning')}<p>${unreadable}</p><button type="button" @click=${retry}>${icon('again')} Try again</button></div>` : nothing}
  <section class="card flush"><div class="card-head"><h2>Columns</h2>
    <p class="hint">Which column of the contact holds which value of Didomi.</p></div>
    ${rows.length ? table({ label: 'Mapped columns', columns, rows })
    : empty('mapping', 'Nothing is mapped', html`Run <code>./bridge init</code>: it reads both systems and proposes mappings.`)}</section>
  ${unmapped(purposes)}`;
}

function unmapped(purposes) {
  const left = purposes.filter(({ mapped }) => !mapped);
  return left.length === 0 ? nothing : html`<section class="card"><h2>Purposes that no column holds</h2>
    <ul class="plain row">${left.map(({ id, name }) => html`<li><span class="badge unknown">${icon('unknown')}${name} <code>${id}</code></span></li>`)}</ul>
    <p class="hint">Choices about them stay in Didomi. To carry one over, add a mapping to the document.</p></section>`;
}
