import type { Instant } from '../model/time.ts';
import type { Cohorts, Log, PlannerMark } from '../ports.ts';

interface MarkPorts {
  cohorts: Pick<Cohorts, 'all' | 'lastTick'>;
  /** Absent where tables are never restored: local mode. */
  mark?: PlannerMark | undefined;
}

/**
 * True if the mark outside the tables knows a later tick than the tables do: they were restored from a backup, and what they hold as due
 * has been mailed. Tables that know of no tick and of no cohort before the mark are new: a stack was removed and deployed again, and its
 * mark stayed.
 */
export const tablesAreOld = async ({ cohorts, mark }: MarkPorts): Promise<boolean> => {
  const marked = await mark?.read();
  if (marked === undefined) return false;
  const last = await cohorts.lastTick();
  return last ? marked > last.at : (await cohorts.all()).some(({ registeredAt }) => registeredAt <= marked);
};

/** Notes a tick as planned: in the tables first, so that a crash between never makes them look old. */
export const noteTick = async (
  { cohorts, mark }: { cohorts: Pick<Cohorts, 'ticked'>; mark?: PlannerMark | undefined },
  tick: Instant,
): Promise<void> => {
  await cohorts.ticked({ at: tick });
  const marked = await mark?.read();
  if (marked === undefined || marked < tick) await mark?.write(tick);
};

/**
 * The operator's word after a restore: planning goes on with what is due at `from` and later; all that was due before counts as dealt
 * with and is never mailed, by the planner or by reconciliation. Repeatable. Answers how many cohorts were told.
 */
export const resumePlanning = async (
  { cohorts, mark, log }: { cohorts: Cohorts; mark?: PlannerMark | undefined; log: Log },
  from: Instant,
): Promise<{ cohorts: number }> => {
  const all = await cohorts.all();
  for (const { id } of all) await cohorts.planned(id, from - 1);
  const ticks = [(await cohorts.lastTick())?.at ?? from, (await mark?.read()) ?? from, from];
  // last: until here a repeat finds the tables still old
  await cohorts.ticked({ at: Math.max(...ticks), resumedFromAt: from });
  log.warn('plan.resumed', { from, cohorts: all.length });
  return { cohorts: all.length };
};
