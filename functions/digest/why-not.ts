import { cohortId, cohortOf } from '../model/cohort.ts';
import { type Delivery, periodId, type SkipReason } from '../model/delivery.ts';
import type { Subscriber } from '../model/subscriber.ts';
import { HOUR, type Instant, TICK } from '../model/time.ts';
import { dateAt, nextDue, periodAt } from './due.ts';
import { wasMailed } from './memory.ts';
import { TOO_LATE } from './plan.ts';
import type { Due } from './ports-of-digest.ts';

/** Two digests never come closer together than this. */
const TOO_SOON = 6 * HOUR;

/** Scheduled digests are due by the calendar; `welcome` and `now` were asked for, and come whatever came before. */
export const isScheduled = ({ period }: Pick<Due, 'period'>): boolean =>
  period.kind === 'day' || period.kind === 'week';

/** Whether a digest has waited so long that it is no longer today's: for 24 hours, or until the next one is due. */
export const isTooLate = ({ preferences }: Subscriber, due: Due, now: Instant): boolean =>
  now - due.dueAt > TOO_LATE || (isScheduled(due) && now >= nextDue(cohortOf(preferences), due.dueAt));

/** What of a ledger entry says whether another digest may come. */
type Entry = Pick<Delivery, 'period' | 'dueAt' | 'state'>;

/**
 * When the six hours after a digest begin. After one that was asked for: when it was, for from then on its mail and the pages count when they
 * promise the next one. SES takes it seconds later, and a digest due to the minute six hours on would be skipped for these. What took longer than
 * a tick had trouble on its way: then two mails must not come at nearly one time for a promise.
 */
const countedFrom = (each: Entry): Instant =>
  isScheduled(each) ? each.state.at : Math.max(each.dueAt, each.state.at - TICK);

/**
 * Whether another digest forbids this one: mailed within six hours, or scheduled for the same local date. Changes of zone, hour and
 * cadence are what can bring two that close; the ledger's key stops two of one period.
 */
const isTooSoon = (
  { preferences }: Pick<Subscriber, 'preferences'>,
  due: Pick<Due, 'period' | 'dueAt'>,
  now: Instant,
  deliveries: readonly Entry[],
): boolean => {
  const cohort = cohortOf(preferences);
  const date = dateAt(cohort, due.dueAt);
  return deliveries
    .filter((each) => wasMailed(each) && periodId(each.period) !== periodId(due.period))
    .some((each) => now - countedFrom(each) < TOO_SOON || (isScheduled(each) && dateAt(cohort, each.dueAt) === date));
};

/** Why the ledger and the clock forbid a digest; nothing if they do not. */
export const whyNotInTime = (
  reader: Subscriber,
  due: Due,
  now: Instant,
  deliveries: readonly Delivery[],
): SkipReason | undefined => {
  if (isTooLate(reader, due, now)) {
    return 'too-late';
  }
  return isScheduled(due) && isTooSoon(reader, due, now, deliveries) ? 'too-soon' : undefined;
};

/** The entry that a digest leaves if it is mailed at once. */
export const mailedAtOnce = ({ period, dueAt }: Pick<Due, 'period' | 'dueAt'>): Entry => ({
  period,
  dueAt,
  state: { kind: 'claimed', at: dueAt, attempt: 1 },
});

/**
 * When a reader's next digest comes: the first instant after `after` at which they are due and no ledger entry forbids it. What pages
 * and mails promise is this: the next due instant may fall within six hours of a welcome, or in a week that had its digest.
 */
export const nextDigest = (
  reader: Pick<Subscriber, 'preferences'>,
  after: Instant,
  deliveries: readonly Entry[],
): Instant => {
  const cohort = cohortOf(reader.preferences);
  const isForbidden = (dueAt: Instant): boolean => {
    const period = periodAt(cohort, dueAt);
    const isThere = deliveries.some((each) => periodId(each.period) === periodId(period));
    return isThere || isTooSoon(reader, { period, dueAt }, dueAt, deliveries);
  };
  let next = nextDue(cohort, after);
  while (isForbidden(next)) {
    next = nextDue(cohort, next);
  }
  return next;
};

/** Why a reader, as just read, gets no mail; nothing if they do. `suppressed`: SES or the reader's provider said stop. */
export const whyNotNow = (reader: Subscriber, due: Due, now: Instant, suppressed: boolean): SkipReason | undefined => {
  const { status } = reader;
  switch (status.kind) {
    case 'pending':
    case 'left':
      return 'left';
    case 'paused':
      return status.until > now && due.period.kind !== 'now' ? 'paused' : suppressed ? 'suppressed' : undefined;
    case 'active':
      return suppressed ? 'suppressed' : undefined;
    default:
      return status satisfies never;
  }
};

export type Standing = 'due' | 'moved' | 'due-later';

/**
 * Whether a reader is still in the cohort that a chunk is for, or moved to one that is due at the same instant: from daily to workdays, or to
 * the zone next door. Whichever chunk comes first may serve them, as both have one ledger entry. `due-later`: they moved to one that
 * serves the same period at an hour after that, so this chunk must leave the period's ledger entry free.
 */
export const standingOf = (reader: Subscriber, cohort: string, due: Due): Standing => {
  const own = cohortOf(reader.preferences);
  if (cohortId(own) === cohort) {
    return 'due';
  }
  const next = nextDue(own, due.dueAt - 1);
  if (periodId(periodAt(own, next)) !== periodId(due.period)) {
    return 'moved';
  }
  return next === due.dueAt ? 'due' : 'due-later';
};
