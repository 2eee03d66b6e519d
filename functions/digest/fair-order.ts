import type { Cadence } from '../model/subscriber.ts';
import { DAY, type Instant } from '../model/time.ts';

/** Which turn of its cadence an instant is: it grows by one from digest to digest, so that nobody's place repeats itself by weekday. */
export const turnOf = (cadence: Cadence, at: Instant): number =>
  Math.floor(at / (cadence === 'weekly' ? 7 * DAY : DAY));

/** The same things in the same circle, begun one further with each turn. */
export const turned = <Item>(items: readonly Item[], turn: number): Item[] => {
  const start = items.length === 0 ? 0 : turn % items.length;
  return [...items.slice(start), ...items.slice(0, start)];
};

/**
 * Deals lists out in rounds, one item of each list a round: who has few readers does not wait behind who has many. Which list begins a
 * round moves on with each turn.
 */
export const inRounds = <Item>(lists: readonly (readonly Item[])[], turn: number): Item[] => {
  const rounds = Math.max(0, ...lists.map(({ length }) => length));
  const order = turned(lists, turn);
  return Array.from({ length: rounds }, (_, round) => order.flatMap((list) => list.slice(round, round + 1))).flat();
};
