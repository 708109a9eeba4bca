import { html } from '/lib/lit-html.js';
import { chart, countFormat } from '../../parts/chart.js';
import { empty } from '../../parts/view.js';
import { duration } from '../../parts/time.js';

const MAX_BARS = 100;
const results = [
  ['accepted', 'accepted', 'granted'], ['ignored', 'ignored', 'unknown'], ['refused', 'refused sender', 'differs'],
  ['not_stored', 'not stored', 'dynamics'], ['dead_lettered', 'dead-lettered', 'refused'],
];

function times({ from, step_seconds: step }, length) {
  const first = Date.parse(from) / 1000;
  return Array.from({ length }, (_, index) => first + index * step);
}

/** The steps that each bar sums up: a day has more minutes than the chart has room for bars. */
function barsOf(activity) {
  const starts = times(activity, activity.deliveries.accepted.length);
  const width = Math.ceil(starts.length / MAX_BARS) * activity.step_seconds;
  const bars = new Map();
  starts.forEach((start, index) => {
    const bar = Math.floor(start / width) * width;
    bars.set(bar, [...(bars.get(bar) ?? []), index]);
  });
  return [...bars].map(([time, steps]) => ({ time, steps }));
}

function perMinute(counts, steps, stepSeconds) {
  const known = steps.map((step) => counts[step]).filter((count) => count !== null);
  return known.length ? known.reduce((sum, count) => sum + count, 0) / known.length / (stepSeconds / 60) : null;
}

function deliveries(activity) {
  const bars = barsOf(activity);
  return {
    label: 'Deliveries per minute by result',
    stacked: true,
    format: countFormat,
    times: bars.map(({ time }) => time),
    series: results.map(([name, label, token]) => ({
      label, token, values: bars.map(({ steps }) => perMinute(activity.deliveries[name], steps, activity.step_seconds)),
    })),
  };
}

const queueAge = (activity) => ({
  label: 'Age of the oldest delivery in the queue',
  format: duration,
  times: times(activity, activity.queue.oldest_seconds.length),
  series: [{ label: 'oldest delivery', token: 'accent', values: activity.queue.oldest_seconds }],
});

const propagation = (activity) => ({
  label: 'From the choice to the other system',
  format: duration,
  times: times(activity, activity.propagation.p50.length),
  series: [
    { label: 'half of them within (p50)', token: 'accent', values: activity.propagation.p50 },
    { label: '99 of 100 within (p99)', token: 'didomi', dash: [6, 4], values: activity.propagation.p99 },
  ],
});

const card = (title, of) => html`<section class="card"><h3>${title}</h3>${chart(of)}</section>`;

/** The three charts. @param {object} activity as the API answers it */
export function charts(activity) {
  if (!activity.available) {
    return html`<div class="card">${empty('overview', 'No activity to show', activity.note)}</div>`;
  }
  return html`<section class="card"><h3>Deliveries per minute by result</h3>${chart(deliveries(activity))}</section>
    <div class="columns">${card('Age of the oldest delivery in the queue', queueAge(activity))}${card('From the choice to the other system', propagation(activity))}</div>`;
}

const extended = (values, value, more) => (more ? [...values.slice(1), value ?? null] : [...values.slice(0, -1), value ?? null]);

/**
 * The activity with what an event says of its last step: the step is replaced while it lasts, then the next one begins.
 * @param {object} activity @param {object} event
 */
export function withEvent(activity, event) {
  if (!activity.available || !activity.queue.depth.length) {
    return activity;
  }
  const step = activity.step_seconds * 1000;
  const more = Date.parse(event.at) >= Date.parse(activity.from) + activity.queue.depth.length * step;
  const next = { ...activity, from: more ? new Date(Date.parse(activity.from) + step).toISOString() : activity.from };
  ['deliveries', 'applied', 'queue', 'propagation'].filter((group) => event[group]).forEach((group) => {
    next[group] = Object.fromEntries(Object.entries(activity[group])
      .map(([name, values]) => [name, extended(values, event[group][name], more)]));
  });
  return next;
}
