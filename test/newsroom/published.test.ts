import { describe, expect, it } from 'vitest';
import { HOUR } from '../../functions/model/time.ts';
import type { Topic } from '../../functions/model/topic.ts';
import { newDesk } from '../../functions/newsroom/desk.ts';
import { editShelves } from '../../functions/newsroom/edit.ts';
import { EMPTY_MODEL } from '../../functions/newsroom/model/model.ts';
import { changedEvents } from '../../functions/newsroom/publish.ts';
import { standingsAt } from '../../functions/newsroom/standing.ts';
import { memoryPorts } from '../fakes.ts';
import { house, storiesOf } from './press-room.ts';

const NOW = Date.parse('2026-03-02T22:00:00Z');

/** A desk with one event, and what of it is to be written when it stands under some topics. */
const deskWithOne = () => {
  const desk = newDesk(EMPTY_MODEL);
  desk.window.add([
    {
      id: 'dam',
      title: 'Dam bursts above Ostrava, valley flooded',
      summary: '',
      url: 'https://www.a.example/dam',
      source: 'a',
      seenAt: NOW - 3_600_000,
      sections: [],
      language: 'en',
    },
  ]);
  const [standing] = standingsAt(desk.window, NOW);
  if (!standing) throw new Error('no event');
  const written = (topics: readonly Topic[], version: number): readonly Topic[] | undefined => {
    const places = new Map([['top/en/day', [{ id: standing.id, score: 1 }]]]);
    const about = { version, now: NOW, sources: new Map(), followed: new Set<string>() };
    const changed = changedEvents(desk, [{ ...standing, topics: [...topics] }], places, about).get(standing.id);
    if (changed) desk.published.set(standing.id, changed.published);
    return changed?.event.topics;
  };
  return { written };
};

describe('an event as it was published', () => {
  // publish.ts: nextState without sameTopics
  it('is written anew when it came to be about something else, though no story was added', () => {
    const { written } = deskWithOne();
    expect(written(['world'], 1)).toEqual(['world']);
    expect(written(['world'], 2)).toBeUndefined();
    expect(written(['environment', 'world'], 3)).toEqual(['environment', 'world']);
    expect(written(['environment', 'world'], 4)).toBeUndefined();
  });
});

// edit.ts: leave out lookAgain
it('an event has a telling of whoever is followed, from the next edition on, though no story came', async () => {
  const outlets = Array.from({ length: 14 }, (_, at) => `paper${at}`);
  const ports = memoryPorts({ now: NOW });
  for (const id of outlets) await ports.sources.save(house(id, 'world'));
  await ports.stories.save(
    outlets.flatMap((id, at) =>
      storiesOf({
        at: NOW - HOUR,
        title: `Dam bursts above Ostrava, valley flooded: ${id}`,
        summary: at < 13 ? 'A dam burst above Ostrava and the valley was flooded in minutes.' : '',
        by: [id],
      }),
    ),
  );
  const desk = newDesk(EMPTY_MODEL);
  const tellers = async (at: number): Promise<string[]> => {
    await editShelves(ports, desk, at);
    const number = (await ports.editions.current())?.number ?? 0;
    const [entry] = (await ports.editions.shelf('top/en/day', number))?.entries ?? [];
    const [event] = entry ? await ports.editions.events([[entry[0], entry[1]]]) : [];
    return event?.tellings.map(({ source }) => source) ?? [];
  };
  const first = await tellers(NOW);
  const [missing] = outlets.filter((id) => !first.includes(id));
  if (!missing) throw new Error('all are told');
  await ports.cohorts.follow({ sources: [missing], keywords: [] });
  expect(await tellers(NOW + HOUR)).toContain(missing);
});

// edit.ts: isNext is always true
it('an edition that another editor published meanwhile is not written over', async () => {
  const ports = memoryPorts({ now: NOW });
  await ports.sources.save(house('paper', 'world'));
  await ports.stories.save(storiesOf({ at: NOW - HOUR, title: 'Dam bursts above Ostrava', by: ['paper'] }));
  const written: number[] = [];
  const write: typeof ports.editions.write = (edition, changes) => {
    written.push(edition);
    return ports.editions.write(edition, changes);
  };
  const editions = { ...ports.editions, write };
  let isFirst = true;
  const slow: typeof editions = {
    ...editions,
    picks: async () => {
      if (isFirst) await editShelves({ ...ports, editions }, newDesk(EMPTY_MODEL), NOW);
      isFirst = false;
      return editions.picks();
    },
  };
  const desk = newDesk(EMPTY_MODEL);
  expect(await editShelves({ ...ports, editions: slow }, desk, NOW)).toMatchObject({ changed: 0 });
  expect(written).toEqual([1]);
  expect(await editShelves({ ...ports, editions: slow }, desk, NOW + HOUR)).toMatchObject({ edition: 2 });
});
