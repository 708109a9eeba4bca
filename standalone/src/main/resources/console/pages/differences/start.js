import { html, nothing } from '/lib/lit-html.js';
import { icon } from '../../parts/icons.js';
import { counted, moment, number } from '../../parts/time.js';
import { table } from '../../parts/table.js';
import { taskName, taskProgress, taskState } from '../../parts/progress.js';
import { badge } from '../../parts/values.js';
import { failed } from '../../parts/view.js';

const scans = {
  full: ['Both systems in full', 'Everyone in Didomi and in Dynamics 365; finds everything, and takes longest.'],
  didomi: ["Didomi's users", 'Everyone in Didomi, each with the contact.'],
  dynamics: ['Changes in Dynamics 365', 'Contacts changed since the last reconciliation.'],
};
const marks = { running: ['text', 'clock'], done: ['granted', 'done'], stopped: ['differs', 'stop'], failed: ['refused', 'stop'], cancelled: ['unknown', 'refused'] };

/** The choice of a scan and what is under way. */
export function start(state, actions) {
  const running = state.tasks.find((task) => task.state === 'running' && task.kind !== 'checks');
  return html`<section class="card" aria-label="Compare both systems">
    ${running ? html`<h2 tabindex="-1" data-focus>Under way</h2>${taskProgress(running, () => actions.cancel(running.id))}` : html`
    <h2>Compare both systems</h2>
    <p class="muted">A dry run reads both systems and lists what differs. It writes nothing.</p>
    <form class="stack" @submit=${actions.start}><fieldset class="columns"><legend class="hidden">What to read</legend>
      ${Object.entries(scans).map(([id, [name, hint]]) => html`<label class="option"><input type="radio" name="scan" value=${id} .checked=${state.scan === id} @change=${() => actions.scan(id)}>
        <span>${name}<br><span class="hint">${hint}</span></span></label>`)}</fieldset>
      <div><button type="submit" class="primary">${icon('play')} Start a dry run</button></div></form>`}
    ${state.startFailure ? failed(state.startFailure) : nothing}
  </section>`;
}

/** A task's state as icon and word. */
export const stateBadge = (task) => badge(...(marks[task.state] ?? ['unknown', 'unknown']), taskState(task));

const columns = (actions, shown) => [
  { label: 'What', show: (task) => taskName(task) },
  { label: 'Started', show: (task) => moment(task.started_at) },
  { label: 'State', show: stateBadge },
  { label: 'Read', numeric: true, show: (task) => number(task.read) },
  { label: 'Differences', numeric: true, show: (task) => number(task.differences) },
  { label: 'Changed', numeric: true, show: (task) => number(task.changed) },
  { label: 'Result', show: (task) => (task.id === shown ? html`<span class="muted">shown above</span>`
    : html`<button type="button" class="link" @click=${() => actions.open(task.id)}>Show<span class="hidden"> ${taskName(task)} of ${task.started_at}</span></button>`) },
];

/** Tasks that this console has run. */
export function earlier(state, actions) {
  const tasks = state.tasks.filter((task) => task.kind !== 'checks' && task.state !== 'running');
  return tasks.length < 1 ? nothing : html`<section class="card flush"><div class="card-head"><h2>Earlier runs</h2>
    <p class="hint">${counted(tasks.length, 'run')} of this console; kept until it ends.</p></div>
    ${table({ label: 'Earlier runs', rows: tasks, columns: columns(actions, state.open) })}</section>`;
}
