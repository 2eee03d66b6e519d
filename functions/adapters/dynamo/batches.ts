import { setTimeout as wait } from 'node:timers/promises';
import { BatchGetItemCommand, BatchWriteItemCommand, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { Row } from './table.ts';

/** Limits of DynamoDB, items a call. */
const WRITES_A_BATCH = 25;
const READS_A_BATCH = 100;
/** Batches on their way at one time. */
const IN_FLIGHT = 8;
const TRIES = 8;

const chunksOf = <Item>(items: readonly Item[], size: number): Item[][] =>
  Array.from({ length: Math.ceil(items.length / size) }, (_, n) => items.slice(n * size, (n + 1) * size));

const inParallel = async <Item>(items: readonly Item[], work: (item: Item) => Promise<void>): Promise<void> => {
  const left = [...items];
  const worker = async (): Promise<void> => {
    for (let next = left.shift(); next !== undefined; next = left.shift()) await work(next);
  };
  await Promise.all(Array.from({ length: Math.min(IN_FLIGHT, items.length) }, worker));
};

/** Repeats a batch with what DynamoDB left undone, waiting longer each time. @throws when something is still undone at the end */
const untilDone = async <Work>(work: Work[], call: (some: Work[]) => Promise<Work[]>): Promise<void> => {
  let left = await call(work);
  for (let tried = 1; left.length > 0; tried++) {
    if (tried === TRIES) throw new Error(`DynamoDB left ${left.length} items of a batch undone after ${TRIES} tries`);
    await wait(25 * 2 ** tried * (0.5 + Math.random() / 2));
    left = await call(left);
  }
};

/** One row a key: a batch that names a row twice is refused whole. The last one wins. */
const byKey = (rows: readonly Row[]): Row[] => [
  ...new Map(rows.map((row) => [`${row.pk?.S}\n${row.sk?.S ?? ''}`, row])).values(),
];

/** Many rows of one table in one call: no conditions, no order. */
export const openBatches = (client: DynamoDBClient, name: string) => ({
  /** Puts without conditions, 25 a call. */
  putAll: (rows: readonly Row[]): Promise<void> =>
    inParallel(chunksOf(byKey(rows), WRITES_A_BATCH), (chunk) =>
      untilDone(chunk, async (some) => {
        const requests = some.map((Item) => ({ PutRequest: { Item } }));
        const answer = await client.send(new BatchWriteItemCommand({ RequestItems: { [name]: requests } }));
        return (answer.UnprocessedItems?.[name] ?? []).flatMap(({ PutRequest }) =>
          PutRequest?.Item ? [PutRequest.Item] : [],
        );
      }),
    ),

  /** Rows that exist, in no order, 100 a call. */
  async getAll(keys: readonly Row[], consistent = false): Promise<Row[]> {
    const found: Row[] = [];
    await inParallel(chunksOf(byKey(keys), READS_A_BATCH), (chunk) =>
      untilDone(chunk, async (Keys) => {
        const requests = { [name]: { Keys, ConsistentRead: consistent } };
        const answer = await client.send(new BatchGetItemCommand({ RequestItems: requests }));
        found.push(...(answer.Responses?.[name] ?? []));
        return answer.UnprocessedKeys?.[name]?.Keys ?? [];
      }),
    );
    return found;
  },
});
