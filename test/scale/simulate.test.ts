import { expect, test } from 'vitest';
import { cohortId } from '../../functions/model/cohort.ts';
import { HOUR, MINUTE } from '../../functions/model/time.ts';
import { benchEdition } from '../../infra/bench/edition.ts';
import { sampleNews } from '../../infra/bench/news.ts';
import { DAY_OF_RUN } from '../../infra/scale/due-of-run.ts';
import { growthOf } from '../../infra/scale/growth.ts';
import { type MeasuredDay, measureDay } from '../../infra/scale/measure.ts';
import { HOT_COHORT, scaleReader } from '../../infra/scale/readers.ts';
import { openReadership } from '../../infra/scale/readership.ts';
import { simulateDay } from '../../infra/scale/simulate.ts';
import { createVirtualTime } from '../../infra/scale/virtual-time.ts';

const readerOf = (number: number) => scaleReader(number, ['harbour-gazette'], DAY_OF_RUN);

test('virtual time jumps to the next instant that anybody waits for, in their order', async () => {
  const time = createVirtualTime(1000);
  const seen: string[] = [];
  const waits = async (name: string, ms: number) => {
    await time.wait(ms);
    seen.push(`${name} ${time.now()}`);
  };
  await time.run(Promise.all([waits('a', 500), waits('b', 20), waits('c', 500), waits('d', 0)]));
  expect(seen).toEqual(['d 1000', 'b 1020', 'a 1500', 'c 1500']);
  await expect(time.run(new Promise(() => undefined))).rejects.toThrow('never comes');
});

test('one reader in twenty is in the hot cohort, which uses all its shards', () => {
  const { cohorts } = openReadership(20_000, readerOf);
  const hot = cohorts.find(({ key }) => cohortId(key) === HOT_COHORT);
  expect(hot?.shards).toHaveLength(64);
  const share = Array.from({ length: 20_000 }, (_, n) => readerOf(n).preferences).filter(
    ({ cadence, hour, zone }) => cadence === 'daily' && hour === 7 && zone === 'Europe/Berlin',
  ).length;
  expect(share / 20_000).toBeCloseTo(0.05, 2);
});

test('the simulation mails everybody once, under the rate, and no slower than it', async () => {
  const edition = await benchEdition(sampleNews(DAY_OF_RUN));
  const at = DAY_OF_RUN + 6 * HOUR;
  const ratePerSecond = 100;
  const day = await simulateDay({
    subscribers: 8000,
    readerOf,
    ticks: [at, at + 15 * MINUTE],
    ratePerSecond,
    durations: {
      sesMs: 80,
      tableMs: 6,
      callMs: 0,
      invocationMs: 20,
      digestMs: 3,
      otherCalls: 0,
      oneMachine: false,
    },
    edition,
    progress: () => undefined,
  });
  const [first] = day.ticks;
  const digests = first?.digests ?? 0;
  expect(digests).toBeGreaterThan(500);
  expect(day).toMatchObject({ mails: digests, throttled: 0 });
  // four fifths of the rate are the digests' own
  const fastest = digests / (0.8 * ratePerSecond);
  expect(first?.seconds).toBeGreaterThan(0.9 * fastest - 1);
  expect(first?.seconds).toBeLessThan(1.3 * fastest + 2);
});

test('eight hours of two hundred readers on the emulators: each digest due is mailed once', async () => {
  const day = await measureDay({
    subscribers: 200,
    ratePerSecond: 200,
    from: 0,
    hours: 8,
    progress: () => undefined,
    onError: (error) => {
      throw error;
    },
  });
  expect(day).toMatchObject({ subscribers: 200, wrong: 0, due: day.mails });
  expect(day.mails).toBeGreaterThan(40);
  expect(day.consumed.table.Deliveries?.write).toBeGreaterThanOrEqual(2 * day.mails);
  expect(day.used.queues.events?.messages).toBe(day.mails);
});

test('growth beyond the readers is named', () => {
  const day = (subscribers: number, heapMiB: number, read: number): MeasuredDay => ({
    subscribers,
    mails: subscribers,
    due: subscribers,
    wrong: 0,
    ratePerSecond: 1,
    ticks: [],
    sendingSeconds: 1,
    memory: { residentMiB: 1, heapMiB },
    cpuMsPerDigest: 1,
    senderMsPerDigest: 1,
    night: { censusMs: 1, quarterMs: 1 },
    machine: {
      callMs: 1,
      invocationMs: 1,
      digestMs: 1,
      tableMs: 1,
      otherCalls: 1,
      stretch: { functions: 1, tables: 1 },
    },
    sending: { read, write: subscribers },
    consumed: { table: { Deliveries: { read, write: subscribers } }, index: {} },
    used: {
      queues: { digests: { requests: 1, messages: subscribers, bytes: 1 } },
      functions: {},
      log: { lines: 0, bytes: 0 },
    },
    mailBytes: 1,
  });
  const linear = growthOf([day(1000, 100, 1000), day(10_000, 120, 10_000)]);
  expect(linear.every((each) => each.linear)).toBe(true);
  const worse = growthOf([day(1000, 100, 1000), day(10_000, 120, 12_000)]).filter((each) => !each.linear);
  expect(worse.map(({ what }) => what)).toEqual(['read units']);
});
