import { type Context, Hono } from 'hono';
import { html } from 'hono/html';
import { instantOf, localDay } from '../../functions/digest/zone-spans.ts';
import type { Source } from '../../functions/model/source.ts';
import { DAY, HOUR, type Instant, iso, TICK, tickOf } from '../../functions/model/time.ts';
import { instantTyped } from '../instant.ts';
import type { QueueName } from '../queues.ts';
import { type Markup, page } from './page.ts';
import type { QueueDepth } from './queues.ts';
import type { NowOutcome } from './send-now.ts';
import { SES_MODES, type SesMode } from './ses-endpoint.ts';

/** What the operator page shows and does. */
export interface OperatorDesk {
  /** Where the news comes from, as a sentence. */
  news: string;
  now(): Instant;
  advance(to: Instant): Promise<boolean>;
  mode(): SesMode;
  setMode(mode: SesMode): void;
  /** Queues a digest for the subscriber with this address, or says why none would come. */
  sendNow(address: string): Promise<NowOutcome>;
  /** Addresses that got mail, for the form's suggestions. */
  addresses(): string[];
  /** Zones of the cohorts. */
  zones(): Promise<string[]>;
  sources(): Promise<Source[]>;
  depths(): { queue: QueueName; depth: QueueDepth }[];
  /** Messages that wait for our clock. */
  waiting(): number;
}

const MODES: Record<SesMode, string> = {
  normal: 'SES works',
  drop: 'SES takes the mail, its answer is lost',
  delay: 'SES takes the mail and answers too late',
  throttle: 'SES refuses: sending rate exceeded',
  noevents: 'SES works, its events are lost',
  bounce: 'every mail bounces',
  complaint: 'every mail is complained of',
};

const NOW_OUTCOMES: Record<NowOutcome, string> = {
  queued: 'It is on its way to the inbox.',
  nobody: 'Nobody subscribed with this address.',
  pending: 'Nothing is sent: whoever has this address has still to confirm.',
  left: 'Nothing is sent: whoever has this address has left.',
  had: 'Nothing is sent: this address had its one digest at once of today.',
};

const steps = (now: Instant): { name: string; to: Instant }[] => [
  { name: 'Next quarter of an hour', to: tickOf(now) + TICK },
  { name: 'One hour on', to: now + HOUR },
  { name: 'One day on', to: now + DAY },
];

/** Tomorrow at 07:00 in a zone. */
export const tomorrowMorning = (zone: string, now: Instant): Instant =>
  instantOf(zone, (localDay(zone, now) + 1) * DAY + 7 * HOUR);

const clockForms = (now: Instant, zones: string[]): Markup[] => [
  html`<form class="row" method="post" action="/operator/jump"><label>Zone<select name="zone">${zones.map((zone) => html`<option>${zone}</option>`)}</select></label><button>Jump to tomorrow 07:00</button></form>`,
  html`<form class="row" method="post" action="/operator/jump">${steps(now).map(({ name, to }) => html`<button class="plain" name="at" value="${iso(to)}">${name}</button>`)}</form>`,
  html`<form class="row" method="post" action="/operator/jump"><label>Instant (ISO, UTC)<input name="at" value="${iso(tickOf(now) + TICK)}" size="22" required></label><button class="plain">Jump there</button></form>`,
  html`<p>The clock runs on at real speed and only goes forward. Every quarter of an hour on the way is lived through.</p>`,
];

const nowForm = (addresses: string[]): Markup =>
  html`<form class="row" method="post" action="/operator/now"><label>Address of a subscriber<input name="address" type="email" list="addresses" value="${addresses[0] ?? ''}" size="32" required></label><datalist id="addresses">${addresses.map((address) => html`<option value="${address}"></option>`)}</datalist><button>Send my digest now</button></form>`;

const sesForm = (mode: SesMode): Markup =>
  html`<form class="row" method="post" action="/operator/ses"><label>What SES does<select name="mode">${SES_MODES.map((one) => html`<option value="${one}" ${one === mode ? 'selected' : ''}>${MODES[one]}</option>`)}</select></label><button class="plain">Set</button></form>`;

