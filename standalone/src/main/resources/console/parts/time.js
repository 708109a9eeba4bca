import { html } from '/lib/lit-html.js';

let zone = stored() === 'utc' ? 'UTC' : undefined;
const formats = new Map();
const relative = new Intl.RelativeTimeFormat('en', { numeric: 'auto' });
const whole = new Intl.NumberFormat();
const fraction = new Intl.NumberFormat(undefined, { maximumSignificantDigits: 3 });
const share = new Intl.NumberFormat(undefined, { style: 'percent', maximumFractionDigits: 0 });

function stored() {
  try {
    return localStorage.getItem('bridge-zone');
  } catch {
    return null; // Storage may be forbidden; times are local then.
  }
}

/** Whether times are shown in UTC. */
export const isUtc = () => zone === 'UTC';

/** Shows times in UTC, or in the browser's zone; views are to be drawn again. @param {boolean} utc */
export function setUtc(utc) {
  zone = utc ? 'UTC' : undefined;
  formats.clear();
  try {
    localStorage.setItem('bridge-zone', utc ? 'utc' : 'local');
  } catch {
    // It holds until the page is left.
  }
}

function format(dateStyle, timeStyle) {
  const id = `${dateStyle}/${timeStyle}`;
  if (!formats.has(id)) {
    formats.set(id, new Intl.DateTimeFormat(undefined, { dateStyle, timeStyle, timeZone: zone }));
  }
  return formats.get(id);
}

/** @param {number} value in the browser's way of writing numbers */
export const number = (value) => (Number.isInteger(value) ? whole : fraction).format(value);

/** @param {number} value between 0 and 1 */
export const percent = (value) => share.format(value);

/** A count with its noun. @param {number} count @param {string} one @param {string} [many] */
export const counted = (count, one, many = `${one}s`) => `${number(count)} ${count === 1 ? one : many}`;

/** A span in words, for example "3 min 20 s". @param {number} seconds @param {boolean} [short] the largest unit only */
export function duration(seconds, short = false) {
  if (seconds < 60) {
    return `${number(seconds < 10 ? Math.round(seconds * 100) / 100 : Math.round(seconds))} s`;
  }
  const units = [['d', 86400], ['h', 3600], ['min', 60], ['s', 1]];
  const first = units.findIndex(([, size]) => seconds >= size);
  let left = Math.round(seconds);
  return units.slice(first, first + (short ? 1 : 2)).map(([unit, size]) => {
    const amount = Math.floor(left / size);
    left -= amount * size;
    return amount ? `${number(amount)} ${unit}` : '';
  }).filter(Boolean).join(' ');
}

/** How long ago, or how soon. @param {string} iso */
export function distance(iso) {
  const seconds = (Date.parse(iso) - Date.now()) / 1000;
  const [unit, size] = [['day', 86400], ['hour', 3600], ['minute', 60]].find(([, of]) => Math.abs(seconds) >= of) ?? ['second', 1];
  return relative.format(Math.round(seconds / size), unit);
}

const never = html`<span class="muted">never</span>`;
const utc = (iso) => `${new Date(iso).toISOString().replace('T', ' ').replace(/(\.000)?Z$/, '')} UTC`;
const element = (iso, text) => html`<time datetime=${iso} title=${utc(iso)} data-utc=${utc(iso)} tabindex="0">${text}</time>`;

/** A moment, with UTC on hover and focus. @param {string | null} iso */
export const moment = (iso) => (iso ? element(iso, momentText(iso)) : never);

/** The same for lists, where every time would be a stop on the way of the keyboard: UTC on hover, or by the switch. */
export const cell = (iso) => (iso ? html`<time datetime=${iso} title=${utc(iso)}>${momentText(iso)}</time>` : html`<span class="muted">unknown</span>`);

/** To the second. @param {string} iso */
export const exact = (iso) => element(iso, format('medium', 'medium').format(new Date(iso)));

/** The time of day to the second. @param {string} iso */
export const timeOfDay = (iso) => element(iso, clockText(Date.parse(iso), true));

/** "5 minutes ago", with UTC on hover and focus. @param {string | null} iso */
export const since = (iso) => (iso ? element(iso, distance(iso)) : never);

/** As text, without an element. @param {string | number} at */
export const momentText = (at) => format('medium', 'short').format(new Date(at));

/** The date as text. @param {string | number} at */
export const dayText = (at) => format('medium', undefined).format(new Date(at));

/** The time of day as text. @param {number} at @param {boolean} [seconds] */
export const clockText = (at, seconds = false) => format(undefined, seconds ? 'medium' : 'short').format(new Date(at));

/** A sentence with a capital. @param {string} text */
export const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1);

const ISO = /(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?Z)/;

/** A sentence of the bridge, with the times in it as the browser writes them. @param {string | null} text */
export const prose = (text) => (text ?? '').split(ISO).map((part, index) => (index % 2
  ? html`<time datetime=${part} title=${utc(part)}>${format('medium', 'medium').format(new Date(part))}</time>` : part));
