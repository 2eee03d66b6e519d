import { HOUR, type Instant } from '../model/time.ts';
import { toldAlike } from './agreement.ts';
import { sumOf } from './best-first.ts';
import type { Cluster, HeldStory } from './held.ts';
import { isNotice } from './notices.ts';
import { type OutletWeights, outletsOf } from './outlets.ts';
import { TermSum } from './term-sum.ts';
import type { Vector } from './vector.ts';

/** An event takes shape for so long before anything counts as a turn. */
const SETTLING = 6 * HOUR;
/** So many outlets must tell the new state alike. */
const OUTLETS = 3;
/** The new stories' vocabulary must be as far from the old ones' as this cosine: that of all, and that of those who tell alike. */
const MOVED = 0.45;
/** Further apart than this they are no news of the same: of some 100 pairs read of six days in January 2026 hardly any was below it. */
const SAME = 0.35;
/** What fewer told was no event yet that could have news: of 66 such pairs a third were of the same thing, so who saw it is told no more. */
const TOLD_BEFORE = 2;

/** `another`: what is told now has so little to do with what was told before that it is no news of that, but an event of its own. */
export type Turn = 'none' | 'turn' | 'another';

/** The state of an event that later stories are held against. */
export interface LastTurn {
  lastTurnAt: Instant;
  /** What its stories of that time were about: they leave the window while the event goes on. */
  about: Vector | undefined;
  /** What went over to another event once holds several things, and who saw one of them gets the next as another too. */
  anew: number | undefined;
}

/** The stories that belong to an event's last turn; none once they have left the window. */
export const storiesOfTurn = (cluster: Cluster, lastTurnAt: Instant): HeldStory[] =>
  [...cluster.members].filter((story) => story.facts.seenAt <= lastTurnAt + SETTLING);

const cosine = (before: TermSum, stories: readonly HeldStory[]): number => {
  const shared = stories.reduce((sum, { vector }) => sum + before.dot(vector), 0);
  return shared / (before.length * sumOf(stories).length || 1);
};

/** How near what is told now is to what was told, 0 to 1; 1 where nothing is known of that. */
const nearnessOf = (toldLater: readonly HeldStory[], told: readonly HeldStory[], { about }: LastTurn): number => {
  if (told.length > 0) return cosine(sumOf(told), toldLater);
  return about ? cosine(new TermSum([about]), toldLater) : 1;
};

/** Whether an event has real news since its last turn: several outlets tell alike what is clearly told in other words. */
export const turnOf = (cluster: Cluster, last: LastTurn, weights: OutletWeights): Turn => {
  const later = [...cluster.members].filter((story) => story.facts.seenAt > last.lastTurnAt + SETTLING);
  if (outletsOf(later).size < OUTLETS) return 'none';
  const earlier = storiesOfTurn(cluster, last.lastTurnAt);
  if (earlier.length > 0 && cosine(sumOf(earlier), later) >= MOVED) return 'none';
  const toldLater = toldAlike(later, weights).filter(({ facts }) => !isNotice(facts.title));
  if (outletsOf(toldLater).size < OUTLETS) return 'none';
  const told = toldAlike(earlier, weights);
  const nearness = nearnessOf(toldLater, told, last);
  if (nearness >= MOVED) return 'none';
  if (nearness < SAME) return 'another';
  if (told.length > 0 && outletsOf(told).size < TOLD_BEFORE) return 'none';
  return last.anew === undefined ? 'turn' : 'another';
};
