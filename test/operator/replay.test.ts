import { describe, expect, it } from 'vitest';
import { deliverChunk } from '../../functions/digest/deliver.ts';
import { deliveryId } from '../../functions/model/delivery.ts';
import { chosenInOrder } from '../../functions/model/digest.ts';
import { runBroadsheet } from '../../infra/commands/broadsheet.ts';
import { bench, chunkFor, NEVER, PERIOD, readersOf } from '../digest/worker.ts';
import { idlePorts } from './idle.ts';

/** One reader who was mailed a digest by the sender, and the operator's command line over the same stores. */
const mailed = async () => {
  const ports = await bench();
  const [reader] = await readersOf(ports, ['reader@example.com']);
  if (!reader) throw new Error('no reader');
  await deliverChunk(ports, chunkFor([reader]), NEVER);
  const out: string[] = [];
  const err: string[] = [];
  const id = deliveryId(reader.id, PERIOD);
  const run = (...argv: string[]) =>
    runBroadsheet(['replay', '--json', ...argv], async () => ({ ...ports, ...idlePorts(ports) }), {
      out: (line) => out.push(line),
      err: (line) => err.push(line),
    });
  const replay = async (...argv: string[]) => {
    const code = await run('--delivery', id, ...argv);
    return { code, answer: JSON.parse(out.at(-1) ?? 'null') };
  };
  const events = ports.seen.flatMap(({ selection }) => chosenInOrder(selection).map(({ event }) => event.id));
  return { ports, reader, id, run, replay, err, out, events };
};

// Fails if: the stories are not compared with the ledger's · their order is not · the wishes are not tried · what goes is left out
describe('npx broadsheet replay', () => {
  it('chooses the same as was mailed, and mails nothing', async () => {
    const { ports, id, replay, events } = await mailed();
    const { code, answer } = await replay();
    expect(code).toBe(0);
    expect(answer).toMatchObject({ delivery: id, same: true, exact: true });
    expect(answer.stories.map(({ event }: { event: string }) => event)).toEqual(events);
    expect(ports.mailer.mails).toHaveLength(1);
  });

  it('says so, with code 1, where the ledger has another list', async () => {
    const { ports, reader, replay } = await mailed();
    const entry = await ports.deliveries.byPeriod(reader.id, PERIOD);
    if (!entry) throw new Error('nothing mailed');
    const turned = { ...entry, stories: entry.stories.toReversed() };
    ports.deliveries.byPeriod = async () => turned;
    expect(await replay()).toMatchObject({ code: 1, answer: { same: false, exact: true } });
  });

  it('shows what other wishes would have changed', async () => {
    const { replay, events } = await mailed();
    const { code, answer } = await replay('--wishes', '{"topics": ["science"], "maxStories": 5}');
    expect(code).toBe(0);
    const [kept, gone] = [answer.stories, answer.gone].map((list) => list.map((each: { event: string }) => each.event));
    expect(gone.length).toBeGreaterThan(0);
    expect([...kept, ...gone].sort()).toEqual([...events].sort());
    expect(answer.come).toEqual([]);
  });

  it('shows no address and no title', async () => {
    const { replay, out } = await mailed();
    await replay();
    await replay('--wishes', '{"maxStories": 5}');
    expect(out.join()).not.toMatch(/@|Ceasefire|Comet|Harbour|Glacier|Border/);
  });

  it.each([
    ['{"hour": 25}', 'hour'],
    ['{"mood": "good"}', "there is no 'mood'"],
  ])('refuses the wishes %s in one line', async (wishes, why) => {
    const { id, run, err } = await mailed();
    expect(await run('--delivery', id, '--wishes', wishes)).toBe(1);
    expect(err.join()).toMatch(new RegExp(`^broadsheet: --wishes: .*${why}`));
  });

  it('says that there is no such digest, or that its reader is gone', async () => {
    const { ports, reader, id, run, err } = await mailed();
    expect(await run('--delivery', id.replace('01-05', '01-06'))).toBe(1);
    await ports.subscribers.delete(reader.id);
    expect(await run('--delivery', id)).toBe(1);
    expect(err[0]).toContain('the ledger has no such digest');
    expect(err[1]).toContain('its reader is gone');
  });
});
