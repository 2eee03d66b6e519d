import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createStores, type Stores } from '../../functions/adapters/dynamo/stores.ts';
import { type CohortKey, cohortId, cohortOf, shardOf } from '../../functions/model/cohort.ts';
import { idFloor } from '../../functions/model/story.ts';
import type { Subscriber } from '../../functions/model/subscriber.ts';
import { DAY, HOUR, MINUTE } from '../../functions/model/time.ts';
import { createTables, type LocalDynamo, startDynamo } from '../../infra/local/dynamo.ts';
import { LOCAL_TABLES } from '../../infra/tables.ts';
import {
  aDelivery,
  aHash,
  aMailedStory,
  anEvent,
  anId,
  aPick,
  aPointer,
  aShelf,
  aSource,
  aStory,
  aSubscriber,
  BASE_AT,
} from '../builders.ts';
import { memoryStores } from '../fakes.ts';

/** One suite, run over the in-memory twins and over the adapters on dynalite: what holds for one holds for the other. */

const PEPPER = new Uint8Array(32).fill(7);

const inMemory = async (): Promise<{ stores: Stores; close: () => Promise<void> }> => ({
  stores: memoryStores(),
  close: async () => undefined,
});

const onDynalite = async (): Promise<{ stores: Stores; close: () => Promise<void> }> => {
  const dynamo: LocalDynamo = await startDynamo();
  await createTables(dynamo.client, LOCAL_TABLES);
  return { stores: createStores(dynamo.client, LOCAL_TABLES, PEPPER), close: dynamo.close };
};

const collect = async <Item>(pages: AsyncIterable<Item[]>): Promise<Item[]> => {
  const all: Item[] = [];
  for await (const page of pages) all.push(...page);
  return all;
};

const twenty = Array.from({ length: 20 }, (_, n) => n);
const trues = (answers: readonly boolean[]): number => answers.filter(Boolean).length;

