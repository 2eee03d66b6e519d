import {
  ConditionalCheckFailedException,
  DeleteItemCommand,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { openBatches } from './batches.ts';
import type { Condition } from './condition.ts';
import { openQueries } from './queries.ts';
import type { Row } from './table.ts';

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

/** Reads and writes of one row of a table. */
const openRow = (client: DynamoDBClient, name: string) => ({
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
});

/** One table's plain verbs. Every write is of one item and may carry a condition; no transactions. */
export const openTable = (client: DynamoDBClient, name: string) => ({
  ...openRow(client, name),
  ...openQueries(client, name),
  ...openBatches(client, name),
});

export type OpenTable = ReturnType<typeof openTable>;
