import { html, nothing } from '/lib/lit-html.js';
import { icon } from '../../parts/icons.js';
import { counted, number, prose, since } from '../../parts/time.js';
import { side } from '../../parts/values.js';
import { empty } from '../../parts/view.js';

function group(of, state, actions) {
  const open = state.group === of.group;
  return html`<li class="card" aria-label=${of.reason}>
    <div class="row apart"><h3>${counted(of.count, 'delivery', 'deliveries')} from ${side(of.side)}</h3>
      <span class="small muted">newest ${since(of.newest)}, oldest ${since(of.oldest)}</span></div>
    <p>${prose(of.reason)}</p>
    <p class="remedy"><strong class="small">Do this: </strong>${prose(of.remedy)}</p>
    <div class="row"><button type="button" aria-expanded=${String(open)} @click=${() => actions.open(open ? null : of.group)}>${icon('look')} ${open ? 'Close the list' : 'Look at them'}</button>
      <button type="button" @click=${() => actions.replayGroup(of)}>${icon('again')} Replay all ${number(of.count)}</button></div>
    ${open ? actions.list(state) : nothing}
  </li>`;
}

/** Dead letters by reason, the largest group first, each with what to do. */
export function groups({ total, groups: list }, state, actions) {
  if (total === 0) {
    return html`<div class="card">${empty('done', 'No dead letters', 'Every delivery could be applied, or waits to be tried again. A delivery that cannot be applied is kept here with the reason.')}</div>`;
  }
  return html`<section class="lead differs" aria-label="How many">${icon('deadletters')}<div class="words">
      <h2>${counted(total, 'delivery', 'deliveries')} could not be applied, for ${counted(list.length, 'reason')}</h2>
      <p>Nothing is lost: put right what the reason says, then replay.</p></div>
    <button type="button" @click=${() => actions.replayAll(total)}>${icon('again')} Replay all</button></section>
    <ul class="plain stack">${list.map((each) => group(each, state, actions))}</ul>`;
}
