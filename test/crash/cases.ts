import { readKey } from '../../functions/adapters/ssm.ts';
import { cohortId, cohortOf, shardOf } from '../../functions/model/cohort.ts';
import { deliveryId, type Period } from '../../functions/model/delivery.ts';
import type { Subscriber } from '../../functions/model/subscriber.ts';
import { DAY, HOUR, iso, MINUTE, TICK } from '../../functions/model/time.ts';
import { createLinks } from '../../functions/subscribers/links.ts';
import { CONFIGURATION_SET } from '../../infra/local/environment.ts';
import { eventOf } from '../../infra/local/gateway.ts';
import { aDelivery, aSubscriber, BASE_AT } from '../builders.ts';
import type { Consumed, Rig } from './rig.ts';

/** What came of a case, in a few words, and whether it is what design.md promises. */
export interface Verdict {
  outcome: string;
  kept: boolean;
}

/** One flow whose every step a worker is made to die at. */
export interface Case {
  name: string;
  /** Everything before the flow. */
  arrange(rig: Rig): Promise<void>;
  /** What the doomed worker is given; the driver repeats it on a worker that lives. */
  act: { fn: string; event(rig: Rig): unknown } | { queue: Consumed };
  /** Whatever happens afterwards in any world: retries, looks, the next night. */
  after(rig: Rig): Promise<void>;
  judge(rig: Rig): Promise<Verdict>;
}

const READER = aSubscriber({ address: 'reader@example.com', preferences: { topics: ['world'], sources: [] } });
const PERIOD: Period = { kind: 'day', date: '2026-01-05' };
const DIGEST = deliveryId(READER.id, PERIOD);
const NEW_ADDRESS = 'reader.new@example.com';

const join = async ({ stores }: Rig, reader: Subscriber = READER): Promise<void> => {
  await stores.subscribers.claimAddress(reader.addressKey, reader.id);
  await stores.cohorts.register(cohortOf(reader.preferences), shardOf(reader.id), BASE_AT - DAY);
  await stores.subscribers.save(reader);
};

const tick = (rig: Rig, at = rig.now()) => ({ time: iso(at) });

const post = (rig: Rig, url: string, fields: Record<string, string>): unknown =>
  eventOf(
    {
      method: 'POST',
      target: new URL(url, 'http://127.0.0.1:1').pathname,
      headers: { host: '127.0.0.1:1', 'content-type': 'application/x-www-form-urlencoded' },
      sourceIp: '127.0.0.1',
      body: Buffer.from(new URLSearchParams(fields).toString()),
    },
    rig.now(),
  );

const linksOf = ({ environment }: Rig) =>
  createLinks(environment.PUBLIC_URL ?? '', readKey('LINK_KEY', environment.LINK_KEY));

const census = (rig: Rig) => rig.onSafe('take-census', tick(rig));

/** Everything a day brings: looks of the settle queue, later ticks, a night. */
const aDay = async (rig: Rig): Promise<void> => {
  await rig.settle(rig.now() + 2 * HOUR);
  await rig.onSafe('plan-digests', tick(rig));
  await rig.settle(rig.now() + 4 * HOUR);
  await census(rig);
  await rig.settle(rig.now() + 2 * HOUR);
};

const digestMails = (rig: Rig) => rig.mails().filter(({ tags }) => tags.delivery?.endsWith('_day'));

/** The promise of one digest: at most `most` acceptances; none only with a row that says why, and an alarm. */
const digestVerdict = async (rig: Rig, most: 1 | 2): Promise<Verdict> => {
  const entry = await rig.stores.deliveries.byPeriod(READER.id, PERIOD);
  const taken = digestMails(rig).length;
  const state = entry?.state;
  const reason = state && 'reason' in state ? `(${state.reason})` : '';
  const again = rig.lines.filter((line) => line.includes('settle.second-attempt')).length;
  const alarm = rig.lines.some((line) => line.includes('settle.unknown'));
  const outcome = `${state?.kind ?? 'no row'}${reason} x${taken}${again > 0 ? `, ${again} again` : ''}`;
  const kept =
    taken <= most &&
    (taken < 2 || again > 0) &&
    ((state?.kind === 'sent' && taken > 0) ||
      (state?.kind === 'failed' && state.reason === 'unknown' && alarm) ||
      (state?.kind === 'skipped' && taken === 0));
  return { outcome, kept };
};

