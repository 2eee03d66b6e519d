import { HOUR, type Instant } from '../model/time.ts';
import type { HeldStory } from './held.ts';
import { broadestLearned, type DayEvent, featuresOf, learnedImportance } from './importance.ts';
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

/** What breadth beyond all that was learned from counts, and the log odds of middling importance and to a unit of it. */
const BEYOND = { weight: 2, zero: 1.2, spread: 1.9 };

/**
 * How important an event is, 0 to 1. What was learned knows pools of few outlets and takes no number beyond them; breadth goes on
 * from there. Without a model breadth alone counts.
 */
export const importanceOf = (event: DayEvent, { now, weights, most }: Moment, model: Model): number => {
  const coverage = coverageOf(event.today, weights, now);
  if (!model.importance) return 1 - Math.exp(-breadthOf(coverage) / 2.5);
  const learned = learnedImportance(featuresOf(event, { now, most }), model.importance);
  const beyond = Math.max(0, Math.log1p(coverage.weighted) - broadestLearned(model.importance));
  return 1 / (1 + Math.exp(-(learned + BEYOND.weight * beyond - BEYOND.zero) / BEYOND.spread));
};
