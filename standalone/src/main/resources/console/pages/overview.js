import { html, nothing } from '/lib/lit-html.js';
import { icon } from '../parts/icons.js';
import { counted, duration, moment, number, prose, since } from '../parts/time.js';
import { badge, side } from '../parts/values.js';
import { createView, empty, failed, loading, resource, when } from '../parts/view.js';
import { charts, withEvent } from './overview/charts.js';
import { lead, leadBanner } from './overview/lead.js';

const RANGES = [[60, '1 hour'], [360, '6 hours'], [1440, '24 hours']];
const tokens = { ok: ['granted', 'granted', 'signed in'], failed: ['refused', 'refused', 'refused'], unknown: ['unknown', 'unknown', 'not known yet'] };
const checkStates = {
  ok: ['granted', 'granted', 'in order'], warning: ['differs', 'warning', 'look at it'],
  failed: ['refused', 'refused', 'failed'], not_checked: ['unknown', 'unknown', 'not checked'],
};
const results = { done: ['granted', 'granted', 'done'], stopped: ['differs', 'stop', 'stopped'], interrupted: ['differs', 'pause', 'interrupted'], failed: ['refused', 'refused', 'failed'] };
const scans = { full: 'Both systems in full', didomi: "Didomi's users", dynamics: 'Changes in Dynamics 365' };

function system(of, running, resume) {
  const isPaused = of.paused_until && Date.parse(of.paused_until) > Date.now();
  return html`<section class="card" aria-label=${of.label}>
    <h2>${side(of.system)}</h2>
    <dl class="facts">
      <dt>Credentials</dt><dd>${badge(...(tokens[of.token] ?? tokens.unknown))}</dd>
      <dt>Requests</dt><dd>${isPaused ? html`${badge('differs', 'pause', 'paused')} until ${moment(of.paused_until)}` : running ? badge('granted', 'play', 'not paused') : badge('unknown', 'unknown', 'not known')}</dd>
      <dt>Last delivery</dt><dd>${running ? since(of.last_delivery) : html`<span class="muted">not known</span>`}</dd>
    </dl>
    ${of.sentence ? html`<p class="small muted">${prose(of.sentence)}</p>` : nothing}
    ${isPaused ? html`<div><button type="button" class="small" @click=${() => resume(of.system)}>${icon('play')} Resume ${of.label}</button></div>` : nothing}
  </section>`;
}

function queue(health) {
  if (!health?.queue) {
    return html`<section class="card" aria-label="Queue"><h2>Queue</h2><p class="muted">Known while a bridge runs.</p></section>`;
  }
  const { depth, in_flight: inFlight, oldest_seconds: oldest, dead_letters: dead } = health.queue;
  return html`<section class="card" aria-label="Queue"><h2>Queue</h2><div class="numbers">
    <div class="number"><strong>${number(depth)}</strong><span>waiting</span></div>
    <div class="number"><strong>${number(inFlight)}</strong><span>being applied</span></div>
    <div class="number"><strong>${depth + inFlight ? duration(oldest) : '–'}</strong><span>oldest</span></div>
    <div class="number"><strong>${number(dead)}</strong><span>${dead ? html`<a href="#/deadletters">dead letters</a>` : 'dead letters'}</span></div>
  </div></section>`;
}

function reconciliation(last) {
  const body = last?.finished_at
    ? html`<dl class="facts"><dt>Ended</dt><dd>${since(last.finished_at)}</dd><dt>Scan</dt><dd>${scans[last.scan] ?? last.scan}</dd><dt>Result</dt><dd>${badge(...(results[last.result] ?? ['unknown', 'unknown', last.result]))}</dd></dl>`
    : html`<p class="muted">None has ended yet. A dry run shows what differs between the two systems, and writes nothing.</p>`;
  return html`<section class="card"><h2>Last reconciliation</h2>${body}<div><a href="#/differences">Compare both systems</a></div></section>`;
}

