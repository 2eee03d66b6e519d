import { once } from 'node:events';
import { createRequire } from 'node:module';
import {
  CreateTableCommand,
  type CreateTableCommandInput,
  DynamoDBClient,
  ListTablesCommand,
} from '@aws-sdk/client-dynamodb';
import dynalite from 'dynalite';
import type { TableNames } from '../../functions/adapters/dynamo/table.ts';
import { LEAN, lean } from '../../functions/adapters/lean.ts';
import { makeFolder } from '../folder.ts';
import { TABLES, type TableSpec } from '../tables.ts';
import { ownThreadTime, type ThreadTime } from './thread-time.ts';

/** DynamoDB on this machine. */
export interface LocalDynamo {
  endpoint: string;
  client: DynamoDBClient;
  /** What the process that holds the tables took. */
  threadTime(): Promise<ThreadTime>;
  close(): Promise<void>;
}

/** A client of the emulator, made like the product's own; it takes any credentials. */
export const localDynamoClient = (endpoint: string): DynamoDBClient =>
  lean(
    new DynamoDBClient({
      endpoint,
      region: 'eu-west-1',
      credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
      ...LEAN,
    }),
  );

const require = createRequire(import.meta.url);

/**
 * dynalite ends the whole process when it cannot open its data, so that is tried first, with the database that dynalite brings.
 * @throws if another process holds the data
 */
const checkFree = async (dir: string): Promise<void> => {
  const { Level }: { Level: new (path: string) => { open(): Promise<void>; close(): Promise<void> } } = createRequire(
    require.resolve('dynalite'),
  )('level');
  const level = new Level(dir);
  try {
    await level.open();
  } catch (cause) {
    throw new Error(`the data in ${dir} cannot be opened: another broadsheet uses it, or it is no database`, { cause });
  }
  await level.close();
};

/**
 * Starts dynalite on 127.0.0.1 and waits until it answers.
 * @param options.dir where data is kept, LevelDB files; absent: in memory
 * @param options.port absent: one that is free
 * @throws if another process holds the data, or the port
 */
export const startDynamo = async (options: { dir?: string; port?: number } = {}): Promise<LocalDynamo> => {
  const { dir, port = 0 } = options;
  if (dir !== undefined) {
    makeFolder(dir);
    await checkFree(dir);
  }
  const server = dynalite({
    createTableMs: 0,
    deleteTableMs: 0,
    updateTableMs: 0,
    ...(dir === undefined ? {} : { path: dir }),
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the DynamoDB emulator has no port');
  const endpoint = `http://127.0.0.1:${address.port}`;
  const client = localDynamoClient(endpoint);
  const close = async (): Promise<void> => {
    client.destroy();
    server.closeIdleConnections();
    await new Promise<void>((resolve, reject) => server.close((error) => (error ? reject(error) : resolve())));
  };
  return { endpoint, client, threadTime: async () => ownThreadTime(), close };
};

const createInput = (name: string, spec: TableSpec): CreateTableCommandInput => {
  const { partitionKey, sortKey, indexes = [] } = spec;
  const keysOf = (hash: string, range: string | undefined): CreateTableCommandInput['KeySchema'] => [
    { AttributeName: hash, KeyType: 'HASH' },
    ...(range === undefined ? [] : [{ AttributeName: range, KeyType: 'RANGE' as const }]),
  ];
  const attributes = new Set(
    [partitionKey, sortKey, ...indexes.flatMap((index) => [index.partitionKey, index.sortKey])].filter(
      (attribute) => attribute !== undefined,
    ),
  );
  return {
    TableName: name,
    BillingMode: 'PAY_PER_REQUEST',
    KeySchema: keysOf(partitionKey, sortKey),
    AttributeDefinitions: [...attributes].map((AttributeName) => ({ AttributeName, AttributeType: 'S' })),
    GlobalSecondaryIndexes:
      indexes.length === 0
        ? undefined
        : indexes.map((index) => ({
            IndexName: index.name,
            KeySchema: keysOf(index.partitionKey, index.sortKey),
            Projection: { ProjectionType: 'ALL' },
          })),
  };
};

const KINDS = ['news', 'subscribers', 'deliveries', 'cohorts', 'control'] as const satisfies (keyof TableNames)[];

/** Makes the tables that are not there yet. */
export const createTables = async (client: DynamoDBClient, names: TableNames): Promise<void> => {
  const { TableNames: there = [] } = await client.send(new ListTablesCommand({}));
  for (const kind of KINDS) {
    if (there.includes(names[kind])) continue;
    await client.send(new CreateTableCommand(createInput(names[kind], TABLES[kind])));
  }
};
