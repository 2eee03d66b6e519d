import type { SourceId } from '../model/source.ts';
import type { Preferences } from '../model/subscriber.ts';
import type { Topic } from '../model/topic.ts';
import { followsEverything, namedSources } from './wishes.ts';

/** How many stories of one source and of one topic a digest may hold. */
export interface Caps {
  source: number;
  topic: number;
}

/**
 * A source has at most 3 places or a third of the digest, whichever is more; who follows one or two sources and nothing else gets as
 * much of them as there is room. A topic has 40 % where several kinds of wishes share the digest, half where two do.
 */
export const capsOf = (reader: Preferences): Caps => {
  const { topics, keywords, maxStories } = reader;
  const named = namedSources(reader).length;
  const everything = followsEverything(reader);
  const onlySources = topics.length + keywords.length === 0 && !everything && named > 0;
  const wishes = topics.length + (named > 0 ? 1 : 0) + (keywords.length > 0 ? 1 : 0);
  const third = Math.max(3, Math.floor(maxStories / 3));
  return {
    source: onlySources ? Math.max(third, Math.ceil(maxStories / named)) : third,
    topic: topicCap(maxStories, everything ? Number.POSITIVE_INFINITY : wishes, topics.length),
  };
};

const topicCap = (maxStories: number, wishes: number, topics: number): number => {
  if (wishes >= 3 && (topics > 1 || wishes === Number.POSITIVE_INFINITY)) {
    return Math.floor(maxStories * 0.4);
  }
  return topics > 1 ? Math.ceil(maxStories / 2) : maxStories;
};

/** Counts what was taken against the caps. */
export interface Tally {
  hasRoomForSource(source: SourceId): boolean;
  hasRoomForTopic(topic: Topic | null): boolean;
  take(source: SourceId, topic: Topic | null): void;
}

export const createTally = (caps: Caps): Tally => {
  const sources = new Map<SourceId, number>();
  const topics = new Map<Topic, number>();
  return {
    hasRoomForSource: (source) => (sources.get(source) ?? 0) < caps.source,
    hasRoomForTopic: (topic) => topic === null || (topics.get(topic) ?? 0) < caps.topic,
    take(source, topic) {
      sources.set(source, (sources.get(source) ?? 0) + 1);
      if (topic !== null) {
        topics.set(topic, (topics.get(topic) ?? 0) + 1);
      }
    },
  };
};
