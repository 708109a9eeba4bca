import { html } from '/lib/lit-html.js';
import { counted } from '../parts/time.js';
import { createView, resource } from '../parts/view.js';
import { groups } from './deadletters/groups.js';
import { letters, look } from './deadletters/list.js';

const LIMIT = 25;
const deliveries = (count) => counted(count, 'delivery', 'deliveries');

function template(state, actions) {
  if (state.key !== null) {
    return html`<section class="card"><div class="row apart"><h2>Dead letters of <span class="key">${state.key}</span></h2>
      <button type="button" @click=${actions.everyone}>Show all dead letters</button></div>${actions.list(state)}</section>`;
  }
  return resource(state.groups, actions.load, (value) => groups(value, state, actions));
}

/** Reads and shows. */
function reading(context, view) {
  const { api } = context;
  const state = () => view().state;
  const actions = {
    load: () => view().load('groups', () => api.get('/api/deadletters/groups')),
    read: () => view().load('rows', () => api.post('/api/deadletters/list', {
      group: state().group, key: state().key, offset: state().offset, limit: LIMIT,
    })),
    list: (of) => letters(of, actions),
    open(group) {
      view().set({ group, offset: 0, selected: new Set(), rows: undefined });
      if (group !== null) {
        actions.read();
      }
    },
    page(offset) {
      view().set({ offset });
      actions.read();
    },
    everyone() {
      view().set({ key: null, group: null, selected: new Set(), rows: undefined });
      actions.load();
    },
    select(ids) {
      const selected = new Set(state().selected);
      ids.forEach((id) => (selected.delete(id) ? null : selected.add(id)));
      view().set({ selected });
    },
    look: (row) => look(context, row),
    person: (key) => context.go('#/people', { key }),
    /** After a change: what is left. */
    again() {
      view().set({ selected: new Set(), offset: 0 });
      actions.load();
      if (state().group !== null || state().key !== null) {
        actions.read();
      }
    },
  };
  return actions;
}

/** Replays and discards, each after the number was typed. */
function changing(context, view, actions) {
  const { api } = context;
  const selected = () => [...view().state.selected];
  const replay = async (count, which) => {
    const answer = await context.confirm({
      title: `Replay ${deliveries(count)}`,
      body: html`<p>They go back into the queue and are applied as if they had just arrived. Choices keep the times at which they were made.</p>`,
      typed: String(count),
      typedLabel: `Type how many: ${count}`,
      action: 'Replay',
      act: ({ typed }) => api.post('/api/deadletters/replay', { ...which, confirm: Number(typed) }),
    });
    if (answer) {
      context.notify(`${deliveries(answer.replayed)} replayed.`);
      actions.again();
    }
  };
  return {
    replayAll: (count) => replay(count, { all: true }),
    replayGroup: ({ group, count }) => replay(count, { group }),
    replaySelected: () => replay(selected().length, { ids: selected() }),
    async discardSelected() {
      const ids = selected();
      const answer = await context.confirm({
        title: `Discard ${deliveries(ids.length)}`,
        body: html`<p>They are deleted without being applied. That, and your reason, are kept in the history.</p>`,
        typed: String(ids.length),
        typedLabel: `Type how many: ${ids.length}`,
        reason: 'required',
        action: 'Discard',
        danger: true,
        act: ({ typed, reason }) => api.post('/api/deadletters/discard', { ids, confirm: Number(typed), reason }),
      });
      if (answer) {
        context.notify(`${deliveries(answer.discarded)} discarded.`);
        actions.again();
      }
    },
  };
}

/** Deliveries that could not be applied, by reason. */
export const page = {
  id: 'deadletters',
  title: 'Dead letters',
  mount(root, context) {
    let view;
    const actions = reading(context, () => view);
    Object.assign(actions, changing(context, () => view, actions));
    view = createView(root, (state) => template(state, actions), { group: null, key: context.hint?.key ?? null, offset: 0, limit: LIMIT, selected: new Set() });
    actions.load();
    if (view.state.key !== null) {
      actions.read();
    }
    return () => view.stop();
  },
};
