import { type Cohort, cohortId, cohortOf, shardOf } from '../model/cohort.ts';
import { deliveryId } from '../model/delivery.ts';
import type { ChunkMessage } from '../model/messages.ts';
import type { Subscriber } from '../model/subscriber.ts';
import type { Instant } from '../model/time.ts';
import type { Cohorts, Deliveries, Editions, Log, PlannerMark, Queue } from '../ports.ts';
import type { Owed } from './owed.ts';
import { shardGroups, TOO_LATE } from './plan.ts';
import { tablesAreOld } from './planner-mark.ts';

export interface CatchUpPorts {
  cohorts: Pick<Cohorts, 'all' | 'lastTick'>;
  deliveries: Pick<Deliveries, 'claim'>;
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

/** What a census found lost: shards by cohort. */
export type LostShards = ReadonlyMap<string, readonly number[]>;

export interface CaughtUp {
  /** Digests on the queue again. */
  queued: number;
  /** Written as skipped(too-late). */
  tooLate: number;
  /** Not sent: too many, or of tables that were restored. The operator decides. */
  held: number;
}

/**
 * Digests that were planned and have no entry may have been mailed, and their entries lost with a restored ledger. So few are sent
 * again without asking, by the rule of second attempts: ten, or one in two hundred of what was due.
 */
const mostUnasked = (due: number): number => Math.max(10, Math.floor(due / 200));

/** True if nobody ever planned it: the registry did not have this reader's shard then. */
const wasNeverPlanned = (
  { cohort, shard, dueAt }: Missing,
  registered: ReadonlyMap<string, Cohort>,
  lost: LostShards,
): boolean => {
  const row = registered.get(cohort);
  return !row || row.registeredAt > dueAt || lost.get(cohort)?.includes(shard) === true;
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
  lost: LostShards,
): Promise<readonly Missing[]> => {
  if (await tablesAreOld(ports)) {
    ports.log.error('reconcile.restored-tables', { digests: recent.length });
    return [];
  }
  const resumedFromAt = (await ports.cohorts.lastTick())?.resumedFromAt ?? Number.NEGATIVE_INFINITY;
  const registered = new Map((await ports.cohorts.all()).map((cohort) => [cohort.id, cohort]));
  const after = recent.filter(({ dueAt }) => dueAt >= resumedFromAt);
  const never = after.filter((each) => wasNeverPlanned(each, registered, lost));
  const planned = after.filter((each) => !never.includes(each));
  if (planned.length <= mostUnasked(due)) return after;
  ports.log.error('reconcile.held-back', { digests: planned.length, due });
  return never;
};

/**
 * Settles what is missing: up to 24 hours late it is queued, by the chunk, for the sender to judge like every other; later it is skipped.
 * @param due how many digests the span had in all
 * @param lost what this night's census had to register anew
 */
export const catchUp = async (
  ports: CatchUpPorts,
  missing: readonly Missing[],
  { due, now, lost }: { due: number; now: Instant; lost: LostShards },
): Promise<CaughtUp> => {
  if (missing.length === 0) return { queued: 0, tooLate: 0, held: 0 };
  const edition = await ports.editions.current();
  const recent = missing.filter(({ dueAt }) => now - dueAt < TOO_LATE);
  const late = missing.filter(({ dueAt }) => now - dueAt >= TOO_LATE);
  for (const each of late) await writeTooLate(ports, each, edition?.number ?? 0, now);
  const sending = edition ? await sendable(ports, recent, due, lost) : [];
  if (edition && sending.length > 0) await ports.digests.send(chunksOf(sending, edition.number));
  return { queued: sending.length, tooLate: late.length, held: recent.length - sending.length };
};
