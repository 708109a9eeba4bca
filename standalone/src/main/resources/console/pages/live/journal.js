import { html, nothing } from '/lib/lit-html.js';
import { icon } from '../../parts/icons.js';
import { clockText } from '../../parts/time.js';
import { empty } from '../../parts/view.js';
import { sign } from './stage.js';

const names = { didomi: 'Didomi', bridge: 'bridge', dynamics: 'Dynamics' };

function entry({ n, at, kind, from, to, sentence }) {
  return html`<li class="live-entry ${kind}" data-n=${n}>
    <time class="small muted" datetime=${at} title="${at.slice(0, 19).replace('T', ' ')} UTC">${clockText(Date.parse(at), true)}</time>
    <span class="live-sign">${icon(sign({ kind }))}</span>
    <span class="live-sentence">${sentence}</span>
    <span class="live-way small muted">${names[from]}${to ? html` <span aria-hidden="true">→</span><span class="hidden"> to </span> ${names[to]}` : nothing}</span></li>`;
}

/** What happened, the newest first. @param {object[]} events */
export function journal(events) {
  return html`<div class="card"><h2 id="live-journal">What happened</h2>
    ${events.length === 0
    ? empty('live', 'Nothing yet', 'Flip a switch above. Each step of its way is written here: the webhook, the answer, the decision, the write.')
    : html`<div class="live-journal" tabindex="0" role="region" aria-labelledby="live-journal"><ol>${events.map(entry)}</ol></div>`}
  </div>`;
}
