import { openTable } from '../../functions/adapters/dynamo/open-table.ts';
import { addressRow, subscriberRow } from '../../functions/adapters/dynamo/subscribers.ts';
import { cohortId, cohortOf, shardOf } from '../../functions/model/cohort.ts';
import type { Subscriber } from '../../functions/model/subscriber.ts';
import type { Instant } from '../../functions/model/time.ts';
import { localDynamoClient } from '../local/dynamo.ts';
import type { LocalStack } from '../local/stack.ts';
import { LOCAL_TABLES } from '../tables.ts';

/** So many readers are written at a time. */
const PAGE = 1000;

/** Several at a time, in no order. */
const eachOf = async <Item>(items: readonly Item[], work: (item: Item) => Promise<void>): Promise<void> => {
  const waiting = items.values();
  const worker = async (): Promise<void> => {
    for (const item of waiting) await work(item);
  };
  await Promise.all(Array.from({ length: 8 }, worker));
};

/**
 * Writes readers into the tables in bulk, in the very rows that a sign-up writes, and registers their cohorts. Past the meter: a million
 * sign-ups are not what a day of digests costs.
 */
export const fillReaders = async (
  { dynamo, ports }: Pick<LocalStack, 'dynamo' | 'ports'>,
  count: number,
  readerOf: (number: number) => Subscriber,
  at: Instant,
): Promise<void> => {
  const client = localDynamoClient(dynamo);
  const table = openTable(client, LOCAL_TABLES.subscribers);
  const used = new Map<string, { reader: Subscriber; shard: number }>();
  for (let from = 0; from < count; from += PAGE) {
    const readers = Array.from({ length: Math.min(PAGE, count - from) }, (_, at) => readerOf(from + at));
    await table.putAll(readers.flatMap((reader) => [subscriberRow(reader), addressRow(reader.addressKey, reader.id)]));
    for (const reader of readers) {
      const shard = shardOf(reader.id);
      used.set(`${cohortId(cohortOf(reader.preferences))}#${shard}`, { reader, shard });
    }
  }
  await eachOf([...used.values()], ({ reader, shard }) =>
    ports.cohorts.register(cohortOf(reader.preferences), shard, at),
  );
  client.destroy();
};
