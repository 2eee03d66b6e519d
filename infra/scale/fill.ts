import { cohortRow } from '../../functions/adapters/dynamo/cohorts.ts';
import { openTable } from '../../functions/adapters/dynamo/open-table.ts';
import { addressRow, subscriberRow } from '../../functions/adapters/dynamo/subscribers.ts';
import { type CohortKey, cohortId, cohortOf, shardOf } from '../../functions/model/cohort.ts';
import type { Subscriber } from '../../functions/model/subscriber.ts';
import type { Instant } from '../../functions/model/time.ts';
import { localDynamoClient } from '../local/dynamo.ts';
import type { LocalStack } from '../local/stack.ts';
import { LOCAL_TABLES } from '../tables.ts';

/** So many readers are written at a time. */
const PAGE = 1000;

/** The cohorts of readers, with the shards that they use. */
const createRegistry = () => {
  const cohorts = new Map<string, { key: CohortKey; shards: Set<number> }>();
  return {
    note({ id, preferences }: Subscriber): void {
      const key = cohortOf(preferences);
      const cohort = cohorts.get(cohortId(key)) ?? { key, shards: new Set() };
      cohorts.set(cohortId(key), cohort);
      cohort.shards.add(shardOf(id));
    },
    rows: (at: Instant) => [...cohorts.values()].map(({ key, shards }) => cohortRow(key, [...shards], at)),
  };
};

/**
 * Writes readers into the tables in bulk, in the very rows that a sign-up writes, and then their cohorts. Past the meter: a million
 * sign-ups are not what a day of digests costs.
 */
export const fillReaders = async (
  { dynamo }: Pick<LocalStack, 'dynamo'>,
  count: number,
  readerOf: (number: number) => Subscriber,
  at: Instant,
  progress: (line: string) => void = () => undefined,
): Promise<void> => {
  const client = localDynamoClient(dynamo);
  const subscribers = openTable(client, LOCAL_TABLES.subscribers);
  const registry = createRegistry();
  for (let from = 0; from < count; from += PAGE) {
    const readers = Array.from({ length: Math.min(PAGE, count - from) }, (_, at) => readerOf(from + at));
    await subscribers.putAll(
      readers.flatMap((reader) => [subscriberRow(reader), addressRow(reader.addressKey, reader.id)]),
    );
    for (const reader of readers) registry.note(reader);
    if ((from + readers.length) % 10_000 === 0) progress(`${from + readers.length} readers are in the tables`);
  }
  await openTable(client, LOCAL_TABLES.cohorts).putAll(registry.rows(at));
  client.destroy();
};
