import { createHash } from 'node:crypto';
import { type CohortKey, cohortOf, shardOf } from '../../functions/model/cohort.ts';
import type { Subscriber } from '../../functions/model/subscriber.ts';
import { DAY, type Instant } from '../../functions/model/time.ts';
import type { Cohorts, Subscribers } from '../../functions/ports.ts';

const idOf = (n: number): string =>
  BigInt(`0x${createHash('sha256').update(`flooded ${n}`).digest('hex')}`)
    .toString(36)
    .slice(0, 16);

const aReader = (n: number, now: Instant): Subscriber => ({
  v: 1,
  id: idOf(n),
  address: `reader${n}@example.com`,
  addressKey: `reader${n}@example.com`,
  status: { kind: 'active' },
  preferences: {
    cadence: 'daily',
    weekday: 1,
    hour: 7,
    zone: 'UTC',
    topics: ['world', 'business', 'science'],
    sources: [],
    keywords: [],
    mutes: [],
    votes: [],
    reads: ['en'],
    language: 'en',
    format: 'full',
    pictures: 'lead',
    maxStories: 10,
  },
  version: 1,
  generation: 0,
  signedUpAt: now - 2 * DAY,
  confirmedAt: now - DAY,
  movedAt: now - DAY,
});

/** Saves readers who are all due at 07:00 UTC: one cohort, registered before they are saved as the pages do it. */
export const seedReaders = async (
  { subscribers, cohorts }: { subscribers: Subscribers; cohorts: Cohorts },
  count: number,
  now: Instant,
): Promise<Subscriber[]> => {
  const readers = Array.from({ length: count }, (_, n) => aReader(n, now));
  const [first] = readers;
  if (!first) return [];
  const key: CohortKey = cohortOf(first.preferences);
  for (const shard of new Set(readers.map(({ id }) => shardOf(id)))) await cohorts.register(key, shard, now);
  for (const reader of readers) {
    await subscribers.claimAddress(reader.addressKey, reader.id);
    await subscribers.save(reader);
  }
  return readers;
};
