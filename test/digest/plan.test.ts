import { describe, expect, it } from 'vitest';
import { planDigests } from '../../functions/digest/plan.ts';
import { type CohortKey, cohortId } from '../../functions/model/cohort.ts';
import { DAY, HOUR, MINUTE, TICK } from '../../functions/model/time.ts';
import { aPointer } from '../builders.ts';
import { memoryPorts } from '../fakes.ts';

const DUE = Date.UTC(2026, 0, 5, 7);
const BERLIN: CohortKey = { cadence: 'daily', hour: 8, zone: 'Europe/Berlin' };

const newsroomWith = async (shards: readonly number[], cohort = BERLIN, registeredAt = DUE - 3 * HOUR) => {
  const memory = memoryPorts();
  const ports = { ...memory, digests: memory.queues.digests };
  await ports.editions.publish(aPointer({ number: 1 }));
  for (const shard of shards) {
    await ports.cohorts.register(cohort, shard, registeredAt);
  }
  return ports;
};

describe('planDigests', () => {
  it('queues a cohort at its instant, once, with the edition and the period', async () => {
    const ports = await newsroomWith([3, 40]);
    expect(await planDigests(ports, DUE - TICK)).toEqual({ cohorts: 0, chunks: 0 });
    expect(await planDigests(ports, DUE)).toEqual({ cohorts: 1, chunks: 1 });
    expect(await planDigests(ports, DUE)).toEqual({ cohorts: 0, chunks: 0 });
    expect(ports.digests.take()).toEqual([
      {
        v: 1,
        kind: 'chunk',
        cohort: cohortId(BERLIN),
        dueAt: DUE,
        period: { kind: 'day', date: '2026-01-05' },
        shards: [3, 40],
        edition: 1,
      },
    ]);
  });

  it('spreads a cohort of more than eight shards over messages of eight', async () => {
    const all = Array.from({ length: 64 }, (_, shard) => shard);
    const ports = await newsroomWith(all);
    expect(await planDigests(ports, DUE)).toEqual({ cohorts: 1, chunks: 8 });
    const shards = ports.digests.take().map((chunk) => chunk.shards);
    expect(shards.map(({ length }) => length)).toEqual(Array(8).fill(8));
    expect(shards.flat().toSorted((a, b) => a - b)).toEqual(all);
  });

  it.each(['daily', 'weekly'] as const)(
    'puts each shard of a %s cohort last once in as many turns',
    async (cadence) => {
      const shards = Array.from({ length: 14 }, (_, at) => at * 4);
      const weekday = cadence === 'weekly' ? { weekday: 1 } : {};
      const ports = await newsroomWith(shards, { cadence, ...weekday, hour: 8, zone: 'Europe/Berlin' });
      const last: number[] = [];
      for (let turn = 0; turn < shards.length; turn++) {
        await planDigests(ports, DUE + turn * (cadence === 'weekly' ? 7 : 1) * DAY);
        last.push(ports.digests.take().at(-1)?.shards.at(-1) ?? -1);
      }
      expect(last.toSorted((a, b) => a - b)).toEqual(shards);
    },
  );

  it('lets a cohort of three readers not wait behind one of thousands', async () => {
    const ports = await newsroomWith(Array.from({ length: 64 }, (_, shard) => shard));
    await ports.cohorts.register({ ...BERLIN, zone: 'Europe/Vaduz' }, 5, DUE - 3 * HOUR);
    for (const day of [0, 1, 2, 3]) {
      await planDigests(ports, DUE + day * DAY);
      const order = ports.digests.take().map(({ cohort }) => cohort);
      expect(order.indexOf('daily|8|Europe/Vaduz')).toBeLessThan(2);
    }
  });

  it('catches up on lost ticks for 24 hours, each digest by its own instant', async () => {
    const ports = await newsroomWith([0]);
    await planDigests(ports, DUE);
    expect(await planDigests(ports, DUE + DAY + 6 * HOUR)).toEqual({ cohorts: 1, chunks: 1 });
    expect(ports.digests.take().map(({ dueAt }) => dueAt)).toEqual([DUE, DUE + DAY]);
  });

  it('passes over what is older, with a line that counts it', async () => {
    const ports = await newsroomWith([0]);
    await planDigests(ports, DUE);
    ports.digests.take();
    await planDigests(ports, DUE + 4 * DAY + HOUR);
    expect(ports.digests.take().map(({ dueAt }) => dueAt)).toEqual([DUE + 4 * DAY]);
    expect(ports.log.lines.filter(({ event }) => event === 'plan.too-late')).toMatchObject([
      { fields: { digests: 3 } },
    ]);
    expect(await planDigests(ports, DUE + 4 * DAY + HOUR)).toEqual({ cohorts: 0, chunks: 0 });
  });

  it('keeps everything due while there is no edition', async () => {
    const memory = memoryPorts();
    const ports = { ...memory, digests: memory.queues.digests };
    await ports.cohorts.register(BERLIN, 0, DUE - HOUR);
    expect(await planDigests(ports, DUE)).toEqual({ cohorts: 0, chunks: 0 });
    await ports.editions.publish(aPointer({ number: 1 }));
    expect(await planDigests(ports, DUE + TICK)).toEqual({ cohorts: 1, chunks: 1 });
  });

  it('owes nothing for the time before a cohort was registered', async () => {
    const ports = await newsroomWith([0], BERLIN, DUE + MINUTE);
    expect(await planDigests(ports, DUE + TICK)).toEqual({ cohorts: 0, chunks: 0 });
  });

  it('queues before it marks: a crash between leads to the same chunks again', async () => {
    const ports = await newsroomWith([0]);
    const crashing = {
      ...ports,
      cohorts: { ...ports.cohorts, planned: () => Promise.reject(new Error('crash')) },
    };
    await expect(planDigests(crashing, DUE)).rejects.toThrow('crash');
    await planDigests(ports, DUE + TICK);
    const [first, second, ...more] = ports.digests.take();
    expect(second).toEqual(first);
    expect(more).toEqual([]);
  });

  it('marks nothing that it could not queue', async () => {
    const ports = await newsroomWith([0]);
    const full = { ...ports, digests: { send: () => Promise.reject(new Error('no queue')) } };
    await expect(planDigests(full, DUE)).rejects.toThrow('no queue');
    expect(await planDigests(ports, DUE)).toEqual({ cohorts: 1, chunks: 1 });
  });

  it('lets a cohort in a zone that is none stop nobody else', async () => {
    const ports = await newsroomWith([0]);
    await ports.cohorts.register({ cadence: 'daily', hour: 8, zone: '../etc/passwd' }, 0, DUE - HOUR);
    expect(await planDigests(ports, DUE)).toEqual({ cohorts: 1, chunks: 1 });
    expect(ports.log.lines.some(({ event, level }) => event === 'plan.cohort-broken' && level === 'error')).toBe(true);
  });
});
