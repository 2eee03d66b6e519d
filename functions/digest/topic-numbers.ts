import { TOPICS, type Topic } from '../model/topic.ts';

/** A topic as a number from 1 on; 0 is no topic. */
export type TopicNumber = number;

const NUMBERS: ReadonlyMap<string, TopicNumber> = new Map(TOPICS.map((topic, at) => [topic, at + 1]));

/** The number of a topic. */
export const topicNumber = (topic: Topic): TopicNumber => NUMBERS.get(topic) ?? 0;

/** The topic of a number; null for 0. */
export const topicOf = (number: TopicNumber): Topic | null => TOPICS[number - 1] ?? null;

/** Some topics as bits by their numbers. */
export const topicBits = (topics: readonly Topic[]): number => {
  let bits = 0;
  for (const topic of topics) {
    bits |= 1 << topicNumber(topic);
  }
  return bits;
};

const BITS = 4;
const MASK = (1 << BITS) - 1;

/** Up to seven topics in one number, in their order: four bits each, the first lowest. */
export const packTopics = (topics: readonly Topic[]): number =>
  topics.reduceRight((packed, topic) => (packed << BITS) | topicNumber(topic), 0);

/** The first of packed topics; 0 if there is none. */
export const firstTopic = (packed: number): TopicNumber => packed & MASK;

/** The first of packed topics that is one of some, as bits; 0 if none is. */
export const firstTopicAmong = (packed: number, bits: number): TopicNumber => {
  for (let rest = packed; rest !== 0; rest >>>= BITS) {
    if ((bits & (1 << (rest & MASK))) !== 0) {
      return rest & MASK;
    }
  }
  return 0;
};
