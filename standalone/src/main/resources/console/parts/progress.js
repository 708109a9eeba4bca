import { html, nothing } from '/lib/lit-html.js';
import { counted, duration, number, percent } from './time.js';

const kinds = { checks: 'Checks', dry_run: 'Dry run', reconcile: 'Reconciliation', export: 'Export' };
const scans = { full: 'both systems', didomi: "Didomi's users", dynamics: 'changes in Dynamics 365' };
const states = { running: 'under way', done: 'done', stopped: 'stopped', failed: 'failed', cancelled: 'cancelled' };

/** What a task is, in words. @param {{kind: string, scan?: string}} task */
export const taskName = (task) => `${kinds[task.kind] ?? task.kind}${task.scan ? ` of ${scans[task.scan] ?? task.scan}` : ''}`;

/** How a task is, in a word. @param {{state: string}} task */
export const taskState = (task) => states[task.state] ?? task.state;

/**
 * A task under way: what it reads, how far it is, how long it still takes, and a way to cancel it.
 * @param {object} task as the API answers it
 * @param {() => void} cancel
 */
export function taskProgress(task, cancel) {
  const known = typeof task.fraction === 'number';
  return html`<div class="stack tight">
    <div class="row apart">
      <span><strong>${taskName(task)}</strong> <span class="muted">${task.subject ?? ''}</span></span>
      <button type="button" class="small" @click=${cancel}>Cancel</button>
    </div>
    <progress max="1" value=${known ? task.fraction : nothing} aria-label=${taskName(task)}></progress>
    <div class="row apart small muted">
      <span>${known ? `${percent(task.fraction)}, ` : ''}${number(task.read)}${task.expected ? ` of about ${number(task.expected)}` : ''} read, ${counted(task.differences, 'difference')} so far</span>
      <span>${typeof task.remaining_seconds === 'number' ? `about ${duration(task.remaining_seconds)} left` : ''}</span>
    </div>
    ${task.waiting ? html`<p class="notice differs">${task.waiting}</p>` : nothing}
  </div>`;
}
