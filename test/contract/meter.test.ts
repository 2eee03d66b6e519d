import { describe, expect, it } from 'vitest';
import { createStores } from '../../functions/adapters/dynamo/stores.ts';
import type { Row } from '../../functions/adapters/dynamo/table.ts';
import { localDynamoClient } from '../../infra/local/dynamo.ts';
import { itemSize } from '../../infra/local/item-size.ts';
import { attachMeter } from '../../infra/local/meter.ts';
import { LOCAL_INDEXES, LOCAL_TABLES } from '../../infra/tables.ts';
import { aDelivery, anId, aStory, aSubscriber, BASE_AT } from '../builders.ts';
import { runDynalite } from './dynalite.ts';

/** The meter of local mode, which tells the costs: sizes by the rules of AWS, and what is billed. */

const PEPPER = new Uint8Array(32).fill(7);
const dynamo = runDynalite();

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
    const client = localDynamoClient(dynamo().endpoint);
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
