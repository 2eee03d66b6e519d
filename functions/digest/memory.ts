import { hash } from 'node:crypto';
import { canonicalUrl } from '../model/canonical-url.ts';
import { type Delivery, type MailedStory, periodId } from '../model/delivery.ts';
import type { NewsEvent, Telling } from '../model/event.ts';
import type { Instant } from '../model/time.ts';
import type { Deliveries } from '../ports.ts';
import { Hashes } from './hashes.ts';
import { MailedTitles, sketchOf } from './mailed-titles.ts';

/** How many deliveries back a reader is spared repeats. */
export const REMEMBERED = 14;

/**
 * The first 32 bits of SHA-256. A reader's two hundred remembered stories meet one of the hundreds looked at by chance once in some ten
 * thousand digests; then another story takes the place of one.
 */
const shortHash = (text: string): number => hash('sha256', text, 'buffer').readUInt32BE(0);

/** The number under which an event is remembered. */
export const eventHash = (event: NewsEvent): number => shortHash(event.id);

/** What the ledger keeps of a telling. */
export type TellingPrint = Pick<MailedStory, 'url' | 'title'>;

const prints = new WeakMap<Telling, TellingPrint>();

/** What tells a story from others: its canonical address, with its title where it shares that, or its id where it has none. */
const identityOf = ({ url, sharedUrl, title, story }: Telling): string =>
  url === '' ? story : sharedUrl ? `${canonicalUrl(url)} ${title}` : canonicalUrl(url);

/** What a telling is known again by: what tells its story from others, and its title. Worked out once for all readers. */
export const printOf = (telling: Telling): TellingPrint => {
  const known = prints.get(telling);
  if (known) {
    return known;
  }
  const made = {
    url: shortHash(identityOf(telling)),
    title: sketchOf(telling.title),
  };
  prints.set(telling, made);
  return made;
};

/** What the ledger keeps of a mailed story. */
export const mailedStory = (event: NewsEvent, telling: Telling): MailedStory => ({
  ...printOf(telling),
  event: eventHash(event),
  turn: event.turn,
});

/** What a reader was mailed, by hashes. */
export interface Memory {
  urls: Hashes;
  /** The highest turn of each event that was mailed. */
  events: Hashes;
  titles: MailedTitles;
  /** When the last mailed digest was due; nothing before the first. */
  lastDueAt: Instant | undefined;
}

/**
 * Whether the reader has, or may have, the stories of a delivery. One that SES refused goes unread: its stories come again. Of one
 * that ended unknown nobody can tell, and a repeat annoys more than a gap.
 */
export const wasMailed = ({ state }: Pick<Delivery, 'state'>): boolean => {
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
  const [urls, events] = [new Hashes(all.length), new Hashes(all.length)];
  for (const each of all) {
    urls.set(each.url, 0);
    events.set(each.event, Math.max(each.turn, events.get(each.event)));
  }
  const lastDueAt = mailed.length > 0 ? Math.max(...mailed.map(({ dueAt }) => dueAt)) : undefined;
  const titles = new MailedTitles(all.map(({ title }) => title));
  return { urls, events, titles, lastDueAt };
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
