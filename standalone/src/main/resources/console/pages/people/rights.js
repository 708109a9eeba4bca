import { html, nothing } from '/lib/lit-html.js';
import { counted, cell } from '../../parts/time.js';
import { table } from '../../parts/table.js';
import { empty, resource } from '../../parts/view.js';

const kinds = { looked_at: 'looked at', exported: 'exported', erased: 'erased', searched: 'searched', hashed: 'hash computed' };

/** Exports a person as a file. The reason is kept on the access record. */
export async function exportPerson(context, key) {
  let format = 'html';
  const file = await context.confirm({
    title: 'Export this person',
    body: html`<p>Everything that is stored here about <span class="key">${key}</span>, and what both systems show now.</p>
      <fieldset class="stack tight"><legend class="label">Format</legend>
        <label class="option"><input type="radio" name="format" checked @change=${() => { format = 'html'; }}> A document to read (HTML)</label>
        <label class="option"><input type="radio" name="format" @change=${() => { format = 'json'; }}> Data for programs (JSON)</label></fieldset>`,
    reason: 'optional',
    action: 'Export',
    reads: true,
    act: ({ reason, signal }) => context.api.file('/api/people/export', { key, format, reason }, signal),
  });
  if (file) {
    save(file);
    context.notify('The export is in your downloads.');
  }
}

function save({ name, blob }) {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = name;
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}

/** Erases a person, after the key was typed. @returns {Promise<object | null>} what was erased and what remains */
export function erasePerson(context, key) {
  return context.confirm({
    title: 'Erase this person here',
    body: html`<p>The ledger, the history, waiting deliveries and dead letters of <span class="key">${key}</span> are deleted. This cannot be undone.</p>
      <p class="small muted">Didomi and Dynamics 365 keep the person until you delete them there. Do that first: a new choice there brings the person back here.</p>`,
    typed: key,
    typedLabel: `Type the organization user id: ${key}`,
    reason: 'required',
    action: 'Erase',
    danger: true,
    act: ({ typed, reason }) => context.api.post('/api/people/erase', { key, confirm: typed, reason }),
  });
}

/** What an erasure did, and what remains elsewhere. @param {object} report as the API answers it */
export function erased({ erased: of, remains }) {
  return html`<section class="card" role="status"><h2>Erased</h2>
    <p>${counted(of.ledger, 'ledger entry', 'ledger entries')}, ${counted(of.history, 'history entry', 'history entries')}, ${counted(of.waiting, 'waiting delivery', 'waiting deliveries')} and ${counted(of.dead_letters, 'dead letter')} were deleted.</p>
    <h3>What remains elsewhere</h3><ul>${remains.map((each) => html`<li>${each}</li>`)}</ul></section>`;
}

const columns = [
  { label: 'When', show: (row) => cell(row.at) },
  { label: 'What', show: (row) => kinds[row.kind] ?? row.kind },
  { label: 'By', show: (row) => row.by },
  { label: 'With', show: (row) => row.means.replace('_', ' ') },
  { label: 'Person (hash)', show: (row) => (row.person ? html`<span class="key">${row.person}</span>` : html`<span class="muted">several or none</span>`) },
  { label: 'Reason', show: (row) => row.reason ?? html`<span class="muted">none given</span>` },
];

/** The access record: who did what with whose data, the newest first. */
export function accesses(state, actions) {
  return html`<section class="card flush"><div class="card-head row apart"><div><h2>Access record</h2>
    <p class="hint">Who looked at, exported or erased a person, here or on the command line. A person is named by a keyed hash.</p></div></div>
    ${resource(state.accesses, actions.accesses, ({ accesses: rows }) => (rows.length === 0
    ? empty('look', 'Nothing on record yet', 'Each look at a person will be listed here.')
    : html`${table({ label: 'Access record', columns, rows })}${rows.length === state.limit && state.limit < 200 ? html`<div class="pager"><button type="button" class="small" @click=${actions.more}>Show up to 200</button></div>` : nothing}`))}
  </section>`;
}
