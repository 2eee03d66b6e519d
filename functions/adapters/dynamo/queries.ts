import { type DynamoDBClient, QueryCommand, type QueryCommandInput, ScanCommand } from '@aws-sdk/client-dynamodb';
import type { Part } from '../../ports.ts';
import type { Row } from './table.ts';

const WHOLE: Part = { part: 0, of: 1 };

/** A query; `from` and `to` bound the sort key, both included. */
export interface QueryOf {
  pk: string;
  from?: string;
  to?: string;
  backwards?: boolean;
  limit?: number;
  consistent?: boolean;
}

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

/** Reads of many rows of one table, a page of at most 1 MB at a time. */
export const openQueries = (client: DynamoDBClient, name: string) => {
  async function* pagesOf(input: QueryCommandInput): AsyncGenerator<Row[]> {
    let start: Row | undefined;
    do {
      const page = await client.send(new QueryCommand({ ...input, ExclusiveStartKey: start }));
      if (page.Items?.length) yield page.Items;
      start = page.LastEvaluatedKey;
    } while (start);
  }

  return {
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

    /** The table itself, or a part of it: rows whose key begins so. */
    async *scan(prefix: string, { part, of }: Part = WHOLE): AsyncGenerator<Row[]> {
      let start: Row | undefined;
      do {
        const page = await client.send(
          new ScanCommand({
            TableName: name,
            FilterExpression: 'begins_with(pk, :prefix)',
            ExpressionAttributeValues: { ':prefix': { S: prefix } },
            ExclusiveStartKey: start,
            Segment: part,
            TotalSegments: of,
          }),
        );
        if (page.Items?.length) yield page.Items;
        start = page.LastEvaluatedKey;
      } while (start);
    },
  };
};
