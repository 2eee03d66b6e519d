import { cohortId, cohortOf, shardOf } from '../../functions/model/cohort.ts';
import type { Subscriber } from '../../functions/model/subscriber.ts';
import { DAY, HOUR, MINUTE } from '../../functions/model/time.ts';
import { BASE_AT } from '../builders.ts';
import type { Case, Verdict } from './case.ts';
import {
  aDay,
  census,
  digestMails,
  join,
  later,
  linksOf,
  NEW_ADDRESS,
  nextMorning,
  post,
  READER,
  tick,
} from './reader.ts';
import type { Rig } from './rig.ts';

/** What comes by itself: an hour later the census, then the digests of the next morning. */
const nightAndMorning = async (rig: Rig): Promise<void> => {
  await later(rig, HOUR);
  await census(rig);
  await nextMorning(rig);
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

/** What a reader does on the web, from sign-up to deletion. */
export const SUBSCRIBER_CASES: readonly Case[] = [
  {
    name: 'sign-up',
    arrange: async () => undefined,
    act: { fn: 'web', event: (rig) => post(rig, '/', SIGN_UP) },
    async after(rig) {
      await later(rig, 11 * MINUTE);
      await rig.onSafe('web', post(rig, '/', SIGN_UP));
      await later(rig, 11 * MINUTE);
      await pressConfirm(rig);
      await nightAndMorning(rig);
    },
    judge: (rig) => dueVerdict(rig, 'reader@example.com'),
  },
  {
    name: 'confirm',
    arrange: (rig) => join(rig, { ...READER, status: { kind: 'pending' } }),
    act: { fn: 'web', event: (rig) => post(rig, linksOf(rig).confirm(READER, rig.now()), {}) },
    async after(rig) {
      await rig.onSafe('web', post(rig, linksOf(rig).confirm(READER, rig.now()), {}));
      await nightAndMorning(rig);
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
      await nightAndMorning(rig);
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
    after: nightAndMorning,
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
    after: nightAndMorning,
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
