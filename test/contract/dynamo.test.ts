import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type BatchGetItemCommand,
  type BatchWriteItemCommand,
  DynamoDBClient,
  PutItemCommand,
} from '@aws-sdk/client-dynamodb';
import { describe, expect, it } from 'vitest';
import { openTable } from '../../functions/adapters/dynamo/open-table.ts';
import { createStores } from '../../functions/adapters/dynamo/stores.ts';
import { type BrokenRow, KEYS, type Row } from '../../functions/adapters/dynamo/table.ts';
import { HASTY } from '../../functions/adapters/lean.ts';
import { createEditionCache } from '../../functions/digest/edition-cache.ts';
import { cohortId, cohortOf, shardOf } from '../../functions/model/cohort.ts';
import { DAY } from '../../functions/model/time.ts';
import { createTables, localDynamoClient, startDynamo } from '../../infra/local/dynamo.ts';
import { LOCAL_TABLES } from '../../infra/tables.ts';
import { anId, aPick, aSource, aSubscriber, BASE_AT } from '../builders.ts';
import { runDynalite } from './dynalite.ts';
import { startLoopback } from './loopback.ts';

/** What only the DynamoDB side has: rows that cannot be read, batches left half done. */

const PEPPER = new Uint8Array(32).fill(7);
const dynamo = runDynalite();

const put = (table: string, row: Row) => dynamo().client.send(new PutItemCommand({ TableName: table, Item: row }));

describe('a pick', () => {
  it('is kept beyond its end: past digests that showed it are chosen again', async () => {
    const pick = aPick();
    await createStores(dynamo().client, LOCAL_TABLES, PEPPER).editions.savePick(pick);
    const row = await openTable(dynamo().client, LOCAL_TABLES.news).get(KEYS.pick(pick.event));
    expect(1000 * Number(row?.ttl?.N)).toBeGreaterThanOrEqual(pick.until + 14 * DAY);
  });
});

describe('rows that cannot be read', () => {
  const stores = () => createStores(dynamo().client, LOCAL_TABLES, PEPPER);

  it.each([
    ['a newer version', { ...aSubscriber(), v: 2 }, 'v (invalid_value)'],
    ['a field that is gone', { ...aSubscriber(), preferences: undefined }, 'preferences (invalid_type)'],
  ])('are named, without their content: %s', async (_what, noun, fault) => {
    const id = anId(fault);
    await put('Subscribers', { pk: { S: `SUBSCRIBER#${id}` }, doc: { S: JSON.stringify({ ...noun, id }) } });
    const error = await stores()
      .subscribers.byId(id)
      .catch((thrown: Error) => thrown);
    expect(error).toMatchObject({ name: 'BrokenRow', row: `SUBSCRIBER#${id}` });
    expect(String(error)).toContain(fault);
    expect(String(error)).not.toContain('example.com');
  });

  it('keep an address out of the error', async () => {
    await put('Subscribers', { pk: { S: 'ADDRESS#someone@example.com' }, belongsTo: { S: 'nobody' } });
    const error = await stores().subscribers.idOfAddress('someone@example.com').catch(String);
    expect(error).toContain('ADDRESS#...');
    expect(error).not.toContain('someone');
  });

  it.each([
    ['Deliveries', { pk: { S: anId('x') }, sk: { S: '2026-01-05_day' } }],
    ['Deliveries', { pk: { S: anId('x') }, sk: { S: '2026-01-05_day' }, stories: { B: new Uint8Array(20) } }],
  ] as const)('are found in the ledger too', async (table, row) => {
    await put(table, row);
    await expect(stores().deliveries.last(anId('x'), 5)).rejects.toThrow(`${anId('x')} / 2026-01-05_day`);
  });

  it('of a source cost none of its followers the digest', async () => {
    const one = stores();
    for (const id of ['fine', 'odd']) await one.sources.save(aSource({ id }));
    const doc = { S: JSON.stringify({ ...aSource({ id: 'odd' }), standing: 'of tomorrow' }) };
    await put(LOCAL_TABLES.news, { ...KEYS.source('odd'), doc });
    const read = await createEditionCache(one).sources(1, ['fine', 'odd']);
    expect([...read.keys()]).toEqual(['fine']);
  });

  it('of a cohort costs that cohort, not the plan of all', async () => {
    const told: BrokenRow[] = [];
    const { cohorts } = createStores(dynamo().client, LOCAL_TABLES, PEPPER, { broken: (row) => told.push(row) });
    const good = cohortOf(aSubscriber().preferences);
    await cohorts.register(good, 1, BASE_AT);
    await put('Cohorts', { ...KEYS.cohort('daily|7|Broken'), v: { N: '1' }, key: { S: '{"cadence": "dai' } });
    expect((await cohorts.all()).map(({ id }) => id)).toContain(cohortId(good));
    expect(told.map(({ row }) => row)).toEqual(['COHORTS / daily|7|Broken']);
  });

  it('cost one reader, not the page, where somebody is told', async () => {
    const whole = aSubscriber({ id: anId('whole') });
    const cohort = `${cohortId(cohortOf(whole.preferences))}#${shardOf(whole.id)}`;
    await stores().subscribers.save(whole);
    const broken = anId('broken');
    await put('Subscribers', { pk: { S: `SUBSCRIBER#${broken}` }, cohort: { S: cohort }, doc: { S: '{' } });
    const told: BrokenRow[] = [];
    const tolerant = createStores(dynamo().client, LOCAL_TABLES, PEPPER, { broken: (row) => told.push(row) });
    const pages = tolerant.subscribers.ofCohort(cohortId(cohortOf(whole.preferences)), shardOf(whole.id));
    const read = [];
    for await (const page of pages) read.push(...page);
    expect(read).toEqual([whole]);
    expect(told.map(({ row }) => row)).toEqual([`SUBSCRIBER#${broken}`]);
  });
});

