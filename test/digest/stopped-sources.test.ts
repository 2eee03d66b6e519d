import { describe, expect, it } from 'vitest';
import { deliverChunk } from '../../functions/digest/deliver.ts';
import type { Source } from '../../functions/model/source.ts';
import type { Preferences, Subscriber } from '../../functions/model/subscriber.ts';
import { DAY, HOUR, type Instant } from '../../functions/model/time.ts';
import { aSource, BASE_AT } from '../builders.ts';
import { type Bench, bench, chunkFor, NEVER, readersOf } from './worker.ts';

const aDesk = async (failing: Source['failing'], preferences: Partial<Preferences> = {}) => {
  const ports = await bench();
  const readers = await readersOf(ports, ['reader@example.com'], { sources: ['quiet'], ...preferences });
  await ports.sources.save(aSource({ id: 'quiet', title: 'The Quiet Observer', ...(failing && { failing }) }));
  return { ports, readers };
};

const failingSince = (sinceAt: Instant): Source['failing'] => ({ why: 'unreachable', sinceAt, times: 20 });

const lettersOn = async (ports: Bench, readers: Subscriber[], day: number): Promise<string[]> => {
  ports.clock.advance(BASE_AT + day * DAY - ports.clock.now());
  const date = new Date(BASE_AT + day * DAY).toISOString().slice(0, 10);
  const chunk = chunkFor(readers, { dueAt: BASE_AT + day * DAY, period: { kind: 'day', date } });
  await deliverChunk(ports, chunk, NEVER);
  await deliverChunk(ports, chunk, NEVER);
  return ports.queues.letters.sent.splice(0).map(({ message }) => `${message.kind} ${message.subscriber}`);
};

describe('a followed source that fails', () => {
  it('is written about once, on the first digest a week later, however often that is worked on', async () => {
    const { ports, readers } = await aDesk(failingSince(BASE_AT - 5 * DAY - HOUR));
    const [reader] = readers;
    const seen: string[][] = [];
    for (const day of [0, 1, 2, 3, 4]) seen.push(await lettersOn(ports, readers, day));
    expect(seen).toEqual([[], [], [`source-stopped ${reader?.id}`], [], []]);
  });

  it('is written about also where it leaves a reader without any digest', async () => {
    const { ports, readers } = await aDesk(failingSince(BASE_AT - 7 * DAY - HOUR), { sources: ['quiet'], topics: [] });
    expect(await lettersOn(ports, readers, 0)).toHaveLength(1);
  });

  it('is written about also where the catalogue has it no more', async () => {
    const { ports, readers } = await aDesk(undefined);
    await ports.sources.save(aSource({ id: 'quiet', endedAt: BASE_AT - 7 * DAY - HOUR }));
    expect(await lettersOn(ports, readers, 0)).toHaveLength(1);
  });

  it('is written about to a reader whose pause is over', async () => {
    const { ports, readers } = await aDesk(failingSince(BASE_AT - 7 * DAY - HOUR));
    const [reader] = readers;
    if (!reader) throw new Error('nobody reads');
    const paused = {
      ...reader,
      version: reader.version + 1,
      status: { kind: 'paused', until: BASE_AT - DAY } as const,
    };
    await ports.subscribers.save(paused);
    expect(await lettersOn(ports, [paused], 0)).toEqual([`source-stopped ${reader.id}`]);
  });

  it.each([
    ['works', undefined, {}],
    ['failed for six days', failingSince(BASE_AT - 6 * DAY), {}],
    ['is not followed', failingSince(BASE_AT - 7 * DAY - HOUR), { sources: [] as string[] }],
  ])('is not written about if it %s', async (_, failing, preferences) => {
    const { ports, readers } = await aDesk(failing, preferences);
    expect(await lettersOn(ports, readers, 0)).toEqual([]);
  });

  it('does not hold up digests when letters cannot be queued', async () => {
    const { ports, readers } = await aDesk(failingSince(BASE_AT - 7 * DAY - HOUR));
    ports.letters = { send: () => Promise.reject(new Error('down')) };
    expect(await deliverChunk(ports, chunkFor(readers), NEVER)).toBe('done');
    expect(ports.mailer.calls).toBe(1);
    expect(ports.log.lines.map(({ event }) => event)).toContain('stopped.unwritten');
  });
});
