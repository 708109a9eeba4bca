import { html, nothing, render } from '/lib/lit-html.js';
import { failed, when } from './view.js';

let count = 0;

/**
 * Opens a modal dialog. The focus returns to where it was when the dialog closes.
 * @param {(draw: () => void, close: (result?: unknown) => void, titleId: string) => unknown} template
 * @param {{wide?: boolean, mayClose?: () => boolean}} [options] whether Escape closes it now
 * @returns {Promise<unknown>} what it was closed with; null if it was cancelled
 */
export function openDialog(template, { wide = false, mayClose = () => true } = {}) {
  return new Promise((resolve) => {
    const dialog = document.createElement('dialog');
    const titleId = `dialog-title-${++count}`;
    let result = null;
    const close = (value = null) => {
      result = value;
      dialog.close();
    };
    const draw = () => render(template(draw, close, titleId), dialog);
    dialog.className = wide ? 'wide' : '';
    dialog.setAttribute('aria-labelledby', titleId);
    dialog.addEventListener('keydown', (event) => (event.key !== 'Escape' || mayClose() ? undefined : event.preventDefault()));
    dialog.addEventListener('cancel', (event) => (mayClose() ? undefined : event.preventDefault()));
    dialog.addEventListener('close', () => {
      dialog.remove();
      resolve(result);
    });
    document.body.append(dialog);
    draw();
    dialog.showModal();
  });
}

/**
 * Asks before something is done. What must be typed is compared before anything is sent; a failed call leaves the dialog open
 * with its sentence. A change under way cannot be cancelled, so the dialog stays until its answer is there.
 * @param {{title: string, body?: unknown, typed?: string, typedLabel?: string, reason?: 'required' | 'optional',
 *     action: string, danger?: boolean, reads?: boolean,
 *     act: (given: {typed: string, reason: string | null, signal: AbortSignal}) => Promise<unknown>}} of
 *     with a signal for calls that only read (`reads`): it is raised when the dialog is left
 * @returns {Promise<unknown>} what `act` answered; null if it was cancelled
 */
export function confirm(of) {
  const state = { typed: '', reason: '', tried: false, busy: false, error: null };
  const request = new AbortController();
  const mayClose = () => of.reads || !state.busy;
  const wrong = () => ({
    typed: of.typed !== undefined && state.typed.trim() !== of.typed,
    reason: of.reason === 'required' && state.reason.trim() === '',
  });
  const submit = async (event, draw, close) => {
    event.preventDefault();
    if (state.busy) {
      return;
    }
    Object.assign(state, { tried: true, error: null });
    if (Object.values(wrong()).some(Boolean)) {
      draw();
      event.target.querySelector('[aria-invalid="true"]')?.focus();
      return;
    }
    state.busy = true;
    draw();
    try {
      close(await of.act({ typed: state.typed.trim(), reason: state.reason.trim() || null, signal: request.signal }) ?? true);
    } catch (error) {
      if (request.signal.aborted) {
        return; // The dialog was left: no one waits for the answer.
      }
      Object.assign(state, { busy: false, error });
      draw();
    }
  };
  return openDialog((draw, close, titleId) => html`<form class="inside" novalidate @submit=${(event) => submit(event, draw, close)}>
    <h2 id=${titleId}>${of.title}</h2>
    ${of.body ?? nothing}
    ${of.typed === undefined ? nothing : input('typed', of.typedLabel ?? `Type ${of.typed}`, state, state.tried && wrong().typed ? `Type exactly ${of.typed}` : '')}
    ${of.reason ? input('reason', of.reason === 'required' ? 'Reason, kept on record' : 'Reason, kept on record (optional)', state, state.tried && wrong().reason ? 'Give a reason.' : '') : nothing}
    ${state.error ? failed(state.error) : nothing}
    ${state.busy ? html`<progress aria-label=${of.title}></progress>` : nothing}
    <div class="actions">
      <button type="button" aria-disabled=${String(!mayClose())} @click=${when(mayClose(), () => close())}>Cancel</button>
      <button type="submit" class="primary ${of.danger ? 'danger' : ''}" aria-disabled=${String(state.busy)}>${state.busy ? 'Working…' : of.action}</button>
    </div>
  </form>`, { mayClose }).finally(() => request.abort());
}

function input(name, label, state, problem) {
  return html`<div class="field">
    <label for="ask-${name}">${label}</label>
    <input id="ask-${name}" name=${name} autocomplete="off" spellcheck="false" .value=${state[name]} aria-invalid=${problem ? 'true' : 'false'}
      aria-describedby="ask-${name}-problem" @input=${(event) => { state[name] = event.target.value; }}>
    <span class="problem" id="ask-${name}-problem">${problem}</span>
  </div>`;
}
