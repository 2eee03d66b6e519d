import type { Preferences } from '../model/subscriber.ts';
import type { TopicNumber } from './topic-numbers.ts';
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

/**
 * What was taken of one kind, and of what there is enough: few things are, and they are what is asked for. A digest is so short that
 * counting anew is quicker than keeping counts.
 */
class Counted {
  readonly #most: number;
  readonly #taken: number[] = [];
  /** More than once. */
  readonly #again: number[] = [];
  readonly #full: number[] = [];

  constructor(most: number) {
    this.#most = most;
  }

  hasRoomFor(item: number): boolean {
    return this.#full.length === 0 ? this.#most > 0 : !this.#full.includes(item);
  }

  take(item: number): void {
    let count = 1;
    if (this.#taken.includes(item)) {
      count = 2;
      for (const each of this.#again) {
        count += each === item ? 1 : 0;
      }
      this.#again.push(item);
    } else {
      this.#taken.push(item);
    }
    if (count === this.#most) {
      this.#full.push(item);
    }
  }
}

/** Counts what was taken against the caps. */
export class Tally {
  /** By the source's number in the view. */
  readonly #sources: Counted;
  readonly #topics: Counted;
  /** By the name's number in the view. */
  readonly #names: Counted;

  constructor(caps: Caps) {
    this.#sources = new Counted(caps.source);
    this.#topics = new Counted(caps.topic);
    this.#names = new Counted(caps.name);
  }

  hasRoomForSource(source: number): boolean {
    return this.#sources.hasRoomFor(source);
  }

  hasRoomForTopic(topic: TopicNumber): boolean {
    return topic === 0 || this.#topics.hasRoomFor(topic);
  }

  /** By the name's number in the view. */
  hasRoomForName(name: number): boolean {
    return this.#names.hasRoomFor(name);
  }

  take(source: number, topic: TopicNumber): void {
    this.#sources.take(source);
    if (topic !== 0) {
      this.#topics.take(topic);
    }
  }

  takeName(name: number): void {
    this.#names.take(name);
  }
}
