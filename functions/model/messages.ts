import * as z from 'zod';
import { period } from './delivery.ts';
import { source, sourceId } from './source.ts';
import { chromeLanguage, subscriberId } from './subscriber.ts';
import { instant } from './time.ts';

/** An address that a reader gave, and the private source it is to become. */
const wanted = z.object({ id: sourceId, url: z.string().max(2048) });

export type Wanted = z.infer<typeof wanted>;

/** All due sources of one host, so that one worker at a time asks it. Holds what a conditional request needs: no read per fetch. */
export const fetchMessage = z.discriminatedUnion('kind', [
  z.object({
    v: z.literal(1),
    kind: z.literal('fetch'),
    host: z.string(),
    tickAt: instant,
    sources: z.array(source).min(1).max(40),
  }),
  /** Readers added these addresses of one host: look at them at once. */
  z.object({
    v: z.literal(1),
    kind: z.literal('request'),
    host: z.string(),
    wanted: z.array(wanted).min(1).max(40),
  }),
]);

export type FetchMessage = z.infer<typeof fetchMessage>;

/** Some shards of one cohort that became due at one instant. */
export const chunkMessage = z.object({
  v: z.literal(1),
  kind: z.literal('chunk'),
  cohort: z.string(),
  dueAt: instant,
  period,
  shards: z.array(z.number().int().min(0).max(63)).min(1),
  edition: z.number().int().nonnegative(),
  /** Where to go on, after a worker ran out of time. */
  after: subscriberId.optional(),
});

export type ChunkMessage = z.infer<typeof chunkMessage>;

/** Set if the letter answers a mail (RFC 3834), not something done on a page. */
const reply = z.literal(true).optional();

/** A mail that answers something a person did, or tells of a source that stopped. */
export const letterMessage = z.discriminatedUnion('kind', [
  z.object({ v: z.literal(1), kind: z.literal('confirm'), subscriber: subscriberId, askedAt: instant, reply }),
  z.object({ v: z.literal(1), kind: z.literal('manage'), subscriber: subscriberId, askedAt: instant, reply }),
  z.object({
    v: z.literal(1),
    kind: z.literal('address-change'),
    subscriber: subscriberId,
    to: z.string().max(254),
    askedAt: instant,
  }),
  /** The first digest, at once after confirming. */
  z.object({ v: z.literal(1), kind: z.literal('welcome'), subscriber: subscriberId, askedAt: instant }),
  /** 'Send my digest now'. */
  z.object({ v: z.literal(1), kind: z.literal('now'), subscriber: subscriberId, askedAt: instant }),
  /** A followed source failed for a week: one letter about it. */
  z.object({
    v: z.literal(1),
    kind: z.literal('source-stopped'),
    subscriber: subscriberId,
    source: sourceId,
    askedAt: instant,
  }),
]);

export type LetterMessage = z.infer<typeof letterMessage>;

/** Looks again at a claim that nobody settled, 15 and 30 minutes after it. */
export const settleMessage = z.object({
  v: z.literal(1),
  kind: z.literal('settle'),
  delivery: z.string(),
  look: z.union([z.literal(1), z.literal(2)]),
  lookAt: instant,
});

export type SettleMessage = z.infer<typeof settleMessage>;

/** The chrome language of a page or mail when the reader is not known yet. */
export const defaultLanguage = chromeLanguage.default('en');
