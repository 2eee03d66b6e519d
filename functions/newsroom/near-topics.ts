import { TOPICS } from '../model/topic.ts';
import type { TopicChances } from './classify.ts';
import type { HeldStory } from './held.ts';

/**
 * What the stories linked with one add to what itself says of its topics. Found on the development sets, each judged by a model that never
 * saw it; see docs/decisions/0031-topics-and-events.md.
 */
const NEAR = {
  /** What their mean counts beside the story's own words. */
  share: 0.6,
  /** Links together as strong as this count half: one far neighbour says little. Strength is the square of nearness. */
  doubt: 0.15,
  /** World is told for where something happened, and stories near each other share a place: they add no more than this to it. */
  world: 2,
};

const WORLD = TOPICS.indexOf('world');

/** Chances under this are taken for it: none is so small that a logarithm of it says more. */
const LEAST = 1e-9;

/** Adds `by` times the log odds of some chances, their mean 0. */
const addOdds = (sum: Float64Array, chances: TopicChances, by: number): void => {
  let mean = 0;
  for (let k = 0; k < sum.length; k++) mean += Math.log(Math.max(LEAST, chances[k] ?? 0)) / sum.length;
  for (let k = 0; k < sum.length; k++) {
    const odds = Math.log(Math.max(LEAST, chances[k] ?? 0)) - mean;
    sum[k] = (sum[k] ?? 0) + by * (k === WORLD ? Math.min(NEAR.world, odds) : odds);
  }
};

/** What the stories linked with one say of topics, in log odds; all 0 if there are none. */
const saidNear = ({ graph, slot }: HeldStory): Float64Array => {
  const sum = new Float64Array(TOPICS.length);
  if (!graph) return sum;
  const { starts, lengths, numbers, weights } = graph.links;
  const start = starts[slot] ?? 0;
  let strength = NEAR.doubt;
  for (let i = start; i < start + (lengths[slot] ?? 0); i++) {
    const near = graph.stories[numbers[i] ?? 0];
    if (!near) continue;
    const link = (weights[i] ?? 0) ** 2;
    addOdds(sum, near.chances, link);
    strength += link;
  }
  return sum.map((odds) => (NEAR.share * odds) / strength);
};

/**
 * A story's chances with what its neighbours say of topics. A headline of six words tells little; forty more by others, in part on the same
 * things, tell what such words are about this week.
 * @param own its own chances, such as `trusted`
 * @param trust what log odds count in these: 1 as the models see them
 */
export const chancesNear = (story: HeldStory, own: TopicChances, trust = 1): TopicChances => {
  const said = saidNear(story);
  const chances = own.map((chance, k) => chance * Math.exp(trust * (said[k] ?? 0)));
  const all = chances.reduce((sum, chance) => sum + chance, 0);
  return chances.map((chance) => chance / all);
};
