import { html, nothing, render } from '/lib/lit-html.js';
import { icon, mark } from '../../parts/icons.js';
import { agreement, badge, side } from '../../parts/values.js';

const about = {
  newsletter: 'News about our products, by e-mail.',
  marketing: 'Offers from us that fit what you like.',
  frequency: 'How often do you want to hear from us?',
};

const initials = (name) => name.split(' ').map((word) => word[0]).join('');

/** What Didomi shows for a field, in the column's terms. */
function expected(field, value) {
  if (field.kind === 'options') {
    return field.options.find((option) => option.value === value)?.option ?? null;
  }
  return value === null ? null : value !== field.invert;
}

/** Whether both sides mean the same; null if nobody has chosen yet. */
function agrees(field, { didomi, dynamics }) {
  const wanted = expected(field, didomi[field.id]);
  return wanted === null ? null : wanted === dynamics[field.column];
}

/** The people about whom the sides differ. @param {object} live as `GET /api/live` answers */
export const differing = (live) => live.people.filter(({ key }) => live.fields.some((field) => agrees(field, live.state[key]) === false));

function toggle(label, describedBy, on, words, disabled, flip) {
  return html`<button type="button" class="switch" role="switch" aria-checked=${String(on === true)} aria-label=${label} aria-describedby=${describedBy}
    ?disabled=${disabled} @click=${() => flip(on !== true)}><span class="switch-track" aria-hidden="true"></span><span class="switch-word">${words}</span></button>`;
}

const word = (value) => (value === null ? 'no choice yet' : value ? 'granted' : 'refused');

function didomiRow(field, value, { first, down, flip }) {
  const id = `live-didomi-${field.id}`;
  const choice = field.kind === 'options'
    ? html`<div class="segments" role="group" aria-label=${field.label}>${field.options.map((option) => html`
        <button type="button" aria-pressed=${String(option.value === value)} ?disabled=${down} @click=${() => flip(field.id, option.value)}>${option.label}</button>`)}</div>`
    : toggle(field.label, id, value, word(value), down, (on) => flip(field.id, on));
  return html`<li class="live-purpose">
    <div><h3>${field.label}</h3><p class="small muted" id=${id}>${about[field.id] ?? nothing}</p>
      ${first && field.kind === 'boolean' && field.id === 'newsletter' ? html`<p class="live-hint small">${icon('next')} Start here: flip this switch.</p>` : nothing}</div>
    ${choice}</li>`;
}

function didomi(state, person, actions) {
  const down = state.live.troubles.some((trouble) => trouble.id === 'didomi_down' && trouble.on);
  const values = state.live.state[person.key].didomi;
  const flip = (field, value) => actions.choose('didomi', person.key, field, value);
  return html`<section class="card live-side live-didomi" aria-labelledby="live-didomi">
    <p class="small">${side('didomi')} · preference centre</p>
    <div class="live-person"><span class="live-avatar" aria-hidden="true">${initials(person.name)}</span>
      <div><h2 id="live-didomi">Your choices, ${person.name.split(' ')[0]}</h2><p class="small muted">You can change your mind at any time.</p></div></div>
    ${down ? html`<div class="notice refused">${icon('stop')}<p>Didomi is down: no choices can be made here.</p></div>` : nothing}
    <ul class="plain">${state.live.fields.map((field) => didomiRow(field, values[field.id], { first: state.first, down, flip }))}</ul>
  </section>`;
}

function columnInput(field, value, id, flip) {
  if (field.kind === 'options') {
    return html`<select id=${id} .value=${String(value ?? '')} @change=${(event) => flip(field.id, Number(event.target.value))}>
      ${value === null ? html`<option value="" selected>---</option>` : nothing}
      ${field.options.map((option) => html`<option value=${option.option} ?selected=${option.option === value}>${option.label}</option>`)}</select>`;
  }
  return toggle(field.column_label, `${id}-meaning`, value, value === null ? 'empty' : value ? 'Yes' : 'No', false, (on) => flip(field.id, on));
}

