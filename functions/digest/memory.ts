import { hash } from 'node:crypto';
import { canonicalUrl } from '../model/canonical-url.ts';
import { type Delivery, type MailedStory, periodId } from '../model/delivery.ts';
import type { NewsEvent, Telling } from '../model/event.ts';
import type { Instant } from '../model/time.ts';
import type { Deliveries } from '../ports.ts';

/** How many deliveries back a reader is spared repeats. */
export const REMEMBERED = 14;

/** Six bytes of SHA-256 in base64url: eight characters. Two of a reader's thousand stories meet by chance once in 10^8 readers. */
export const shortHash = (text: string): string => hash('sha256', text, 'base64url').slice(0, 8);

/** The hash under which an address is remembered. */
export const urlHash = (url: string): string => shortHash(canonicalUrl(url));

/** What the ledger keeps of a mailed story. */
export const mailedStory = (event: NewsEvent, telling: Telling): MailedStory => ({
  story: shortHash(telling.story),
  event: shortHash(event.id),
  url: urlHash(telling.url),
  turn: event.turn,
});

/** What a reader was mailed, by hashes. */
export interface Memory {
  stories: ReadonlySet<string>;
  urls: ReadonlySet<string>;
  /** The highest turn of each event that was mailed. */
  events: ReadonlyMap<string, number>;
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
  const events = new Map<string, number>();
  const stories = new Set<string>();
  const urls = new Set<string>();
  for (const each of mailed.flatMap((delivery) => delivery.stories)) {
    stories.add(each.story);
    urls.add(each.url);
    events.set(each.event, Math.max(each.turn, events.get(each.event) ?? 0));
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
