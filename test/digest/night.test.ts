import { describe, expect, it } from 'vitest';
import { isNight, partOfNight } from '../../functions/digest/night.ts';
import { takeCensusHandler } from '../../functions/handlers/take-census.ts';
import { cohortOf, shardOf } from '../../functions/model/cohort.ts';
import { DAY, iso, MINUTE, TICK } from '../../functions/model/time.ts';
import { aPointer, aSubscriber, BASE_AT } from '../builders.ts';
import { memoryPorts } from '../fakes.ts';

/** Midnight UTC. */
const NIGHT = BASE_AT - (BASE_AT % DAY) + DAY;

/** When the schedule calls: three minutes after each tick of the night. */
const calls = Array.from({ length: DAY / TICK }, (_, n) => NIGHT + n * TICK)
  .filter(isNight)
  .map((at) => at + 3 * MINUTE);

describe('a night', () => {
  it('has eight quarters, which together look at every part of the readers once, from the first on', () => {
    expect(calls.map(partOfNight)).toEqual([0, 1, 2, 3, 4, 5, 6, 7].map((part) => ({ part, of: 8 })));
    expect(iso(calls[0] ?? 0).slice(11)).toBe('02:03:00Z');
  });

  it('finds every reader of a lost cohort, counts them once, and plans for each', async () => {
    const ports = memoryPorts({ now: NIGHT });
    await ports.editions.publish(aPointer({ number: 1 }));
    const long = BASE_AT - 90 * DAY;
    const readers = Array.from({ length: 40 }, (_, n) =>
      aSubscriber({ address: `r${n}@example.com`, signedUpAt: long, confirmedAt: long, movedAt: long }),
    );
    // the cohort stands, with one shard: it lost the others
    const [first] = readers;
    if (!first) throw new Error('no reader');
    const of = cohortOf(first.preferences);
    await ports.cohorts.register(of, shardOf(first.id), long);
    for (const reader of readers) {
      await ports.subscribers.save(reader);
      await ports.subscribers.claimAddress(reader.addressKey, reader.id);
    }
    const census = takeCensusHandler({ ...ports, ...ports.queues });
    for (const at of calls) {
      ports.clock.set(at);
      await census({ time: iso(at) });
    }
    const lines = (event: string) => ports.log.lines.filter((line) => line.event === event);
    const due = lines('reconcile.done').map(({ fields }) => Number(fields.due));
    expect(due).toHaveLength(8);
    expect(lines('census.done')).toHaveLength(1);
    // yesterday's digest of each reader and, more than a day late, that of the day before
    expect(due.reduce((sum, each) => sum + each, 0)).toBe(2 * readers.length);
    const lost = new Set(readers.map(({ id }) => shardOf(id)));
    lost.delete(shardOf(first.id));
    const [row] = await ports.cohorts.all();
    expect(row?.restored).toEqual({ shards: [...lost].sort((a, b) => a - b), at: calls[0] });
    const queued = new Set(ports.queues.digests.take().flatMap(({ shards }) => shards));
    expect([...lost].filter((shard) => !queued.has(shard))).toEqual([]);
    expect(lines('reconcile.held-back')).toEqual([]);
  });
});