describe('batches', () => {
  it('are repeated with what was left undone, and no more', async () => {
    const client = localDynamoClient(dynamo().endpoint);
    const asked: number[] = [];
    client.middlewareStack.add(
      (next) => async (args) => {
        const { RequestItems } = args.input as BatchWriteItemCommand['input'];
        const requests = RequestItems?.News ?? [];
        asked.push(requests.length);
        const result = await next({ ...args, input: { RequestItems: { News: requests.slice(0, 10) } } });
        const left = requests.slice(10);
        return { ...result, output: { ...result.output, UnprocessedItems: left.length > 0 ? { News: left } : {} } };
      },
      { step: 'initialize' },
    );
    const rows = Array.from({ length: 25 }, (_, n): Row => ({ pk: { S: 'BATCH' }, sk: { S: `${n}` } }));
    await openTable(client, 'News').putAll(rows);
    expect(asked).toEqual([25, 15, 5]);
    expect(await openTable(dynamo().client, 'News').rows({ pk: 'BATCH' })).toHaveLength(25);
  });
});

describe('batches of reads', () => {
  it('are repeated with the keys that were left', async () => {
    const client = localDynamoClient(dynamo().endpoint);
    const asked: number[] = [];
    client.middlewareStack.add(
      (next) => async (args) => {
        const { RequestItems } = args.input as BatchGetItemCommand['input'];
        const keys = RequestItems?.News?.Keys ?? [];
        asked.push(keys.length);
        const result = await next({ ...args, input: { RequestItems: { News: { Keys: keys.slice(0, 60) } } } });
        const left = keys.slice(60);
        return {
          ...result,
          output: { ...result.output, UnprocessedKeys: left.length > 0 ? { News: { Keys: left } } : {} },
        };
      },
      { step: 'initialize' },
    );
    const rows = Array.from({ length: 100 }, (_, n): Row => ({ pk: { S: 'READ' }, sk: { S: `${n}` } }));
    await openTable(dynamo().client, 'News').putAll(rows);
    expect(await openTable(client, 'News').getAll(rows)).toHaveLength(100);
    expect(asked).toEqual([100, 40]);
  });
});

describe('dynalite', () => {
  it('keeps data on disk over a restart, and says when somebody else has it', async () => {
    const dir = mkdtempSync(join(tmpdir(), 'broadsheet-dynamo-'));
    try {
      const first = await startDynamo({ dir });
      await createTables(first.client, LOCAL_TABLES);
      const one = aSubscriber();
      await createStores(first.client, LOCAL_TABLES, PEPPER).subscribers.save(one);
      await expect(startDynamo({ dir })).rejects.toThrow('another broadsheet');
      await first.close();
      const again = await startDynamo({ dir });
      await createTables(again.client, LOCAL_TABLES);
      expect(await createStores(again.client, LOCAL_TABLES, PEPPER).subscribers.byId(one.id)).toEqual(one);
      await again.close();
    } finally {
      rmSync(dir, { recursive: true });
    }
  });

  it('listens on loopback only', () => {
    expect(new URL(dynamo().endpoint).hostname).toBe('127.0.0.1');
  });
});

describe('a connection that is dead without a word', () => {
  // fails if: the client waits as long as the SDK does by itself, five minutes
  it('is given up in time to ask again', async () => {
    const server = await startLoopback();
    const client = new DynamoDBClient({
      endpoint: server.endpoint,
      region: 'eu-west-1',
      credentials: { accessKeyId: 'a', secretAccessKey: 's' },
      ...HASTY,
    });
    server.answer = (_, response) => {
      if (server.bodies.length > 1) response.writeHead(200, { 'content-type': 'application/x-amz-json-1.0' }).end('{}');
    };
    expect(await openTable(client, 'Control').get(KEYS.edition)).toBeUndefined();
    expect(server.bodies).toHaveLength(2);
    client.destroy();
    await server.close();
  });
});

describe('a function without the pepper', () => {
  it('can read the edition, and can neither suppress nor limit', async () => {
    const stores = createStores(dynamo().client, LOCAL_TABLES, new Uint8Array());
    await expect(stores.editions.current()).resolves.toBeUndefined();
    await expect(stores.control.suppressed('a@example.com')).rejects.toThrow('no pepper');
  });

  it('never keeps an address in Control', async () => {
    const { control } = createStores(dynamo().client, LOCAL_TABLES, PEPPER);
    await control.suppress('secret@example.com', 'bounce', BASE_AT);
    await control.withinLimit('secret@example.com', 1, 1000, BASE_AT);
    const rows: Row[] = [];
    for await (const page of openTable(dynamo().client, 'Control').scan('')) rows.push(...page);
    expect(rows.length).toBeGreaterThan(1);
    expect(JSON.stringify(rows)).not.toContain('secret');
  });
});
