import { setTimeout as wait } from 'node:timers/promises';
import {
  BatchGetItemCommand,
  BatchWriteItemCommand,
  ConditionalCheckFailedException,
  DeleteItemCommand,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  type QueryCommandInput,
  ScanCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import type { Condition } from './condition.ts';
import type { Row } from './table.ts';

/** Limits of DynamoDB, items a call. */
const WRITES_A_BATCH = 25;
const READS_A_BATCH = 100;
/** Batches on their way at one time. */
const IN_FLIGHT = 8;
const TRIES = 8;

/** A query; `from` and `to` bound the sort key, both included. */
export interface QueryOf {
  pk: string;
  from?: string;
  to?: string;
  backwards?: boolean;
  limit?: number;
  consistent?: boolean;
}

/** An update expression and what it names. */
export interface Change {
  expression: string;
  names?: Record<string, string>;
  values?: Row;
}

const nonEmpty = <Map extends object>(map: Map): Map | undefined => (Object.keys(map).length > 0 ? map : undefined);

const conditionOf = (condition: Condition | undefined, change?: Change) => ({
  ConditionExpression: condition?.expression,
  ExpressionAttributeNames: nonEmpty({ ...change?.names, ...condition?.names }),
  ExpressionAttributeValues: nonEmpty({ ...change?.values, ...condition?.values }),
});

/** True if it was done, false if the condition refused it. */
const unlessRefused = async (write: Promise<unknown>): Promise<boolean> => {
  try {
    await write;
    return true;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return false;
    throw error;
  }
};

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

const queryInput = (name: string, of: QueryOf): QueryCommandInput => {
  const values: Row = { ':pk': { S: of.pk } };
  if (of.from !== undefined) values[':from'] = { S: of.from };
  if (of.to !== undefined) values[':to'] = { S: of.to };
  const range =
    of.from !== undefined && of.to !== undefined
      ? ' AND sk BETWEEN :from AND :to'
      : of.from !== undefined
        ? ' AND sk >= :from'
        : of.to !== undefined
          ? ' AND sk <= :to'
          : '';
  return {
    TableName: name,
    KeyConditionExpression: `pk = :pk${range}`,
    ExpressionAttributeValues: values,
    ScanIndexForward: !of.backwards,
    Limit: of.limit,
    ConsistentRead: of.consistent,
  };
};

/** One table's plain verbs. Every write is of one item and may carry a condition; no transactions. */
export const openTable = (client: DynamoDBClient, name: string) => {
  async function* pagesOf(input: QueryCommandInput): AsyncGenerator<Row[]> {
    let start: Row | undefined;
    do {
      const page = await client.send(new QueryCommand({ ...input, ExclusiveStartKey: start }));
      if (page.Items?.length) yield page.Items;
      start = page.LastEvaluatedKey;
    } while (start);
  }

  return {
    async get(key: Row, consistent = false): Promise<Row | undefined> {
      return (await client.send(new GetItemCommand({ TableName: name, Key: key, ConsistentRead: consistent }))).Item;
    },

    /** False if the condition refused it. */
    put: (row: Row, condition?: Condition): Promise<boolean> =>
      unlessRefused(client.send(new PutItemCommand({ TableName: name, Item: row, ...conditionOf(condition) }))),

    /** False if the condition refused it. */
    update: (key: Row, change: Change, condition?: Condition): Promise<boolean> =>
      unlessRefused(
        client.send(
          new UpdateItemCommand({
            TableName: name,
            Key: key,
            UpdateExpression: change.expression,
            ...conditionOf(condition, change),
          }),
        ),
      ),

    /** Adds to a number and answers the sum. */
    async add(key: Row, by: number, ttl: Row): Promise<number> {
      const { Attributes } = await client.send(
        new UpdateItemCommand({
          TableName: name,
          Key: key,
          UpdateExpression: 'ADD n :by SET #ttl = :ttl',
          ExpressionAttributeNames: { '#ttl': 'ttl' },
          ExpressionAttributeValues: { ':by': { N: String(by) }, ':ttl': ttl.ttl ?? { NULL: true } },
          ReturnValues: 'UPDATED_NEW',
        }),
      );
      return Number(Attributes?.n?.N);
    },

    /** False if the condition refused it. */
    remove: (key: Row, condition?: Condition): Promise<boolean> =>
      unlessRefused(client.send(new DeleteItemCommand({ TableName: name, Key: key, ...conditionOf(condition) }))),

    /** Page by page of at most 1 MB, empty ones left out. */
    pages: (of: QueryOf): AsyncGenerator<Row[]> => pagesOf(queryInput(name, of)),

    /** All rows of a query; with a `limit`, that many at most. */
    async rows(of: QueryOf): Promise<Row[]> {
      const found: Row[] = [];
      for await (const page of pagesOf(queryInput(name, of))) {
        found.push(...page);
        if (of.limit !== undefined && found.length >= of.limit) break;
      }
      return of.limit === undefined ? found : found.slice(0, of.limit);
    },

    /** Pages of an index whose range key is the table's `pk`, after one that was seen. */
    indexPages: (index: string, attribute: string, value: string, after: string): AsyncGenerator<Row[]> =>
      pagesOf({
        TableName: name,
        IndexName: index,
        KeyConditionExpression: '#of = :of AND pk > :after',
        ExpressionAttributeNames: { '#of': attribute },
        ExpressionAttributeValues: { ':of': { S: value }, ':after': { S: after } },
      }),

    /** The table itself, rows whose key begins so. */
    async *scan(prefix: string): AsyncGenerator<Row[]> {
      let start: Row | undefined;
      do {
        const page = await client.send(
          new ScanCommand({
            TableName: name,
            FilterExpression: 'begins_with(pk, :prefix)',
            ExpressionAttributeValues: { ':prefix': { S: prefix } },
            ExclusiveStartKey: start,
          }),
        );
        if (page.Items?.length) yield page.Items;
        start = page.LastEvaluatedKey;
      } while (start);
    },

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
  };
};

export type OpenTable = ReturnType<typeof openTable>;
