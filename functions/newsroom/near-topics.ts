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

/** Puts down what chances tell a story's neighbours: log odds, their mean 0, and World held. The graph keeps it by slot, so that asking costs a line of memory. */
export const putOdds = (chances: TopicChances, odds: Float32Array, slot: number): void => {
  const row = slot * TOPICS.length;
  let mean = 0;
  for (let k = 0; k < TOPICS.length; k++) {
    const own = Math.log(Math.max(LEAST, chances[k] ?? 0));
    odds[row + k] = own;
    mean += own / TOPICS.length;
  }
  for (let k = 0; k < TOPICS.length; k++) odds[row + k] = (odds[row + k] ?? 0) - mean;
  odds[row + WORLD] = Math.min(NEAR.world, odds[row + WORLD] ?? 0);
};

/** Room for what is said near one story. */
const said = new Float64Array(TOPICS.length);

/** What the stories linked with one say of topics, in log odds; all 0 if there are none. */
const saidNear = ({ graph, slot }: HeldStory): Float64Array => {
  said.fill(0);
  if (!graph) return said;
  const { starts, lengths, numbers, weights } = graph.links;
  const { odds } = graph;
  const start = starts[slot] ?? 0;
  let strength = NEAR.doubt;
  for (let i = start; i < start + (lengths[slot] ?? 0); i++) {
    const link = (weights[i] ?? 0) ** 2;
    const row = (numbers[i] ?? 0) * TOPICS.length;
    for (let k = 0; k < said.length; k++) said[k] = (said[k] ?? 0) + link * (odds[row + k] ?? 0);
    strength += link;
  }
  for (let k = 0; k < said.length; k++) said[k] = (NEAR.share * (said[k] ?? 0)) / strength;
  return said;
};

/**
 * A story's chances with what its neighbours say of topics. A headline of six words tells little; forty more by others, in part on the same
 * things, tell what such words are about this week.
 * @param own its own chances, such as `trusted`
 * @param trust what log odds count in these: 1 as the models see them
 */
export const chancesNear = (story: HeldStory, own: TopicChances, trust = 1): TopicChances => {
  const near = saidNear(story);
  const chances = new Float32Array(own.length);
  let all = 0;
  for (let k = 0; k < chances.length; k++) {
    chances[k] = (own[k] ?? 0) * Math.exp(trust * (near[k] ?? 0));
    all += chances[k] ?? 0;
  }
  for (let k = 0; k < chances.length; k++) chances[k] = (chances[k] ?? 0) / all;
  return chances;
};
