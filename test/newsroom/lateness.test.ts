import { expect, it } from 'vitest';
import { DAY, HOUR, MINUTE, TICK } from '../../functions/model/time.ts';
import { newDesk } from '../../functions/newsroom/desk.ts';
import { editShelves } from '../../functions/newsroom/edit.ts';
import { fetchHost } from '../../functions/newsroom/host.ts';
import { loadModel } from '../../functions/newsroom/model/load.ts';
import { aSource, BASE_AT } from '../builders.ts';
import { memoryPorts, scriptedWeb } from '../fakes.ts';

const FEED =
  '<rss><channel><title>E</title><item><title>Mayor of Oakford resigns over parking contracts</title><link>https://herald.example/1</link></item></channel></rss>';

/** Edits each tick, and works off the first tick's message when it has been on its way for so long. Whether its story stands on a shelf at the end. */
const stands = async (late: number): Promise<boolean> => {
  const ports = memoryPorts();
  const source = aSource({ id: 'herald', topic: 'politics' });
  await ports.sources.save(source);
  const web = scriptedWeb({
    [source.url]: {
      kind: 'fetched',
      status: 200,
      bytes: Buffer.from(FEED),
      headers: {},
      finalUrl: source.url,
      permanentUrl: undefined,
    },
  });
  const desk = newDesk(loadModel());
  const arrival = BASE_AT + late;
  for (let tick = BASE_AT; tick <= arrival + 2 * TICK; tick += TICK) {
    ports.clock.set(tick);
    if (arrival >= tick - TICK && arrival < tick)
      await fetchHost(
        { ...ports, web },
        { v: 1, kind: 'fetch', host: 'h', tickAt: BASE_AT, sources: [source] },
        arrival,
      );
    await editShelves(ports, desk, tick);
  }
  const { number = 0 } = (await ports.editions.current()) ?? {};
  return ((await ports.editions.shelf('top/en/day', number))?.entries ?? []).length > 0;
};

// fails where a story is dated by a tick that the editor has read past
it.each([
  ['at once', MINUTE],
  ['an hour late', HOUR + MINUTE],
  ['two hours late, after a queue stood', 2 * HOUR],
  ['two days late, a dead letter sent back', 2 * DAY],
])('a fetch that is done %s brings its stories to the shelves', async (_what, late) => {
  expect(await stands(late)).toBe(true);
});
