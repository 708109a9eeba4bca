import { html, render } from '/lib/lit-html.js';
import { createApi, openEvents } from './parts/api.js';
import { confirm, openDialog } from './parts/dialog.js';
import { bar, ended } from './parts/shell.js';
import { createView, failed, loading } from './parts/view.js';

const pages = [
  { id: 'overview', title: 'Overview' },
  { id: 'people', title: 'People' },
  { id: 'differences', title: 'Differences' },
  { id: 'deadletters', title: 'Dead letters' },
  { id: 'mapping', title: 'Mapping' },
];
const main = document.querySelector('#main');
const spoken = document.querySelector('#spoken');
const notices = document.querySelector('#notices');
const NOTICE_MILLISECONDS = 6000;

let unmount = () => {};
let turn = 0;
let over = false;
let hint = null;
let context;

const api = createApi((error) => endSession(error.message));
const shell = createView(
  document.querySelector('#bar'),
  (state, view) => bar(state, view, leave),
  { pages, current: '', session: null, connected: true, deadLetters: 0 },
);

/** Says something to screen readers. */
function announce(text) {
  spoken.textContent = '';
  requestAnimationFrame(() => { spoken.textContent = text; });
}

/** Says something to everybody: a note that goes away by itself. */
function notify(text) {
  announce(text);
  const note = document.createElement('div');
  note.className = 'notice-pop';
  note.textContent = text;
  notices.append(note);
  setTimeout(() => note.remove(), NOTICE_MILLISECONDS);
}

function endSession(sentence) {
  if (over) {
    return;
  }
  over = true;
  unmount();
  context?.events.close();
  document.querySelectorAll('dialog').forEach((dialog) => dialog.close());
  shell.set({ pages: [], session: null });
  document.title = 'The session has ended · Consent Bridge';
  render(ended(sentence), fresh());
  main.querySelector('h1').focus();
}

async function leave() {
  context.events.close();
  try {
    await api.post('/api/session/end');
  } catch {
    // Ended or not, this page is left; a session without use ends by itself.
  }
  endSession('You have ended it.');
}

function fromAddress() {
  const id = location.hash.replace(/^#\//, '');
  const named = (name) => shell.state.pages.find((page) => page.id === name);
  // In the demo the first page is the one that says what the bridge is for.
  return named(id) ?? named('live') ?? shell.state.pages[0];
}

/** An element of its own for what comes next: lit-html keeps what it drew before with the element. */
function fresh() {
  const frame = document.createElement('div');
  main.replaceChildren(frame);
  return frame;
}

/** Shows the page that the address names. */
async function show(first) {
  if (over) {
    return;
  }
  const mine = ++turn;
  const page = fromAddress();
  unmount();
  unmount = () => {};
  shell.set({ current: page.id });
  document.title = `${page.title} · Consent Bridge`;
  const frame = fresh();
  frame.className = 'page';
  render(html`<div class="page-head"><h1 tabindex="-1">${page.title}</h1></div><div class="stack" id="content">${loading()}</div>`, frame);
  if (!first) {
    scrollTo(0, 0);
    frame.querySelector('h1').focus();
  }
  await mount(page, frame.querySelector('#content'), mine);
}

async function mount(page, root, mine) {
  try {
    const module = await import(`./pages/${page.id}.js`);
    if (mine === turn && !over) {
      root.replaceChildren();
      const given = hint;
      hint = null;
      unmount = module.page.mount(root, { ...context, hint: given }) ?? (() => {});
    }
  } catch (error) {
    render(failed(error, () => location.reload()), root);
  }
}

/** Goes to a page; what it is told beside the address is kept out of the address. */
function go(hash, told = null) {
  hint = told;
  if (location.hash === hash) {
    show(false);
  } else {
    location.hash = hash;
  }
}

let warned = false;

async function warn({ ends_in_seconds: seconds }) {
  if (warned) {
    return;
  }
  warned = true;
  announce(`The session ends in ${seconds} seconds.`);
  const stay = await openDialog((draw, close, titleId) => html`<div class="inside">
    <h2 id=${titleId}>Are you still there?</h2>
    <p>The session ends in ${seconds} seconds, because it has not been used for a while.</p>
    <div class="actions"><button type="button" @click=${() => close()}>End it</button><button type="button" class="primary" autofocus @click=${() => close(true)}>Stay</button></div>
  </div>`);
  warned = false;
  if (over) {
    return;
  }
  if (stay) {
    await api.get('/api/session').catch(() => {}); // A session that has ended meanwhile shows itself.
  } else {
    await leave();
  }
}

function addLive() {
  const styles = document.createElement('link');
  styles.rel = 'stylesheet';
  styles.href = '/assets/live.css';
  document.head.append(styles);
  shell.set({ pages: [...pages, { id: 'live', title: 'Live' }] });
}

async function start() {
  render(loading('Opening the console…'), fresh());
  let session;
  try {
    session = await api.get('/api/session');
  } catch (error) {
    if (!over) {
      render(failed(error, start), fresh());
    }
    return;
  }
  api.csrf = session.csrf;
  const events = openEvents((connected) => {
    shell.set({ connected });
    if (!connected) {
      api.get('/api/session').catch(() => {}); // Only to see whether the session has ended.
    }
  });
  context = { api, events, session, announce, notify, confirm, openDialog, go };
  if (session.live) {
    addLive();
  }
  shell.set({ session });
  const count = (overview) => shell.set({ deadLetters: overview.health?.queue?.dead_letters ?? 0 });
  events.on('overview', count);
  events.on('session', warn);
  addEventListener('hashchange', () => show(false));
  await show(true);
  api.get('/api/overview').then(count, () => {}); // The page itself says what failed.
}

start();
