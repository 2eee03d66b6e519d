import { createHash } from 'node:crypto';
import { dateAt } from '../digest/due.ts';
import { cohortOf } from '../model/cohort.ts';
import type { Preferences, Subscriber, SubscriberId } from '../model/subscriber.ts';
import { DAY, type Instant } from '../model/time.ts';
import { changeSubscriber, followWishes } from './change.ts';
import { mayAddSources, mayMail, maySendNow, type SlowDown } from './limits.ts';
import type { WebPorts } from './ports-of-web.ts';
import { voteName } from './wishes.ts';

/** What the form of choices holds whole, in the order of the saved banner. Votes come by links; the form can only forget some. */
const CHOICES = [
  'cadence',
  'weekday',
  'hour',
  'zone',
  'topics',
  'sources',
  'keywords',
  'mutes',
  'reads',
  'country',
  'language',
  'format',
  'pictures',
  'maxStories',
] as const satisfies readonly (keyof Preferences)[];

/** The names of preferences that differ, as the saved banner lists them. */
export const differences = (before: Preferences, after: Preferences): (keyof Preferences)[] =>
  [...CHOICES, 'votes' as const].filter((name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]));

/** A short mark of all that the form of choices shows: two are alike where nothing in it was changed. */
export const markOf = (preferences: Preferences): string =>
  createHash('sha256')
    .update(JSON.stringify(CHOICES.map((name) => preferences[name])))
    .digest('base64url')
    .slice(0, 16);

export type SaveOutcome =
  | { kind: 'saved'; subscriber: Subscriber; changed: (keyof Preferences)[] }
  /** It stands already: the same form came twice, by a double click or a page loaded again. */
  | { kind: 'repeated'; subscriber: Subscriber }
  /** Other choices were saved since the form was shown; `differ` names what the form would overwrite. Nothing was saved. */
  | { kind: 'conflict'; subscriber: Subscriber; differ: (keyof Preferences)[] }
  /** So many new sources a day nobody needs. */
  | { kind: 'slow-down' }
  | { kind: 'gone' };

/** A form of choices that was read. */
export interface Save {
  preferences: Preferences;
  own: readonly { id: string; url: string }[];
  /** Names of the votes to forget: others may have come meanwhile, and stay. */
  forgotten: ReadonlySet<string>;
  /** The mark of what the form was shown with; absent: whatever stands is overwritten. */
  seen: string | undefined;
  client: string;
}

/**
 * Saves a whole form of choices, unless what it was shown with was changed meanwhile. A pause, a vote or another address is no such
 * change.
 */
export const savePreferences = async (
  ports: WebPorts,
  id: SubscriberId,
  { preferences, own, forgotten, seen, client }: Save,
  now: Instant,
): Promise<SaveOutcome> => {
  if (!(await mayAddSources(ports, { client, id, addresses: own.length }, now))) return { kind: 'slow-down' };
  for (const source of own) await ports.sources.request(source.id, source.url, now);
  const chosen = (current: Preferences): Preferences => ({
    ...preferences,
    votes: current.votes.filter((vote) => !forgotten.has(voteName(vote))),
  });
  const changed = await changeSubscriber(ports, id, now, (current) =>
    (seen === undefined || seen === markOf(current.preferences)) &&
    differences(current.preferences, chosen(current.preferences)).length > 0
      ? { ...current, preferences: chosen(current.preferences) }
      : undefined,
  );
  if (!changed) return { kind: 'gone' };
  const { before, after } = changed;
  const differ = differences(before.preferences, chosen(before.preferences));
  if (before === after && differ.length > 0) return { kind: 'conflict', subscriber: after, differ };
  // of a repeated form as well: the first may have crashed before it
  await followWishes(ports, after);
  return before === after
    ? { kind: 'repeated', subscriber: after }
    : { kind: 'saved', subscriber: after, changed: differ };
};

