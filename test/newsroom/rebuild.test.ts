import { setImmediate } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { keywordKey } from '../../functions/model/keyword.ts';
import { shelfId } from '../../functions/model/shelf.ts';
import type { Story } from '../../functions/model/story.ts';
import { DAY, HOUR } from '../../functions/model/time.ts';
import { newDesk } from '../../functions/newsroom/desk.ts';
import { editShelves } from '../../functions/newsroom/edit.ts';
import { EMPTY_MODEL } from '../../functions/newsroom/model/model.ts';
import { recallEdition } from '../../functions/newsroom/rebuild.ts';
import { BASE_AT } from '../builders.ts';
import { memoryPorts } from '../fakes.ts';
import { memoryEditions } from '../memory-stores/newsroom.ts';
import { house, storiesOf } from './press-room.ts';

// fails if each query waits for the one before: a cold editor then outlasts its two minutes from some ten thousand keywords on
it('a cold desk reads many shelves at a time, and not all at once', async () => {
  const editions = memoryEditions();
  let [underWay, most, read] = [0, 0, 0];
  const shelf: typeof editions.shelf = async (id, edition) => {
    most = Math.max(most, ++underWay);
    await setImmediate();
    underWay--;
    read++;
    return { v: 1, id, edition, entries: [] };
  };
  const desk = newDesk(EMPTY_MODEL);
  const keywords = Array.from({ length: 1000 }, (_, n) => `word ${n}`);
  await recallEdition(
    desk,
    { ...editions, shelf },
    { number: 1, languages: ['en'] },
    { sources: new Set(), keywords: keywords.map(keywordKey) },
    BASE_AT,
  );
  expect(read).toBe(desk.shelves.size);
  expect(desk.shelves.has(shelfId({ of: 'keyword', keyword: 'word 999', span: 'week' }))).toBe(true);
  expect(most).toBe(32);
});

/** Different words for each number. */
const wordsOf = (n: number): string =>
  ['ka', 'lo', 'mi', 'nu', 'pe', 'ro'].map((part, at) => `${part}${(n * 7919 + at * 104729).toString(36)}x`).join(' ');

/** A newsroom that edits every six hours, from eight days before `BASE_AT` on. */
const newsroom = async (stories: readonly Story[], followed: { sources: string[]; keywords: string[] }) => {
  const from = BASE_AT - 8 * DAY;
  const ports = memoryPorts({ now: from });
  for (const source of new Set(stories.map((story) => story.source))) await ports.sources.save(house(source, 'world'));
  await ports.cohorts.follow({ ...followed, keywords: followed.keywords.map(keywordKey) });
  let [desk, tick] = [newDesk(EMPTY_MODEL), from];
  const edit = async (until: number) => {
    for (; tick <= until; tick += 6 * HOUR) {
      await ports.stories.save(
        stories.filter(({ firstSeenAt }) => firstSeenAt <= tick && firstSeenAt > tick - 6 * HOUR),
      );
      await editShelves(ports, desk, tick);
    }
  };
  return {
    edit,
    skipTo: async (instant: number) => {
      await ports.stories.save(stories.filter(({ firstSeenAt }) => firstSeenAt <= instant));
      await editShelves(ports, desk, instant);
    },
    restart: () => {
      desk = newDesk(EMPTY_MODEL);
    },
    shelf: async (id: string): Promise<string[]> => {
      const number = (await ports.editions.current())?.number ?? 0;
      return ((await ports.editions.shelf(id, number))?.entries ?? []).map(([event]) => event);
    },
  };
};

describe('a desk that was cold', () => {
  const at = (day: number) => BASE_AT - 8 * DAY + day * DAY + HOUR;
  const crowd = Array.from({ length: 110 }, (_, n) => [
    ...storiesOf({ at: at(3), title: wordsOf(n), by: ['herald'] }),
    ...storiesOf({ at: at(3), title: `${wordsOf(n)} today`, by: ['courier'] }),
  ]).flat();
  /** The latest stood highest in its feed. */
  const posts = [0, 1, 2].flatMap((day) =>
    storiesOf({ at: at(day), title: wordsOf(200 + day), by: ['blog'] }).map((story) => ({
      ...story,
      position: 40 - 20 * day,
    })),
  );

  // fails if recallPeak looks at no shelves but those of the top and of topics: what is small counts nothing then
  it('has the week of a small source as before', async () => {
    const room = await newsroom([...posts, ...crowd], { sources: ['blog'], keywords: [] });
    await room.edit(BASE_AT - 4 * DAY);
    const before = await room.shelf('source/blog/week');
    expect(before).toHaveLength(3);
    expect(await room.shelf('top/all/week')).not.toContain(before[0]);
    room.restart();
    await room.edit(BASE_AT - 4 * DAY + 12 * HOUR);
    expect(await room.shelf('source/blog/week')).toEqual(before);
  });

  // edit.ts: languagesOf looks at the window alone; then the last shelf of a language that fell silent is never emptied
  it('knows the week of a language that told nothing for days, and lets it go', async () => {
    const title = 'Les pompiers de la ville sont sur le pont pour la nuit dans les rues';
    const room = await newsroom([...storiesOf({ at: at(0), title, by: ['soir'] }), ...crowd], {
      sources: [],
      keywords: [],
    });
    await room.edit(BASE_AT - 4 * DAY);
    expect(await room.shelf('top/fr/week')).toHaveLength(1);
    room.restart();
    await room.edit(BASE_AT - 3 * DAY);
    expect(await room.shelf('top/fr/week')).toHaveLength(1);
    await room.edit(BASE_AT + 2 * DAY);
    expect(await room.shelf('top/fr/week')).toEqual([]);
  });

  // edit.ts: prunePeaks before recallEdition; the shelves after a long outage then hold what is older than a week
  it('forgets what has grown old while nobody edited', async () => {
    const room = await newsroom([...posts, ...storiesOf({ at: at(14), title: wordsOf(300), by: ['blog'] })], {
      sources: ['blog'],
      keywords: [],
    });
    await room.edit(at(2));
    room.restart();
    await room.skipTo(at(15));
    expect(await room.shelf('source/blog/week')).toHaveLength(1);
  });
});
