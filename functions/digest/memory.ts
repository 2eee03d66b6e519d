import { hash } from 'node:crypto';
import { canonicalUrl } from '../model/canonical-url.ts';
import { type Delivery, type MailedStory, periodId } from '../model/delivery.ts';
import type { NewsEvent, Telling } from '../model/event.ts';
import type { Instant } from '../model/time.ts';
import type { Deliveries } from '../ports.ts';
import { Hashes } from './hashes.ts';

/** How many deliveries back a reader is spared repeats. */
export const REMEMBERED = 14;

/** Six bytes of SHA-256 in base64url: eight characters. Two of a reader's thousand stories meet by chance once in 10^8 readers. */
const shortHash = (text: string): string => hash('sha256', text, 'base64url').slice(0, 8);

/** Base64url digits by character code. */
const DIGITS = new Uint8Array(128);
for (const [digit, character] of [...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'].entries()) {
  DIGITS[character.charCodeAt(0)] = digit;
}

/** A hash as the ledger keeps it, as a number: what look-ups are made with. */
const numberOf = (short: string): number => {
  let number = 0;
  for (let at = 0; at < short.length; at++) {
    number = number * 64 + (DIGITS[short.charCodeAt(at)] ?? 0);
  }
  return number;
};

/** The number under which an event is remembered. */
export const eventHash = (event: NewsEvent): number => numberOf(shortHash(event.id));

/** What the ledger keeps of a telling, and the same as numbers. */
export interface TellingHashes {
  story: string;
  url: string;
  storyNumber: number;
  urlNumber: number;
}

const hashed = new WeakMap<Telling, TellingHashes>();

/** Hashes of a telling: the story's, and that of its canonical address. Worked out once for all readers. */
export const tellingHashes = (telling: Telling): TellingHashes => {
  const known = hashed.get(telling);
  if (known) {
    return known;
  }
  const story = shortHash(telling.story);
  const url = shortHash(canonicalUrl(telling.url));
  const made = { story, url, storyNumber: numberOf(story), urlNumber: numberOf(url) };
  hashed.set(telling, made);
  return made;
};

/** What the ledger keeps of a mailed story. */
export const mailedStory = (event: NewsEvent, telling: Telling): MailedStory => {
  const { story, url } = tellingHashes(telling);
  return { story, event: shortHash(event.id), url, turn: event.turn };
};

/** What a reader was mailed, by hashes. */
export interface Memory {
  stories: Hashes;
  urls: Hashes;
  /** The highest turn of each event that was mailed. */
  events: Hashes;
  /** When the last mailed digest was due; nothing before the first. */
  lastDueAt: Instant | undefined;
}

/**
 * Whether the reader has, or may have, the stories of a delivery. One that SES refused goes unread: its stories come again. Of one
 * that ended unknown nobody can tell, and a repeat annoys more than a gap.
 */
export const wasMailed = ({ state }: Delivery): boolean => {
  switch (state.kind) {
    case 'sent':
    case 'claimed':
      return true;
    case 'skipped':
      return false;
    case 'failed':
      return state.reason === 'unknown';
    default:
      return state satisfies never;
  }
};

/** The memory that deliveries leave, in any order. */
export const memoryOf = (deliveries: readonly Delivery[]): Memory => {
  const mailed = deliveries.filter(wasMailed);
  const all = mailed.flatMap(({ stories }) => stories);
  const [stories, urls, events] = [new Hashes(all.length), new Hashes(all.length), new Hashes(all.length)];
  for (const each of all) {
    stories.set(numberOf(each.story), 0);
    urls.set(numberOf(each.url), 0);
    const event = numberOf(each.event);
    events.set(event, Math.max(each.turn, events.get(event)));
  }
  const lastDueAt = mailed.length > 0 ? Math.max(...mailed.map(({ dueAt }) => dueAt)) : undefined;
  return { stories, urls, events, lastDueAt };
};

/** Nothing was mailed yet. */
export const NO_MEMORY: Memory = memoryOf([]);

/** How far back the ledger is read to find what came before an older delivery. */
const LOOKED_BACK = 60;

/** What a reader had been mailed when a delivery of theirs was due, that delivery itself left out. */
export const memoryBefore = async (
  deliveries: Pick<Deliveries, 'last'>,
  { subscriber, period, dueAt }: Pick<Delivery, 'subscriber' | 'period' | 'dueAt'>,
): Promise<Memory> => {
  const before = (await deliveries.last(subscriber, LOOKED_BACK))
    .filter((each) => each.dueAt <= dueAt && periodId(each.period) !== periodId(period))
    .slice(0, REMEMBERED);
  return memoryOf(before);
};
