import { html, nothing } from '/lib/lit-html.js';
import { icon } from '../../parts/icons.js';
import { capital, cell, counted, exact, prose } from '../../parts/time.js';
import { table } from '../../parts/table.js';
import { agreement, badge, raw, shown, side, sideName, value } from '../../parts/values.js';

/** In place of a delivery: none reported the choice. */
const UNREPORTED = 'unreported change';

const idOf = (register) => `${register.regulation}/${register.didomi_value ?? register.words}`;

/**
 * The registers by Didomi value: several columns may show one.
 * @param {object[]} registers
 * @returns {{id: string, words: string, regulation: string, first: object, columns: object[]}[]}
 */
export function values(registers) {
  const groups = new Map();
  registers.forEach((register) => {
    const id = idOf(register);
    if (!groups.has(id)) {
      groups.set(id, { id, words: register.words, regulation: register.regulation, first: register, columns: [] });
    }
    groups.get(id).columns.push(register);
  });
  return [...groups.values()];
}

/** The choice in one sentence; the reason stands apart, as it begins in several ways. */
function standing(register) {
  return register.value === null ? html`<p>${prose(capital(register.reason))}.</p>`
    : html`<p>Chosen in ${sideName(register.side)} at ${exact(register.decided_at)}${register.delivery === UNREPORTED ? ' at the latest' : ''}.</p><p class="small muted">Why it stands: ${prose(register.reason)}.</p>`;
}

function column({ mapping, label, column_value: holds, dynamics_known: known, dynamics_shows: shows, didomi_shows: didomi }) {
  const same = JSON.stringify(shows) === JSON.stringify(didomi);
  return html`<div class="sides">
    <div>${side('didomi')}${value(didomi)}</div>
    ${icon('both')}
    <div>${side('dynamics')}${shown(known, shows)}</div>
  </div>
  <div class="row apart small"><span>${label && label !== mapping ? `${label}: ` : nothing}<code>${mapping}</code>${known ? html` = ${raw(holds)}` : ' has not been read yet'}</span>${known ? agreement(same) : nothing}</div>`;
}

/** One card per purpose or preference: what stands, why, and what both sides show. */
export function cards(explanation) {
  const groups = values(explanation.registers);
  return html`<div class="columns">${groups.map(({ words, regulation, first, columns }) => html`<section class="card">
    <div class="row apart"><h3>${capital(words)}</h3><span class="small muted">${regulation.toUpperCase()}</span></div>
    <div class="row"><span class="muted small">Stands:</span>${value(first.value)}</div>
    ${standing(first)}${columns.map(column)}
  </section>`)}</div>`;
}

/** The person's deliveries that wait or failed. */
export function deliveries({ waiting, waiting_note: note, dead_letters: letters }, toLetters) {
  if (waiting?.length === 0 && letters.length === 0) {
    return html`<p class="muted">${icon('granted')} No delivery of this person waits, and none is in the dead letters.</p>`;
  }
  return html`
    ${waiting === null ? html`<p class="muted">${note}</p>` : nothing}
    ${waiting?.length ? html`<section class="card flush"><div class="card-head"><h3>${badge('differs', 'clock', counted(waiting.length, 'delivery waits', 'deliveries wait'))}</h3></div>${waitingTable(waiting)}</section>` : nothing}
    ${letters.length ? html`<section class="card flush"><div class="card-head row apart"><h3>${badge('refused', 'deadletters', `${counted(letters.length, 'dead letter')}`)}</h3>
      <button type="button" class="small" @click=${toLetters}>Look at and replay ${icon('next')}</button></div>${letterTable(letters)}</section>` : nothing}`;
}

const waitingTable = (rows) => table({ label: 'Deliveries that wait', rows, columns: [
  { label: 'From', show: (row) => side(row.side) },
  { label: 'Received', show: (row) => cell(row.received_at) },
  { label: 'Attempts', numeric: true, show: (row) => row.attempts },
  { label: 'Last failure', show: (row) => row.last_failure ?? html`<span class="muted">none</span>` },
] });

const letterTable = (rows) => table({ label: 'Dead letters of this person', rows, columns: [
  { label: 'From', show: (row) => side(row.side) },
  { label: 'Received', show: (row) => cell(row.received_at) },
  { label: 'Reason', show: (row) => prose(row.reason) },
] });
