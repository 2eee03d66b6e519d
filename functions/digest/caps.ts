import type { Preferences } from '../model/subscriber.ts';
import type { Topic } from '../model/topic.ts';
import { followsEverything, namedSources } from './wishes.ts';

/** How many stories of one source and of one topic a digest may hold. */
export interface Caps {
  source: number;
  topic: number;
  /** Of events that share a name, if they were not asked for by keyword or source. */
  name: number;
}

/** So many events that share a name a digest may hold: the day's great affair must leave room for the rest of the world. */
const sharersOf = ({ maxStories }: Preferences): number => Math.max(3, Math.ceil(maxStories / 4));

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
    name: sharersOf(reader),
  };
};

const topicCap = (maxStories: number, wishes: number, topics: number): number => {
  if (wishes >= 3 && (topics > 1 || wishes === Number.POSITIVE_INFINITY)) {
    return Math.floor(maxStories * 0.4);
  }
  return topics > 1 ? Math.ceil(maxStories / 2) : maxStories;
};

/** Counts what was taken against the caps. */
export class Tally {
  readonly #caps: Caps;
  /** By the source's number in the view. */
  readonly #sources: number[] = [];
  readonly #topics = new Map<Topic, number>();
  /** By the name's number in the view. */
  readonly #names: number[] = [];

  constructor(caps: Caps) {
    this.#caps = caps;
  }

  hasRoomForSource(source: number): boolean {
    return countOf(this.#sources, source) < this.#caps.source;
  }

  hasRoomForTopic(topic: Topic | null): boolean {
    return topic === null || (this.#topics.get(topic) ?? 0) < this.#caps.topic;
  }

  hasRoomForNames(names: readonly number[]): boolean {
    return this.#names.length < this.#caps.name || names.every((name) => countOf(this.#names, name) < this.#caps.name);
  }

  take(source: number, topic: Topic | null, names: readonly number[]): void {
    this.#names.push(...names);
    this.#sources.push(source);
    if (topic !== null) {
      this.#topics.set(topic, (this.#topics.get(topic) ?? 0) + 1);
    }
  }
}

/** A digest is so short that counting numbers anew is quicker than keeping counts. */
const countOf = (items: readonly number[], wanted: number): number => {
  let count = 0;
  for (const item of items) {
    count += item === wanted ? 1 : 0;
  }
  return count;
};
