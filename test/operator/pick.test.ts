import { describe, expect, it } from 'vitest';
import { createEditionCache } from '../../functions/digest/edition-cache.ts';
import { DAY, HOUR, iso } from '../../functions/model/time.ts';
import { runBroadsheet } from '../../infra/commands/broadsheet.ts';
import { BASE_AT } from '../builders.ts';
import { drawAll, publish } from '../digest/newsroom.ts';
import { memoryPorts } from '../fakes.ts';
import { idlePorts } from './idle.ts';

const AT = BASE_AT + 6 * HOUR;

const setUp = async () => {
  const memory = memoryPorts({ now: AT });
  const drawn = drawAll(
    { title: 'Ferry strike ends', topics: ['world'] },
    { title: 'Night trains return', topics: ['travel'] },
  );
  await publish(memory, 1, drawn);
  const { digests, settle } = memory.queues;
  const ports = { ...memory, digests, settle, news: createEditionCache(memory), ...idlePorts(memory) };
  const out: string[] = [];
  const err: string[] = [];
  const run = (...argv: string[]) =>
    runBroadsheet(argv, async () => ports, { out: (line) => out.push(line), err: (line) => err.push(line) });
  const [, trains] = drawn;
  if (!trains) throw new Error('nothing drawn');
  return { memory, run, out, err, trains: trains.event };
};

const NOTE = 'Worth a night';

describe('npx broadsheet pick', () => {
  // pick.ts: eventOf compares addresses as they stand; or the end is not now + DAY
  it('recommends the event of a story, whatever a link added to its address, for a day', async () => {
    const { memory, run, out, trains } = await setUp();
    const url = `${trains.tellings[0]?.url}?utm_source=mail`;
    expect(await run('pick', '--url', url, '--note', NOTE)).toBe(0);
    const kept = { event: trains.id, note: NOTE, language: 'en', until: AT + DAY };
    expect(await memory.editions.picks()).toEqual([{ v: 1, ...kept }]);
    expect(await run('picks', '--json')).toBe(0);
    expect(JSON.parse(out.at(-1) ?? '')).toEqual({ picks: [{ ...kept, until: iso(AT + DAY) }] });
  });

  it('says what to do about a story that no event has, and an end that has passed', async () => {
    const { memory, run, err, trains } = await setUp();
    expect(await run('pick', '--url', 'https://elsewhere.example/1', '--note', NOTE)).toBe(1);
    expect(err.at(-1)).toMatch(/elsewhere\.example\/1: .*take the address from a digest/);
    const url = trains.tellings[0]?.url ?? '';
    expect(await run('pick', '--url', url, '--note', NOTE, '--until', iso(AT))).toBe(1);
    expect(err.at(-1)).toMatch(/has passed/);
    expect(await memory.editions.picks()).toEqual([]);
  });

  it('lists no pick that is over', async () => {
    const { run, out, memory, trains } = await setUp();
    await memory.editions.savePick({ v: 1, event: trains.id, note: NOTE, language: 'en', until: AT });
    expect(await run('picks')).toBe(0);
    expect(out.at(-1)).toBe('0 picks');
  });
});
