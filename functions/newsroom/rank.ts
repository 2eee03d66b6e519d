import { HOUR, type Instant } from '../model/time.ts';
import type { HeldStory } from './held.ts';
import { type DayEvent, featuresOf, learnedImportance } from './importance.ts';
import type { Model } from './model/model.ts';
import { type OutletWeights, outletsOf } from './outlets.ts';

/** What is counted of an event at one moment, from its stories of the last day. */
export interface Coverage {
  stories: number;
  /** Sum of the outlets' weights. */
  weighted: number;
  /** Best place in any feed; 0 is the top. */
  position: number;
  /** Outlets that joined in the last three hours. */
  growth: number;
}

/** What importance is measured against. */
export interface Moment {
  now: Instant;
  weights: OutletWeights;
  /** Outlets of the broadest event in its language. */
  most: number;
}

/** Counts the coverage of an event by the stories given. */
export const coverageOf = (stories: readonly HeldStory[], weights: OutletWeights, now: Instant): Coverage => {
  const outlets = outletsOf(stories);
  const before = outletsOf(stories.filter((story) => story.facts.seenAt <= now - 3 * HOUR));
  return {
    stories: stories.filter((story) => !story.rewriteOf).length,
    weighted: [...outlets].reduce((sum, outlet) => sum + weights.of(outlet), 0),
    position: Math.min(50, ...stories.map((story) => story.facts.position ?? 20)),
    growth: outlets.size - before.size,
  };
};

/** Breadth of coverage above all, then place in the feeds and growth: good without anything learned. */
const breadthOf = ({ weighted, stories, position, growth }: Coverage): number =>
  Math.log1p(weighted) + 0.3 * Math.log(Math.max(1, stories)) + 0.1 / (1 + position / 5) + 0.1 * Math.log1p(growth);

/**
 * The learned sense of importance knows pools in which seldom more than `known` (as ln(1 + agreement)) agree: about five outlets.
 * Beyond that a unit counts `weight`, and what was learned counts less (by 1 + `fading` a unit). Then the log odds of middling
 * importance, and to a unit of them.
 */
const AGREED = { known: 1.1, weight: 4, fading: 2, zero: 1.3, spread: 2.2 };

/**
 * How important an event is, 0 to 1. What was learned is a guess, which gives way as more outlets agree to tell the same. Without a
 * model breadth alone counts.
 * @param agreement how many outlets tell the same
 */
export const importanceOf = (
  event: DayEvent,
  agreement: number,
  { now, weights, most }: Moment,
  model: Model,
): number => {
  if (!model.importance) return 1 - Math.exp(-breadthOf(coverageOf(event.today, weights, now)) / 2.5);
  const learned = learnedImportance(featuresOf(event, { now, most }), model.importance);
  const beyond = Math.max(0, Math.log1p(agreement) - AGREED.known);
  const odds = learned / (1 + AGREED.fading * beyond) + AGREED.weight * beyond;
  return 1 / (1 + Math.exp(-(odds - AGREED.zero) / AGREED.spread));
};
