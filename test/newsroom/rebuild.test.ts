import { setImmediate } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { shelfId } from '../../functions/model/shelf.ts';
import { newDesk } from '../../functions/newsroom/desk.ts';
import { EMPTY_MODEL } from '../../functions/newsroom/model/model.ts';
import { recallEdition } from '../../functions/newsroom/rebuild.ts';
import { BASE_AT } from '../builders.ts';
import { memoryEditions } from '../memory-stores/newsroom.ts';

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
    { sources: new Set(), keywords },
    BASE_AT,
  );
  expect(read).toBe(desk.shelves.size);
  expect(desk.shelves.has(shelfId({ of: 'keyword', keyword: 'word 999', span: 'week' }))).toBe(true);
  expect(most).toBe(32);
});
