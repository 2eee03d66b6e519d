import { beforeAll, describe, expect, it } from 'vitest';
import { deliverChunk } from '../../functions/digest/deliver.ts';
import { dueInstants, periodAt } from '../../functions/digest/due.ts';
import { isNight } from '../../functions/digest/night.ts';
import { planDigests } from '../../functions/digest/plan.ts';
import { newReconciliation } from '../../functions/digest/reconcile.ts';
import { takeCensusHandler } from '../../functions/handlers/take-census.ts';
import { cohortId, cohortOf, shardOf } from '../../functions/model/cohort.ts';
import { deliveryId } from '../../functions/model/delivery.ts';
import type { Preferences, Subscriber } from '../../functions/model/subscriber.ts';
import { DAY, HOUR, type Instant, iso, TICK } from '../../functions/model/time.ts';
import { aSubscriber } from '../builders.ts';
import { draw, publish } from './newsroom.ts';
import { acceptances, type Bench, bench, drain, NEVER } from './worker.ts';

/** A week lived tick by tick: planner, queue, sender, census, with all that may go wrong between them. */

const ZONES = [
  'Europe/Berlin',
  'Europe/London',
  'America/New_York',
  'America/St_Johns',
  'America/Scoresbysund',
  'Asia/Kolkata',
  'Asia/Kathmandu',
  'Asia/Beirut',
  'Australia/Lord_Howe',
  'Antarctica/Troll',
  'Pacific/Kiritimati',
  'America/Los_Angeles',
];

const HABITS: Partial<Preferences>[] = [
  { hour: 7 },
  // in the gap of many spring nights, and twice in their autumn ones
  { hour: 2 },
  { hour: 23 },
  { cadence: 'workdays', hour: 12 },
  { cadence: 'weekly', weekday: 7, hour: 1 },
  { cadence: 'weekly', weekday: 6, hour: 23 },
];

const START = { spring: Date.UTC(2026, 2, 25), autumn: Date.UTC(2026, 9, 21) };
const DAYS = 7;
const LOST = 'daily|7|Europe/Berlin';

const signUp = async (ports: Bench, over: Partial<Preferences>, n: number, at: Instant): Promise<Subscriber> => {
  const reader = aSubscriber({
    address: `reader-${n}@example.com`,
    preferences: over,
    signedUpAt: at,
    confirmedAt: at,
    movedAt: at,
  });
  await ports.subscribers.claimAddress(reader.addressKey, reader.id);
  await ports.cohorts.register(cohortOf(reader.preferences), shardOf(reader.id), at);
  await ports.subscribers.save(reader);
  return reader;
};

/** Half a day: in spring two mornings can fall in one UTC day. */
const HALF = DAY / 2;

/** Events that nobody has seen: every edition has something for everybody. */
const publishNews = (ports: Bench, edition: number, at: Instant) =>
  publish(
    ports,
    edition,
    [1, 2, 3, 4, 5, 6].map((n) =>
      draw({
        // no word in common with another bulletin: a title that says nearly the same is not mailed again
        title: ['ferry', 'runs', 'aground'].map((word) => `${word}${edition}x${n}`).join(' '),
        sources: [`outlet-${n}`],
        topics: [n % 2 ? 'world' : 'science'],
        firstSeenAt: at - HOUR,
      }),
    ),
  );

/** Deletes a row of the registry by hand, as no verb of the product would: everybody in it still gets mail. */
const deleteRow = async ({ cohorts }: Bench, id: string): Promise<void> => {
  const shards = (await cohorts.all()).find((cohort) => cohort.id === id)?.shards ?? [];
  await cohorts.noteIdle(id, shards, 0);
  expect(await cohorts.retire(id, shards, 0)).toBe(true);
};

/** One tick: the planner twice, each chunk twice and in another order. */
const tick = async (ports: Bench, at: Instant): Promise<void> => {
  await planDigests(ports, at);
  await planDigests(ports, at);
  const chunks = ports.queues.digests.take();
  for (const chunk of [...chunks, ...chunks.toReversed()]) await deliverChunk(ports, chunk, NEVER);
  await drain(ports);
};

const isLostTick = (at: Instant, start: Instant): boolean => {
  const from = start + 2 * DAY + 5 * HOUR;
  return at >= from && at < from + 6 * HOUR;
};

