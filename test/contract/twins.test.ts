import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createStores, type Stores } from '../../functions/adapters/dynamo/stores.ts';
import type { DeliveryState, Period } from '../../functions/model/delivery.ts';
import { createTables, type LocalDynamo, startDynamo } from '../../infra/local/dynamo.ts';
import { LOCAL_TABLES } from '../../infra/tables.ts';
import { aDelivery, aMailedStory, anId, aPointer, aSubscriber, BASE_AT } from '../builders.ts';
import { memoryStores } from '../fakes.ts';

/** Any order of the verbs that settle races answers the same in memory and on dynalite, step by step. */

let dynamo: LocalDynamo;
let run = 0;

beforeAll(async () => {
  dynamo = await startDynamo();
  await createTables(dynamo.client, LOCAL_TABLES);
});
afterAll(() => dynamo.close());

type Step = (stores: Stores, id: (n: number) => string) => Promise<unknown>;

const agree = (step: fc.Arbitrary<Step>, runs: number) =>
  fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 2, maxLength: 14 }), async (steps) => {
      const twin = memoryStores();
      const tables = createStores(dynamo.client, LOCAL_TABLES, new Uint8Array(32));
      // ids of this run only: the tables are kept from run to run
      const mark = run++;
      const id = (n: number): string => anId(`twin ${mark} ${n}`);
      for (const each of steps) expect(await each(tables, id)).toEqual(await each(twin, id));
    }),
    { numRuns: runs },
  );

const small = fc.nat(1);
const instantOf = fc.nat(3).map((n) => BASE_AT + n);
const attempt = fc.constantFrom(1 as const, 2 as const);
const period = fc.constantFrom<Period>({ kind: 'day', date: '2026-01-05' }, { kind: 'now', date: '2026-01-05' });
const state = fc.oneof<fc.Arbitrary<DeliveryState>[]>(
  fc.record({ kind: fc.constant('claimed' as const), at: instantOf, attempt }),
  fc.record({ kind: fc.constant('sent' as const), at: instantOf, messageId: fc.constantFrom('m1', 'm2') }),
  fc.record({ kind: fc.constant('sent' as const), at: instantOf }),
  fc.record({ kind: fc.constant('skipped' as const), at: instantOf, reason: fc.constant('paused' as const) }),
  fc.record({ kind: fc.constant('failed' as const), at: instantOf, reason: fc.constant('unknown' as const) }),
);

const ledgerStep = fc.oneof<fc.Arbitrary<Step>[]>(
  fc.tuple(small, period, state).map(
    ([n, of, next]) =>
      async ({ deliveries }, id) =>
        deliveries.claim(aDelivery({ subscriber: id(n), period: of, state: next })),
  ),
  fc.tuple(small, period, attempt, state).map(
    ([n, of, tried, next]) =>
      async ({ deliveries }, id) =>
        deliveries.settle(id(n), of, tried, next),
  ),
  fc.tuple(small, period, instantOf).map(
    ([n, of, at]) =>
      async ({ deliveries }, id) =>
        deliveries.reclaim(
          aDelivery({
            subscriber: id(n),
            period: of,
            state: { kind: 'claimed', at, attempt: 2 },
            stories: [aMailedStory('again')],
          }),
        ),
  ),
  fc.tuple(small, period).map(
    ([n, of]) =>
      async ({ deliveries }, id) =>
        deliveries.release(id(n), of),
  ),
  fc.tuple(small, period, instantOf).map(
    ([n, of, at]) =>
      async ({ deliveries }, id) =>
        deliveries.evidence(id(n), of, at, 'm3'),
  ),
  fc.tuple(small, period).map(
    ([n, of]) =>
      async ({ deliveries }, id) =>
        deliveries.byPeriod(id(n), of),
  ),
  small.map(
    (n) =>
      async ({ deliveries }, id) =>
        deliveries.last(id(n), 2),
  ),
);

const readerStep = fc.oneof<fc.Arbitrary<Step>[]>(
  fc.tuple(small, fc.nat(3), instantOf).map(
    ([n, version, signedUpAt]) =>
      async ({ subscribers }, id) =>
        subscribers.save(aSubscriber({ id: id(n), version, signedUpAt })),
  ),
  small.map(
    (n) =>
      async ({ subscribers }, id) =>
        subscribers.delete(id(n)),
  ),
  small.map(
    (n) =>
      async ({ subscribers }, id) =>
        subscribers.byId(id(n)),
  ),
  fc.tuple(small, small).map(
    ([n, key]) =>
      async ({ subscribers }, id) =>
        subscribers.claimAddress(id(key), id(n)),
  ),
  fc.tuple(small, small).map(
    ([n, key]) =>
      async ({ subscribers }, id) =>
        subscribers.releaseAddress(id(key), id(n)),
  ),
  small.map(
    (key) =>
      async ({ subscribers }, id) =>
        subscribers.idOfAddress(id(key)),
  ),
  fc.tuple(small, fc.constantFrom('bounce' as const, 'complaint' as const)).map(
    ([key, why]) =>
      async ({ control }, id) =>
        control.suppress(id(key), why, BASE_AT),
  ),
  small.map(
    (key) =>
      async ({ control }, id) =>
        control.unsuppress(id(key)),
  ),
  small.map(
    (key) =>
      async ({ control }, id) =>
        control.suppressed(id(key)),
  ),
  small.map(
    (key) =>
      async ({ control }, id) =>
        control.withinLimit(id(key), 2, 1000, BASE_AT),
  ),
);

describe('the twins agree', () => {
  it('on the ledger', () => agree(ledgerStep, 60));

  it('on subscribers, addresses, suppression and limits', () => agree(readerStep, 40));

  it('on publishing editions', async () => {
    const twin = memoryStores();
    const tables = createStores(dynamo.client, LOCAL_TABLES, new Uint8Array(32));
    for (const number of [2, 0, 0, 2, 1, 1, 0, 3, 2, 3, 5, 4]) {
      const answers = [tables, twin].map(({ editions }) => editions.publish(aPointer({ number })));
      expect(await answers[0]).toBe(await answers[1]);
      expect(await tables.editions.current()).toEqual(await twin.editions.current());
    }
  });
});
