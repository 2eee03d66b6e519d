import * as z from 'zod';
import { language, sourceId } from './source.ts';
import { instant } from './time.ts';

/**
 * A story's id: six base-36 digits of the second it was first seen (since 2020-01-01, UTC), then seven of a hash of source and key.
 * So ids sort by first sight, tell the day and shard they are stored under, and are the same when a fetch is repeated.
 */
export const storyId = z.string().regex(/^[0-9a-z]{13}$/, 'thirteen base-36 digits');

export type StoryId = z.infer<typeof storyId>;

/** One entry of a source, as plain text: nothing in it is markup. */
export const story = z.object({
  v: z.literal(1),
  id: storyId,
  source: sourceId,
  title: z.string().min(1).max(300),
  /** Absolute http(s) address as the feed gave it. */
  url: z.string().max(2048),
  /** Other stories of its source lie at this address too, as the episodes of a show do: the address alone does not tell which this is. */
  sharedUrl: z.literal(true).optional(),
  /** Plain text, at most 400 characters, cut at a sentence or word; empty if the feed has none. */
  summary: z.string().max(400),
  author: z.string().max(120).optional(),
  /** The feed's own category or section words, at most 5. */
  sections: z.array(z.string().max(60)).max(5),
  image: z.string().max(2048).optional(),
  /** The publisher's date, clamped to at most `firstSeenAt`; absent if none could be read. */
  publishedAt: instant.optional(),
  firstSeenAt: instant,
  /** Place in the feed when first seen, 0 is the top: what the editors put first. */
  position: z.number().int().nonnegative(),
  language,
});

export type Story = z.infer<typeof story>;

const EPOCH = Date.UTC(2020, 0, 1);

/** The instant that a story id's first half tells, to the second. */
export const firstSeenOf = (id: StoryId): number => EPOCH + Number.parseInt(id.slice(0, 6), 36) * 1000;

/** The smallest id that a story first seen at this instant can have: the editor's mark for reading on. */
export const idFloor = (at: number): string =>
  `${Math.max(0, Math.floor((at - EPOCH) / 1000))
    .toString(36)
    .padStart(6, '0')}0000000`;

/** A story id from the instant of first sight and 64 or more bits of hash in hex. */
export const makeStoryId = (firstSeenAt: number, hashHex: string): StoryId =>
  idFloor(firstSeenAt).slice(0, 6) + (BigInt(`0x${hashHex.slice(0, 16)}`) % 36n ** 7n).toString(36).padStart(7, '0');