const live = async (season: keyof typeof START) => {
  const start = START[season];
  const ports = await bench([]);
  ports.clock.set(start - DAY);
  let written: Instant | undefined;
  const mark = {
    read: async () => written,
    async write(at: Instant) {
      written = at;
    },
  };
  const sender = { ...ports, mark };
  const census = takeCensusHandler(sender);
  const readers: Subscriber[] = [];
  for (const zone of ZONES)
    for (const habit of HABITS) readers.push(await signUp(ports, { zone, ...habit }, readers.length, start - 1));
  for (let at = start; at < start + DAYS * DAY + 3 * HOUR; at += TICK) {
    ports.clock.set(at);
    if ((at - start) % HALF === 0) await publishNews(ports, 2 + (at - start) / HALF, at);
    if (at === start + 4 * DAY + 4 * HOUR) await deleteRow(ports, LOST);
    if (!isLostTick(at, start)) await tick(sender, at);
    if (isNight(at)) {
      await census({ time: iso(at) });
      await drain(ports);
    }
  }
  const reconciliation = newReconciliation(sender, { from: start, to: start + DAYS * DAY });
  for await (const page of ports.subscribers.scan()) await reconciliation.take(page);
  return { ports, readers, start, report: await reconciliation.finish(ports.clock.now()) };
};

const dateOf = (at: Instant): string => iso(at).slice(0, 10);

/** From the calendar alone: every digest of the week, by name. */
const owed = (readers: readonly Subscriber[], start: Instant): string[] =>
  readers.flatMap(({ id, preferences }) => {
    const cohort = cohortOf(preferences);
    return dueInstants(cohort, start, start + DAYS * DAY).map((at) => deliveryId(id, periodAt(cohort, at)));
  });

describe.each(['spring', 'autumn'] as const)('a week of %s in twelve zones', (season) => {
  let week: Awaited<ReturnType<typeof live>>;
  beforeAll(async () => {
    week = await live(season);
  });

  it('settles all that was due, once a period, whatever was lost, doubled or deleted', async () => {
    const { ports, readers, start, report } = week;
    const names = owed(readers, start);
    expect(new Set(names).size).toBe(names.length);
    expect(names.length).toBeGreaterThan(12 * (3 * 7 + 5 + 2) - 12);

    const { due, sent, skipped, failed, missing, stray, unsettled } = report;
    expect({ due, failed, missing, stray, unsettled }).toEqual({
      due: names.length,
      failed: {},
      missing: [],
      stray: [],
      unsettled: [],
    });
    expect(sent + Object.values(skipped).reduce((sum, n) => sum + n, 0)).toBe(due);

    const accepted = acceptances(ports);
    expect([...accepted.values()].every((times) => times === 1)).toBe(true);
    expect(names.filter((name) => accepted.has(name))).toHaveLength(sent);
    // the lost cohort's digest came in the night, so the next morning's was too soon; nobody else lost one
    expect(skipped).toEqual({ 'too-soon': 1 });
    const inLost = readers.find(({ preferences }) => cohortId(cohortOf(preferences)) === LOST);
    const [next] = await ports.deliveries.between(inLost?.id ?? '', dateOf(start + 5 * DAY), dateOf(start + 5 * DAY));
    expect(next?.state).toMatchObject({ kind: 'skipped', reason: 'too-soon' });
  });

  it('names the lost cohort, repairs it and catches up on it', async () => {
    const { ports, readers, start } = week;
    const repaired = ports.log.lines.filter(({ event }) => event === 'census.repaired');
    expect(repaired.map(({ level, fields }) => [level, fields.what, fields.cohort])).toEqual([
      ['warn', 'cohort', LOST],
    ]);
    const inLost = readers.filter(({ preferences }) => cohortId(cohortOf(preferences)) === LOST);
    const day = { kind: 'day', date: dateOf(start + 4 * DAY) } as const;
    const missed = inLost.map(({ id }) => deliveryId(id, day));
    const named = ports.log.lines.filter(({ event }) => event === 'reconcile.missing');
    expect(named.map(({ fields }) => fields.delivery)).toEqual(missed);
    expect((await ports.cohorts.all()).map(({ id }) => id)).toContain(LOST);
    for (const id of missed) expect(acceptances(ports).get(id)).toBe(1);
  });
});