const planned = async (rig: Rig): Promise<void> => {
  await join(rig);
  await rig.onSafe('plan-digests', tick(rig));
};

const claimed = async (rig: Rig): Promise<void> => {
  await join(rig);
  await rig.stores.deliveries.claim(aDelivery({ subscriber: READER.id, stories: [] }));
  rig.setNow(BASE_AT + 39 * MINUTE);
  await rig.send('digests', { v: 1, kind: 'settle', delivery: DIGEST, look: 2, lookAt: rig.now() });
};

const sesEvent =
  (eventType: string, more: object) =>
  async (rig: Rig): Promise<void> => {
    await join(rig);
    await rig.stores.deliveries.claim(aDelivery({ subscriber: READER.id, stories: [] }));
    const mail = {
      messageId: 'm1',
      timestamp: new Date(BASE_AT).toISOString(),
      destination: [READER.address],
      tags: { delivery: [DIGEST], 'ses:configuration-set': [CONFIGURATION_SET] },
    };
    const detail = { eventType, mail, ...more };
    await rig.send('events', { source: 'aws.ses', account: '000000000000', time: iso(BASE_AT), detail });
  };

const evidenceVerdict =
  (stopped: 'bounce' | 'complaint' | undefined) =>
  async (rig: Rig): Promise<Verdict> => {
    const entry = await rig.stores.deliveries.byPeriod(READER.id, PERIOD);
    const reader = await rig.stores.subscribers.byId(READER.id);
    const mark = await rig.stores.control.suppressed(READER.addressKey);
    const left = reader?.status.kind === 'left';
    const outcome = `${entry?.state.kind}${left ? ', left' : ''}${mark ? `, ${mark} marked` : ''}, mailed x${digestMails(rig).length}`;
    const kept =
      entry?.state.kind === 'sent' &&
      mark === stopped &&
      left === (stopped !== undefined) &&
      digestMails(rig).length === 0;
    return { outcome, kept };
  };

/** Whoever asked must be due: in the registry, and mailed once the next morning. */
const dueVerdict = async (rig: Rig, address: string): Promise<Verdict> => {
  const id = await rig.stores.subscribers.idOfAddress(address);
  const reader = id === undefined ? undefined : await rig.stores.subscribers.byId(id);
  const key = reader && cohortId(cohortOf(reader.preferences));
  const row = (await rig.stores.cohorts.all()).find((cohort) => cohort.id === key);
  const isPlanned = reader !== undefined && row?.shards.includes(shardOf(reader.id)) === true;
  const mails = digestMails(rig);
  const all: Subscriber[] = [];
  for await (const page of rig.stores.subscribers.scan()) all.push(...page);
  const outcome = `${reader?.status.kind ?? 'nobody'} at ${address === NEW_ADDRESS ? 'new' : 'own'}, ${isPlanned ? 'planned' : 'NOT PLANNED'}, mailed x${mails.length}`;
  const kept =
    reader?.status.kind === 'active' &&
    isPlanned &&
    all.length === 1 &&
    mails.length === 1 &&
    mails[0]?.to[0] === address;
  return { outcome, kept };
};

/** The next morning's tick, and what follows from it. */
const nextMorning = async (rig: Rig): Promise<void> => {
  rig.setNow(BASE_AT + DAY);
  await rig.news(rig.now());
  await rig.onSafe('plan-digests', tick(rig));
  await rig.settle(rig.now() + 2 * HOUR);
};

const SIGN_UP = {
  email: 'reader@example.com',
  cadence: 'daily',
  weekday: '1',
  hour: '7',
  zone: 'Europe/Berlin',
  topics: 'world',
  reads: 'en',
  language: 'en',
};

/** Presses the button behind the newest confirmation letter, as its reader would. */
const pressConfirm = async (rig: Rig): Promise<void> => {
  const letter = rig.mails().findLast(({ tags }) => tags.letter?.startsWith('confirm'));
  const text = letter ? rig.body(letter.id).replaceAll('=\r\n', '').replaceAll('=3D', '=') : '';
  const path = /http:\/\/127\.0\.0\.1:1(\/c\/[A-Za-z0-9_-]+)/.exec(text)?.[1];
  if (path) await rig.onSafe('web', post(rig, path, {}));
};

