import { TOPICS, type Topic } from '../model/topic.ts';
import type { StoryFacts } from './held.ts';
import type { Model } from './model/model.ts';
import { textEvidence } from './model/topics.ts';
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
  /** How often each word and pair of neighbours occurs. */
  grams: Map<number, number>;
}

/** Words and pairs of a story as the topic model takes them. */
export const topicWords = (parts: readonly (readonly Word[])[]): TopicWords => {
  const plain: number[] = [];
  const grams = new Map<number, number>();
  const count = (gram: number): void => {
    grams.set(gram, (grams.get(gram) ?? 0) + 1);
  };
  for (const part of parts) {
    let before: Word | undefined;
    for (const word of part) {
      if (word.stop || word.number) continue;
      const hash = hashPlain(word);
      plain.push(hash);
      count(hash);
      if (before) count(hashPair(before, word));
      before = word;
    }
  }
  return { plain, grams };
};

/** How likely each topic is for a story. Words are read where their meaning is known (English); elsewhere the priors stand alone. */
export const topicChances = (
  facts: StoryFacts,
  text: { grams: ReadonlyMap<number, number>; meaning: Float32Array | undefined },
  model: Model,
): TopicChances => {
  const evidence = priorOf(facts);
  if (model.topics && text.meaning) {
    const said = textEvidence(text.grams, text.meaning, model.topics);
    for (let k = 0; k < said.length; k++) evidence[k] = (evidence[k] ?? 0) + (said[k] ?? 0);
  }
  const most = Math.max(...evidence);
  const chances = new Float32Array(evidence.length);
  let sum = 0;
  for (let k = 0; k < chances.length; k++) {
    chances[k] = Math.exp((evidence[k] ?? 0) - most);
    sum += chances[k] ?? 0;
  }
  for (let k = 0; k < chances.length; k++) chances[k] = (chances[k] ?? 0) / sum;
  return chances;
};

/** The best topic and, where it is close, a second; none when unsure. */
export const topicsOf = (chances: TopicChances): Topic[] => {
  const ranked = TOPICS.map((topic, i) => ({ topic, chance: chances[i] ?? 0 })).sort((a, b) => b.chance - a.chance);
  const [first, second] = ranked;
  if (!first || first.chance < LEAST) return [];
  return second && second.chance >= SECOND * first.chance ? [first.topic, second.topic] : [first.topic];
};

/** The best topic even if unsure: the first of equals. */
export const bestTopicOf = (chances: TopicChances): Topic => TOPICS[chances.indexOf(Math.max(...chances))] ?? 'world';
