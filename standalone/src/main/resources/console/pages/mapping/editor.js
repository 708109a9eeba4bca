import { html, nothing } from '/lib/lit-html.js';
import { icon } from '../../parts/icons.js';
import { counted } from '../../parts/time.js';
import { failed, when } from '../../parts/view.js';

const gutter = (text, wrong) => text.split('\n').map((_, index) => html`<span class=${wrong.has(index + 1) ? 'wrong' : ''}>${index + 1}</span>${'\n'}`);

function scrolled({ target }) {
  target.previousElementSibling.scrollTop = target.scrollTop;
}

/** Puts the cursor at a line of the editor. @param {number} line */
function goTo(line) {
  const editor = document.querySelector('#document');
  const lines = editor.value.split('\n');
  const start = lines.slice(0, line - 1).join('\n').length + (line > 1 ? 1 : 0);
  editor.focus();
  editor.setSelectionRange(start, start + (lines[line - 1] ?? '').length);
  editor.scrollTop = (line - 4) * (editor.scrollHeight / lines.length);
}

function problems(list) {
  return list.length === 0 ? html`<p class="notice granted" role="status">${icon('granted')} Nothing is wrong with this text.</p>` : html`
    <div class="notice refused" role="status">${icon('stop')}<p>${counted(list.length, 'problem')} in this text.</p></div>
    <ul class="plain stack tight">${list.map(({ pointer, line, message }) => html`<li>
      ${line ? html`<button type="button" class="link" @click=${() => goTo(line)}>Line ${line}</button>: ` : nothing}${message}
      ${pointer ? html` <code class="muted">${pointer}</code>` : nothing}</li>`)}</ul>`;
}

/** The document, with its problems at their lines. It is checked here, and saved elsewhere. */
export function editor(state, actions) {
  const found = state.check?.value?.problems;
  const wrong = new Set((found ?? []).map((each) => each.line));
  return html`<section class="card"><h2>Document</h2>
    <p class="hint" id="document-hint">Try a change here before you make it: this checks the text and saves nothing. The bridge reads <code>config/integration.json</code>,
      or the file that <code>--config</code> names; save it there, then start the bridge again.</p>
    <label for="document">Text of the document</label>
    <div class="editor"><pre aria-hidden="true">${gutter(state.text, wrong)}</pre>
      <textarea id="document" spellcheck="false" autocomplete="off" aria-describedby="document-hint" .value=${state.text} @input=${actions.edit} @scroll=${scrolled}></textarea></div>
    <div class="row"><button type="button" class="primary" aria-disabled=${String(Boolean(state.check?.loading))} @click=${when(!state.check?.loading, actions.check)}>${icon('granted')} Check this text</button>
      ${state.text === state.original ? nothing : html`<button type="button" @click=${actions.reset}>Back to the document in use</button>`}</div>
    ${state.check?.error ? failed(state.check.error, actions.check) : nothing}
    ${found ? problems(found) : nothing}
  </section>`;
}
