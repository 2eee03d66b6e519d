import type { HeldStory } from './held.ts';
import type { OutletWeights } from './outlets.ts';
import { TermSum } from './term-sum.ts';

/** The sum of stories' vectors: what they are about. */
export const sumOf = (stories: readonly HeldStory[]): TermSum => new TermSum(stories.map(({ vector }) => vector));

/** Stories with the best teller first: central, with a summary, high in its feed, and of an outlet of weight where weights are given. */
export const bestFirst = (stories: readonly HeldStory[], weights?: OutletWeights): HeldStory[] => {
  const sum = sumOf(stories);
  const length = sum.length || 1;
  const merit = (story: HeldStory) =>
    (weights?.of(story.outlet) ?? 1) *
    (sum.dot(story.vector) / length +
      (story.facts.summary.length > 40 ? 0.15 : 0) +
      0.1 / (1 + (story.facts.position ?? 20) / 5));
  return stories
    .map((story) => ({ story, merit: merit(story) }))
    .sort((a, b) => b.merit - a.merit || (a.story.facts.id < b.story.facts.id ? -1 : 1))
    .map(({ story }) => story);
};
