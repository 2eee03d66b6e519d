import * as z from 'zod';
import { access, language, sourceId } from './source.ts';
import { storyId } from './story.ts';
import { instant } from './time.ts';
import { topic } from './topic.ts';

/** One story of an event, with what 'also covered by' needs; the full story is read for the telling that is chosen. */
export const telling = z.object({
  story: storyId,
  source: sourceId,
  sourceTitle: z.string(),
  /** Registrable domain of the story's address: the unit in which outlets are counted. */
  outlet: z.string(),
  title: z.string(),
  url: z.string(),
  /** Other stories of its source lie at this address too. */
  sharedUrl: z.literal(true).optional(),
  access,
  publishedAt: instant,
  /** It tells something else, and is here for the followers of its source alone: named to nobody, and last. */
  apart: z.literal(true).optional(),
});

export type Telling = z.infer<typeof telling>;

/** So many tellings an event has at most. Selecting packs a telling's place among them into four bits. */
export const MOST_TELLINGS = 12;

/**
 * A cluster of stories about the same thing, as one edition saw it. A story alone is an event of one telling.
 * `id` is the id of the story that founded it and stays as it grows; `version` is the edition that wrote this state.
 */
export const newsEvent = z.object({
  v: z.literal(1),
  id: storyId,
  version: z.number().int().nonnegative(),
  /** Best topic first, at most two; none when unsure. */
  topics: z.array(topic).max(2),
  language,
  /** The home country of at least half of its outlets. */
  country: z.string().optional(),
  /** Distinct outlets among house sources: one per registrable domain and per identical text. */
  outlets: z.number().int().nonnegative(),
  /** Best first; the first is the lead story. */
  tellings: z.array(telling).min(1).max(MOST_TELLINGS),
  /** How often it took a real turn since it began: a reader who saw turn n gets it again at n + 1, marked 'Update'. */
  turn: z.number().int().min(0).max(255),
  /** The turn at which it became another event: whoever saw an earlier one gets it as new, not as an update of what they saw. */
  anew: z.number().int().min(1).max(255).optional(),
  firstSeenAt: instant,
  lastNewsAt: instant,
  /** Made from a private source: shown to its followers only. */
  private: z.boolean().default(false),
});

export type NewsEvent = z.infer<typeof newsEvent>;

/** An event as readers know it, for reports and for judging repeats: what became another one is told as one of its own. Tables know it by `id`. */
export const idAsTold = ({ id, anew }: Pick<NewsEvent, 'id' | 'anew'>): string =>
  anew === undefined ? id : `${id}.${anew}`;
