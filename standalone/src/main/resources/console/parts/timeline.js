import { html, nothing, render, svg } from '/lib/lit-html.js';
import { capital, dayText, exact, prose } from './time.js';
import { meaning, side } from './values.js';

const LANES = { didomi: 56, dynamics: 132 };
const HEIGHT = 190;
const MAX_POINTS = 200;
const MIN_GAP = 34;
const MAX_GAP = 120;
const TICK_WIDTH = 96;
const MARGIN = 100;
const MAX_STRETCH = 3;
const glyphs = { granted: 'M-4.5 .5-1.5 3.5 4.5-3.5', refused: 'M-3.5-3.5 3.5 3.5M3.5-3.5-3.5 3.5', unknown: 'M-4 0H4', text: 'M-4-3H4M-4 0H4M-4 3H1' };
const shapes = {
  choice: svg`<circle class="shape" r="10"></circle>`,
  superseded: svg`<circle class="shape" r="10"></circle>`,
  observed: svg`<path class="shape" d="M0-12 12 0 0 12-12 0z"></path>`,
  other: svg`<rect class="shape" x="-9.5" y="-9.5" width="19" height="19" rx="4"></rect>`,
};
const pastKinds = new Set(['superseded', 'revoked', 'corrected', 'discarded', 'erasure']);
const setKinds = new Set(['choice', 'write', 'event', 'observed']);

/** When something happened: a choice when it was made, however late it became known. */
const happened = (entry) => (['choice', 'superseded'].includes(entry.kind) && entry.decided_at) || entry.at;

/** The side that an entry is drawn on: what we wrote is where it was written. */
function laneOf({ kind, side: of }) {
  if (kind === 'write') {
    return 'dynamics';
  }
  return kind === 'event' ? 'didomi' : of ?? 'didomi';
}

/**
 * Places the entries in order of time. A long silence is drawn shorter than it was, so that a busy minute stays legible.
 * @param {object[]} entries of the history
 */
function place(entries) {
  const sorted = entries.map((entry) => ({ entry, time: Date.parse(happened(entry)), lane: laneOf(entry) }))
    .sort((one, other) => one.time - other.time).slice(-MAX_POINTS);
  let x = 30;
  return sorted.map((point, index) => {
    if (index > 0) {
      const minutes = (point.time - sorted[index - 1].time) / 60000;
      x += Math.min(MAX_GAP, MIN_GAP + 14 * Math.log10(1 + minutes));
    }
    return { ...point, x, y: LANES[point.lane], name: meaning(point.entry.value).meaning };
  });
}

/** The choice that led to a write or an event on the other side. */
function cause(points, index) {
  const { entry, lane } = points[index];
  if (!['write', 'event'].includes(entry.kind)) {
    return null;
  }
  return points.slice(0, index).reverse()
    .find((each) => each.entry.kind === 'choice' && each.lane !== lane && JSON.stringify(each.entry.value) === JSON.stringify(entry.value)) ?? null;
}

/** A person's timeline of one value: what each side showed, the choices, and what they led to. Arrow keys move along it. */
class ConsoleTimeline extends HTMLElement {
  #of;
  #points = [];
  #selected = -1;
  #size = new ResizeObserver(() => this.#draw());

  /** @param {{label: string, entries: object[], winner: object | null}} of */
  set of(of) {
    const changed = this.#of?.entries !== of.entries || this.#of?.label !== of.label;
    this.#of = of;
    if (changed) {
      this.#points = place(of.entries);
      this.#selected = this.#points.findLastIndex((point) => this.#isWinner(point));
      if (this.#selected < 0) {
        this.#selected = this.#points.length - 1;
      }
    }
    this.#draw();
    if (changed) {
      this.#reveal();
    }
  }

  connectedCallback() {
    this.#size.observe(this);
    requestAnimationFrame(() => this.#reveal());
  }

  disconnectedCallback() {
    this.#size.disconnect();
  }

  /** A short history fills the width that there is. */
  #stretched(room) {
    const last = this.#points.at(-1)?.x ?? 1;
    const factor = Math.max(1, Math.min(MAX_STRETCH, (room - MARGIN) / last));
    return this.#points.map((point) => ({ ...point, x: point.x * factor }));
  }