const queueTable = (desk: OperatorDesk): Markup =>
  html`<div class="wide"><table><thead><tr><th>Queue</th><th>Ready</th><th>Being worked on</th><th>Dead letters</th></tr></thead><tbody>${desk.depths().map(({ queue, depth }) => html`<tr><td>${queue}</td><td class="number">${depth.ready}</td><td class="number">${depth.inFlight}</td><td class="number">${depth.dead}</td></tr>`)}</tbody></table></div><p>${desk.waiting()} messages wait for the clock.</p>`;

const troubleOf = ({ failing, endedAt }: Source): string => {
  if (endedAt !== undefined) return `ended ${iso(endedAt)}`;
  return failing ? `${failing.why}, ${failing.times} times since ${iso(failing.sinceAt)}` : '';
};

const sourceTable = (sources: Source[]): Markup[] => {
  const troubled = sources.filter((source) => troubleOf(source) !== '');
  const rows = troubled.map(
    (source) => html`<tr><td>${source.title}</td><td class="hide">${source.url}</td><td>${troubleOf(source)}</td></tr>`,
  );
  return [
    html`<p>${sources.length} sources, ${troubled.length} of them in trouble.</p>`,
    troubled.length === 0
      ? html``
      : html`<div class="wide"><table><thead><tr><th>Source</th><th class="hide">Address</th><th>Trouble</th></tr></thead><tbody>${rows}</tbody></table></div>`,
  ];
};

const HERE = Intl.DateTimeFormat().resolvedOptions().timeZone;

const content = async (desk: OperatorDesk, note: string | undefined): Promise<Markup[]> => {
  const zones = [...new Set([...(await desk.zones()), HERE])];
  return [
    note === undefined ? html`` : html`<p class="note" role="status">${note}</p>`,
    html`<p>${desk.news}</p>`,
    html`<h2>Clock</h2>`,
    ...clockForms(desk.now(), zones),
    html`<h2>A digest at once</h2>`,
    nowForm(desk.addresses()),
    html`<h2>Trouble</h2>`,
    sesForm(desk.mode()),
    html`<h2>Queues</h2>`,
    queueTable(desk),
    html`<h2>Sources</h2>`,
    ...sourceTable(await desk.sources()),
  ];
};

const jump = async (desk: OperatorDesk, form: Record<string, unknown>): Promise<string> => {
  const to =
    typeof form.zone === 'string' ? tomorrowMorning(form.zone, desk.now()) : instantTyped(String(form.at ?? ''));
  if (to === undefined) return 'That is not an instant. Example: 2026-01-05T07:00:00Z';
  return (await desk.advance(to))
    ? `It is ${iso(desk.now())}. Everything due has been done: see the inbox.`
    : 'The clock only goes forward.';
};

/** The operator page and its forms. */
export const operatorRoutes = (desk: OperatorDesk): Hono => {
  const app = new Hono();
  const show = async (c: Context, note?: string) =>
    c.html(page('Operator', iso(desk.now()), await content(desk, note)));
  app.get('/operator', (c) => show(c));
  // a page that came by a form, loaded again from the address bar
  for (const act of ['jump', 'now', 'ses']) app.get(`/operator/${act}`, (c) => c.redirect('/operator', 303));
  app.post('/operator/jump', async (c) => show(c, await jump(desk, await c.req.parseBody())));
  app.post('/operator/now', async (c) => {
    const { address } = await c.req.parseBody();
    return show(c, NOW_OUTCOMES[await desk.sendNow(String(address ?? ''))]);
  });
  app.post('/operator/ses', async (c) => {
    const { mode } = await c.req.parseBody();
    const wanted = SES_MODES.find((one) => one === mode);
    if (wanted === undefined) return show(c, 'There is no such mode.');
    desk.setMode(wanted);
    return show(c, `Now: ${MODES[desk.mode()]}.`);
  });
  return app;
};
