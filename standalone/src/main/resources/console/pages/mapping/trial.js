import { html, nothing } from '/lib/lit-html.js';
import { icon } from '../../parts/icons.js';
import { table } from '../../parts/table.js';
import { exact } from '../../parts/time.js';
import { badge, raw, sideName, value } from '../../parts/values.js';
import { failed } from '../../parts/view.js';

/** A column that could not be read is not an empty one. */
const held = (row, of) => (row.note && of === null ? html`<span class="muted">–</span>` : raw(of));

const columns = [
  { label: 'Column', show: (row) => html`<span class="key">${row.column}</span>` },
  { label: 'Before', show: (row) => held(row, row.before) },
  { label: 'After', show: (row) => held(row, row.after) },
  { label: 'Change', show: (row) => (row.changes ? badge('differs', 'differs', 'changes') : badge('unknown', 'unknown', 'stays')) },
  { label: 'Note', show: (row) => row.note ?? nothing },
];

function outcome({ key, choices, ignored, columns: rows, sentence }) {
  return html`<div class="stack tight" role="status">
    ${sentence ? html`<p class="notice differs">${icon('warning')}<span>${sentence}</span></p>` : nothing}
    ${key ? html`<p>About <span class="key">${key}</span></p>` : nothing}
    ${choices.length ? html`<h3>Choices</h3><ul class="plain stack tight">${choices.map((each) => html`<li class="row"><span class="key">${each.mapping}</span>${value(each.value)}${each.decided_at ? html`<span class="small muted">${exact(each.decided_at)}</span>` : nothing}</li>`)}</ul>` : nothing}
    ${ignored.length ? html`<h3>Ignored</h3><ul class="plain small">${ignored.map((each) => html`<li><span class="key">${each.mapping}</span>: ${each.reason}</li>`)}</ul>` : nothing}
  </div>
  ${rows.length ? html`<h3>Columns of the contact</h3>${table({ label: 'Columns before and after', columns, rows })}` : nothing}`;
}

/** A delivery pasted, and what it would do to the contact. Nothing is written. */
export function trial(state, actions) {
  return html`<section class="card"><h2>Try a delivery</h2>
    <p class="hint">Paste the body of a webhook. You see which choices it carries and what would change in the contact. Nothing is written.</p>
    <form class="stack" @submit=${actions.attempt}>
      <fieldset class="row"><legend class="label">Sent by</legend>${['didomi', 'dynamics'].map((id) => html`
        <label class="option"><input type="radio" name="side" value=${id} .checked=${state.side === id} @change=${() => actions.side(id)}><span>${sideName(id)}</span></label>`)}</fieldset>
      <div class="field"><label for="delivery">Body of the delivery</label>
        <textarea id="delivery" required spellcheck="false" autocomplete="off" rows="8" placeholder="{ … }" .value=${state.body} @input=${(event) => { state.body = event.target.value; }}></textarea></div>
      <div><button type="submit" class="primary" aria-disabled=${String(Boolean(state.trial?.loading))}>${icon('play')} Show what it changes</button></div>
    </form>
    ${state.trial?.error ? failed(state.trial.error) : nothing}
    ${state.trial?.value ? outcome(state.trial.value) : nothing}
  </section>`;
}