describe.each([
  ['memory', inMemory],
  ['dynalite', onDynalite],
])('stores on %s', (_name, open) => {
  let stores: Stores;
  let close: () => Promise<void>;
  let fresh = 0;
  /** An id that no other case uses: the cases share the stores. */
  const newId = (): string => anId(`contract ${fresh++}`);

  beforeAll(async () => {
    ({ stores, close } = await open());
  });
  afterAll(() => close());

  describe('sources', () => {
    it('keeps a source whole and lists all', async () => {
      const some = twenty.map((n) => aSource({ id: `source-${n}`, etag: `"${n}"`, lastNewsAt: BASE_AT }));
      for (const each of some) await stores.sources.save(each);
      const listed = [];
      for await (const each of stores.sources.all()) listed.push(each);
      expect(listed.sort((a, b) => (a.id < b.id ? -1 : 1))).toEqual([...some].sort((a, b) => (a.id < b.id ? -1 : 1)));
      expect(await stores.sources.byId('source-3')).toEqual(some[3]);
      expect(await stores.sources.byId('nobody')).toBeUndefined();
    });

    it('hands out copies', async () => {
      const mine = aSource({ id: 'copied' });
      await stores.sources.save(mine);
      mine.title = 'changed afterwards';
      const read = await stores.sources.byId('copied');
      expect(read?.title).toBe('Daily Example');
      if (read) read.title = 'changed by a reader';
      expect((await stores.sources.byId('copied'))?.title).toBe('Daily Example');
    });

    it('knows no hashes of a new source, and those it was given', async () => {
      expect(await stores.sources.known('unread')).toEqual(new Uint8Array());
      const packed = Uint8Array.from({ length: 6000 }, (_, n) => n % 251);
      await stores.sources.saveKnown('read', packed);
      expect(await stores.sources.known('read')).toEqual(packed);
    });

    it('keeps a request', async () => {
      expect(await stores.sources.requested('p1')).toBeUndefined();
      await stores.sources.request('p1', 'https://blog.example/feed', BASE_AT);
      expect(await stores.sources.requested('p1')).toEqual({ url: 'https://blog.example/feed', at: BASE_AT });
    });
  });

  describe('stories', () => {
    const at = (minutes: number, n: number) =>
      aStory({ firstSeenAt: BASE_AT + minutes * MINUTE, url: `https://daily-example.example/${minutes}/${n}` });

    it('reads since a mark up to an instant, across midnight, in order', async () => {
      const yesterday = twenty.map((n) => at(-7 * 60, n));
      const today = twenty.map((n) => at(0, n));
      const later = twenty.map((n) => at(15, n));
      await stores.stories.save([...later, ...today, ...yesterday]);
      await stores.stories.save(today);
      const read = await stores.stories.since(idFloor(BASE_AT - 8 * HOUR), BASE_AT);
      const expected = [...yesterday, ...today].sort((a, b) => (a.id < b.id ? -1 : 1));
      expect(read).toEqual(expected);
      const mark = expected[29];
      expect(await stores.stories.since(mark?.id ?? '', BASE_AT)).toEqual(expected.slice(29));
      expect(await stores.stories.since(idFloor(BASE_AT + 1000), BASE_AT + 15 * MINUTE)).toHaveLength(20);
    });

    it('asks no more than the 60 days that are kept', async () => {
      const old = aStory({ firstSeenAt: BASE_AT - 61 * DAY });
      const kept = aStory({ firstSeenAt: BASE_AT - 59 * DAY });
      await stores.stories.save([old, kept]);
      const read = await stores.stories.since(idFloor(0), BASE_AT - 8 * HOUR);
      expect(read).toEqual([kept]);
    });

    it('finds by id, many and repeated, and leaves out what is not there', async () => {
      const some = Array.from({ length: 230 }, (_, n) => at(30, n));
      await stores.stories.save([...some, ...some.slice(0, 3)]);
      const ids = some.map(({ id }) => id);
      const found = await stores.stories.byIds([...ids, ...ids.slice(0, 5), idFloor(BASE_AT)]);
      expect(found.size).toBe(230);
      expect(found.get(ids[200] ?? '')).toEqual(some[200]);
      expect(await stores.stories.byIds([])).toEqual(new Map());
    });

    it('takes a save of no stories', async () => {
      await expect(stores.stories.save([])).resolves.toBeUndefined();
    });
  });

  describe('editions', () => {
    it('publishes each number once, from the one before', async () => {
      expect(await stores.editions.current()).toBeUndefined();
      const race = await Promise.all(twenty.map(() => stores.editions.publish(aPointer({ number: 1 }))));
      expect(trues(race)).toBe(1);
      expect(await stores.editions.publish(aPointer({ number: 3 }))).toBe(false);
      expect(await stores.editions.publish(aPointer({ number: 2, at: BASE_AT + 1 }))).toBe(true);
      expect(await stores.editions.publish(aPointer({ number: 2 }))).toBe(false);
      expect(await stores.editions.publish(aPointer({ number: 1 }))).toBe(false);
      expect(await stores.editions.current()).toEqual(aPointer({ number: 2, at: BASE_AT + 1 }));
    });

    it('reads the latest version of a shelf that is not newer than the edition', async () => {
      const version = (edition: number) => aShelf({ id: 'topic/food/de/week', edition });
      for (const edition of [4, 9, 11])
        await stores.editions.write(edition, { events: [], shelves: [version(edition)] });
      const read = async (edition: number) => (await stores.editions.shelf('topic/food/de/week', edition))?.edition;
      expect([await read(3), await read(4), await read(8), await read(10), await read(1000)]).toEqual([
        undefined,
        4,
        4,
        9,
        11,
      ]);
      expect(await stores.editions.shelf('topic/food', 99)).toBeUndefined();
    });

    it('reads events by version, in the order asked, without those that are gone', async () => {
      const stories = twenty.map((n) => aStory({ url: `https://daily-example.example/event/${n}` }));
      const events = stories.flatMap((story) => [1, 2].map((version) => anEvent({ version, turn: version }, [story])));
      await stores.editions.write(2, { events, shelves: [] });
      const asked = [...events].reverse().map(({ id, version }) => [id, version] as const);
      expect(await stores.editions.events([...asked, [idFloor(0), 1]])).toEqual([...events].reverse());
    });

    it('keeps picks', async () => {
      await stores.editions.savePick(aPick({ note: 'first words' }));
      await stores.editions.savePick(aPick({ note: 'better words' }));
      expect(await stores.editions.picks()).toEqual([aPick({ note: 'better words' })]);
    });
  });

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

  describe('deliveries', () => {
    const claimed = async (over: Parameters<typeof aDelivery>[0] = {}) => {
      const entry = aDelivery({ subscriber: newId(), ...over });
      expect(await stores.deliveries.claim(entry)).toEqual({ kind: 'claimed' });
      return entry;
    };
    const second = { kind: 'claimed', at: BASE_AT + MINUTE, attempt: 2 } as const;

    it('lists what is named by dates, both ends included', async () => {
      const subscriber = newId();
      const of = (date: string, kind: 'day' | 'week' | 'welcome') => ({ subscriber, period: { kind, date } });
      const rows = [
        of('2026-01-04', 'day'),
        of('2026-01-05', 'day'),
        of('2026-01-05', 'week'),
        of('2026-01-06', 'welcome'),
        of('2026-01-07', 'day'),
      ];
      for (const row of rows) await claimed(row);
      const found = await stores.deliveries.between(subscriber, '2026-01-05', '2026-01-06');
      expect(found.map(({ period }) => period)).toEqual(rows.slice(1, 4).map(({ period }) => period));
    });

    it('is claimed by one of twenty', async () => {
      const subscriber = newId();
      const claims = await Promise.all(
        twenty.map((n) =>
          stores.deliveries.claim(aDelivery({ subscriber, edition: n, stories: [aMailedStory(`${n}`)] })),
        ),
      );
      const won = claims.findIndex(({ kind }) => kind === 'claimed');
      const entry = aDelivery({ subscriber, edition: won, stories: [aMailedStory(`${won}`)] });
      const lost = { kind: 'exists', delivery: entry };
      expect(claims).toEqual(twenty.map((n) => (n === won ? { kind: 'claimed' } : lost)));
      expect(await stores.deliveries.byPeriod(subscriber, entry.period)).toEqual(entry);
    });

    it.each([
      { kind: 'sent', at: BASE_AT, messageId: 'm1' },
      { kind: 'sent', at: BASE_AT },
      { kind: 'skipped', at: BASE_AT, reason: 'nothing-new' },
      { kind: 'failed', at: BASE_AT, reason: 'unknown' },
    ] as const)('is settled once as $kind', async (state) => {
      const entry = await claimed();
      const { subscriber, period } = entry;
      expect(await stores.deliveries.settle(subscriber, period, 2, state)).toBe(false);
      expect(await stores.deliveries.settle(subscriber, period, 1, state)).toBe(true);
      expect(await stores.deliveries.settle(subscriber, period, 1, state)).toBe(false);
      expect(await stores.deliveries.byPeriod(subscriber, period)).toEqual({ ...entry, state });
      expect(await stores.deliveries.reclaim({ ...entry, state: second })).toBe(false);
      expect(await stores.deliveries.release(subscriber, period)).toBe(false);
    });

    it('settles nothing that was never claimed', async () => {
      const state = { kind: 'sent', at: BASE_AT } as const;
      expect(await stores.deliveries.settle(newId(), aDelivery().period, 1, state)).toBe(false);
    });

    it('takes a skip as its first entry', async () => {
      const state = { kind: 'skipped', at: BASE_AT, reason: 'too-soon' } as const;
      const entry = await claimed({ state, stories: [] });
      expect(await stores.deliveries.byPeriod(entry.subscriber, entry.period)).toEqual(entry);
    });

    it('is attempted a second time by one of twenty, and the first attempt settles it no more', async () => {
      const entry = await claimed();
      const again = { ...entry, state: second, stories: [aMailedStory('other')] };
      expect(trues(await Promise.all(twenty.map(() => stores.deliveries.reclaim(again))))).toBe(1);
      const sent = { kind: 'sent', at: BASE_AT + MINUTE } as const;
      expect(await stores.deliveries.settle(entry.subscriber, entry.period, 1, sent)).toBe(false);
      expect(await stores.deliveries.byPeriod(entry.subscriber, entry.period)).toEqual(again);
      expect(await stores.deliveries.release(entry.subscriber, entry.period)).toBe(false);
      expect(await stores.deliveries.settle(entry.subscriber, entry.period, 2, sent)).toBe(true);
    });

    it('is released while it is a first claim, and may be claimed anew', async () => {
      const entry = await claimed();
      expect(
        trues(await Promise.all(twenty.map(() => stores.deliveries.release(entry.subscriber, entry.period)))),
      ).toBe(1);
      expect(await stores.deliveries.byPeriod(entry.subscriber, entry.period)).toBeUndefined();
      expect(await stores.deliveries.reclaim({ ...entry, state: second })).toBe(false);
      expect(await stores.deliveries.claim(entry)).toEqual({ kind: 'claimed' });
    });

    it('becomes sent by evidence, which ends every claim on it', async () => {
      const entry = await claimed();
      const { subscriber, period } = entry;
      expect(await stores.deliveries.evidence(subscriber, period, BASE_AT + 5, 'm9')).toBe(true);
      expect(await stores.deliveries.evidence(subscriber, period, BASE_AT + 9, 'm9')).toBe(true);
      const sent = { kind: 'sent', at: BASE_AT + 5, messageId: 'm9' };
      expect(await stores.deliveries.byPeriod(subscriber, period)).toEqual({
        ...entry,
        state: sent,
        evidenceAt: BASE_AT + 5,
      });
      expect(await stores.deliveries.settle(subscriber, period, 1, { kind: 'sent', at: BASE_AT })).toBe(false);
      expect(await stores.deliveries.reclaim({ ...entry, state: second })).toBe(false);
    });

    it('keeps a failure and the evidence against it, and knows no evidence for what is not there', async () => {
      const entry = await claimed();
      const failed = { kind: 'failed', at: BASE_AT, reason: 'unknown' } as const;
      await stores.deliveries.settle(entry.subscriber, entry.period, 1, failed);
      expect(await stores.deliveries.evidence(entry.subscriber, entry.period, BASE_AT + 7, 'm')).toBe(true);
      expect(await stores.deliveries.byPeriod(entry.subscriber, entry.period)).toEqual({
        ...entry,
        state: failed,
        evidenceAt: BASE_AT + 7,
      });
      expect(await stores.deliveries.evidence(newId(), entry.period, BASE_AT, 'm')).toBe(false);
    });

    it('lists the last ones, newest first, of one subscriber', async () => {
      const subscriber = newId();
      const dates = ['2026-01-03', '2025-12-31', '2026-01-10', '2026-01-04'];
      for (const date of dates) await claimed({ subscriber, period: { kind: 'day', date } });
      await claimed({ subscriber, period: { kind: 'welcome', date: '2026-01-03' } });
      await claimed({ period: { kind: 'day', date: '2026-02-01' } });
      const last = await stores.deliveries.last(subscriber, 4);
      expect(last.map(({ period }) => `${period.date} ${period.kind}`)).toEqual([
        '2026-01-10 day',
        '2026-01-04 day',
        '2026-01-03 welcome',
        '2026-01-03 day',
      ]);
    });

    it('keeps hashes as they are', async () => {
      const stories = Array.from({ length: 40 }, (_, n) => aMailedStory(`s${n}`, { turn: n * 6 }));
      const entry = await claimed({ stories, evidenceAt: BASE_AT });
      expect(await stores.deliveries.byPeriod(entry.subscriber, entry.period)).toEqual(entry);
      const unpackable = aDelivery({
        subscriber: newId(),
        stories: [{ ...aMailedStory(), event: `${aHash('e')}AAAA` }],
      });
      await expect(stores.deliveries.claim(unpackable)).rejects.toThrow('six bytes');
    });
  });

  describe('control', () => {
    it('suppresses until it is told otherwise; a complaint outlives bounces', async () => {
      const key = 'bounced@example.com';
      expect(await stores.control.suppressed(key)).toBeUndefined();
      await stores.control.suppress(key, 'bounce', BASE_AT);
      expect(await stores.control.suppressed(key)).toBe('bounce');
      await stores.control.suppress(key, 'complaint', BASE_AT);
      await stores.control.suppress(key, 'bounce', BASE_AT);
      expect(await stores.control.suppressed(key)).toBe('complaint');
      await stores.control.unsuppress(key);
      expect(await stores.control.suppressed(key)).toBeUndefined();
    });

    it('lets as many through a window as its limit, and again in the next', async () => {
      const use = (at: number, key = 'sign-up 192.0.2.1') => stores.control.withinLimit(key, 5, HOUR, at);
      expect(trues(await Promise.all(twenty.map(() => use(BASE_AT))))).toBe(5);
      expect(await use(BASE_AT + HOUR - 1)).toBe(false);
      expect(await use(BASE_AT, 'sign-up 192.0.2.2')).toBe(true);
      expect(await use(BASE_AT + HOUR)).toBe(true);
      expect(await stores.control.withinLimit('sign-up 192.0.2.1', 5, DAY, BASE_AT)).toBe(true);
    });

    it('counts by windows of ten minutes, from many places at once', async () => {
      await Promise.all(twenty.map((n) => stores.control.count('accepted', BASE_AT + n, n)));
      await stores.control.count('accepted', BASE_AT + 10 * MINUTE, 7);
      await stores.control.count('resent', BASE_AT, 1);
      expect(await stores.control.counted('accepted', BASE_AT + 9 * MINUTE)).toBe(190);
      expect(await stores.control.counted('accepted', BASE_AT + 10 * MINUTE)).toBe(7);
      expect(await stores.control.counted('accepted', BASE_AT - 1)).toBe(0);
    });

    it('keeps the brake as it was last set', async () => {
      expect(await stores.control.brake()).toBeUndefined();
      const on = { v: 1, kind: 'on', at: BASE_AT, why: 'complaints', events: 3, mails: 2000 } as const;
      await stores.control.setBrake(on);
      expect(await stores.control.brake()).toEqual(on);
      await stores.control.setBrake({ v: 1, kind: 'off', at: BASE_AT + 1 });
      expect(await stores.control.brake()).toEqual({ v: 1, kind: 'off', at: BASE_AT + 1 });
    });

    it('keeps the sending budget; of twenty writers of one version one is heard', async () => {
      expect(await stores.control.budget()).toBeUndefined();
      const first = {
        v: 1,
        version: 1,
        askedAt: BASE_AT,
        leased: 3,
        limits: { ratePerSecond: 0.5, maxPer24h: -1, sentLast24h: 12 },
        slowed: { share: 0.25, at: BASE_AT },
        freeAt: { digests: BASE_AT + 71.428_571, letters: 0 },
      } as const;
      const save = (version: number) => (n: number) => stores.control.saveBudget({ ...first, version, leased: n });
      expect(await stores.control.saveBudget({ ...first, version: 2 })).toBe(false);
      expect(trues(await Promise.all(twenty.map(save(1))))).toBe(1);
      expect(await stores.control.saveBudget({ ...first, version: 3 })).toBe(false);
      expect(trues(await Promise.all(twenty.map(save(2))))).toBe(1);
      expect(await stores.control.saveBudget({ ...first, version: 3 })).toBe(true);
      expect(await stores.control.budget()).toEqual({ ...first, version: 3 });
    });
  });
});
