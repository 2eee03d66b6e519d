import { type Cohort, cohortId, cohortOf, shardOf } from '../model/cohort.ts';
import { deliveryId } from '../model/delivery.ts';
import type { ChunkMessage } from '../model/messages.ts';
import type { Subscriber } from '../model/subscriber.ts';
import { DAY, type Instant } from '../model/time.ts';
import type { Cohorts, Control, Deliveries, Editions, Log, PlannerMark, Queue } from '../ports.ts';
import type { Owed } from './owed.ts';
import { shardGroups, TOO_LATE } from './plan.ts';
import { tablesAreOld } from './planner-mark.ts';

export interface CatchUpPorts {
  cohorts: Pick<Cohorts, 'all' | 'lastTick'>;
  deliveries: Pick<Deliveries, 'claim'>;
  control: Pick<Control, 'count' | 'counted'>;
  editions: Pick<Editions, 'current'>;
  digests: Queue<ChunkMessage>;
  mark?: PlannerMark | undefined;
  log: Log;
}

/** A digest that was due and of which the ledger knows nothing. */
export interface Missing extends Owed {
  delivery: string;
  reader: Pick<Subscriber, 'id' | 'version'>;
  cohort: string;
  shard: number;
}

export const missingOf = (reader: Subscriber, owed: Owed): Missing => ({
  ...owed,
  delivery: deliveryId(reader.id, owed.period),
  reader: { id: reader.id, version: reader.version },
  cohort: cohortId(cohortOf(reader.preferences)),
  shard: shardOf(reader.id),
});

export interface CaughtUp {
  /** Digests on the queue again. */
  queued: number;
  /** Written as skipped(too-late). */
  tooLate: number;
  /** Not sent: too many, or of tables that were restored. The operator decides. */
  held: number;
}

/** The counter in Control of digests sent again without asking, on one day. */
const UNASKED = 'unasked';

/** So many a day go without asking, or this share of what was due. */
const MOST_UNASKED = 10;
const UNASKED_SHARE = 0.005;

/**
 * Digests that were planned and have no entry may have been mailed, and their entries lost with a restored ledger. So few are sent
 * again without asking, by the rule of second attempts.
 */
const takeUnasked = async ({ control }: CatchUpPorts, digests: number, due: number, now: Instant): Promise<boolean> => {
  const day = now - (now % DAY);
  if (digests > UNASKED_SHARE * due && digests + (await control.counted(UNASKED, day)) > MOST_UNASKED) return false;
  if (digests > 0) await control.count(UNASKED, day, digests);
  return true;
};

/** True if nobody ever planned it: the registry did not have this reader's shard then. */
const wasNeverPlanned = ({ cohort, shard, dueAt }: Missing, registered: ReadonlyMap<string, Cohort>): boolean => {
  const row = registered.get(cohort);
  if (!row || row.registeredAt > dueAt) return true;
  return row.restored !== undefined && row.restored.at > dueAt && row.restored.shards.includes(shard);
};

const chunksOf = (missing: readonly Missing[], edition: number): ChunkMessage[] =>
  [...Map.groupBy(missing, ({ cohort, dueAt }) => `${cohort}@${dueAt}`).values()].flatMap((together) => {
    const [first] = together;
    if (!first) return [];
    const { cohort, dueAt, period } = first;
    const shards = [...new Set(together.map(({ shard }) => shard))].sort((a, b) => a - b);
    return shardGroups(shards).map(
      (group): ChunkMessage => ({ v: 1, kind: 'chunk', cohort, dueAt, period, shards: group, edition }),
    );
  });

const writeTooLate = async ({ deliveries }: CatchUpPorts, missing: Missing, edition: number, now: Instant) => {
  const { reader, period, dueAt } = missing;
  await deliveries.claim({
    v: 1,
    subscriber: reader.id,
    period,
    dueAt,
    state: { kind: 'skipped', at: now, reason: 'too-late' },
    edition,
    preferences: reader.version,
    stories: [],
  });
};

/** Those that may be sent without asking anybody. */
const sendable = async (
  ports: CatchUpPorts,
  recent: readonly Missing[],
  due: number,
  now: Instant,
): Promise<readonly Missing[]> => {
  if (await tablesAreOld(ports)) {
    ports.log.error('reconcile.restored-tables', { digests: recent.length });
    return [];
  }
  const resumedFromAt = (await ports.cohorts.lastTick())?.resumedFromAt ?? Number.NEGATIVE_INFINITY;
  const registered = new Map((await ports.cohorts.all()).map((cohort) => [cohort.id, cohort]));
  const after = recent.filter(({ dueAt }) => dueAt >= resumedFromAt);
  const never = after.filter((each) => wasNeverPlanned(each, registered));
  const planned = after.filter((each) => !never.includes(each));
  if (await takeUnasked(ports, planned.length, due, now)) return after;
  ports.log.error('reconcile.held-back', { digests: planned.length, due });
  return never;
};

/**
 * Settles what is missing: up to 24 hours late it is queued, by the chunk, for the sender to judge like every other; later it is skipped.
 * @param due how many digests the span had in all
 */
export const catchUp = async (
  ports: CatchUpPorts,
  missing: readonly Missing[],
  { due, now }: { due: number; now: Instant },
): Promise<CaughtUp> => {
  if (missing.length === 0) return { queued: 0, tooLate: 0, held: 0 };
  const edition = await ports.editions.current();
  const recent = missing.filter(({ dueAt }) => now - dueAt < TOO_LATE);
  const late = missing.filter(({ dueAt }) => now - dueAt >= TOO_LATE);
  for (const each of late) await writeTooLate(ports, each, edition?.number ?? 0, now);
  const sending = edition ? await sendable(ports, recent, due, now) : [];
  if (edition && sending.length > 0) await ports.digests.send(chunksOf(sending, edition.number));
  return { queued: sending.length, tooLate: late.length, held: recent.length - sending.length };
};
