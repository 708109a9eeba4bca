import { html, nothing, render } from '/lib/lit-html.js';
import uPlot from '/lib/uplot.js';
import { clockText, isUtc, number } from './time.js';
import { table } from './table.js';

const TABLE_ROWS = 60;
/** So few values are drawn as points too: a single one has no line. */
const FEW = 10;

/** A colour token as the canvas needs it. */
function colour(element, token) {
  element.style.color = `var(--${token})`;
  const resolved = getComputedStyle(element).color;
  element.style.color = '';
  return resolved;
}

/**
 * A time chart with a legend whose entries hide and show a series, a sentence for screen readers and the same as a table.
 * `of` is {label, times: seconds[], series: [{label, token, dash?, values: (number|null)[]}], stacked, format(value, short)}.
 */
class ConsoleChart extends HTMLElement {
  #of;
  #hidden = new Set();
  #plot;
  #shape;
  #at = null;
  #redraw = () => this.#rebuild();
  #size = new ResizeObserver(() => this.#resize());

  set of(of) {
    this.#of = of;
    if (this.isConnected) {
      this.#update();
    }
  }

  connectedCallback() {
    this.#update();
    this.#size.observe(this);
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', this.#redraw);
    document.addEventListener('console-theme', this.#redraw);
  }

  disconnectedCallback() {
    this.#size.disconnect();
    matchMedia('(prefers-color-scheme: dark)').removeEventListener('change', this.#redraw);
    document.removeEventListener('console-theme', this.#redraw);
    this.#plot?.destroy();
    this.#plot = undefined;
  }

  #update() {
    if (!this.#of) {
      return;
    }
    this.#draw();
    const shape = `${this.#of.series.map((each) => each.label)}/${isUtc()}`;
    if (this.#plot && this.#shape === shape) {
      this.#plot.setData(this.#data());
    } else {
      this.#shape = shape;
      this.#rebuild();
    }
  }

  #draw() {
    const { label, series, times } = this.#of;
    render(html`<div class="stack tight">
      <div class="plot" role="img" aria-label=${`${label}. ${this.#sentence()}`}></div>
      <div class="legend" role="group" aria-label="Series of ${label}">${series.map((each) => this.#entry(each))}</div>
      <details><summary>Show as a table</summary><div class="chart-table">${times.length ? this.#table() : nothing}</div></details>
    </div>`, this);
  }

  #entry(series) {
    const index = this.#at ?? -1;
    const shown = index >= 0 ? series.values[index] : null;
    return html`<button type="button" aria-pressed=${String(!this.#hidden.has(series.label))} @click=${() => this.#toggle(series.label)}>
      <svg class="mark" viewBox="0 0 16 10" aria-hidden="true">${this.#of.stacked
    ? html`<svg><rect width="16" height="10" rx="2" fill="var(--${series.token})"></rect></svg>`
    : html`<svg><path d="M0 5h16" stroke="var(--${series.token})" stroke-width="3" stroke-dasharray=${series.dash?.join(' ') ?? 'none'}></path></svg>`}</svg>
      ${series.label}${typeof shown === 'number' ? html` <span class="read">${this.#of.format(shown)}</span>` : nothing}
    </button>`;
  }

  #toggle(label) {
    if (!this.#hidden.delete(label)) {
      this.#hidden.add(label);
    }
    this.#draw();
    this.#rebuild();
  }

  #sentence() {
    return this.#of.series.map(({ label, values }) => {
      const known = values.filter((each) => each !== null);
      return `${label}: ${known.length ? `highest ${this.#of.format(Math.max(...known))}, last ${this.#of.format(known.at(-1))}` : 'unknown'}`;
    }).join('; ');
  }

  #table() {
    const { label, times, series, format } = this.#of;
    const rows = times.map((time, index) => ({ time, index })).slice(-TABLE_ROWS).reverse();
    const columns = series.map((each) => ({
      label: each.label,
      numeric: true,
      show: ({ index }) => (each.values[index] === null ? '–' : format(each.values[index])),
    }));
    return table({ label, rows, columns: [{ label: 'Time', show: ({ time }) => clockText(time * 1000) }, ...columns] });
  }

  #visible() {
    return this.#of.series.filter((each) => !this.#hidden.has(each.label));
  }

  /** Stacked series are drawn from the whole downwards, each over the one before. */
  #data() {
    const shown = this.#visible();
    if (!this.#of.stacked) {
      return [this.#of.times, ...shown.map((each) => each.values)];
    }
    const sums = new Array(this.#of.times.length).fill(0);
    const layers = shown.map(({ values }) => values.map((each, index) => (sums[index] += each ?? 0)));
    return [this.#of.times, ...layers.reverse()];
  }

  #rebuild() {
    const plot = this.querySelector('.plot');
    if (!plot || !this.#of) {
      return;
    }
    this.#plot?.destroy();
    plot.replaceChildren();
    this.#plot = new uPlot(this.#options(plot), this.#data(), plot);
  }

  #options(plot) {
    const shown = this.#of.stacked ? this.#visible().reverse() : this.#visible();
    const axis = {
      stroke: colour(plot, 'muted'),
      grid: { stroke: colour(plot, 'line'), width: 1 },
      ticks: { show: false },
      font: `12px ${getComputedStyle(plot).fontFamily}`,
    };
    return {
      width: Math.max(200, plot.clientWidth),
      height: 190,
      padding: [12, 32, 0, 0],
      tzDate: (seconds) => (isUtc() ? uPlot.tzDate(new Date(seconds * 1000), 'Etc/UTC') : new Date(seconds * 1000)),
      legend: { show: false },
      cursor: { y: false, drag: { x: false, y: false }, points: { size: 6 } },
      scales: { x: { range: (_, min, max) => [min, max + this.#step()] }, y: { range: (_, __, max) => [0, Math.max(max * 1.1, this.#of.least ?? 1)] } },
      axes: [
        { ...axis, grid: { show: false }, space: 72, size: 30, values: (_, splits) => splits.map((each) => clockText(each * 1000)) },
        { ...axis, size: 58, values: (_, splits) => splits.map((each) => this.#of.format(each, true)) },
      ],
      series: [{}, ...shown.map((each) => this.#style(plot, each))],
      hooks: { setCursor: [(chart) => this.#read(chart.cursor.idx ?? null)] },
    };
  }

  /** The last bar begins at the last time, and needs its room after it. */
  #step() {
    const { times, stacked } = this.#of;
    return stacked && times.length > 1 ? times[1] - times[0] : 0;
  }

  #style(plot, { label, token, dash, values }) {
    const stroke = colour(plot, token);
    return this.#of.stacked
      ? { label, fill: stroke, stroke, width: 0, points: { show: false }, paths: uPlot.paths.bars({ size: [0.78, 24], align: 1 }) }
      : { label, stroke, width: 2, dash, points: { show: values.filter((each) => each !== null).length <= FEW, size: 6 }, fill: dash ? undefined : stroke.replace('rgb(', 'rgba(').replace(')', ', 0.1)') };
  }

  #read(index) {
    if (this.#at !== index) {
      this.#at = index;
      this.#draw();
    }
  }

  #resize() {
    const width = this.querySelector('.plot')?.clientWidth;
    if (this.#plot && width && width !== this.#plot.width) {
      this.#plot.setSize({ width, height: 190 });
    }
  }
}

customElements.define('console-chart', ConsoleChart);

/** A time chart. @param {object} of as {@link ConsoleChart} describes it */
export const chart = (of) => html`<console-chart .of=${of}></console-chart>`;

/** A count on an axis. */
export const countFormat = (value) => number(value);
