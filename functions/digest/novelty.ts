import { firstSeenOf } from '../model/story.ts';
import { HOUR, type Instant } from '../model/time.ts';
import type { Memory } from './memory.ts';
import type { Taste } from './taste.ts';
import type { TellingOrder } from './telling-order.ts';

/** Whether the reader had a telling. */
const wasSeen = ({ memory, table }: Taste, telling: number): boolean => memory.urls.has(table.tellings.urlAt(telling));

export type Novelty = 'new' | 'update' | 'another' | 'seen';

/**
 * Whether an event is new to a reader, comes back with real news or as another event, or has been mailed: as event, story or address.
 */
export const noveltyOf = (taste: Taste, place: number): Novelty => {
  const { memory, table } = taste;
  if (memory.urls.size === 0) {
    return 'new';
  }
  const turn = memory.events.get(table.hashOf(place));
  if (turn >= 0) {
    if (table.turnOf(place) <= turn) {
      return 'seen';
    }
    return table.anewOf(place) > turn ? 'another' : 'update';
  }
  const first = table.tellingsOf(place);
  const end = first + table.countOf(place);
  for (let telling = first; telling < end; telling++) {
    if (wasSeen(taste, telling)) {
      return 'seen';
    }
  }
  return 'new';
};

/** An edition is that much older than the digests made from it, at most: what came so shortly before one may have missed it. */
const EDITION_LAG = HOUR;

/** Whether something came since the reader's last digest. */
export const isSince = ({ lastDueAt }: Memory, at: Instant): boolean =>
  lastDueAt === undefined || at > lastDueAt - EDITION_LAG;

/**
 * What comes back is told by a story that came since the last digest and that the reader has not had, under a title that does not repeat one
 * they had: the places of such in the order.
 */
export const placesOfReturn = (taste: Taste, place: number, tellings: TellingOrder): number[] => {
  const { memory, table } = taste;
  const first = table.tellingsOf(place);
  const all = Array.from({ length: table.countOf(place) }, (_, at) => first + at);
  const had = all.filter((telling) => wasSeen(taste, telling));
  return [...tellings.places.subarray(0, tellings.size)].filter((at) => {
    const each = table.tellings.tellings[first + at];
    return (
      each !== undefined &&
      isSince(memory, firstSeenOf(each.telling.story)) &&
      !wasSeen(taste, first + at) &&
      !had.some((telling) => table.tellings.saySame(telling, first + at))
    );
  });
};
