import { html, svg } from '/lib/lit-html.js';

const paths = {
  overview: 'M4 18a9 9 0 1 1 16 0M12 15l4-5',
  people: 'M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8M4 20c1-4 4-6 8-6s7 2 8 6',
  differences: 'M5 9h14M5 15h14M16 4 8 20',
  deadletters: 'M3 6h18v12H3zM3 7l9 6 9-6M17 3l4 0',
  mapping: 'M4 7h11l-3-3M20 17H9l3 3M19 7h1M4 17h1',
  live: 'M3 12h4l3-7 4 14 3-7h4',
  granted: 'M5 12.5l4.5 4.5L19 7.5',
  refused: 'M7 7l10 10M17 7L7 17',
  unknown: 'M6 12h12',
  differs: 'M5 9h14M5 15h14M15 5L9 19',
  warning: 'M12 4 2.5 20h19zM12 10v4M12 17v.2',
  stop: 'M8 3h8l5 5v8l-5 5H8l-5-5V8zM12 8v5M12 16v.2',
  pause: 'M9 6v12M15 6v12',
  play: 'M8 5l11 7-11 7z',
  light: 'M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8M12 2v2M12 20v2M2 12h2M20 12h2M5 5l1.4 1.4M17.6 17.6 19 19M5 19l1.4-1.4M17.6 6.4 19 5',
  dark: 'M20 14.5A8.5 8.5 0 1 1 9.5 4a7 7 0 0 0 10.5 10.5z',
  auto: 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18M12 3v18M12 8h8M12 12h9M12 16h8',
  leave: 'M10 4H5v16h5M14 8l4 4-4 4M18 12H9',
  search: 'M11 4a7 7 0 1 0 0 14 7 7 0 0 0 0-14M16 16l5 5',
  download: 'M12 4v11M7 11l5 5 5-5M4 20h16',
  erase: 'M4 7h16M9 7V4h6v3M6 7l1 13h10l1-13M10 11v5M14 11v5',
  next: 'M5 12h14M13 6l6 6-6 6',
  both: 'M4 12h16M8 8l-4 4 4 4M16 8l4 4-4 4',
  again: 'M20 11a8 8 0 1 0-2 6M20 5v6h-6',
  look: 'M2 12s4-7 10-7 10 7 10 7-4 7-10 7S2 12 2 12M12 9a3 3 0 1 0 0 6 3 3 0 0 0 0-6',
  clock: 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18M12 7v5l3 2',
  done: 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18M8 12.5l3 3 5-6',
};

/**
 * A decorative icon; the word beside it carries the meaning.
 * @param {keyof typeof paths} name
 */
export function icon(name) {
  return html`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">${svg`<path d=${paths[name]}></path>`}</svg>`;
}

/** The product's mark: a bridge between the two sides' colours. */
export function mark() {
  return html`<svg viewBox="0 0 32 32" aria-hidden="true" fill="none" stroke-width="3.4" stroke-linecap="round">
    <path d="M4 23a12 12 0 0 1 24 0" stroke="var(--accent)"></path>
    <path d="M12 12.5V23M20 12.5V23" stroke="var(--line-strong)" stroke-width="1.6"></path>
    <path d="M4 18v8" stroke="var(--didomi)"></path><path d="M28 18v8" stroke="var(--dynamics)"></path>
  </svg>`;
}
