import { html, nothing } from '/lib/lit-html.js';
import { icon } from '../../parts/icons.js';
import { counted, distance, prose } from '../../parts/time.js';
import { sideName } from '../../parts/values.js';

/**
 * How things are, in one sentence with the next action: what is broken comes first, then what needs a person, then what passes by itself.
 * @param {object} overview as the API answers it
 * @returns {{kind: string, symbol: string, title: string, text: unknown, href?: string, label?: string, system?: string}}
 */
export function lead(overview) {
  return notRunning(overview) ?? down(overview) ?? refusedLogin(overview) ?? deadLetters(overview) ?? paused(overview)
    ?? checks(overview) ?? problems(overview) ?? onTheWay(overview) ?? calm(overview);
}

const notRunning = ({ running }) => running ? null : {
  kind: 'differs', symbol: 'warning', title: 'No bridge is running here',
  text: html`Webhooks are not accepted until <code>./bridge run</code> is started on this data folder. Everything that is stored can be looked at meanwhile.`,
};

const down = ({ health }) => health?.status === 'down' ? {
  kind: 'refused', symbol: 'stop', title: 'Deliveries cannot be stored', text: prose(health.problems.join(' ')),
} : null;

function refusedLogin({ systems }) {
  const system = systems.find((each) => each.token === 'failed');
  return system ? {
    kind: 'refused', symbol: 'stop', title: `${system.label} refuses the credentials`,
    text: system.sentence ?? 'Run the checks below: they say what to do.',
  } : null;
}

function paused({ systems }) {
  const system = systems.find((each) => each.paused_until && Date.parse(each.paused_until) > Date.now());
  return system ? {
    kind: 'differs', symbol: 'pause', title: `${system.label} is paused, and goes on ${distance(system.paused_until)}`,
    text: 'Deliveries stay queued and none is lost. Nothing needs to be done.', system: system.system, label: 'Resume now',
  } : null;
}

function deadLetters({ health }) {
  const count = health?.queue?.dead_letters ?? 0;
  return count ? {
    kind: 'differs', symbol: 'deadletters', title: `${counted(count, 'delivery', 'deliveries')} could not be applied`,
    text: 'They are kept in the dead letters, grouped by reason, each with what to do.', href: '#/deadletters', label: 'Look at them',
  } : null;
}

function checks({ checks: { checks: list } }) {
  const count = list.filter((each) => each.state === 'failed').length;
  return count ? {
    kind: 'refused', symbol: 'stop', title: `${counted(count, 'check')} failed`, text: 'What to do stands with each of them, below.',
  } : null;
}

const problems = ({ health }) => health?.status === 'degraded' && health.problems.length ? {
  kind: 'differs', symbol: 'warning', title: 'Something needs a look', text: prose(health.problems.join(' ')),
} : null;

function onTheWay({ health }) {
  const count = (health?.queue?.depth ?? 0) + (health?.queue?.in_flight ?? 0);
  return count ? {
    kind: 'text', symbol: 'clock', title: `${counted(count, 'delivery is', 'deliveries are')} on the way`, text: 'Nothing needs to be done.',
  } : null;
}

/** In step is said only where a whole comparison has ended well: that deliveries flow does not show that none was lost. */
function calm({ last_reconciliation: last }) {
  const compared = last?.result === 'done' && last.scan === 'full';
  return compared ? {
    kind: 'granted', symbol: 'done', title: 'Everything is in step', text: `Both systems were last compared in full ${distance(last.finished_at)}.`,
  } : {
    kind: 'granted', symbol: 'done', title: 'Nothing needs you', text: 'Both systems have not been compared in full yet. A dry run shows what differs and writes nothing.',
    href: '#/differences', label: 'Compare them',
  };
}

/** @param {object} of as {@link lead} answers it @param {(system: string) => void} resume */
export function leadBanner(of, resume) {
  return html`<section class="lead ${of.kind}" aria-label="How things are">
    ${icon(of.symbol)}
    <div class="words"><h2 tabindex="-1" data-focus>${of.title}</h2><p>${of.text}</p></div>
    ${of.href ? html`<a class="button primary" href=${of.href}>${of.label} ${icon('next')}</a>` : nothing}
    ${of.system ? html`<button type="button" @click=${() => resume(of.system)}>${icon('play')} ${of.label}<span class="hidden"> ${sideName(of.system)}</span></button>` : nothing}
  </section>`;
}
