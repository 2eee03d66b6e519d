import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Stores } from '../../functions/adapters/dynamo/stores.ts';
import { idFloor } from '../../functions/model/story.ts';
import { DAY, HOUR, MINUTE } from '../../functions/model/time.ts';
import { anEvent, aPick, aPointer, aShelf, aSource, aStory, BASE_AT } from '../builders.ts';
import { BOTH, trues, twenty } from './both-stores.ts';

describe.each(BOTH)('stores of the newsroom on %s', (_name, open) => {
  let stores: Stores;
  let close: () => Promise<void>;

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
      await stores.sources.saveKnown('read', new Uint8Array());
      expect(await stores.sources.known('read')).toHaveLength(0);
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
});
