import { html, nothing } from '/lib/lit-html.js';
import { icon } from '../../parts/icons.js';
import { pager, table } from '../../parts/table.js';
import { cell, counted, exact, number, prose } from '../../parts/time.js';
import { side } from '../../parts/values.js';
import { empty, failed, loading, resource, when } from '../../parts/view.js';

const columns = (state, actions) => [
  { label: 'Select', show: (row) => html`<input type="checkbox" .checked=${state.selected.has(row.id)} aria-label="Select delivery ${row.id}" @change=${() => actions.select([row.id])}>` },
  { label: 'Person', show: (row) => (row.key ? html`<button type="button" class="link key" @click=${() => actions.person(row.key)}>${row.key}</button>` : html`<span class="muted">not known</span>`) },
  { label: 'From', show: (row) => side(row.side) },
  { label: 'Received', show: (row) => cell(row.received_at) },
  { label: 'Gave up', show: (row) => cell(row.failed_at) },
  { label: 'Attempts', numeric: true, show: (row) => row.attempts },
  { label: 'Delivery', show: (row) => html`<button type="button" class="small" @click=${() => actions.look(row)}>${icon('look')} Look<span class="hidden"> at delivery ${row.id}</span></button>` },
];

function selection(state, rows, actions) {
  const count = state.selected.size;
  const all = rows.every((row) => state.selected.has(row.id));
  return html`<div class="row apart list-tools">
    <button type="button" class="quiet" @click=${() => actions.select(rows.filter((row) => state.selected.has(row.id) === all).map((row) => row.id))}>${all ? 'Select none of this page' : 'Select this page'}</button>
    <div class="row"><span class="small muted" role="status">${number(count)} selected</span>
      <button type="button" class="small" aria-disabled=${String(count === 0)} @click=${when(count > 0, actions.replaySelected)}>${icon('again')} Replay selected</button>
      <button type="button" class="small danger" aria-disabled=${String(count === 0)} @click=${when(count > 0, actions.discardSelected)}>${icon('erase')} Discard selected</button></div></div>`;
}

/** The letters of a group or of a person, a page at a time. */
export function letters(state, actions) {
  return resource(state.rows, actions.read, ({ total, dead_letters: rows }) => (rows.length === 0
    ? empty('done', 'None left', 'There is no dead letter of this kind any more.')
    : html`<div class="card flush letters">${selection(state, rows, actions)}
      ${table({ label: 'Dead letters', rows, columns: columns(state, actions) })}
      ${pager({ offset: state.offset, limit: state.limit, total, go: actions.page, what: 'dead letters' })}</div>`));
}

const pretty = (body) => {
  try {
    return JSON.stringify(JSON.parse(body), null, 2);
  } catch {
    return body; // What is not JSON is shown as it came.
  }
};

/** Shows one delivery; personal data is masked until it is asked for. */
export function look(context, row) {
  const state = { plain: false, detail: undefined, shownPlain: false, error: null };
  let again = () => {};
  const read = async () => {
    const { plain } = state;
    Object.assign(state, { error: null });
    let outcome;
    try {
      outcome = { detail: await context.api.post('/api/deadletters/show', { id: row.id, plain }), shownPlain: plain };
    } catch (error) {
      outcome = { error };
    }
    if (plain === state.plain) {
      Object.assign(state, outcome);
    }
    again();
  };
  read();
  return context.openDialog((draw, close, titleId) => {
    again = draw;
    return html`<div class="inside"><h2 id=${titleId}>Delivery <span class="key">${row.id}</span></h2>
      ${state.error ? failed(state.error, read) : state.detail ? detail(state, () => {
    state.plain = !state.plain;
    read();
  }) : loading()}
      <div class="actions"><button type="button" class="primary" @click=${() => close()}>Close</button></div></div>`;
  }, { wide: true });
}

function detail({ detail: of, plain, shownPlain }, toggle) {
  return html`<dl class="facts">
      <dt>From</dt><dd>${side(of.side)}</dd>
      <dt>Received</dt><dd>${exact(of.received_at)}</dd>
      ${of.failing_since ? html`<dt>Failing since</dt><dd>${exact(of.failing_since)}</dd>` : nothing}
      <dt>Gave up</dt><dd>${exact(of.failed_at)}, after ${counted(of.attempts, 'attempt')}</dd>
      <dt>Reason</dt><dd>${prose(of.reason)}</dd>
    </dl>
    <div class="row apart"><h3>Body ${shownPlain ? 'as received' : 'with personal data masked'}</h3>
      <button type="button" class="small" aria-pressed=${String(plain)} @click=${toggle}>${icon('look')} Show personal data</button></div>
    <pre class="body" tabindex="0" role="region" aria-label="Body of the delivery">${pretty(of.body)}</pre>`;
}
