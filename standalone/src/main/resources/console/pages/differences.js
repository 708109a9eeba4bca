import { html, nothing } from '/lib/lit-html.js';
import { counted, number } from '../parts/time.js';
import { taskName, taskState } from '../parts/progress.js';
import { createView, empty, failed, loading } from '../parts/view.js';
import { result } from './differences/result.js';
import { earlier, start } from './differences/start.js';

const LIMIT = 25;
const ANNOUNCE_EVERY = 0.25;
const noFilter = { mapping: null, reason: null, text: null };

function template(state, actions) {
  if (state.failure) {
    return failed(state.failure, actions.load);
  }
  if (!state.loaded) {
    return loading();
  }
  const running = state.tasks.some((task) => task.kind !== 'checks' && task.state === 'running');
  return html`${start(state, actions)}${running ? nothing : result(state, actions)}
    ${state.tasks.some((task) => task.kind !== 'checks') ? nothing : html`<div class="card">${empty('differences', 'Not compared yet', 'Start a dry run: it shows what differs between the two systems, why, and which side would win. Nothing is written until you apply it.')}</div>`}
    ${earlier(state, actions)}`;
}

function merged(tasks, task) {
  const index = tasks.findIndex((each) => each.id === task.id);
  return index < 0 ? [task, ...tasks] : tasks.map((each) => (each.id === task.id ? task : each));
}

/** What is asked of a task's lists. */
function lists(context, view) {
  const { api } = context;
  const state = () => view().state;
  const actions = {
    read: () => view().load('rows', () => {
      const { open, list, filter, offset } = state();
      const only = list === 'differences' ? filter : { ...noFilter, text: filter.text };
      return api.post(`/api/tasks/${encodeURIComponent(open)}/list`, { list, ...only, offset, limit: LIMIT });
    }),
    change(changes) {
      view().set({ offset: 0, ...changes });
      return actions.read();
    },
    list: (list) => actions.change({ list, rows: undefined }),
    filter: (changes) => actions.change({ filter: { ...state().filter, ...changes } }),
    clear: () => actions.change({ filter: noFilter }),
    page: (offset) => actions.change({ offset }),
    text(event) {
      event.preventDefault();
      actions.filter({ text: event.target.querySelector('input').value.trim() || null });
    },
    open(id) {
      view().set({ open: id, task: state().tasks.find((task) => task.id === id), list: 'differences', filter: noFilter, offset: 0, rows: undefined, summary: undefined });
      view().load('summary', () => api.get(`/api/tasks/${encodeURIComponent(id)}/summary`));
      return actions.read();
    },
    person: (key) => context.go('#/people', { key }),
  };
  return actions;
}

function announceProgress(context, told, task) {
  const step = Math.floor((task.fraction ?? 0) / ANNOUNCE_EVERY);
  if (task.state === 'running' && step > (told.get(task.id) ?? 0)) {
    told.set(task.id, step);
    context.announce(`${number(task.read)} read, ${counted(task.differences, 'difference')} so far`);
  }
}

/** What starts, follows and ends tasks. */
function runs(context, view, actions) {
  const { api } = context;
  const told = new Map();
  return {
    async load() {
      try {
        const { tasks } = await api.get('/api/tasks');
        view().set({ tasks, loaded: true, failure: null });
        const last = tasks.find((task) => task.kind !== 'checks' && task.state !== 'running');
        if (last) {
          actions.open(last.id);
        }
      } catch (error) {
        view().set({ failure: error });
      }
    },
    scan: (scan) => view().set({ scan }),
    async start(event) {
      event.preventDefault();
      view().set({ startFailure: null });
      try {
        await actions.follow((await api.post('/api/tasks', { kind: 'dry_run', scan: view().state.scan })).id);
        context.announce('The dry run is under way.');
      } catch (error) {
        view().set({ startFailure: error });
      }
    },
    follow: async (id) => actions.hear(await api.get(`/api/tasks/${encodeURIComponent(id)}`)),
    hear(task) {
      const { tasks } = view().state;
      const before = tasks.find((each) => each.id === task.id);
      view().set({ tasks: merged(tasks, task) });
      announceProgress(context, told, task);
      if (task.kind !== 'checks' && task.state !== 'running' && (!before || before.state === 'running')) {
        context.notify(`${taskName(task)}: ${taskState(task)}`);
        actions.open(task.id);
      }
    },
    async cancel(id) {
      try {
        await api.post(`/api/tasks/${encodeURIComponent(id)}/cancel`);
      } catch (error) {
        view().set({ startFailure: error });
      }
    },
    async apply(task) {
      let force = {};
      const answer = await context.confirm({
        title: `Apply ${counted(task.differences, 'difference')}`,
        body: html`<p>Both systems are read again and the winner of each difference is written to the other side. What changed since the dry run is settled as it is then.</p>
          <fieldset class="stack tight"><legend class="label">Stop rule</legend>
            <label class="option"><input type="radio" name="rule" checked @change=${() => { force = {}; }}> Stop before writing if unusually many people would change</label>
            <label class="option"><input type="radio" name="rule" @change=${() => { force = { initial: true }; }}> First reconciliation: people never settled do not count</label>
            <label class="option"><input type="radio" name="rule" @change=${() => { force = { force: true }; }}> Write however many change</label></fieldset>`,
        typed: String(task.differences),
        typedLabel: `Type the number of differences: ${task.differences}`,
        action: 'Apply',
        danger: true,
        act: ({ typed }) => api.post('/api/tasks', { kind: 'reconcile', of: task.id, confirm: Number(typed), initial: false, force: false, ...force }),
      });
      if (answer) {
        await actions.follow(answer.id);
      }
    },
  };
}

/** What differs between the two systems, and putting it right. */
export const page = {
  id: 'differences',
  title: 'Differences',
  mount(root, context) {
    let view;
    const actions = lists(context, () => view);
    Object.assign(actions, runs(context, () => view, actions));
    view = createView(root, (state) => template(state, actions), {
      tasks: [], scan: 'full', list: 'differences', filter: noFilter, offset: 0, limit: LIMIT,
    });
    actions.load();
    const off = context.events.on('task', actions.hear);
    return () => {
      off();
      view.stop();
    };
  },
};
