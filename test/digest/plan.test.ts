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

  it('spreads a cohort of more than eight shards over a message each', async () => {
    const ports = await newsroomWith([0, 1, 2, 3, 4, 5, 6, 7, 63]);
    expect(await planDigests(ports, DUE)).toEqual({ cohorts: 1, chunks: 9 });
    expect(ports.digests.take().map(({ shards }) => shards)).toEqual([[0], [1], [2], [3], [4], [5], [6], [7], [63]]);
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
