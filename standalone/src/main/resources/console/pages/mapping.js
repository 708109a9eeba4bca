import { html } from '/lib/lit-html.js';
import { counted } from '../parts/time.js';
import { createView, resource } from '../parts/view.js';
import { mappings } from './mapping/columns.js';
import { editor } from './mapping/editor.js';
import { trial } from './mapping/trial.js';

function template(state, actions) {
  return resource(state.mapping, actions.load, (mapping) => html`${mappings(mapping, actions.load)}
    <div class="columns">${editor(state, actions)}${trial(state, actions)}</div>`);
}

function createActions(context, view) {
  const { api } = context;
  return {
    async load() {
      const { value } = await view().load('mapping', () => api.get('/api/mapping'));
      if (value && view().state.text === view().state.original) {
        view().set({ text: value.document ?? '', original: value.document ?? '' });
      }
    },
    edit: (event) => view().set({ text: event.target.value, check: undefined }),
    reset: () => view().set({ text: view().state.original, check: undefined }),
    async check() {
      const { value } = await view().load('check', () => api.post('/api/mapping/check', { document: view().state.text }));
      if (value) {
        context.announce(value.problems.length ? counted(value.problems.length, 'problem') : 'Nothing is wrong with this text.');
      }
    },
    side: (side) => view().set({ side }),
    attempt(event) {
      event.preventDefault();
      view().load('trial', () => api.post('/api/mapping/try', { side: view().state.side, body: view().state.body }));
    },
  };
}

/** Which column holds which value of Didomi; the document; a delivery on trial. */
export const page = {
  id: 'mapping',
  title: 'Mapping',
  mount(root, context) {
    let view;
    const actions = createActions(context, () => view);
    view = createView(root, (state) => template(state, actions), { text: '', original: '', side: 'didomi', body: '' });
    actions.load();
    return () => view.stop();
  },
};
