import { beforeEach, describe, expect, it } from 'vitest';
import { planDigests } from '../../functions/digest/plan.ts';
import { resumePlanning } from '../../functions/digest/planner-mark.ts';
import { NEWEST_ZONE_DATA, noteZoneData, tellOldZoneData } from '../../functions/digest/zone-data.ts';
import type { CohortKey } from '../../functions/model/cohort.ts';
import { DAY, HOUR, type Instant, TICK } from '../../functions/model/time.ts';
import { aPointer } from '../builders.ts';
import { memoryPorts, recordingLog } from '../fakes.ts';
import { memoryCohorts } from '../memory-stores/subscribers.ts';

const BERLIN: CohortKey = { cadence: 'daily', hour: 8, zone: 'Europe/Berlin' };
const DUE = Date.UTC(2026, 0, 5, 7);

const memoryMark = () => {
  let at: Instant | undefined;
  return {
    writes: [] as Instant[],
    read: async () => at,
    async write(next: Instant) {
      at = next;
      this.writes.push(next);
    },
  };
};

const setUp = async () => {
  const memory = memoryPorts();
  const ports = { ...memory, digests: memory.queues.digests, mark: memoryMark() };
  await ports.editions.publish(aPointer({ number: 1 }));
  await ports.cohorts.register(BERLIN, 0, DUE - DAY);
  return ports;
};

type Ports = Awaited<ReturnType<typeof setUp>>;

/** Cohorts as they were at some tick, as a restored backup holds them. */
const restored = async (ports: Ports, at: Instant): Promise<Ports> => {
  const cohorts = memoryCohorts();
  await cohorts.register(BERLIN, 0, DUE - DAY);
  await cohorts.planned('daily|8|Europe/Berlin', at);
  await cohorts.ticked({ at });
  return { ...ports, cohorts };
};

const dueAts = (ports: Ports) => ports.digests.take().map(({ dueAt }) => dueAt);
const alarms = (ports: Ports) => ports.log.lines.filter(({ event }) => event === 'plan.restored-tables').length;

let ports: Ports;
beforeEach(async () => {
  ports = await setUp();
});

describe('the mark of the planner', () => {
  it('moves with every tick, after the chunks, and never back', async () => {
    const order: string[] = [];
    const digests = { send: async () => void order.push('chunks') };
    const mark = { ...ports.mark, write: async () => void order.push('mark') };
    await planDigests({ ...ports, digests, mark }, DUE);
    expect(order).toEqual(['chunks', 'mark']);
    await planDigests(ports, DUE + TICK);
    await planDigests(ports, DUE);
    await planDigests(ports, DUE + TICK);
    expect(ports.mark.writes).toEqual([DUE + TICK]);
    expect(await ports.cohorts.lastTick()).toEqual({ at: DUE + TICK });
  });

  it('is not moved past a tick whose chunks were not queued', async () => {
    const digests = {
      send: async () => {
        throw new Error('SQS is down');
      },
    };
    await expect(planDigests({ ...ports, digests }, DUE)).rejects.toThrow('SQS is down');
    expect(ports.mark.writes).toEqual([]);
    await planDigests(ports, DUE + TICK);
    expect(dueAts(ports)).toEqual([DUE]);
  });

  it('stops planning by tables of yesterday, and of none, until resume', async () => {
    await planDigests(ports, DUE);
    await planDigests(ports, DUE + HOUR);
    ports.digests.take();
    const old = await restored(ports, DUE - 12 * HOUR);
    const none = { ...ports, cohorts: memoryCohorts() };
    await none.cohorts.register(BERLIN, 0, DUE - DAY);
    for (const each of [old, none]) {
      expect(await planDigests(each, DUE + HOUR + TICK)).toEqual({ cohorts: 0, chunks: 0 });
      expect(await planDigests(each, DUE + 2 * HOUR)).toEqual({ cohorts: 0, chunks: 0 });
    }
    expect(dueAts(ports)).toEqual([]);
    expect(alarms(ports)).toBe(4);
    expect(await resumePlanning(old, DUE + HOUR)).toEqual({ cohorts: 1 });
    await planDigests(old, DUE + 2 * HOUR);
    expect(dueAts(old)).toEqual([]);
    await planDigests(old, DUE + DAY);
    expect(dueAts(old)).toEqual([DUE + DAY]);
    expect(alarms(ports)).toBe(4);
  });

  it('of a stack that was removed does not stop the new one, whose tables know nothing from before', async () => {
    await planDigests(ports, DUE);
    ports.digests.take();
    const anew = { ...ports, cohorts: memoryCohorts() };
    expect(await planDigests(anew, DUE + HOUR)).toEqual({ cohorts: 0, chunks: 0 });
    await anew.cohorts.register(BERLIN, 0, DUE + 2 * HOUR);
    await planDigests(anew, DUE + DAY);
    expect(dueAts(anew)).toEqual([DUE + DAY]);
    // and where somebody signed up before its first tick
    const early = { ...ports, cohorts: memoryCohorts() };
    await early.cohorts.register(BERLIN, 0, DUE + DAY + HOUR);
    await planDigests(early, DUE + 2 * DAY);
    expect(dueAts(early)).toEqual([DUE + 2 * DAY]);
    expect(alarms(ports)).toBe(0);
  });

  it('is obeyed by an operator who says from when to plan, that instant included', async () => {
    await planDigests(ports, DUE + HOUR);
    ports.digests.take();
    const old = await restored(ports, DUE - 12 * HOUR);
    await resumePlanning(old, DUE);
    await resumePlanning(old, DUE);
    await planDigests(old, DUE + 2 * HOUR);
    expect(dueAts(old)).toEqual([DUE]);
  });

  it('is not needed', async () => {
    const { mark: _, ...without } = ports;
    expect(await planDigests(without, DUE)).toEqual({ cohorts: 1, chunks: 1 });
  });
});

describe('the zone data', () => {
  it('of this Node are the newest we know', () => {
    expect((process.versions.tz ?? '') >= NEWEST_ZONE_DATA).toBe(true);
  });

  it.each([
    ['2025b', 1],
    [undefined, 1],
    [NEWEST_ZONE_DATA, 0],
    ['2027a', 0],
  ])('%s: %i warnings a day, whatever the ticks and cold starts', (version, warnings) => {
    const log = recordingLog();
    for (let tick = DUE; tick < DUE + DAY; tick += TICK) {
      noteZoneData(log, version);
      tellOldZoneData(log, version, tick);
    }
    expect(log.lines.filter(({ event }) => event === 'zone-data.old')).toHaveLength(warnings);
    expect(log.lines[0]).toMatchObject({ event: 'zone-data', fields: { version: version ?? 'unknown' } });
  });
});
