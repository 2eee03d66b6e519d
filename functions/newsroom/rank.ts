import { HOUR, type Instant } from '../model/time.ts';
import type { HeldStory } from './held.ts';
import type { Model } from './model/model.ts';
import { type OutletWeights, outletsOf } from './outlets.ts';

/** What is counted of an event at one moment, from its stories of the last day. */
export interface Coverage {
  stories: number;
  outlets: number;
  /** Sum of the outlets' weights. */
  weighted: number;
  /** Best place in any feed; 0 is the top. */
  position: number;
  /** Outlets that joined in the last three hours. */
  growth: number;
}

/** Counts the coverage of an event by the stories given. */
export const coverageOf = (stories: readonly HeldStory[], weights: OutletWeights, now: Instant): Coverage => {
  const outlets = outletsOf(stories);
  const before = outletsOf(stories.filter((story) => story.facts.seenAt <= now - 3 * HOUR));
  return {
    stories: stories.filter((story) => !story.rewriteOf).length,
    outlets: outlets.size,
    weighted: [...outlets].reduce((sum, outlet) => sum + weights.of(outlet), 0),
    position: Math.min(50, ...stories.map((story) => story.facts.position ?? 20)),
    growth: outlets.size - before.size,
  };
};

/** How important an event is, 0 to 1. Without a model: breadth of coverage above all, then place in the feeds and growth. */
export const importanceOf = (coverage: Coverage, _model: Model): number => {
  const { weighted, stories, position, growth } = coverage;
  const raw =
    Math.log1p(weighted) + 0.3 * Math.log(Math.max(1, stories)) + 0.1 / (1 + position / 5) + 0.1 * Math.log1p(growth);
  return 1 - Math.exp(-raw / 2.5);
};
