import type { Cohort } from '../model/cohort.ts';
import type { ChunkMessage } from '../model/messages.ts';
import { DAY, type Instant } from '../model/time.ts';
import type { Cohorts, Editions, Log, PlannerMark, Queue } from '../ports.ts';
import { dueInstants, periodAt } from './due.ts';
import { inRounds, turned, turnOf } from './fair-order.ts';
import { noteTick, tablesAreOld } from './planner-mark.ts';

export interface PlanPorts {
  cohorts: Cohorts;
  editions: Pick<Editions, 'current'>;
  digests: Queue<ChunkMessage>;
  /** The last tick planned, outside the tables; absent where tables are never restored. */
  mark?: PlannerMark | undefined;
  log: Log;
}

export interface PlanReport {
  /** Cohorts that had a digest due. */
  cohorts: number;
  chunks: number;
}

/** Digests that are due for longer than this are skipped: nobody wants yesterday's mail beside today's. */
export const TOO_LATE = DAY;

/**
 * So many used shards go in one message: a cohort of a few readers costs one, one of thousands is spread over eight. A message for each
 * shard would be mostly overhead: an invocation, a connection and a lease of the rate for a handful of readers.
 */
const SHARDS_TOGETHER = 8;

/** Shards by the messages that they go in. */
export const shardGroups = (shards: readonly number[]): number[][] =>
  Array.from({ length: Math.ceil(shards.length / SHARDS_TOGETHER) }, (_, group) =>
    shards.slice(group * SHARDS_TOGETHER, (group + 1) * SHARDS_TOGETHER),
  );

/** Spans of the calendar hold their start and not their end; ours is the other way round. */
const AFTER = 1;

const chunksOf = (cohort: Cohort, dueAt: Instant, edition: number): ChunkMessage[] => {
  const { id, shards } = cohort;
  const inTurn = turned(shards, turnOf(cohort.cadence, dueAt));
  const period = periodAt(cohort, dueAt);
  return shardGroups(inTurn).map((group) => ({
    v: 1,
    kind: 'chunk',
    cohort: id,
    dueAt,
    period,
    shards: group,
    edition,
  }));
};

interface Due {
  cohort: Cohort;
  inTime: Instant[];
  tooLate: number;
}

const dueOf = (cohort: Cohort, tick: Instant): Due => {
  const instants = dueInstants(cohort, (cohort.plannedAt ?? cohort.registeredAt) + AFTER, tick + AFTER);
  const inTime = instants.filter((at) => tick - at <= TOO_LATE);
  return { cohort, inTime, tooLate: instants.length - inTime.length };
};

/**
 * All chunks in the order in which they are queued. What was due first goes first. Within an instant cohorts take turns chunk by chunk,
 * and each begins with another of its shards every time: over as many digests as a cohort has shards each of them is last once.
 */
const chunksInOrder = (due: readonly Due[], edition: number): ChunkMessage[] => {
  const each = due.flatMap(({ cohort, inTime }) => inTime.map((at) => ({ at, chunks: chunksOf(cohort, at, edition) })));
  const byInstant = [...Map.groupBy(each, ({ at }) => at)].sort(([a], [b]) => a - b);
  return byInstant.flatMap(([at, together]) =>
    inRounds(
      together.map(({ chunks }) => chunks),
      turnOf('daily', at),
    ),
  );
};

/** A cohort whose zone this runtime does not know must not stop the others. */
const dueCohorts = (cohorts: readonly Cohort[], tick: Instant, log: Log): Due[] =>
  cohorts.flatMap((cohort) => {
    try {
      return dueOf(cohort, tick);
    } catch (error) {
      log.error('plan.cohort-broken', { cohort: cohort.id, error: error instanceof Error ? error.name : 'unknown' });
      return [];
    }
  });

/**
 * Queues the digests of every cohort that became due since it was last planned, up to and including the tick and at most 24 hours
 * back; older ones are logged with their count and passed over. All chunks are queued before any 'last planned' moves: a crash
 * between leads to the same chunks again, which the ledger makes harmless. Without an edition, or by tables that are
 * older than the mark outside them, nothing is planned and all stays due.
 */
export const planDigests = async (ports: PlanPorts, tick: Instant): Promise<PlanReport> => {
  const { cohorts, editions, digests, log } = ports;
  const edition = await editions.current();
  if (!edition) {
    log.warn('plan.no-edition', { tick });
    return { cohorts: 0, chunks: 0 };
  }
  if (await tablesAreOld(ports)) {
    // all that these tables hold as due was mailed: `broadsheet resume --from` says from when on it was not
    log.error('plan.restored-tables', { tick });
    return { cohorts: 0, chunks: 0 };
  }
  const due = dueCohorts(await cohorts.all(), tick, log).filter(({ inTime, tooLate }) => inTime.length + tooLate > 0);
  const chunks = chunksInOrder(due, edition.number);
  if (chunks.length > 0) {
    await digests.send(chunks);
  }
  for (const { cohort, tooLate } of due) {
    if (tooLate > 0) {
      log.error('plan.too-late', { cohort: cohort.id, digests: tooLate, shards: cohort.shards.length });
    }
    await cohorts.planned(cohort.id, tick);
  }
  await noteTick(ports, tick);
  const report = { cohorts: due.filter(({ inTime }) => inTime.length > 0).length, chunks: chunks.length };
  log.info('plan.done', { tick, edition: edition.number, ...report });
  return report;
};
