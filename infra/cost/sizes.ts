import { ScanCommand } from '@aws-sdk/client-dynamodb';
import type { Row } from '../../functions/adapters/dynamo/table.ts';
import { localDynamoClient } from '../local/dynamo.ts';
import { itemSize } from '../local/item-size.ts';

/** What DynamoDB adds to each item when it bills storage (AWS docs, "DynamoDB item sizes and formats"). */
const ADDED = 100;

/** Items of a table and their bytes as storage is billed. */
export const sizeOfTable = async (
  endpoint: string,
  table: string,
  wanted: (item: Row) => boolean = () => true,
): Promise<{ items: number; bytes: number; each: number }> => {
  const client = localDynamoClient(endpoint);
  let items = 0;
  let bytes = 0;
  let start: Record<string, never> | undefined;
  do {
    const page = await client.send(new ScanCommand({ TableName: table, ExclusiveStartKey: start }));
    for (const item of (page.Items ?? []).filter(wanted)) {
      items += 1;
      bytes += itemSize(item) + ADDED;
    }
    start = page.LastEvaluatedKey as typeof start;
  } while (start);
  client.destroy();
  return { items, bytes, each: items === 0 ? 0 : bytes / items };
};
