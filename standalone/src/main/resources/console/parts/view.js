import { html, nothing, render } from '/lib/lit-html.js';
import { icon } from './icons.js';
import { capital, prose } from './time.js';

const drawn = new Set();

/** Draws every view again, for example in another time zone. */
export const redraw = () => drawn.forEach((draw) => draw());

/** What had the focus is gone: the keyboard goes on at what took its place, not at the top of the page. */
function keepFocus(root) {
  (root.querySelector('[data-focus]') ?? document.querySelector('main h1'))?.focus({ preventScroll: true });
}

/**
 * A state and the template that shows it. Changes of one turn are drawn together.
 * @template S
 * @param {Element} root
 * @param {(state: S, view: object) => unknown} template
 * @param {S} state
 */
export function createView(root, template, state) {
  const turns = new Map();
  let queued = false;
  let stopped = false;
  const draw = () => {
    queued = false;
    if (!stopped) {
      const focused = document.activeElement;
      const mine = root.contains(focused);
      render(template(state, view), root);
      if (mine && !focused.isConnected) {
        keepFocus(root);
      }
    }
  };
  const view = {
    state,
    set(changes) {
      Object.assign(state, changes);
      if (!queued) {
        queued = true;
        queueMicrotask(draw);
      }
    },
    /** Keeps what `fetch` answers as `state[name]`: {loading}, {value} or {error}. A later call overtakes an earlier one. */
    async load(name, fetch) {
      const turn = (turns.get(name) ?? 0) + 1;
      turns.set(name, turn);
      view.set({ [name]: { ...state[name], loading: true } });
      let outcome;
      try {
        outcome = { value: await fetch() };
      } catch (error) {
        outcome = { error };
      }
      if (turns.get(name) === turn && !stopped) {
        view.set({ [name]: outcome });
      }
      return outcome;
    },
    /** Forgets these, and what is still under way for them: an answer about one thing must not show under another. */
    forget(...names) {
      names.forEach((name) => turns.set(name, (turns.get(name) ?? 0) + 1));
      view.set(Object.fromEntries(names.map((name) => [name, undefined])));
    },
    stop() {
      stopped = true;
      drawn.delete(draw);
    },
  };
  drawn.add(draw);
  draw();
  return view;
}

/**
 * What a button does while it may be pressed. Buttons are marked by aria-disabled: a disabled one would lose the keyboard's focus.
 * @param {boolean} may @param {(event: Event) => unknown} act
 */
export const when = (may, act) => (event) => (may ? act(event) : event.preventDefault());

/** Something is being read. */
export function loading(text = 'Reading…') {
  return html`<p class="loading" role="status">${text}</p>`;
}

/**
 * A failed call: its sentence and a way to try again.
 * @param {Error} error
 * @param {() => void} [retry]
 */
export function failed(error, retry) {
  return html`<div class="notice refused" role="alert">
    ${icon('stop')}<p>${prose(capital(error.message))}</p>
    ${retry ? html`<button type="button" @click=${retry}>${icon('again')} Try again</button>` : nothing}
  </div>`;
}

/**
 * Nothing to show, and what to do next.
 * @param {string} symbol @param {string} title @param {unknown} text @param {unknown} [action]
 */
export function empty(symbol, title, text, action = nothing) {
  return html`<div class="empty">${icon(symbol)}<p class="empty-title">${title}</p><p>${text}</p>${action}</div>`;
}

/**
 * What was loaded, or why it is not there.
 * @param {{loading?: boolean, value?: unknown, error?: Error} | undefined} resource as {@link createView} keeps it
 * @param {() => void} retry
 * @param {(value: any) => unknown} show
 */
export function resource(resource, retry, show) {
  if (resource?.error) {
    return failed(resource.error, retry);
  }
  return resource?.value === undefined ? loading() : show(resource.value);
}
