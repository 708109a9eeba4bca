import { html, nothing } from '/lib/lit-html.js';
import { createView, failed, resource } from '../parts/view.js';
import { differing, send, stage } from './live/stage.js';
import { journal } from './live/journal.js';
import { troubles } from './live/troubles.js';

const MAX_EVENTS = 100;
const TRAVEL_MILLISECONDS = 800;
const SPOKEN = new Set(['lost', 'written', 'posted', 'waiting', 'failed', 'repeated', 'recovered']);
const DECISIONS = new Set(['decided', 'lost', 'waiting', 'failed', 'repeated', 'recovered']);
const ENDS_BY_ITSELF = new Set(['lost', 'recovered', 'repeated', 'failed']);
const moves = () => !matchMedia('(prefers-reduced-motion: reduce)').matches;

function people(list, current, choose) {
  return html`<div class="row live-people"><span class="label" id="live-people">Person</span>
    <div class="segments" role="group" aria-labelledby="live-people">${list.map(({ key, name }) => html`
      <button type="button" aria-pressed=${String(key === current)} @click=${() => choose(key)}>${name}</button>`)}</div></div>`;
}

function intro() {
  return html`<div class="live-intro"><p class="live-lead">Flip a switch on either side and watch the other one follow.</p>
    <p class="muted">On the left a person makes choices in Didomi. On the right staff work on the same person’s contact in Dynamics 365. Consent Bridge
      stands between them: each change travels as a webhook, the newest choice wins, and it is written to the other side. Both systems are
      simulated; the bridge, its store and every request are real.</p></div>`;
}

function template(state, { actions }) {
  return resource(state.live, actions.reload, (live) => {
    const key = state.key ?? live.people[0].key;
    return html`${intro()}
    ${people(live.people, key, actions.choosePerson)}
    ${state.failure ? failed(state.failure) : nothing}
    ${stage({ ...state, live, key, first: state.events.length === 0 }, actions)}
    ${troubles(live.troubles, { people: live.people, person: live.people.find((each) => each.key === key), busy: state.busy, differing: differing(live).filter((each) => !state.way.has(each.key)) }, actions)}
    ${journal(state.events)}`;
  });
}

/** Applies what one side shows now; the side that follows waits until its token has arrived. */
function createStates(view, timers) {
  const actors = new Map();
  const apply = (key, side, values) => {
    const live = view().state.live?.value;
    if (live?.state[key]) {
      live.state[key] = { ...live.state[key], [side]: values };
      view().set({});
    }
  };
  return {
    acted: ({ key, from }) => actors.set(key, from),
    hear({ key, didomi, dynamics }) {
      for (const [side, values] of Object.entries({ didomi, dynamics })) {
        if (actors.get(key) === side || !moves()) {
          apply(key, side, values);
        } else {
          timers.after(TRAVEL_MILLISECONDS * 2, () => apply(key, side, values));
        }
      }
    },
  };
}

function createTimers() {
  const running = new Set();
  return {
    after(milliseconds, act) {
      const timer = setTimeout(() => {
        running.delete(timer);
        act();
      }, milliseconds);
      running.add(timer);
    },
    stop: () => running.forEach(clearTimeout),
  };
}

/** What becomes of a person's change that has not arrived: moving, waiting, or nothing any more. */
function onItsWay(before, { kind, key }) {
  const after = new Map(before);
  if (kind === 'changed') {
    after.set(key, 'moving');
  } else if (kind === 'lost') {
    after.delete(key);
  } else if (kind === 'waiting' || kind === 'failed') {
    after.forEach((_, each) => (key === null || key === each) && after.set(each, 'waiting'));
  }
  return after;
}

function createActions(context, view) {
  const { api } = context;
  const post = async (path, body) => {
    view().set({ failure: null, busy: true });
    try {
      await api.post(path, body);
    } catch (error) {
      view().set({ failure: error });
    }
    view().set({ busy: false });
    await actions.refresh();
  };
  const actions = {
    reload: () => view().load('live', () => api.get('/api/live')),
    /** Troubles that end by themselves; what both sides show comes with its own event. */
    async refresh() {
      const { live } = view().state;
      const now = await api.get('/api/live').catch(() => null); // The next event asks again.
      if (now && live?.value) {
        live.value.troubles = now.troubles;
        view().set({});
      }
    },
    choosePerson: (key) => view().set({ key }),
    choose: (side, key, field, value) => post('/api/live/choose', { key, side, field, value }),
    trouble: (id, on, key) => post('/api/live/trouble', { id, on, key }),
    look: (key) => context.go('#/people', { key }),
    reconcile: () => post('/api/live/reconcile', {}),
  };
  return actions;
}

function createHearing(root, context, view, actions, states) {
  return (event) => {
    const { events, way, decision } = view().state;
    view().set({
      events: [event, ...events].slice(0, MAX_EVENTS),
      way: onItsWay(way, event),
      decision: DECISIONS.has(event.kind) ? event : decision,
    });
    if (event.to && moves()) {
      send(root.querySelector('.live-tokens'), event);
    }
    if (event.kind === 'changed') {
      states.acted(event);
    }
    if (SPOKEN.has(event.kind)) {
      context.announce(event.sentence);
    }
    if (ENDS_BY_ITSELF.has(event.kind)) {
      actions.refresh();
    }
  };
}

/** Both systems of the demo side by side, with what travels between them. */
export const page = {
  id: 'live',
  title: 'Live',
  mount(root, context) {
    let view;
    const timers = createTimers();
    const actions = createActions(context, () => view);
    const states = createStates(() => view, timers);
    view = createView(root, (state) => template(state, { actions }), { live: { loading: true }, events: [], way: new Map(), decision: null });
    actions.reload();
    const off = [
      context.events.on('live', createHearing(root, context, () => view, actions, states)),
      context.events.on('live-state', states.hear),
    ];
    return () => {
      off.forEach((stop) => stop());
      timers.stop();
      view.stop();
    };
  },
};
