import type { ShelfEntry } from '../model/shelf.ts';
import type { SourceId } from '../model/source.ts';
import type { StoryId } from '../model/story.ts';
import type { Instant } from '../model/time.ts';
import type { Topic } from '../model/topic.ts';
import type { Model } from './model/model.ts';
import type { PrivateStory } from './private-stories.ts';
import type { Vector } from './vector.ts';
import { NewsWindow } from './window.ts';

/** What was last written of an event. */
export interface Published {
  version: number;
  /** Changes when readers would see a change. */
  signature: string;
  topics: readonly Topic[];
  turn: number;
  /** See `NewsEvent`. */
  anew: number | undefined;
  lastTurnAt: Instant;
  /** What its stories were about at its last turn. */
  about: Vector;
}

/** What the week's shelves remember of an event that stood on a day's shelf. */
export interface Peak {
  id: StoryId;
  language: string;
  topics: readonly Topic[];
  /** What it counts for among the news of these. */
  fit: number;
  /** Whether it is news for others than the followers of its sources. */
  isNews: boolean;
  sources: ReadonlySet<SourceId>;
  /** Followed keywords it matched. */
  keywords: Set<string>;
  /** What it is about, to fold later turns in. */
  about: Vector;
  /** Highest importance by UTC day (days since the epoch). */
  days: Map<number, number>;
}

/** Last written state of a shelf. */
export interface ShelfState {
  entries: readonly ShelfEntry[];
  writtenAt: Instant;
}

/** The editor's memory between ticks. All of it can be rebuilt from the tables; a desk belongs to one process. */
export interface Desk {
  model: Model;
  /** Scatters the terms of its window: a number that no feed can know. */
  seed: number;
  window: NewsWindow;
  /** The last edition this desk knows; undefined while cold. */
  edition: number | undefined;
  /** Stories up to here have been read. */
  markAt: Instant;
  published: Map<StoryId, Published>;
  peaks: Map<StoryId, Peak>;
  shelves: Map<string, ShelfState>;
  privates: Map<SourceId, Map<StoryId, PrivateStory>>;
  /** Sources that were followed when events were last written. */
  followed: ReadonlySet<SourceId>;
}

/** An empty desk: the first edit fills it from the stories of the last 72 hours. */
export const newDesk = (model: Model, seed = 0): Desk => ({
  model,
  seed,
  window: new NewsWindow(model, seed),
  edition: undefined,
  markAt: 0,
  published: new Map(),
  peaks: new Map(),
  shelves: new Map(),
  privates: new Map(),
  followed: new Set(),
});

/** Empties a desk whose memory can no longer be trusted. */
export const clearDesk = (desk: Desk): void => {
  Object.assign(desk, newDesk(desk.model, desk.seed));
};
