import { createHash } from 'node:crypto';
import * as z from 'zod';
import { cadence, type Preferences, type SubscriberId, zone } from './subscriber.ts';
import { instant } from './time.ts';

/** Every cohort has this many fixed shards; a subscriber's never depends on the cohort's size. */
export const SHARDS = 64;

/** What the subscribers of a cohort share: they become due together. `weekday` is set for weekly ones only. */
export const cohortKey = z.object({
  cadence,
  weekday: z.number().int().min(1).max(7).optional(),
  hour: z.number().int().min(0).max(23),
  zone,
});

export type CohortKey = z.infer<typeof cohortKey>;

/** `daily|7|Europe/Berlin`, `weekly1|18|Asia/Tokyo`: the cohort's id in keys and messages. */
export const cohortId = (key: CohortKey): string => `${key.cadence}${key.weekday ?? ''}|${key.hour}|${key.zone}`;

/** The cohort that preferences put a subscriber in. */
export const cohortOf = ({ cadence: every, weekday, hour, zone: where }: Preferences): CohortKey =>
  every === 'weekly' ? { cadence: every, weekday, hour, zone: where } : { cadence: every, hour, zone: where };

/** The shard of a subscriber, 0 to 63, by a hash of the id. */
export const shardOf = (id: SubscriberId): number => (createHash('sha256').update(id).digest()[0] ?? 0) % SHARDS;

/** A row of the registry: which shards are in use, and up to which instant the cohort is planned. */
export const cohort = cohortKey.extend({
  v: z.literal(1),
  id: z.string(),
  /** Shards that hold, or once held, a subscriber; ascending. */
  shards: z.array(z.number().int().min(0).max(63)),
  registeredAt: instant,
  plannedAt: instant.optional(),
  /** Shards in which the census found nobody, and since when these very ones. Registering takes the note back. */
  idle: z.object({ shards: z.array(z.number().int().min(0).max(63)), sinceAt: instant }).optional(),
  /** Shards that the census last found lost and registered anew: nobody planned for them before. */
  restored: z.object({ shards: z.array(z.number().int().min(0).max(63)), at: instant }).optional(),
});

export type Cohort = z.infer<typeof cohort>;
