import { html, nothing } from '/lib/lit-html.js';
import { icon } from '../../parts/icons.js';
import { pager, table } from '../../parts/table.js';
import { cell, counted, duration, moment, number, prose } from '../../parts/time.js';
import { taskName } from '../../parts/progress.js';
import { badge, raw, side, value } from '../../parts/values.js';
import { empty, resource } from '../../parts/view.js';
import { summaryBars } from './bars.js';
import { stateBadge } from './start.js';

const shown = (of) => html`<div>${value(of.value)}</div><div class="small muted">${cell(of.at)}</div>`;
const person = (actions) => ({ label: 'Person', show: (row) => html`<button type="button" class="link key" @click=${() => actions.person(row.key)}>${row.key}</button>` });

const applied = (row) => (row.applied ? badge('granted', 'granted', 'applied') : badge('unknown', 'unknown', 'not applied'));

const columns = (list, actions, task) => {
  const reason = { label: 'Why', show: (row) => prose(row.reason) };
  if (list === 'failed') {
    return [person(actions), reason];
  }
  const values = [person(actions), { label: 'Column', show: (row) => html`<span class="key">${row.mapping}</span>` },
    { label: 'Didomi', show: (row) => shown(row.didomi) },
    { label: 'Dynamics', show: (row) => html`${shown(row.dynamics)}<div class="small muted">column: ${raw(row.dynamics.column_value)}</div>` }];
  return list === 'unresolved' ? [...values, reason]
    : [...values, { label: 'Winner', show: (row) => html`<div>${side(row.winner)}</div>${task.kind === 'dry_run' ? nothing : applied(row)}` }, reason];
};

function figures(task) {
  return html`<div class="numbers">
    <div class="number"><strong>${number(task.read)}</strong><span>read</span></div>
    <div class="number"><strong>${number(task.differences)}</strong><span>differences</span></div>
    ${task.kind === 'reconcile' ? html`<div class="number"><strong>${number(task.changed)}</strong><span>applied</span></div>` : nothing}
    <div class="number"><strong>${number(task.unresolved)}</strong><span>unresolved</span></div>
    <div class="number"><strong>${number(task.failed)}</strong><span>failed</span></div>
    <div class="number"><strong>${only(task.only_in?.didomi)}</strong><span>only in Didomi</span></div>
    <div class="number"><strong>${only(task.only_in?.dynamics)}</strong><span>only in Dynamics</span></div>
  </div>`;
}

const only = (count) => (typeof count === 'number' ? number(count) : '–');

const seconds = (task) => (Date.parse(task.ended_at) - Date.parse(task.started_at)) / 1000;

function head(task, actions) {
  return html`<section class="card" aria-label="Result"><div class="row apart"><h2>${taskName(task)} ${stateBadge(task)}</h2>
      ${canApply(task) ? html`<button type="button" class="primary" @click=${() => actions.apply(task)}>${icon('granted')} Apply ${counted(task.differences, 'difference')}</button>` : nothing}</div>
    ${task.ended_at ? html`<p class="small muted">Ended ${moment(task.ended_at)}, after ${duration(Math.max(0, seconds(task)))}; ${counted(task.requests?.didomi ?? 0, 'request')} to Didomi, ${number(task.requests?.dataverse ?? 0)} to Dataverse.</p>` : nothing}
    ${task.sentence ? html`<p class="notice ${task.state === 'done' ? 'granted' : 'differs'}">${prose(task.sentence)}</p>` : nothing}
    ${figures(task)}</section>`;
}

const canApply = (task) => task.kind === 'dry_run' && task.state === 'done' && task.differences > 0;

function filters(state, actions) {
  const { task, list, filter } = state;
  const tab = (id, label, count) => html`<button type="button" aria-pressed=${String(list === id)} @click=${() => actions.list(id)}>${label} ${number(count)}</button>`;
  const filtered = filter.mapping || filter.reason || filter.text;
  return html`<div class="row apart end"><div class="segments" role="group" aria-label="List">
      ${tab('differences', 'Differences', task.differences)}${tab('unresolved', 'Unresolved', task.unresolved)}${tab('failed', 'Failed', task.failed)}</div>
    <form class="row end" @submit=${actions.text}><div class="field"><label for="filter-text">Key or contact id contains</label>
      <input id="filter-text" type="search" autocomplete="off" .value=${filter.text ?? ''}></div><button type="submit">${icon('search')} Filter</button></form></div>
    ${filtered ? html`<p class="row small" role="status">Filtered by ${[filter.mapping, filter.reason, filter.text && `“${filter.text}”`].filter(Boolean).map((each) => html`<span class="badge text">${icon('search')}<span>${prose(each)}</span></span>`)}
      <button type="button" class="link" @click=${actions.clear}>Show all</button></p>` : nothing}`;
}

const nothingThere = {
  differences: ['done', 'Nothing differs', 'Both sides show the same for everyone who was read.'],
  unresolved: ['done', 'Nothing is unresolved', 'Every difference that was read can be repaired.'],
  failed: ['done', 'Nothing failed', 'Everyone could be read.'],
};

function items(state, actions) {
  const { list, rows, filter, offset, limit } = state;
  return resource(rows, actions.read, ({ total, items: found, truncated }) => {
    if (total === 0) {
      return filter.mapping || filter.reason || filter.text
        ? empty('search', 'Nothing matches', 'No entry matches the filter.', html`<button type="button" @click=${actions.clear}>Show all</button>`)
        : empty(...nothingThere[list]);
    }
    return html`${truncated ? html`<p class="notice differs">Only the first 100,000 are kept; the others are counted.</p>` : nothing}
      ${table({ label: `List of ${list}`, rows: found, columns: columns(list, actions, state.task) })}
      ${pager({ offset, limit, total, go: actions.page, what: 'the list' })}`;
  });
}

/** What a dry run or a reconciliation found. */
export function result(state, actions) {
  const { task, summary, filter } = state;
  if (!task || task.state === 'running') {
    return nothing;
  }
  return html`${head(task, actions)}
    ${state.list === 'differences' && summary?.value ? summaryBars(summary.value, filter, actions.filter) : nothing}
    <section class="card flush" aria-label="What was found"><div class="card-head stack tight">${filters(state, actions)}</div>${items(state, actions)}</section>`;
}