const later = async (rig: Rig, ms: number): Promise<void> => rig.settle(rig.now() + ms);

export const CASES: readonly Case[] = [
  {
    name: 'plan',
    arrange: (rig) => join(rig),
    act: { fn: 'plan-digests', event: (rig) => tick(rig) },
    async after(rig) {
      rig.setNow(BASE_AT + TICK);
      await rig.onSafe('plan-digests', tick(rig));
      await aDay(rig);
    },
    judge: (rig) => digestVerdict(rig, 1),
  },
  { name: 'send', arrange: planned, act: { queue: 'digests' }, after: aDay, judge: (rig) => digestVerdict(rig, 1) },
  {
    name: 'send, no events',
    async arrange(rig) {
      rig.mode('noevents');
      await planned(rig);
    },
    act: { queue: 'digests' },
    after: aDay,
    judge: (rig) => digestVerdict(rig, 2),
  },
  {
    name: 'second look',
    arrange: claimed,
    act: { queue: 'digests' },
    after: aDay,
    judge: (rig) => digestVerdict(rig, 1),
  },
  {
    name: 'evidence',
    arrange: sesEvent('Delivery', {}),
    act: { queue: 'events' },
    after: aDay,
    judge: evidenceVerdict(undefined),
  },
  {
    name: 'bounce',
    arrange: sesEvent('Bounce', {
      bounce: {
        bounceType: 'Permanent',
        bounceSubType: 'General',
        bouncedRecipients: [{ emailAddress: READER.address }],
      },
    }),
    act: { queue: 'events' },
    after: aDay,
    judge: evidenceVerdict('bounce'),
  },
  {
    name: 'complaint',
    arrange: sesEvent('Complaint', { complaint: { complainedRecipients: [{ emailAddress: READER.address }] } }),
    act: { queue: 'events' },
    after: aDay,
    judge: evidenceVerdict('complaint'),
  },
  {
    name: 'sign-up',
    arrange: async () => undefined,
    act: { fn: 'web', event: (rig) => post(rig, '/', SIGN_UP) },
    async after(rig) {
      await later(rig, 11 * MINUTE);
      await rig.onSafe('web', post(rig, '/', SIGN_UP));
      await later(rig, 11 * MINUTE);
      await pressConfirm(rig);
      await later(rig, HOUR);
      await census(rig);
      await nextMorning(rig);
    },
    judge: (rig) => dueVerdict(rig, 'reader@example.com'),
  },
  {
    name: 'confirm',
    arrange: (rig) => join(rig, { ...READER, status: { kind: 'pending' } }),
    act: { fn: 'web', event: (rig) => post(rig, linksOf(rig).confirm(READER, rig.now()), {}) },
    async after(rig) {
      await rig.onSafe('web', post(rig, linksOf(rig).confirm(READER, rig.now()), {}));
      await later(rig, HOUR);
      await census(rig);
      await nextMorning(rig);
    },
    async judge(rig) {
      const due = await dueVerdict(rig, 'reader@example.com');
      const welcomes = rig.mails().filter(({ tags }) => tags.delivery?.endsWith('_welcome')).length;
      return { outcome: `${due.outcome}, welcome x${welcomes}`, kept: due.kept && welcomes === 1 };
    },
  },
  {
    name: 'welcome',
    async arrange(rig) {
      await join(rig);
      // five minutes before a midnight in Berlin: what comes again comes on another date
      rig.setNow(BASE_AT + 16 * HOUR + 55 * MINUTE);
      await rig.send('letters', { v: 1, kind: 'welcome', subscriber: READER.id, askedAt: rig.now() });
    },
    act: { queue: 'letters' },
    async after(rig) {
      await later(rig, 10 * MINUTE);
      await aDay(rig);
    },
    async judge(rig) {
      const welcomes = rig.mails().filter(({ tags }) => tags.delivery?.endsWith('_welcome')).length;
      const [entry] = (await rig.stores.deliveries.last(READER.id, 5)).filter(
        ({ period }) => period.kind === 'welcome',
      );
      const unknown = entry?.state.kind === 'failed' && entry.state.reason === 'unknown';
      return {
        outcome: `${entry?.state.kind} x${welcomes}`,
        kept: (entry?.state.kind === 'sent' && welcomes === 1) || (unknown && welcomes <= 1),
      };
    },
  },
  {
    name: 'address change',
    arrange: (rig) => join(rig),
    act: { fn: 'web', event: (rig) => post(rig, linksOf(rig).address(READER, NEW_ADDRESS, rig.now()), {}) },
    async after(rig) {
      await rig.onSafe('web', post(rig, linksOf(rig).address(READER, NEW_ADDRESS, rig.now()), {}));
      await later(rig, HOUR);
      await census(rig);
      await nextMorning(rig);
    },
    async judge(rig) {
      const due = await dueVerdict(rig, NEW_ADDRESS);
      const old = await rig.stores.subscribers.idOfAddress(READER.addressKey);
      return { outcome: `${due.outcome}${old ? ', OLD ADDRESS HELD' : ''}`, kept: due.kept && old === undefined };
    },
  },
  {
    name: 'address change, not repeated',
    arrange: (rig) => join(rig),
    act: { fn: 'web', event: (rig) => post(rig, linksOf(rig).address(READER, NEW_ADDRESS, rig.now()), {}) },
    async after(rig) {
      await later(rig, HOUR);
      await census(rig);
      await nextMorning(rig);
    },
    async judge(rig) {
      const reader = await rig.stores.subscribers.byId(READER.id);
      const [at, other] =
        reader?.addressKey === NEW_ADDRESS ? [NEW_ADDRESS, READER.addressKey] : [READER.addressKey, NEW_ADDRESS];
      const due = await dueVerdict(rig, at);
      const held = await rig.stores.subscribers.idOfAddress(other);
      return { outcome: `${due.outcome}${held ? ', OTHER ADDRESS HELD' : ''}`, kept: due.kept && held === undefined };
    },
  },
  {
    name: 'deletion, not repeated',
    arrange: (rig) => join(rig),
    act: {
      fn: 'web',
      event: (rig) => post(rig, `${new URL(linksOf(rig).own(READER, rig.now())).pathname}/erase`, { sure: 'yes' }),
    },
    async after(rig) {
      await later(rig, HOUR);
      await census(rig);
      await nextMorning(rig);
    },
    async judge(rig) {
      const reader = await rig.stores.subscribers.byId(READER.id);
      const held = await rig.stores.subscribers.idOfAddress(READER.addressKey);
      const mails = digestMails(rig).length;
      // a crash before the first write is as if nobody had pressed: the page said so
      const untouched = reader?.status.kind === 'active' && held === READER.id && mails === 1;
      const gone = reader === undefined && held === undefined && mails === 0;
      return {
        outcome: untouched
          ? 'as before, mailed x1'
          : `${reader ? reader.status.kind : 'gone'}, address ${held ? 'HELD' : 'free'}, mailed x${mails}`,
        kept: untouched || gone,
      };
    },
  },
  {
    name: 'change of hour',
    arrange: (rig) => join(rig),
    act: { fn: 'web', event: (rig) => post(rig, linksOf(rig).manage(READER, rig.now()), { ...SIGN_UP, hour: '9' }) },
    async after(rig) {
      await later(rig, 4 * HOUR);
      await census(rig);
      rig.setNow(BASE_AT + DAY + 2 * HOUR);
      await rig.onSafe('plan-digests', tick(rig));
      await rig.settle(rig.now() + 2 * HOUR);
    },
    async judge(rig) {
      const second = digestMails(rig).filter(({ tags }) => tags.delivery?.includes('2026-01-06'));
      const due = await dueVerdict(rig, 'reader@example.com');
      const hour = (await rig.stores.subscribers.byId(READER.id))?.preferences.hour;
      return {
        outcome: `hour ${hour}, ${due.outcome.replace(/, mailed.*/, '')}, next day x${second.length}`,
        kept: second.length === 1 && !due.outcome.includes('NOT'),
      };
    },
  },
];
