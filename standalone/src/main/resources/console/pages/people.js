import { html, nothing } from '/lib/lit-html.js';
import { icon } from '../parts/icons.js';
import { exact } from '../parts/time.js';
import { createView, empty, failed, loading } from '../parts/view.js';
import { cards, deliveries } from './people/cards.js';
import { atDate, past } from './people/past.js';
import { accesses, erased, erasePerson, exportPerson } from './people/rights.js';

const ACCESSES = 10;
const ALL_ACCESSES = 200;
const ways = { key: 'Organization user id', email: 'E-mail address', contact: 'Contact id' };

function search(state, actions) {
  return html`<form class="card" role="search" aria-label="People" @submit=${actions.find}><div class="row end">
    <div class="field"><label for="by">Find by</label><select id="by" @change=${(event) => actions.by(event.target.value)}>
      ${Object.entries(ways).map(([id, label]) => html`<option value=${id} ?selected=${state.by === id}>${label}</option>`)}</select></div>
    <div class="field grow"><label for="value">${ways[state.by]}</label><input id="value" autocomplete="off" spellcheck="false" required .value=${state.text} @input=${(event) => { state.text = event.target.value; }}></div>
    <button type="submit" class="primary">${icon('search')} Find</button></div>
    <p class="hint">Each look at a person is kept on the access record, without the person's data.</p>
  </form>`;
}

/** A person of the demo, whose ids its visitors do not know. */
const example = ({ example: key, show }) => (key
  ? html`<p>In this demo, for example: <button type="button" class="link key" @click=${() => show(key)}>${key}</button></p>` : nothing);

function found(state, actions) {
  if (state.found?.error) {
    return failed(state.found.error, () => actions.find());
  }
  if (state.found?.loading) {
    return loading('Searching…');
  }
  const keys = state.found?.value?.keys;
  if (!keys) {
    return state.person || state.erased ? nothing
      : html`<div class="card">${empty('people', 'Find a person', 'Type an organization user id, an e-mail address or the id of a contact. You see which choice stands for each purpose, why, and how it came about.', example(actions))}</div>`;
  }
  if (keys.length === 0) {
    return html`<div class="card">${empty('search', 'No one found', html`Check the spelling. By e-mail address and contact id, Dynamics 365 is searched; a person without a contact is found by the organization user id only.`)}</div>`;
  }
  return keys.length < 2 ? nothing : html`<section class="card"><h2>${keys.length} organization user ids</h2><ul class="plain stack tight">${keys.map((key) => html`
    <li><button type="button" class="link key" @click=${() => actions.show(key)}>${key}</button></li>`)}</ul></section>`;
}

function person({ explanation, history }, state, actions) {
  return html`<section class="card" aria-label="Person"><div class="row apart">
      <div><h2 class="key" tabindex="-1" id="person">${explanation.key}</h2>
        <p class="small muted">${explanation.contact_id ? html`Contact <span class="key">${explanation.contact_id}</span>` : 'No contact was found in Dynamics 365'}</p></div>
      <div class="row"><button type="button" @click=${actions.export}>${icon('download')} Export</button>
        <button type="button" class="danger" @click=${actions.erase}>${icon('erase')} Erase</button></div></div>
    ${explanation.erased_at ? html`<p class="notice differs">Deleted in Didomi by ${exact(explanation.erased_at)}; only choices made later are kept.</p>` : nothing}
  </section>
  ${explanation.registers.length ? cards(explanation) : html`<p class="muted">No choice of a value that is mapped now is known.</p>`}
  ${deliveries(explanation, actions.letters)}
  ${past({ explanation, history }, state, actions)}
  ${atDate(state, actions)}`;
}

function template(state, actions) {
  return html`${search(state, actions)}${found(state, actions)}
    ${state.erased ? erased(state.erased) : nothing}
    ${state.person?.error ? failed(state.person.error, () => actions.show(state.key)) : nothing}
    ${state.person?.loading && !state.person.value ? loading('Reading the person…') : nothing}
    ${state.person?.value ? person(state.person.value, state, actions) : nothing}
    ${accesses(state, actions)}`;
}

/** What is known of a person; someone may have a history only, or none. */
function whole(key, { explanation, history }) {
  return {
    explanation: explanation ?? { key, contact_id: history?.contact_id ?? null, registers: [], waiting: [], dead_letters: [] },
    history: history ?? { chain: 'unbroken', history: [] },
  };
}

function createActions(context, view) {
  const { api } = context;
  const actions = {
    accesses: () => view().load('accesses', () => api.get(`/api/accesses?limit=${view().state.limit}`)),
    more() {
      view().set({ limit: ALL_ACCESSES });
      return actions.accesses();
    },
    by: (by) => view().set({ by }),
    async find(event) {
      event?.preventDefault();
      const { by, text } = view().state;
      view().forget('person', 'at');
      view().set({ erased: null });
      const { value } = await view().load('found', () => api.post('/api/people/find', { by, value: text.trim() }));
      if (value?.keys.length === 1) {
        await actions.show(value.keys[0]);
      } else if (value) {
        context.announce(`${value.keys.length} found`);
      }
      actions.accesses();
    },
    async show(key) {
      view().forget('person', 'at');
      view().set({ key, erased: null, group: null, listOffset: 0 });
      const { value } = await view().load('person', async () => whole(key, await api.post('/api/people/show', { key })));
      if (value) {
        requestAnimationFrame(() => document.querySelector('#person')?.focus());
        actions.accesses();
      }
    },
    example: context.session.live ? 'ada@example.org' : null,
    choose: (group) => view().set({ group }),
    list: (listOffset) => view().set({ listOffset }),
    at(event) {
      event.preventDefault();
      const day = event.target.querySelector('#at-day').value;
      const time = event.target.querySelector('#at-time').value;
      const at = time ? `${day}T${time.length === 5 ? `${time}:00` : time}Z` : day;
      view().load('at', () => api.post('/api/people/at', { key: view().state.key, at }));
    },
    async export() {
      await exportPerson(context, view().state.key);
      actions.accesses();
    },
    async erase() {
      const report = await erasePerson(context, view().state.key);
      if (report) {
        view().forget('person', 'at', 'found');
        view().set({ erased: report });
        context.notify('The person was erased here.');
        actions.accesses();
      }
    },
    letters: () => context.go('#/deadletters', { key: view().state.key }),
  };
  return actions;
}

/** Finds a person, and shows which choices stand and how they came about. */
export const page = {
  id: 'people',
  title: 'People',
  mount(root, context) {
    let view;
    const actions = createActions(context, () => view);
    view = createView(root, (state) => template(state, actions), { by: 'key', text: context.hint?.key ?? '', listOffset: 0, limit: ACCESSES });
    actions.accesses();
    if (context.hint?.key) {
      actions.show(context.hint.key);
    }
    return () => view.stop();
  },
};
