import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createStores, type Stores } from '../../functions/adapters/dynamo/stores.ts';
import type { FunctionName } from '../../infra/access.ts';
import { createTables, type LocalDynamo, startDynamo } from '../../infra/local/dynamo.ts';
import { attachPolicies } from '../../infra/local/policies.ts';
import { running } from '../../infra/local/running.ts';
import { LOCAL_TABLES } from '../../infra/tables.ts';
import { aSource, aSubscriber, BASE_AT } from '../builders.ts';

/** Functions held to their own permissions, as AWS would hold them. Fails if: a table, an action or a key is not looked at · nobody is refused. */

let dynamo: LocalDynamo;
let stores: Stores;

beforeAll(async () => {
  dynamo = await startDynamo();
  await createTables(dynamo.client, LOCAL_TABLES);
  attachPolicies(dynamo.client, LOCAL_TABLES);
  stores = createStores(dynamo.client, LOCAL_TABLES, new Uint8Array(32));
});
afterAll(() => dynamo.close());

type Work = (stores: Stores) => Promise<unknown>;

const drain = async (pages: AsyncIterable<unknown>): Promise<void> => {
  for await (const _ of pages);
};

const reader = aSubscriber();

describe('local mode', () => {
  it.each<[FunctionName, string, Work]>([
    ['fetch-sources', 'a reader', ({ subscribers }) => subscribers.byId(reader.id)],
    ['web', 'all readers', ({ subscribers }) => drain(subscribers.scan())],
    ['web', 'a suppression mark', ({ control }) => control.unsuppress(reader.addressKey)],
    ['web', 'a source', ({ sources }) => sources.save(aSource())],
    ['send-digests', 'the brake', ({ control }) => control.setBrake({ v: 1, kind: 'off', at: BASE_AT })],
    ['handle-feedback', 'the budget', ({ control }) => control.budget()],
    ['take-census', 'the news', ({ sources }) => drain(sources.all())],
    ['plan-digests', 'the ledger', ({ deliveries }) => deliveries.last(reader.id, 1)],
  ])('refuses %s %s', async (name, _, work) => {
    await expect(running.run(name, () => work(stores))).rejects.toMatchObject({ name: 'AccessDeniedException' });
  });

  it.each<[FunctionName | undefined, string, Work]>([
    ['web', 'a request for a source', ({ sources }) => sources.request('p1', 'https://a.example/', BASE_AT)],
    ['send-digests', 'readers by their cohort', ({ subscribers }) => drain(subscribers.ofCohort('daily|7|UTC', 1))],
    ['handle-feedback', 'a mark', ({ control }) => control.suppress(reader.addressKey, 'bounce', BASE_AT)],
    ['plan-digests', 'counters', ({ control }) => control.counted('chunks-planned', BASE_AT)],
    [
      undefined,
      'anything, where no function runs',
      ({ control }) => control.setBrake({ v: 1, kind: 'off', at: BASE_AT }),
    ],
  ])('lets %s have %s', async (name, _, work) => {
    await (name ? running.run(name, () => work(stores)) : work(stores));
  });
});