function checks({ at, checks: list }, state, run) {
  const troubled = list.filter((check) => check.state !== 'ok');
  const good = list.filter((check) => check.state === 'ok');
  return html`<section class="card"><div class="row apart"><h2>Checks</h2>
      <button type="button" aria-disabled=${String(Boolean(state.checking))} @click=${when(!state.checking, run)}>${icon('again')} ${state.checking ? 'Checking…' : 'Run the checks'}</button></div>
    ${state.checkFailure ? failed(state.checkFailure) : nothing}
    ${state.checking ? html`<progress aria-label="The checks are under way"></progress>` : nothing}
    ${list.length === 0 ? empty('done', 'Not checked yet', 'The checks look at the credentials, every mapped column, the webhooks and the store, and say what to do.')
    : html`<p class="muted small">Checked ${since(at)}: ${counted(good.length, 'check')} in order, ${number(troubled.length)} to look at.</p>
      <ul class="plain checks">${troubled.map(check)}</ul>
      ${good.length ? html`<details><summary>${counted(good.length, 'check')} in order</summary><ul class="plain checks">${good.map(check)}</ul></details>` : nothing}`}
  </section>`;
}

function check({ subject, state, sentence }) {
  return html`<li>${badge(...checkStates[state])}<div><h3>${subject}</h3>
    <p>${state === 'failed' || state === 'warning' ? html`<strong class="small">Do this: </strong>` : nothing}${prose(sentence)}</p></div></li>`;
}

function template(state, { actions }) {
  return html`${resource(state.overview, actions.reload, (overview) => html`
    ${leadBanner(lead(overview), actions.resume)}
    ${state.resumeFailure ? failed(state.resumeFailure) : nothing}
    <div class="columns stretch">${overview.systems.map((each) => system(each, overview.running, actions.resume))}${queue(overview.health)}</div>`)}
  <div class="row apart"><h2>Activity</h2>
    <div class="segments" role="group" aria-label="Range of the charts">${RANGES.map(([minutes, label]) => html`
      <button type="button" aria-pressed=${String(state.minutes === minutes)} @click=${() => actions.range(minutes)}>${label}</button>`)}</div></div>
  ${resource(state.activity, () => actions.range(state.minutes), charts)}
  ${state.overview?.value ? html`<div class="columns">${checks(state.overview.value.checks, state, actions.check)}${reconciliation(state.overview.value.last_reconciliation)}</div>`
    : state.overview?.loading ? loading() : nothing}`;
}

function createActions(context, view) {
  const { api, announce, notify } = context;
  const actions = {
    reload: () => view().load('overview', () => api.get('/api/overview')),
    range(minutes) {
      view().set({ minutes });
      return view().load('activity', () => api.get(`/api/activity?minutes=${minutes}`));
    },
    async resume(system) {
      view().set({ resumeFailure: null });
      try {
        await api.post('/api/resume', { system });
        notify('The pause is lifted.');
        await actions.reload();
      } catch (error) {
        view().set({ resumeFailure: error });
      }
    },
    async check() {
      view().set({ checking: true, checkFailure: null });
      announce('The checks are under way.');
      try {
        view().set({ task: (await api.post('/api/tasks', { kind: 'checks' })).id });
        await actions.settle();
      } catch (error) {
        view().set({ checking: false, checkFailure: error });
      }
    },
    /** Also asked once after the start, as the task may have ended before its id was known. */
    async settle() {
      const task = await api.get(`/api/tasks/${view().state.task}`);
      actions.hear(task);
    },
    hear(task) {
      if (view().state.checking && task.id === view().state.task && task.state !== 'running') {
        view().set({ checking: false, checkFailure: task.state === 'failed' ? new Error(task.sentence) : null });
        notify('The checks have ended.');
        actions.reload();
      }
    },
  };
  return actions;
}

/** How things are: both systems, the queue, activity, doctor's checks. */
export const page = {
  id: 'overview',
  title: 'Overview',
  mount(root, context) {
    let view;
    const actions = createActions(context, () => view);
    view = createView(root, (state) => template(state, { actions }), { minutes: 60, overview: { loading: true }, activity: { loading: true } });
    actions.reload();
    actions.range(60);
    const off = [
      context.events.on('overview', (overview) => view.set({ overview: { value: overview } })),
      context.events.on('task', actions.hear),
      context.events.on('activity', (event) => {
        if (view.state.activity?.value) {
          view.set({ activity: { value: withEvent(view.state.activity.value, event) } });
        }
      }),
    ];
    return () => {
      off.forEach((stop) => stop());
      view.stop();
    };
  },
};
