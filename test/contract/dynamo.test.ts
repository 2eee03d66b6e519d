import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BatchGetItemCommand, type BatchWriteItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  fromDeliveryRow,
  packStories,
  toDeliveryRow,
  unpackStories,
} from '../../functions/adapters/dynamo/delivery-row.ts';
import { openTable } from '../../functions/adapters/dynamo/open-table.ts';
import { createStores } from '../../functions/adapters/dynamo/stores.ts';
import type { BrokenRow, Row } from '../../functions/adapters/dynamo/table.ts';
import { cohortId, cohortOf, shardOf } from '../../functions/model/cohort.ts';
import { createTables, type LocalDynamo, localDynamoClient, startDynamo } from '../../infra/local/dynamo.ts';
import { itemSize } from '../../infra/local/item-size.ts';
import { attachMeter } from '../../infra/local/meter.ts';
import { LOCAL_INDEXES, LOCAL_TABLES } from '../../infra/tables.ts';
import { aDelivery, aMailedStory, anId, aStory, aSubscriber, BASE_AT } from '../builders.ts';

/** What only the DynamoDB side has: rows that cannot be read, sizes, units, batches left half done. */

const PEPPER = new Uint8Array(32).fill(7);
let dynamo: LocalDynamo;

beforeAll(async () => {
  dynamo = await startDynamo();
  await createTables(dynamo.client, LOCAL_TABLES);
});
afterAll(() => dynamo.close());

const put = (table: string, row: Row) => dynamo.client.send(new PutItemCommand({ TableName: table, Item: row }));

describe('rows that cannot be read', () => {
  const stores = () => createStores(dynamo.client, LOCAL_TABLES, PEPPER);

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

  it('cost one reader, not the page, where somebody is told', async () => {
    const whole = aSubscriber({ id: anId('whole') });
    const cohort = `${cohortId(cohortOf(whole.preferences))}#${shardOf(whole.id)}`;
    await stores().subscribers.save(whole);
    const broken = anId('broken');
    await put('Subscribers', { pk: { S: `SUBSCRIBER#${broken}` }, cohort: { S: cohort }, doc: { S: '{' } });
    const told: BrokenRow[] = [];
    const tolerant = createStores(dynamo.client, LOCAL_TABLES, PEPPER, { broken: (row) => told.push(row) });
    const pages = tolerant.subscribers.ofCohort(cohortId(cohortOf(whole.preferences)), shardOf(whole.id));
    const read = [];
    for await (const page of pages) read.push(...page);
    expect(read).toEqual([whole]);
    expect(told.map(({ row }) => row)).toEqual([`SUBSCRIBER#${broken}`]);
  });
});

describe('the ledger entry', () => {
  const full = (stories: number) =>
    aDelivery({
      period: { kind: 'welcome', date: '2026-12-31' },
      stories: Array.from({ length: stories }, (_, n) => aMailedStory(`${n}`, { turn: 255 })),
      state: { kind: 'sent', at: BASE_AT + 123, messageId: `0102019b8c5a7d3e-${'a'.repeat(36)}-000000` },
      edition: 999_999,
      preferences: 9_999,
      evidenceAt: BASE_AT + 456,
    });

  it('fits 1,000 bytes with forty stories', () => {
    expect(itemSize(toDeliveryRow(full(40)))).toBeLessThanOrEqual(1000);
  });

  it('grows by 19 bytes a story', () => {
    expect(itemSize(toDeliveryRow(full(21))) - itemSize(toDeliveryRow(full(20)))).toBe(19);
  });

  it('keeps SES’s message id in 27 bytes, and any other as it is', () => {
    const withId = (messageId: string) => aDelivery({ state: { kind: 'sent', at: BASE_AT, messageId } });
    const digits = (length: number) => fc.stringMatching(new RegExp(`^[0-9a-f]{${length}}$`));
    const sesId = fc.tuple(...[16, 8, 4, 4, 4, 12, 6].map(digits)).map((groups) => groups.join('-'));
    fc.assert(
      fc.property(fc.oneof(sesId, fc.string({ minLength: 1, maxLength: 70 })), (id) => {
        expect(fromDeliveryRow(toDeliveryRow(withId(id)))).toEqual(withId(id));
      }),
    );
    const [short, long] = ['0102019b8c5a7d3e-5c1fd2a0-7b1e-4e52-9f0d-0a1b2c3d4e5f-000000', 'x'.repeat(60)];
    expect(itemSize(toDeliveryRow(withId(long))) - itemSize(toDeliveryRow(withId(short)))).toBe(33);
  });

  it('unpacks what was packed', () => {
    const hash = fc.uint8Array({ minLength: 6, maxLength: 6 }).map((bytes) => Buffer.from(bytes).toString('base64url'));
    const story = fc.record({ story: hash, event: hash, url: hash, turn: fc.nat(255) });
    fc.assert(
      fc.property(fc.array(story, { maxLength: 40 }), (some) => {
        expect(unpackStories(packStories(some))).toEqual(some);
      }),
    );
  });
});

