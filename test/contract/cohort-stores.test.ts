import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Stores } from '../../functions/adapters/dynamo/stores.ts';
import { type CohortKey, cohortId } from '../../functions/model/cohort.ts';
import { type KeywordKey, keywordKey } from '../../functions/model/keyword.ts';
import { DAY } from '../../functions/model/time.ts';
import { BASE_AT } from '../builders.ts';
import { BOTH, twenty } from './both-stores.ts';

describe.each(BOTH)('the registry of cohorts on %s', (_name, open) => {
  let stores: Stores;
  let close: () => Promise<void>;

  beforeAll(async () => {
    ({ stores, close } = await open());
  });
  afterAll(() => close());

  const key: CohortKey = { cadence: 'weekly', weekday: 3, hour: 18, zone: 'Asia/Tokyo' };

  it('registers from many places at once and loses no shard', async () => {
    await stores.cohorts.register(key, 63, BASE_AT);
    await Promise.all(twenty.map((n) => stores.cohorts.register(key, n % 10, BASE_AT + n)));
    const shards = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 63];
    expect(await stores.cohorts.all()).toEqual([{ ...key, v: 1, id: cohortId(key), shards, registeredAt: BASE_AT }]);
  });

  it('registers what was lost at once, and notes it until more is', async () => {
    const own: CohortKey = { ...key, zone: 'Asia/Dhaka' };
    const find = async () => (await stores.cohorts.all()).find(({ id }) => id === cohortId(own));
    await stores.cohorts.register(own, 5, BASE_AT);
    await stores.cohorts.noteIdle(cohortId(own), [5], BASE_AT);
    await stores.cohorts.restore(own, [7, 2], BASE_AT + DAY);
    const restored = { shards: [2, 7], at: BASE_AT + DAY };
    expect(await find()).toEqual({
      ...own,
      v: 1,
      id: cohortId(own),
      shards: [2, 5, 7],
      registeredAt: BASE_AT,
      restored,
    });
    await stores.cohorts.register(own, 8, BASE_AT + 2 * DAY);
    expect((await find())?.restored).toEqual(restored);
    await stores.cohorts.restore(own, [9], BASE_AT + 3 * DAY);
    expect(await find()).toMatchObject({ shards: [2, 5, 7, 8, 9], restored: { shards: [9], at: BASE_AT + 3 * DAY } });
    await stores.cohorts.noteIdle(cohortId(own), [2, 5, 7, 8, 9], 0);
    await stores.cohorts.retire(cohortId(own), [2, 5, 7, 8, 9], BASE_AT);
  });

  it('plans forward, never back, and never what is not registered', async () => {
    await stores.cohorts.planned(cohortId(key), BASE_AT + DAY);
    await stores.cohorts.planned(cohortId(key), BASE_AT);
    await stores.cohorts.planned('daily|7|Europe/Berlin', BASE_AT);
    const all = await stores.cohorts.all();
    expect(all.map(({ id, plannedAt }) => [id, plannedAt])).toEqual([[cohortId(key), BASE_AT + DAY]]);
  });

  it('knows what is followed', async () => {
    await stores.cohorts.follow({ sources: ['b', 'a'], keywords: ['solar#power', 'aéro'].map(keywordKey) });
    // a row from before keys were composed: the editor would fill the one shelf twice
    await stores.cohorts.follow({ sources: ['a'], keywords: ['ae\u0301ro' as KeywordKey] });
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
      await stores.cohorts.follow({ sources: ['x', 'y'], keywords: [keywordKey('x')] });
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
