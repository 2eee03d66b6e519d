import type { HeldStory } from './held.ts';
import { isNotice } from './notices.ts';
import { type OutletWeights, onePerOutlet, outletsOf } from './outlets.ts';
import { bestFirst, centroidOf, dot, lengthOf } from './tellings.ts';

/**
 * How many outlets tell the same: each outlet's weight, times how near its best telling is to what the others tell (cosine, 0 to 1).
 * An event is told alike; previews, lists and offers that share some words are told by as many outlets and agree in little. Notices
 * have no vote.
 */
export const agreementOf = (stories: readonly HeldStory[], weights: OutletWeights): number => {
  if (outletsOf(stories).size < 2) return 0;
  const votes = onePerOutlet(bestFirst(stories)).filter(
    ({ facts, vector }) => vector.terms.length > 0 && !isNotice(facts.title),
  );
  const sum = centroidOf(votes);
  const squared = lengthOf(sum) ** 2;
  return votes.reduce((agreed, vote) => {
    // vectors have length 1: that of the others' sum is the whole less the vote itself
    const shared = dot(vote, sum);
    const others = Math.sqrt(Math.max(0, squared - 2 * shared + 1));
    return agreed + (weights.of(vote.outlet) * Math.max(0, shared - 1)) / Math.max(others, 1e-3);
  }, 0);
};
