import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Stores } from '../../functions/adapters/dynamo/stores.ts';
import { type CohortKey, cohortId, cohortOf, shardOf } from '../../functions/model/cohort.ts';
import type { Subscriber } from '../../functions/model/subscriber.ts';
import { DAY } from '../../functions/model/time.ts';
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

    it('forgets a subscriber as it was read, not one saved since', async () => {
      const one = await saved();
      await stores.subscribers.save({ ...one, version: 2 });
      expect(await stores.subscribers.forget(one)).toBe(false);
      expect(await stores.subscribers.forget({ ...one, version: 2 })).toBe(true);
      expect(await stores.subscribers.byId(one.id)).toBeUndefined();
      expect(await stores.subscribers.forget({ ...one, version: 2 })).toBe(false);
    });
  });

  describe('cohorts', () => {
    const key: CohortKey = { cadence: 'weekly', weekday: 3, hour: 18, zone: 'Asia/Tokyo' };

    it('registers from many places at once and loses no shard', async () => {
      await stores.cohorts.register(key, 63, BASE_AT);
      await Promise.all(twenty.map((n) => stores.cohorts.register(key, n % 10, BASE_AT + n)));
      const shards = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 63];
      expect(await stores.cohorts.all()).toEqual([{ ...key, v: 1, id: cohortId(key), shards, registeredAt: BASE_AT }]);
    });

    it('plans forward, never back, and never what is not registered', async () => {
      await stores.cohorts.planned(cohortId(key), BASE_AT + DAY);
      await stores.cohorts.planned(cohortId(key), BASE_AT);
      await stores.cohorts.planned('daily|7|Europe/Berlin', BASE_AT);
      const all = await stores.cohorts.all();
      expect(all.map(({ id, plannedAt }) => [id, plannedAt])).toEqual([[cohortId(key), BASE_AT + DAY]]);
    });

    it('knows what is followed', async () => {
      await stores.cohorts.follow({ sources: ['b', 'a'], keywords: ['solar#power', 'aéro'] });
      await stores.cohorts.follow({ sources: ['a'], keywords: [] });
      expect(await stores.cohorts.followed()).toEqual({ sources: ['a', 'b'], keywords: ['aéro', 'solar#power'] });
    });

    describe('notes of the census', () => {
      let hour = 0;
      /** A cohort that no other case uses, with these shards. */
      const cohortWith = async (shards: readonly number[]) => {
        const own: CohortKey = { cadence: 'daily', hour: hour++, zone: 'Africa/Nairobi' };
        for (const shard of shards) await stores.cohorts.register(own, shard, BASE_AT);
        const find = async () => (await stores.cohorts.all()).find(({ id }) => id === cohortId(own));
        return { own, id: cohortId(own), find };
      };

      it('keeps the instant of the first note of the same shards, and takes a note back', async () => {
        const { id, find } = await cohortWith([3, 12, 40]);
        await stores.cohorts.noteIdle(id, [40, 3], BASE_AT + 1);
        await stores.cohorts.noteIdle(id, [3, 40], BASE_AT + 2);
        expect((await find())?.idle).toEqual({ shards: [3, 40], sinceAt: BASE_AT + 1 });
        await stores.cohorts.noteIdle(id, [3], BASE_AT + 3);
        expect((await find())?.idle).toEqual({ shards: [3], sinceAt: BASE_AT + 3 });
        await stores.cohorts.noteIdle(id, [], BASE_AT + 4);
        expect((await find())?.idle).toBeUndefined();
        await stores.cohorts.noteIdle('daily|7|Nowhere/Land', [1], BASE_AT);
        expect((await stores.cohorts.all()).some((each) => each.id === 'daily|7|Nowhere/Land')).toBe(false);
      });

      it('retires shards that stand noted long enough, and the cohort with its last one', async () => {
        const { id, find } = await cohortWith([3, 12, 40]);
        await stores.cohorts.noteIdle(id, [3, 40], BASE_AT + DAY);
        expect(await stores.cohorts.retire(id, [3, 40], BASE_AT)).toBe(false);
        expect(await stores.cohorts.retire(id, [3], BASE_AT + DAY)).toBe(false);
        expect(await stores.cohorts.retire(id, [3, 40], BASE_AT + DAY)).toBe(true);
        expect(await find()).toMatchObject({ shards: [12] });
        expect((await find())?.idle).toBeUndefined();
        await stores.cohorts.noteIdle(id, [12], BASE_AT);
        expect(await stores.cohorts.retire(id, [12], BASE_AT)).toBe(true);
        expect(await find()).toBeUndefined();
        expect(await stores.cohorts.retire(id, [12], BASE_AT)).toBe(false);
      });

      it('loses nobody who registers after the note', async () => {
        const { own, id, find } = await cohortWith([3]);
        await stores.cohorts.noteIdle(id, [3], BASE_AT);
        await stores.cohorts.register(own, 3, BASE_AT + 8 * DAY);
        expect(await stores.cohorts.retire(id, [3], BASE_AT + DAY)).toBe(false);
        expect(await find()).toMatchObject({ shards: [3], registeredAt: BASE_AT });
      });

      it('unfollows what stands noted long enough, and not what is followed again', async () => {
        await stores.cohorts.follow({ sources: ['x', 'y'], keywords: ['x'] });
        const source = (what: string) => ({ kind: 'source' as const, what });
        await stores.cohorts.noteUnfollowed(source('x'), BASE_AT + 1);
        await stores.cohorts.noteUnfollowed(source('x'), BASE_AT + 2);
        await stores.cohorts.noteUnfollowed(source('y'), BASE_AT + 1);
        await stores.cohorts.noteUnfollowed(source('nobody'), BASE_AT + 1);
        const noted = (await stores.cohorts.follows()).filter(({ idleSinceAt }) => idleSinceAt !== undefined);
        expect(noted).toEqual(['x', 'y'].map((what) => ({ kind: 'source', what, idleSinceAt: BASE_AT + 1 })));
        await stores.cohorts.follow({ sources: ['y'], keywords: [] });
        expect(await stores.cohorts.unfollow(source('x'), BASE_AT)).toBe(false);
        expect(await stores.cohorts.unfollow(source('x'), BASE_AT + 1)).toBe(true);
        expect(await stores.cohorts.unfollow(source('y'), BASE_AT + DAY)).toBe(false);
        expect(await stores.cohorts.followed()).toMatchObject({ keywords: expect.arrayContaining(['x']) });
        expect((await stores.cohorts.followed()).sources).not.toContain('x');
      });
    });

    it('knows the last tick, forward only', async () => {
      expect(await stores.cohorts.lastTick()).toBeUndefined();
      await stores.cohorts.ticked({ at: BASE_AT });
      await stores.cohorts.ticked({ at: BASE_AT - 1 });
      expect(await stores.cohorts.lastTick()).toEqual({ at: BASE_AT });
      await stores.cohorts.ticked({ at: BASE_AT, resumedFromAt: BASE_AT - 5 });
      await stores.cohorts.ticked({ at: BASE_AT + 1 });
      expect(await stores.cohorts.lastTick()).toEqual({ at: BASE_AT + 1, resumedFromAt: BASE_AT - 5 });
      expect((await stores.cohorts.all()).every(({ zone }) => zone.includes('/'))).toBe(true);
    });
  });
});
