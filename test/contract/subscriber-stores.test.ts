import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Stores } from '../../functions/adapters/dynamo/stores.ts';
import { cohortId, cohortOf, shardOf } from '../../functions/model/cohort.ts';
import type { Subscriber } from '../../functions/model/subscriber.ts';
import { anId, aSubscriber, BASE_AT } from '../builders.ts';
import { BOTH, newId, trues, twenty } from './both-stores.ts';

const collect = async <Item>(pages: AsyncIterable<Item[]>): Promise<Item[]> => {
  const all: Item[] = [];
  for await (const page of pages) all.push(...page);
  return all;
};

describe.each(BOTH)('stores of subscribers on %s', (_name, open) => {
  let stores: Stores;
  let close: () => Promise<void>;

  beforeAll(async () => {
    ({ stores, close } = await open());
  });
  afterAll(() => close());

  describe('subscribers', () => {
    const saved = async (over: Parameters<typeof aSubscriber>[0] = {}): Promise<Subscriber> => {
      const one = aSubscriber({ id: newId(), ...over });
      expect(await stores.subscribers.save(one)).toBe(true);
      return one;
    };

    it('saves over the version it was made from only', async () => {
      const one = await saved();
      expect(await stores.subscribers.save(one)).toBe(false);
      expect(await stores.subscribers.save({ ...one, version: 3 })).toBe(false);
      const race = await Promise.all(twenty.map((n) => stores.subscribers.save({ ...one, version: 2, generation: n })));
      expect(trues(race)).toBe(1);
      expect(await stores.subscribers.byId(one.id)).toEqual({ ...one, version: 2, generation: race.indexOf(true) });
    });

    it('does not bring a deleted one back by a late save', async () => {
      const one = await saved();
      await stores.subscribers.delete(one.id);
      expect(await stores.subscribers.save({ ...one, version: 2 })).toBe(false);
      expect(await stores.subscribers.byId(one.id)).toBeUndefined();
    });

    it('gives an address to one id, and lets only that one release it', async () => {
      const key = 'Straße@example.com';
      const ids = twenty.map(newId);
      const race = await Promise.all(ids.map((id) => stores.subscribers.claimAddress(key, id)));
      expect(trues(race)).toBe(1);
      const owner = ids[race.indexOf(true)] ?? '';
      const other = ids[race.indexOf(false)] ?? '';
      expect(await stores.subscribers.idOfAddress(key)).toBe(owner);
      expect(await stores.subscribers.claimAddress(key, owner)).toBe(true);
      await stores.subscribers.releaseAddress(key, other);
      expect(await stores.subscribers.idOfAddress(key)).toBe(owner);
      await stores.subscribers.releaseAddress(key, owner);
      expect(await stores.subscribers.idOfAddress(key)).toBeUndefined();
      expect(await stores.subscribers.claimAddress(key, other)).toBe(true);
    });

    const zone = 'Pacific/Chatham';
    const preferences = { zone, hour: 5 };
    const cohort = cohortId(cohortOf(aSubscriber({ preferences }).preferences));
    const inCohort = async (shard: number, after?: string) =>
      (await collect(stores.subscribers.ofCohort(cohort, shard, after))).map(({ id }) => id);

    it('lists who gets mail of a cohort and shard, moves and leaves at once', async () => {
      const one = await saved({ preferences });
      const shard = shardOf(one.id);
      const paused = await saved({ id: sameShard(shard, 1), preferences, status: { kind: 'paused', until: BASE_AT } });
      await saved({ id: sameShard(shard, 2), preferences, status: { kind: 'pending' } });
      await saved({ id: sameShard(shard, 3), preferences: { ...preferences, hour: 6 } });
      expect(await inCohort(shard)).toEqual([one.id, paused.id].sort());
      expect(await inCohort((shard + 1) % 64)).toEqual([]);
      await stores.subscribers.save({ ...one, version: 2, preferences: { ...one.preferences, hour: 6 } });
      expect(await inCohort(shard)).toEqual([paused.id]);
      await stores.subscribers.save({ ...paused, version: 2, status: { kind: 'left', at: BASE_AT, why: 'bounced' } });
      expect(await inCohort(shard)).toEqual([]);
    });

    /** The nth id of a shard. */
    const sameShard = (shard: number, n: number): string => {
      const ids = Array.from({ length: 64 * (n + 8) }, (_, i) => anId(`shard ${i}`)).filter(
        (id) => shardOf(id) === shard,
      );
      return ids[n] ?? '';
    };

    it('pages through more than one megabyte, and goes on after an id', async () => {
      const keywords = twenty.slice(0, 10).map((n) => `${n} ${'x'.repeat(35)}`);
      const mutes = Array.from({ length: 50 }, (_, n) => ({ kind: 'words' as const, words: `${n} ${'y'.repeat(55)}` }));
      const ids = Array.from({ length: 18_000 }, (_, n) => anId(`page ${n}`)).filter((id) => shardOf(id) === 9);
      const ours = ids.slice(0, 240).sort();
      const big = { zone: 'Asia/Kathmandu', keywords, mutes };
      await Promise.all(ours.map((id) => stores.subscribers.save(aSubscriber({ id, preferences: big }))));
      const of = cohortId(cohortOf(aSubscriber({ preferences: big }).preferences));
      const pages: Subscriber[][] = [];
      for await (const page of stores.subscribers.ofCohort(of, 9)) pages.push(page);
      expect(pages.length).toBeGreaterThan(1);
      expect(pages.flat().map(({ id }) => id)).toEqual(ours);
      const rest = await collect(stores.subscribers.ofCohort(of, 9, ours[200]));
      expect(rest.map(({ id }) => id)).toEqual(ours.slice(201));
    });

    it('scans subscribers, not the addresses beside them', async () => {
      const one = await saved({ status: { kind: 'left', at: BASE_AT, why: 'unsubscribed' } });
      await stores.subscribers.claimAddress('scan@example.com', one.id);
      const all = await collect(stores.subscribers.scan());
      expect(all.filter(({ id }) => id === one.id)).toEqual([one]);
      expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
      const addresses = await collect(stores.subscribers.addresses());
      expect(addresses.filter(({ id }) => id === one.id)).toEqual([{ addressKey: 'scan@example.com', id: one.id }]);
    });

    it('scans in parts that together are all, each reader in one and always the same', async () => {
      const saves = Array.from({ length: 40 }, () => saved());
      const ids = (await Promise.all(saves)).map(({ id }) => id).sort();
      const of = 8;
      const parts = async () => {
        const all = [];
        for (let part = 0; part < of; part++) all.push(await collect(stores.subscribers.scan({ part, of })));
        return all.map((each) =>
          each
            .map(({ id }) => id)
            .filter((id) => ids.includes(id))
            .sort(),
        );
      };
      const once = await parts();
      expect(once.flat().sort()).toEqual(ids);
      expect(once.filter((each) => each.length > 0).length).toBeGreaterThan(1);
      expect(await parts()).toEqual(once);
    });

    it('forgets a subscriber as it was read, not one saved since', async () => {
      const one = await saved();
      await stores.subscribers.save({ ...one, version: 2 });
      expect(await stores.subscribers.forget(one)).toBe(false);
      expect(await stores.subscribers.forget({ ...one, version: 2 })).toBe(true);
      expect(await stores.subscribers.byId(one.id)).toBeUndefined();
      expect(await stores.subscribers.forget({ ...one, version: 2 })).toBe(false);
    });
  });
});
