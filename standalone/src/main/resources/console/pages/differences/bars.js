import { html, nothing, svg } from '/lib/lit-html.js';
import { number, prose } from '../../parts/time.js';

/** Counts by one member, the largest first. */
function sums(by, member) {
  const totals = new Map();
  by.forEach((each) => totals.set(each[member], (totals.get(each[member]) ?? 0) + each.count));
  return [...totals].map(([name, count]) => ({ name, count })).sort((one, other) => other.count - one.count);
}

function bars(title, member, list, chosen, choose) {
  const max = list[0]?.count ?? 1;
  return html`<section class="card" aria-label=${title}><h3>${title}</h3><div class="bars" role="group" aria-label="${title}; choose one to filter">${list.map(({ name, count }) => html`
    <button type="button" aria-pressed=${String(chosen === name)} @click=${() => choose({ [member]: chosen === name ? null : name })}>
      <span>${member === 'mapping' ? html`<span class="key">${name || 'others'}</span>` : prose(name)}</span><strong>${number(count)}</strong>
      <svg class="track" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">${svg`<rect width=${Math.max(0.6, (100 * count) / max)} height="8"></rect>`}</svg>
    </button>`)}</div></section>`;
}

/**
 * Differences by mapping and by reason; a bar filters the list, and the other bars with it.
 * @param {{by: object[]}} summary @param {{mapping: string | null, reason: string | null}} filter @param {(changes: object) => void} choose
 */
export function summaryBars({ by }, filter, choose) {
  if (by.length === 0) {
    return nothing;
  }
  const byMapping = sums(by.filter((each) => !filter.reason || each.reason === filter.reason), 'mapping');
  const byReason = sums(by.filter((each) => !filter.mapping || each.mapping === filter.mapping), 'reason');
  return html`<div class="columns">${bars('By column', 'mapping', byMapping, filter.mapping, choose)}${bars('By reason', 'reason', byReason, filter.reason, choose)}</div>`;
}
