import { TOPICS, type Topic } from '../model/topic.ts';
import { type Bag, bagOf } from './bag.ts';
import type { StoryFacts } from './held.ts';
import type { Model } from './model/model.ts';
import { textEvidence } from './model/topics.ts';
import type { Meaning } from './model/words.ts';
import { hashPair, hashPlain, type Word } from './text.ts';
import { topicOfSection, topicOfUrl } from './topic-signs.ts';

/** Chances of the twelve topics, in their order; they sum to 1. */
export type TopicChances = Float32Array;

/** What each sign is worth in log odds, by how often it is right where it speaks. */
const WORTH = { source: 2, section: 2.5, url: 4 };
/** A second topic is told if it is at least this share of the first. */
const SECOND = 0.5;
/** Below this chance nothing is told: unsure. */
const LEAST = 0.3;

/**
 * What the words' log odds count where a topic is shown to readers. The models compare topics; they were taught with all topics alike and
 * are surer than they are right: of four stories that they give .8 for Food or Travel, in sets they never saw, two were. `share` of the log
 * odds, and `seldom` less for topics of which newsrooms write little, make chances that come true (6,100 stories of two sets, each judged
 * by a model taught without it). So many words more than `few` that the model knows count for half.
 */
export const TRUST = { share: 0.65, seldom: 1, few: 2 };

const SELDOM: ReadonlySet<Topic> = new Set(['science', 'health', 'environment', 'travel', 'food', 'lifestyle']);
const IS_SELDOM = TOPICS.map((topic) => SELDOM.has(topic));

/** What source, section and address say of a story's topic, in log odds, before its words are read. */
const priorOf = (facts: StoryFacts): number[] => {
  const evidence = TOPICS.map(() => 0);
  const add = (topic: Topic | undefined, worth: number) => {
    const at = topic ? TOPICS.indexOf(topic) : -1;
    if (at >= 0) evidence[at] = (evidence[at] ?? 0) + worth;
  };
  add(facts.sourceTopic, WORTH.source);
  const sections = facts.sections.slice(0, 3);
  for (const section of sections) add(topicOfSection(section), WORTH.section / sections.length);
  add(topicOfUrl(facts.url), WORTH.url);
  return evidence;
};

/** The words that topics are read from: stop words and numbers left out, title and summary kept apart. */
export interface TopicWords {
  /** Hashes of the words, for their vectors. */
  plain: number[];
  /** How often each stem and pair of neighbouring stems occurs. */
  grams: Bag;
}

/** Words and pairs of a story as the topic model takes them. */
export const topicWords = (parts: readonly (readonly Word[])[]): TopicWords => {
  const [plain, grams]: [number[], number[]] = [[], []];
  for (const part of parts) {
    let before: Word | undefined;
    for (const word of part) {
      if (word.stop || word.number) continue;
      plain.push(hashPlain(word));
      grams.push(word.term);
      if (before) grams.push(hashPair(before, word));
      before = word;
    }
  }
  return { plain, grams: bagOf(grams, new Array<number>(grams.length).fill(1)) };
};

/** What is known of a story's topics. */
export interface TopicReading {
  /** Chances as the models see them: for comparing stories. */
  chances: TopicChances;
  /** Chances as often right as they say: what is shown goes by these. */
  trusted: TopicChances;
}

const chancesOf = (evidence: readonly number[]): TopicChances => {
  let most = Number.NEGATIVE_INFINITY;
  for (let k = 0; k < evidence.length; k++) most = Math.max(most, evidence[k] ?? 0);
  const chances = new Float32Array(evidence.length);
  let sum = 0;
  for (let k = 0; k < chances.length; k++) {
    chances[k] = Math.exp((evidence[k] ?? 0) - most);
    sum += chances[k] ?? 0;
  }
  for (let k = 0; k < chances.length; k++) chances[k] = (chances[k] ?? 0) / sum;
  return chances;
};

/** How likely each topic is for a story. Words are read where their meaning is known (English); elsewhere the priors stand alone. */
export const readTopics = (
  facts: StoryFacts,
  text: { grams: Bag; meaning: Meaning | undefined },
  model: Model,
): TopicReading => {
  const prior = priorOf(facts);
  if (!model.topics || !text.meaning) {
    const chances = chancesOf(prior);
    return { chances, trusted: chances };
  }
  const { said, known } = textEvidence(text.grams, text.meaning, model.topics);
  const share = (TRUST.share * known) / (known + TRUST.few);
  return {
    chances: chancesOf(prior.map((odds, k) => odds + (said[k] ?? 0))),
    trusted: chancesOf(
      prior.map((odds, k) => odds + share * (said[k] ?? 0) - (known > 0 && IS_SELDOM[k] ? TRUST.seldom : 0)),
    ),
  };
};

/** The best topic and, where it is close and sure too, a second; none below `least`. */
export const topicsOf = (chances: TopicChances, least = LEAST): Topic[] => {
  const ranked = TOPICS.map((topic, i) => ({ topic, chance: chances[i] ?? 0 })).sort((a, b) => b.chance - a.chance);
  const [first, second] = ranked;
  if (!first || first.chance < least) return [];
  return second && second.chance >= Math.max(SECOND * first.chance, least)
    ? [first.topic, second.topic]
    : [first.topic];
};

/** The best topic even if unsure: the first of equals. */
export const bestTopicOf = (chances: TopicChances): Topic => TOPICS[chances.indexOf(Math.max(...chances))] ?? 'world';
