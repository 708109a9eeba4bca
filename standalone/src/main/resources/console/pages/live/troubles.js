import { html, nothing } from '/lib/lit-html.js';
import { icon } from '../../parts/icons.js';
import { badge } from '../../parts/values.js';

const aboutOne = new Set(['hundred_times', 'contact_fails']);

function trouble(of, { people, person: shown, busy }, actions) {
  const id = `live-trouble-${of.id}`;
  const person = people.find(({ key }) => key === of.key) ?? shown;
  const name = person.name.split(' ')[0];
  return html`<li class="live-trouble ${of.on ? 'on' : ''}">
    <button type="button" aria-pressed=${of.momentary ? nothing : String(of.on)} aria-describedby=${id} ?disabled=${busy}
      @click=${() => actions.trouble(of.id, of.momentary || !of.on, person.key)}>
      ${icon(of.momentary ? 'again' : of.on ? 'stop' : 'warning')} <span>${of.label}${aboutOne.has(of.id) ? `: ${name}` : ''}</span></button>
    ${of.on ? badge('differs', 'warning', 'on: press again to end it') : nothing}
    <p class="small muted" id=${id}>${of.sentence}${of.id === 'contact_fails' ? html` Meanwhile <button type="button" class="link" @click=${() => actions.look(person.key)}>People</button> shows why it waits.` : nothing}</p>
  </li>`;
}

/**
 * What can go wrong, and how it ends well.
 * @param {object[]} list
 * @param {{people: object[], person: {key: string, name: string}, busy: boolean, differing: object[]}} state
 * @param {{trouble(id: string, on: boolean, key: string): void, reconcile(): void}} actions
 */
export function troubles(list, state, actions) {
  const names = state.differing.map(({ name }) => name.split(' ')[0]).join(', ');
  return html`<section class="card" aria-labelledby="live-troubles">
    <div><h2 id="live-troubles">Cause trouble</h2><p class="muted small">Then change something above, and see how it ends well.</p></div>
    <ul class="plain live-troubles">${list.map((each) => trouble(each, state, actions))}
      <li class="live-trouble repair">
        <button type="button" class="primary" aria-describedby="live-reconcile" ?disabled=${state.busy} @click=${actions.reconcile}>${icon('differences')} <span>Reconcile</span></button>
        ${names ? badge('differs', 'differs', `differs: ${names}`) : nothing}
        <p class="small muted" id="live-reconcile">Reads both systems, compares every person by the same rule and repairs what differs. A real bridge does this on a schedule.</p></li></ul>
  </section>`;
}
