import { type CohortKey, cohortId, cohortOf, shardOf } from '../../functions/model/cohort.ts';
import type { Subscriber, SubscriberId } from '../../functions/model/subscriber.ts';
import type { Subscribers } from '../../functions/ports.ts';

/** So many readers of 1.4 KB are a page of an index query. */
const PAGE = 700;

/** Readers that are made when they are asked for: a million at once would not fit. */
export interface Readership {
  subscribers: Pick<Subscribers, 'ofCohort' | 'byId'>;
  cohorts: { key: CohortKey; shards: number[] }[];
  /** A reader who was served is forgotten. */
  served(id: SubscriberId): void;
}

/** @param readerOf the reader of a number, the same each time */
export const openReadership = (count: number, readerOf: (number: number) => Subscriber): Readership => {
  const numbers = new Map<string, number[]>();
  const cohorts = new Map<string, { key: CohortKey; shards: number[] }>();
  for (let number = 0; number < count; number++) {
    const { id, preferences } = readerOf(number);
    const key = cohortOf(preferences);
    const shard = shardOf(id);
    const name = `${cohortId(key)}#${shard}`;
    const cohort = cohorts.get(cohortId(key)) ?? { key, shards: [] };
    cohorts.set(cohortId(key), cohort);
    const there = numbers.get(name);
    if (there) there.push(number);
    else {
      numbers.set(name, [number]);
      cohort.shards.push(shard);
    }
  }
  for (const { shards } of cohorts.values()) shards.sort((a, b) => a - b);
  const live = new Map<SubscriberId, Subscriber>();
  return {
    subscribers: {
      byId: async (id) => live.get(id),
      async *ofCohort(cohort, shard, after = '') {
        const readers = (numbers.get(`${cohort}#${shard}`) ?? [])
          .map(readerOf)
          .filter(({ id }) => id > after)
          .sort((a, b) => (a.id < b.id ? -1 : 1));
        for (let from = 0; from < readers.length; from += PAGE) {
          const page = readers.slice(from, from + PAGE);
          for (const reader of page) live.set(reader.id, reader);
          yield page;
        }
      },
    },
    cohorts: [...cohorts.values()],
    served: (id) => void live.delete(id),
  };
};
