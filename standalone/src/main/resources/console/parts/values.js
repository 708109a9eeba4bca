import { html } from '/lib/lit-html.js';
import { icon } from './icons.js';

/**
 * The meaning of a value in Didomi's terms.
 * @param {boolean | string | null | {unmapped: unknown}} value
 * @returns {{meaning: 'granted' | 'refused' | 'unknown' | 'text', word: string}}
 */
export function meaning(value) {
  if (value === true) {
    return { meaning: 'granted', word: 'granted' };
  }
  if (value === false) {
    return { meaning: 'refused', word: 'refused' };
  }
  if (value === null || value === undefined) {
    return { meaning: 'unknown', word: 'no value' };
  }
  if (typeof value === 'object') {
    return { meaning: 'unknown', word: `unmapped ${value.unmapped}` };
  }
  return { meaning: 'text', word: String(value) };
}

/** A value as icon and word. */
export function value(of) {
  const { meaning: name, word } = meaning(of);
  return html`<span class="value ${name}">${icon(name === 'text' ? 'next' : name)}${word}</span>`;
}

/** What a side showed, as far as that is known. @param {boolean} known @param {unknown} of */
export const shown = (known, of) => (known ? value(of) : html`<span class="muted">not known</span>`);

/** What a column really holds, as written in Dynamics. */
export const raw = (of) => (of === null || of === undefined ? html`<span class="muted">empty</span>` : html`<code>${typeof of === 'object' ? JSON.stringify(of) : String(of)}</code>`);

const names = { didomi: 'Didomi', dynamics: 'Dynamics 365', dataverse: 'Dynamics 365' };

/** The side's name. @param {'didomi' | 'dynamics' | 'dataverse'} of */
export const sideName = (of) => names[of] ?? of;

/** The side with its colour and shape. */
export const side = (of) => html`<span class="side ${of === 'dataverse' ? 'dynamics' : of}">${sideName(of)}</span>`;

/**
 * A word with an icon, coloured by meaning.
 * @param {'granted' | 'refused' | 'unknown' | 'differs' | 'text'} kind @param {string} symbol @param {string} word
 */
export const badge = (kind, symbol, word) => html`<span class="badge ${kind}">${icon(symbol)}${word}</span>`;

/** Whether both sides show the same. */
export const agreement = (same) => (same ? badge('granted', 'granted', 'in step') : badge('differs', 'differs', 'differs'));