function dynamicsRow(field, value, flip) {
  const id = `live-dynamics-${field.id}`;
  const meaning = field.invert ? 'The column means a refusal: Yes says that the person refused.' : '';
  return html`<div class="live-column">
    <div>${field.kind === 'options' ? html`<label for=${id}>${field.column_label}</label>` : html`<span class="label">${field.column_label}</span>`}
      <code class="small muted">${field.column}</code>
      <p class="small muted" id="${id}-meaning">${meaning}</p></div>
    ${columnInput(field, value, id, flip)}</div>`;
}

function dynamics(state, person, actions) {
  const values = state.live.state[person.key].dynamics;
  const flip = (field, value) => actions.choose('dynamics', person.key, field, value);
  return html`<section class="card live-side live-dynamics" aria-labelledby="live-dynamics">
    <p class="small">${side('dynamics')} · contact form</p>
    <div class="live-person"><span class="live-avatar square" aria-hidden="true">${initials(person.name)}</span>
      <div><h2 id="live-dynamics">${person.name}</h2><p class="small muted">Contact · ${person.key}</p></div></div>
    <h3 class="live-section">Contact preferences</h3>
    ${state.live.fields.map((field) => dynamicsRow(field, values[field.column], flip))}
  </section>`;
}

function verdict(field, state, key) {
  const same = agrees(field, state.live.state[key]);
  if (same === null) {
    return badge('unknown', 'unknown', 'no choice yet');
  }
  const way = same ? undefined : state.way.get(key);
  return way ? badge('text', way === 'moving' ? 'next' : 'clock', way === 'moving' ? 'on its way' : 'waiting') : agreement(same);
}

function bridge(state, key, actions) {
  const differs = !state.way.has(key) && state.live.fields.some((field) => agrees(field, state.live.state[key]) === false);
  return html`<section class="card live-bridge" aria-labelledby="live-bridge">
    <h2 id="live-bridge" class="hidden">Consent Bridge</h2>
    <div class="live-lane" aria-hidden="true">
      <span class="live-end didomi"></span><span class="live-node">${mark()}</span><span class="live-end dynamics"></span>
      <div class="live-tokens"></div>
    </div>
    <p class="live-decision ${state.decision?.kind ?? ''}">${state.decision ? state.decision.sentence : 'Nothing travels now.'}</p>
    <div class="stack tight"><dl class="live-verdicts">${state.live.fields.map((field) => html`<div><dt>${field.label}</dt><dd>${verdict(field, state, key)}</dd></div>`)}</dl>
    ${differs ? html`<button type="button" class="primary" ?disabled=${state.busy} @click=${actions.reconcile}>${icon('differences')} Reconcile</button>` : nothing}</div>
  </section>`;
}

/**
 * Lets a token travel, and removes it when it has arrived.
 * @param {Element | null} lane
 * @param {{kind: string, from: string, to: string}} event
 */
export function send(lane, event) {
  const token = document.createElement('span');
  token.className = `live-token ${event.kind} ${event.from}-${event.to}`;
  token.addEventListener('animationend', () => token.remove());
  render(icon(sign(event)), token);
  lane?.append(token);
}

/** The icon of an event. @param {{kind: string}} event */
export const sign = ({ kind }) => signs[kind] ?? 'next';

const signs = {
  changed: 'people', delivery: 'deadletters', accepted: 'done', lost: 'warning', decided: 'differences', written: 'granted', posted: 'granted',
  waiting: 'clock', failed: 'stop', repeated: 'again', recovered: 'play',
};

/**
 * Both systems and the bridge between them.
 * @param {object} state of the page, with `live`, `key` and `first`
 * @param {object} actions
 */
export function stage(state, actions) {
  const person = state.live.people.find((each) => each.key === state.key);
  return html`<div class="live-stage">${didomi(state, person, actions)}${bridge(state, person.key, actions)}${dynamics(state, person, actions)}</div>`;
}
