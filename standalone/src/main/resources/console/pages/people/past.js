import { html, nothing } from '/lib/lit-html.js';
import { pager, table } from '../../parts/table.js';
import { cell, counted, exact, prose } from '../../parts/time.js';
import { timeline } from '../../parts/timeline.js';
import { badge, shown, side, value } from '../../parts/values.js';
import { failed } from '../../parts/view.js';
import { values } from './cards.js';

const LIST = 25;

const belongs = (entry, group) => entry.kind === 'erasure'
  || (entry.didomi_value ? group.id === `${entry.regulation}/${entry.didomi_value}` || group.words === entry.didomi_value
    : group.columns.some((column) => column.mapping === entry.mapping));

function chain(history) {
  return history.chain === 'unbroken' ? badge('granted', 'granted', 'history unbroken') : badge('refused', 'stop', `history ${history.chain}`);
}

/** The timeline of one value, with a choice of the others, and the same as a list. */
export function past(person, state, actions) {
  const { explanation, history } = person;
  const groups = values(explanation.registers);
  const chosen = groups.find((group) => group.id === state.group) ?? groups[0];
  if (history.history.length === 0) {
    return html`<section class="card"><h2>History</h2><p class="muted">No history is kept of this person yet: it begins with the next choice.</p></section>`;
  }
  const entries = chosen ? entriesOf(history.history, chosen) : [];
  return html`<section class="card"><div class="row apart"><h2>History</h2>${chain(history)}</div>
    ${groups.length === 0 ? nothing : html`<div class="segments" role="group" aria-label="Purpose of the timeline">${groups.map((group) => html`
      <button type="button" aria-pressed=${String(group === chosen)} @click=${() => actions.choose(group.id)}>${group.words}</button>`)}</div>`}
    ${entries.length ? timeline({ label: chosen.words, entries, winner: chosen.first })
    : html`<p class="muted">Nothing is recorded of ${chosen?.words ?? 'a value that is mapped now'}.</p>`}
    <details><summary>The whole history as a list (${counted(history.history.length, 'entry', 'entries')})</summary>${list(history.history, state, actions)}</details>
  </section>`;
}

const chosenEntries = new WeakMap();

/** The same array as long as the history is the same one, so that the timeline keeps its place. */
function entriesOf(history, chosen) {
  const known = chosenEntries.get(history) ?? new Map();
  chosenEntries.set(history, known);
  if (!known.has(chosen.id)) {
    known.set(chosen.id, history.filter((entry) => belongs(entry, chosen)));
  }
  return known.get(chosen.id);
}

function list(entries, state, actions) {
  const newestFirst = [...entries].reverse();
  return html`<ol class="plain stack tight">${newestFirst.slice(state.listOffset, state.listOffset + LIST).map((entry) => html`
    <li><span class="small muted">${cell(entry.at)}</span><span>${prose(entry.sentence)}</span></li>`)}</ol>
    ${pager({ offset: state.listOffset, limit: LIST, total: entries.length, go: actions.list, what: 'the history' })}`;
}

const columns = [
  { label: 'Value', show: (row) => row.words ?? row.mapping },
  { label: 'Stood', show: (row) => value(row.value) },
  { label: 'Chosen in', show: (row) => (row.side ? side(row.side) : html`<span class="muted">no choice</span>`) },
  { label: 'Chosen at', show: (row) => cell(row.decided_at) },
  { label: 'Didomi showed', show: (row) => shown(row.didomi_known, row.didomi_shows) },
  { label: 'Dynamics showed', show: (row) => shown(row.dynamics_known, row.dynamics_shows) },
  { label: 'Why', show: (row) => prose(row.reason) },
];

/** What stood at a date. */
export function atDate(state, actions) {
  return html`<section class="card flush"><div class="card-head stack"><h2>At a date</h2>
    <form class="row end" @submit=${actions.at}>
      <div class="field"><label for="at-day">Date</label><input id="at-day" type="date" required max=${new Date().toISOString().slice(0, 10)}></div>
      <div class="field"><label for="at-time">Time in UTC (optional)</label><input id="at-time" type="time" step="1"></div>
      <button type="submit">Show what stood then</button>
    </form>
    <p class="hint">A date alone means the end of that day in UTC. Judged by when choices were made, also where they became known later.</p>
    ${state.at?.error ? failed(state.at.error) : nothing}
    ${state.at?.value ? html`<p role="status">What stood at ${exact(state.at.value.at)}:</p>` : nothing}</div>
    ${state.at?.value ? table({ label: 'What stood then', rows: state.at.value.registers, columns }) : nothing}
  </section>`;
}