  #isWinner({ entry }) {
    const { winner } = this.#of;
    return entry.kind === 'choice' && winner?.decided_at === entry.decided_at && winner.side === entry.side;
  }

  #reveal() {
    const lanes = this.querySelector('.lanes');
    const point = this.#points[this.#selected];
    if (lanes && point) {
      lanes.scrollLeft = this.#stretched(lanes.clientWidth - 8)[this.#selected].x - lanes.clientWidth / 2;
    }
  }

  #select(index, focus) {
    this.#selected = Math.max(0, Math.min(this.#points.length - 1, index));
    this.#draw();
    if (focus) {
      this.querySelectorAll('.point')[this.#selected].focus({ preventScroll: true });
      this.#reveal();
    }
  }

  #key(event) {
    const to = { ArrowRight: this.#selected + 1, ArrowLeft: this.#selected - 1, Home: 0, End: this.#points.length - 1 }[event.key];
    if (to !== undefined) {
      event.preventDefault();
      this.#select(to, true);
    } else if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault();
      this.#select(this.#selected, false);
    }
  }

  #draw() {
    const room = (this.querySelector('.lanes')?.clientWidth ?? 0) - 8;
    const points = this.#stretched(room);
    const width = Math.max(room, (points.at(-1)?.x ?? 0) + MARGIN);
    const told = points[this.#selected]?.entry;
    render(html`<div class="lanes-frame">
      <div class="lane-names" aria-hidden="true"><span>${side('didomi')}</span><span>${side('dynamics')}</span></div>
      <div class="lanes"><svg width=${width} height=${HEIGHT} viewBox="0 0 ${width} ${HEIGHT}" role="group"
        aria-label=${`Timeline of ${this.#of.label}; arrow keys move along it`} @keydown=${(event) => this.#key(event)}>
        ${ticks(points)}${Object.keys(LANES).map((lane) => segments(points, lane, width))}
        ${points.map((_, index) => led(points, index))}${points.map((point, index) => this.#point(point, index))}
      </svg></div></div>
    ${key}
    <div class="told">${told ? html`<p class="small muted">${exact(happened(told))}</p><p>${prose(capital(told.sentence))}</p>` : nothing}</div>
    ${this.#of.entries.length > MAX_POINTS ? html`<p class="hint">The last ${MAX_POINTS} are drawn; the list below has all.</p>` : nothing}`, this);
  }

  #point(point, index) {
    const { entry, x, y, name } = point;
    const winner = this.#isWinner(point);
    return svg`<g class=${`point is-${name} ${entry.kind} ${pastKinds.has(entry.kind) ? 'past' : ''} ${winner ? 'winner' : ''}`}
      transform=${`translate(${x} ${y})`} role="button" tabindex=${index === this.#selected ? 0 : -1}
      aria-pressed=${String(index === this.#selected)} aria-label=${`${winner ? 'Stands now. ' : ''}${entry.sentence}`} @click=${() => this.#select(index, true)}>
      <circle class="ring" r="15"></circle>${shapes[entry.kind] ?? shapes.other}<path class="glyph" d=${glyphs[name]}></path>
      ${winner ? svg`<text class="stands" y="-21">stands</text>` : nothing}</g>`;
  }
}

function ticks(points) {
  let last = -TICK_WIDTH;
  let day = '';
  return points.map(({ x, time }) => {
    const text = dayText(time);
    if (text === day || x - last < TICK_WIDTH) {
      return nothing;
    }
    day = text;
    last = x;
    return svg`<path class="tick" d=${`M${x} 24V164`}></path><text x=${x - 12} y="182">${text}</text>`;
  });
}

/** What a side showed between two points of its lane. */
function segments(points, lane, width) {
  const set = points.filter((point) => point.lane === lane && setKinds.has(point.entry.kind));
  const y = LANES[lane];
  return svg`<path class="lane" d=${`M4 ${y}H${set[0]?.x ?? width - 8}`}></path>${set.map((point, index) => svg`
    <path class=${`lane is-${point.name}`} d=${`M${point.x} ${y}H${set[index + 1]?.x ?? width - 8}`}></path>`)}`;
}

function led(points, index) {
  const from = cause(points, index);
  const to = points[index];
  return from ? svg`<path class="led" d=${`M${from.x} ${from.y}C${to.x} ${from.y} ${from.x} ${to.y} ${to.x} ${to.y}`}></path>` : nothing;
}

const key = html`<div class="lane-key">
  <span><svg viewBox="0 0 20 20" aria-hidden="true"><circle class="filled" cx="10" cy="10" r="7"></circle></svg>choice</span>
  <span><svg viewBox="0 0 20 20" aria-hidden="true"><circle cx="10" cy="10" r="7" stroke-dasharray="3 2.5"></circle></svg>choice that did not come to stand</span>
  <span><svg viewBox="0 0 20 20" aria-hidden="true"><rect x="3" y="3" width="14" height="14" rx="3"></rect></svg>written or sent by the bridge</span>
  <span><svg viewBox="0 0 20 20" aria-hidden="true"><path d="M10 2 18 10 10 18 2 10z"></path></svg>seen there</span>
</div>`;

customElements.define('console-timeline', ConsoleTimeline);

/** @param {{label: string, entries: object[], winner: object | null}} of one value's history, oldest first */
export const timeline = (of) => html`<console-timeline .of=${of}></console-timeline>`;