/** Pauses an active or paused subscriber until an instant; others are left as they are. */
export const pauseUntil = (ports: WebPorts, id: SubscriberId, until: Instant, now: Instant) =>
  changeSubscriber(ports, id, now, (current) =>
    current.status.kind === 'active' || current.status.kind === 'paused'
      ? { ...current, status: { kind: 'paused', until } }
      : undefined,
  );

/** Ends a pause. */
export const resume = (ports: WebPorts, id: SubscriberId, now: Instant) =>
  changeSubscriber(ports, id, now, (current) =>
    current.status.kind === 'paused' ? { ...current, status: { kind: 'active' } } : undefined,
  );

/**
 * How many ledger entries tell the last digest, and what it forbids. More than one: the ledger is in the order of its periods, and the
 * digest of a week that began on Monday may have been mailed after a welcome of Wednesday.
 */
export const LOOKED_BACK = 8;

/** Asks for one digest more, at most one a day: of the reader's calendar, by which the ledger mails one, and of the limit's. */
export const sendNow = async (
  ports: WebPorts,
  { reader, client }: { reader: Subscriber; client: string },
  now: Instant,
): Promise<boolean> => {
  const { id, preferences } = reader;
  const date = dateAt(cohortOf(preferences), now);
  const last = await ports.deliveries.last(id, LOOKED_BACK);
  if (last.some(({ period }) => period.kind === 'now' && period.date === date)) return false;
  if (!(await maySendNow(ports, { client, id }, now))) return false;
  await ports.letters.send([{ v: 1, kind: 'now', subscriber: id, askedAt: now }]);
  return true;
};

/** A sign-up that nobody confirmed vanishes after seven days, but not before the link that is mailed now has run out. */
const waitAnew = (ports: WebPorts, id: SubscriberId, now: Instant) =>
  changeSubscriber(ports, id, now, (current) =>
    current.status.kind === 'pending' ? { ...current, signedUpAt: now } : undefined,
  );

/** Mails a fresh link to a subscriber: a confirmation while pending, else the link to everything. Says nothing of limits. */
export const mailLink = async (
  ports: WebPorts,
  subscriber: Pick<Subscriber, 'id' | 'addressKey' | 'status'>,
  client: string,
  now: Instant,
): Promise<'taken' | SlowDown> => {
  const allowed = await mayMail(ports, { client, addressKey: subscriber.addressKey }, now);
  const { id, status } = subscriber;
  const kind = status.kind === 'pending' ? 'confirm' : 'manage';
  if (allowed === 'within') {
    if (kind === 'confirm') await waitAnew(ports, id, now);
    await ports.letters.send([{ v: 1, kind, subscriber: id, askedAt: now }]);
  }
  return typeof allowed === 'string' ? 'taken' : allowed;
};

/** Mails the link of an address, if it has a subscription; the answer is the same for all. */
export const mailLinkTo = async (
  ports: WebPorts,
  { addressKey, client }: { addressKey: string; client: string },
  now: Instant,
): Promise<'taken' | SlowDown> => {
  const id = await ports.subscribers.idOfAddress(addressKey);
  const found = id === undefined ? undefined : await ports.subscribers.byId(id);
  const subscriber = found?.addressKey === addressKey ? found : undefined;
  if (subscriber) return mailLink(ports, subscriber, client, now);
  const allowed = await mayMail(ports, { client, addressKey }, now);
  return typeof allowed === 'string' ? 'taken' : allowed;
};

/**
 * Deletes a subscriber. They leave first, so that no crash lets mail go on: what it leaves half done the census ends. The row goes
 * last, unless somebody signed up with it meanwhile.
 */
export const erase = async (ports: WebPorts, { id }: Pick<Subscriber, 'id'>, now: Instant): Promise<void> => {
  const changed = await changeSubscriber(ports, id, now, (current) => ({
    ...current,
    status: { kind: 'left', at: now, why: 'erased' },
  }));
  if (!changed) return;
  await ports.subscribers.releaseAddress(changed.after.addressKey, id);
  await ports.subscribers.forget(changed.after);
  ports.log.info('subscriber.erased', { subscriber: id });
};

/** The longest pause: a year. */
export const LONGEST_PAUSE = 366 * DAY;
