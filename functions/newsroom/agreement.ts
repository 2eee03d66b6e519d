import { bestFirst, sumOf } from './best-first.ts';
import type { HeldStory } from './held.ts';
import { isNotice } from './notices.ts';
import { type OutletWeights, onePerOutlet, outletsOf } from './outlets.ts';
import type { Vector } from './vector.ts';

/** An outlet's best telling, and how near it is to what the other outlets tell (cosine, 0 to 1). */
export interface Vote {
  story: HeldStory;
  nearness: number;
}

/**
 * Less near than this a story has come to an event by a word or a name. Of some 200 pairs read of two days in January 2026 few
 * below it told the same thing, and most above .3 did; of the events of two outlets three in four lay below it.
 */
const NEAR = 0.25;

/** So many terms are a phrase: who has but that in common ('New Year's resolution', 'January 2026') shares a heading and tells nothing together. */
const PHRASE = 2;
/**
 * How near each other outlets must be, on average, beyond such a phrase. In six days of January 2026 39 events of three outlets and more
 * lay below it, of which some three told of one thing; of 1,830 triplets that were put together by people 6 did.
 */
const BEYOND = 0.03;
/** More outlets than this that are near each other tell of one thing: a great event has many sides, and two names that all of them hold. */
const HEADED = 20;

/** What stories share beyond the terms that they share most: the mean cosine of two of them without these. */
const nearBeyondPhrase = (stories: readonly HeldStory[]): number => {
  const sums = new Map<number, { sum: number; squares: number }>();
  for (const { vector } of stories) {
    vector.terms.forEach((term, i) => {
      const weight = vector.weights[i] ?? 0;
      const known = sums.get(term) ?? { sum: 0, squares: 0 };
      sums.set(term, { sum: known.sum + weight, squares: known.squares + weight * weight });
    });
  }
  // a sum's square holds each pair of stories twice, and each story with itself
  const shared = [...sums.values()].map(({ sum, squares }) => sum * sum - squares).sort((a, b) => b - a);
  const beyond = shared.slice(PHRASE).reduce((total, each) => total + each, 0);
  return beyond / (stories.length * (stories.length - 1));
};

/** Whether three outlets and more that are near each other are so by a phrase alone. */
const isByPhrase = (votes: readonly Vote[]): boolean => {
  const near = votes.flatMap(({ story, nearness }) => (nearness >= NEAR ? [story] : []));
  return near.length > 2 && near.length <= HEADED && nearBeyondPhrase(near) < BEYOND;
};

/**
 * One vote of each outlet, the best teller's first. Notices have none, and what one outlet alone tells needs none. Who shares a phrase
 * with the others and nothing else is not near them.
 */
export const votesOf = (stories: readonly HeldStory[]): Vote[] => {
  if (outletsOf(stories).size < 2) return [];
  const votes = onePerOutlet(bestFirst(stories)).filter(
    ({ facts, vector }) => vector.terms.length > 0 && !isNotice(facts.title),
  );
  const sum = sumOf(votes);
  const squared = sum.length ** 2;
  const all = votes.map((story) => {
    // vectors have length 1: that of the others' sum is the whole less the vote itself
    const shared = sum.dot(story.vector);
    const others = Math.sqrt(Math.max(0, squared - 2 * shared + 1));
    return { story, nearness: Math.max(0, shared - 1) / Math.max(others, 1e-3) };
  });
  return isByPhrase(all) ? all.map(({ story }) => ({ story, nearness: 0 })) : all;
};

/**
 * How many outlets tell the same: each outlet's weight, times the nearness of its vote. An event is told alike; previews, lists and
 * offers that share some words are told by as many outlets and agree in little.
 */
export const agreementOf = (votes: readonly Vote[], weights: OutletWeights): number =>
  votes.reduce((agreed, { story, nearness }) => agreed + weights.of(story.outlet) * nearness, 0);

/** How many terms two vectors have in common, two at most. */
const commonTerms = (a: Vector, b: Vector): number => {
  let common = 0;
  for (const term of a.terms) {
    if (b.terms.includes(term) && ++common === 2) break;
  }
  return common;
};

/** Two outlets whose stories share but one word, however much that weighs, tell two things: of nine such pairs in six days none told the same. */
const isPairByAWord = ([one, other, ...more]: readonly Vote[]): boolean =>
  one !== undefined &&
  other !== undefined &&
  more.length === 0 &&
  commonTerms(one.story.vector, other.story.vector) < 2;

/**
 * The stories of an event by the newsrooms that tell the same: what it is about and who is named as its sources goes by these. A crowd's
 * posts are not among them, unless nobody else tells it; then all are.
 * @param all the votes of all its stories
 */
export const toldAlike = (
  stories: readonly HeldStory[],
  weights: OutletWeights,
  all: readonly Vote[] = votesOf(stories),
): readonly HeldStory[] => {
  const newsrooms = stories.filter(({ outlet }) => !weights.isCrowd(outlet));
  if (newsrooms.length === 0) return stories;
  const votes = newsrooms.length === stories.length ? all : votesOf(newsrooms);
  const [lead] = bestFirst(
    votes.map(({ story }) => story),
    weights,
  );
  if (!lead) return newsrooms;
  const near = isPairByAWord(votes) ? [] : votes.filter(({ nearness }) => nearness >= NEAR);
  const alike = new Set([lead.outlet, ...near.map(({ story }) => story.outlet)]);
  return newsrooms.filter(({ outlet }) => alike.has(outlet));
};