describe('item sizes', () => {
  // by hand, from the rules of the AWS docs
  it.each<[Row, number]>([
    [{ ab: { S: 'é' } }, 4],
    [{ n: { N: '0' } }, 2],
    [{ n: { N: '123' } }, 4],
    [{ n: { N: '-1200' } }, 4],
    [{ b: { B: new Uint8Array(19) } }, 20],
    [{ l: { L: [{ S: 'ab' }, { NULL: true }] } }, 9],
    [{ m: { M: { k: { S: 'v' } } } }, 7],
    [{ s: { NS: ['1', '63'] } }, 5],
  ])('%o', (item, size) => {
    expect(itemSize(item)).toBe(size);
  });
});

describe('the meter', () => {
  const metered = () => {
    const client = localDynamoClient(dynamo.endpoint);
    return { meter: attachMeter(client, LOCAL_INDEXES), stores: createStores(client, LOCAL_TABLES, PEPPER) };
  };

  it('adds what an index writes', async () => {
    const { meter, stores } = metered();
    const one = aSubscriber({ id: anId('metered') });
    const writes = () => [
      meter.consumed().table.Subscribers?.write,
      meter.consumed().index['Subscribers/by-cohort']?.write,
    ];
    await stores.subscribers.save(one);
    expect(writes()).toEqual([1, 1]);
    await stores.subscribers.save({ ...one, version: 2, generation: 1 });
    expect(writes()).toEqual([2, 2]);
    // another cohort: taken out of one place and put into another
    await stores.subscribers.save({ ...one, version: 3, preferences: { ...one.preferences, hour: 20 } });
    expect(writes()).toEqual([3, 4]);
    await stores.subscribers.save({ ...one, version: 4, status: { kind: 'pending' } });
    expect(writes()).toEqual([4, 5]);
    await stores.subscribers.save({ ...one, version: 5, status: { kind: 'pending' } });
    expect(writes()).toEqual([5, 5]);
    await stores.subscribers.delete(one.id);
    expect(writes()).toEqual([6, 5]);
    expect(meter.total()).toEqual({ table: { read: 0, write: 6 }, index: { read: 0, write: 5 } });
  });

  it('bills refused conditions', async () => {
    const { meter, stores } = metered();
    const entry = aDelivery({ subscriber: anId('billed') });
    await stores.deliveries.claim(entry);
    await stores.deliveries.claim(entry);
    await stores.deliveries.settle(entry.subscriber, entry.period, 2, { kind: 'sent', at: BASE_AT });
    // two claims and a settle; one consistent look after the lost claim
    expect(meter.consumed().table.Deliveries).toEqual({ read: 1, write: 3 });
  });

  it('counts batches, and queries that find nothing', async () => {
    const { meter, stores } = metered();
    const stories = Array.from({ length: 30 }, (_, n) => aStory({ url: `https://a.example/${n}` }));
    await stores.stories.save(stories);
    await stores.stories.byIds(stories.map(({ id }) => id));
    expect(meter.consumed().table.News).toEqual({ read: 15, write: 30 });
    for await (const page of stores.subscribers.ofCohort('daily|3|Nowhere', 1)) expect(page).toEqual([]);
    expect(meter.consumed().index['Subscribers/by-cohort']).toEqual({ read: 0.5, write: 0 });
    expect(meter.consumed().table.Subscribers).toBeUndefined();
  });
});

describe('batches', () => {
  it('are repeated with what was left undone, and no more', async () => {
    const client = localDynamoClient(dynamo.endpoint);
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
    expect(await openTable(dynamo.client, 'News').rows({ pk: 'BATCH' })).toHaveLength(25);
  });
});

describe('batches of reads', () => {
  it('are repeated with the keys that were left', async () => {
    const client = localDynamoClient(dynamo.endpoint);
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
    await openTable(dynamo.client, 'News').putAll(rows);
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
    expect(new URL(dynamo.endpoint).hostname).toBe('127.0.0.1');
  });
});

describe('a function without the pepper', () => {
  it('can read the edition, and can neither suppress nor limit', async () => {
    const stores = createStores(dynamo.client, LOCAL_TABLES, new Uint8Array());
    await expect(stores.editions.current()).resolves.toBeUndefined();
    await expect(stores.control.suppressed('a@example.com')).rejects.toThrow('no pepper');
  });

  it('never keeps an address in Control', async () => {
    const { control } = createStores(dynamo.client, LOCAL_TABLES, PEPPER);
    await control.suppress('secret@example.com', 'bounce', BASE_AT);
    await control.withinLimit('secret@example.com', 1, 1000, BASE_AT);
    const rows: Row[] = [];
    for await (const page of openTable(dynamo.client, 'Control').scan('')) rows.push(...page);
    expect(rows.length).toBeGreaterThan(1);
    expect(JSON.stringify(rows)).not.toContain('secret');
  });
});
