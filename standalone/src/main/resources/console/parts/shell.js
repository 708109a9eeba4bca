import { html, nothing } from '/lib/lit-html.js';
import { icon, mark } from './icons.js';
import { capital, isUtc, number, setUtc } from './time.js';
import { redraw } from './view.js';

const themes = { auto: ['light', 'Theme: as the system'], light: ['dark', 'Theme: light'], dark: ['auto', 'Theme: dark'] };

const theme = () => document.documentElement.dataset.theme ?? 'auto';

function setTheme(name) {
  if (name === 'auto') {
    delete document.documentElement.dataset.theme;
  } else {
    document.documentElement.dataset.theme = name;
  }
  try {
    localStorage.setItem('bridge-theme', name);
  } catch {
    // It holds until the page is left.
  }
  document.dispatchEvent(new Event('console-theme'));
}

function link(page, current, deadLetters) {
  const count = page.id === 'deadletters' ? deadLetters : 0;
  return html`<li><a href="#/${page.id}" aria-current=${page.id === current ? 'page' : nothing}>
    ${icon(page.id)}<span>${page.title}</span>${count ? html`<span class="count"><span class="hidden">: </span>${number(count)}</span>` : nothing}
  </a></li>`;
}

/**
 * The bar with the navigation.
 * @param {{pages: object[], current: string, session: object | null, connected: boolean, deadLetters: number}} state
 * @param {{set(changes: object): void}} view
 * @param {() => void} leave
 */
export function bar({ pages, current, session, connected, deadLetters }, view, leave) {
  const [next, label] = themes[theme()];
  const change = (act) => () => {
    act();
    view.set({});
    redraw();
  };
  return html`<div class="bar">
    <div class="brand">${mark()}<span>Consent Bridge</span></div>
    <nav class="nav" aria-label="Pages"><ul>${pages.map((page) => link(page, current, deadLetters))}</ul></nav>
    <div class="bar-foot">
      ${session ? html`<p class="who">${session.user} on <span class="key">${session.host}</span><br>version ${session.version}</p>` : nothing}
      ${connected ? nothing : html`<p class="who" role="status">${icon('warning')} No live updates; trying again</p>`}
      <div class="bar-tools">
        <button type="button" class="icon-button" title=${label} aria-label=${label} @click=${change(() => setTheme(next))}>${icon(theme())}</button>
        <button type="button" class="icon-button small" title="Show times in UTC" aria-label="Show times in UTC" aria-pressed=${String(isUtc())} @click=${change(() => setUtc(!isUtc()))}>UTC</button>
        <button type="button" class="icon-button" title="End the session" aria-label="End the session" @click=${leave}>${icon('leave')}</button>
      </div>
    </div>
  </div>`;
}

/** What stands in place of a page when there is no session any more. @param {string} sentence */
export const ended = (sentence) => html`<div class="page"><h1 tabindex="-1">The session has ended</h1>
  <div class="card"><p>${capital(sentence)}${sentence.endsWith('.') ? '' : '.'}</p><p>Start <code>./bridge console</code> again and use the address that it prints. An address works once.</p></div></div>`;
