import { cohortOf } from '../model/cohort.ts';
import { type Delivery, type Period, periodId } from '../model/delivery.ts';
import type { Subscriber } from '../model/subscriber.ts';
import { DAY, type Instant, type LocalDate, TICK } from '../model/time.ts';
import { dueInstants, periodAt } from './due.ts';

/** A span of time: `from` is in it, `to` is not. */
export interface Span {
  from: Instant;
  to: Instant;
}

/** One digest of one reader, as the calendar alone has it. */
export interface Owed {
  dueAt: Instant;
  period: Period;
}

/** What a reader's calendar and ledger say of each other. */
export interface Verdict {
  /** Entries of digests that were due, whatever became of them. */
  entries: Delivery[];
  /** Due by the calendar, without an entry. */
  missing: Owed[];
  /** Entries of scheduled digests that no calendar asked for. */
  stray: Delivery[];
}

const WEEK = 7 * DAY;

/** How long a reader may go without any entry, however often they change: a period and a day. A weekend is a workday reader's longest. */
const graceOf = ({ preferences: { cadence } }: Subscriber): number => {
  switch (cadence) {
    case 'daily':
      return 2 * DAY;
    case 'workdays':
      return 4 * DAY;
    case 'weekly':
      return WEEK + DAY;
    default:
      return cadence satisfies never;
  }
};

const dateOf = (at: Instant): LocalDate => new Date(at).toISOString().slice(0, 10);

/** Since when today's preferences are the reader's; a change in the very quarter of an hour of a plan may go either way. */
const standsSince = ({ confirmedAt, movedAt }: Subscriber): Instant =>
  Math.max(confirmedAt ?? Number.POSITIVE_INFINITY, movedAt ?? 0) + TICK;

const getsMail = ({ status }: Subscriber): boolean => status.kind === 'active' || status.kind === 'paused';

const calendarOf = ({ preferences }: Subscriber, { from, to }: Span): Owed[] => {
  const cohort = cohortOf(preferences);
  return dueInstants(cohort, from, to).map((dueAt) => ({ dueAt, period: periodAt(cohort, dueAt) }));
};

/** True for a reader of whom a span may say something: who once was active, and had not left before it. */
export const isConcerned = ({ status, confirmedAt }: Subscriber, { from }: Span): boolean =>
  status.kind !== 'pending' && confirmedAt !== undefined && (status.kind !== 'left' || status.at >= from);

/**
 * The dates of the ledger entries that judging a reader takes: a week's entry is named by its Monday, and a reader who moved lately is
 * looked at for longer.
 */
export const datesOf = (reader: Subscriber, { from, to }: Span): [LocalDate, LocalDate] => {
  const moved = (reader.movedAt ?? 0) > from - WEEK - DAY;
  const back = reader.preferences.cadence === 'weekly' || moved ? WEEK + DAY : 0;
  return [dateOf(Math.min(from, to - DAY) - back - DAY), dateOf(to + DAY)];
};

const isScheduled = ({ period }: Delivery): boolean => period.kind === 'day' || period.kind === 'week';

/** However leniently a moved reader is judged: no entry at all for longer than the promise allows is something missing. */
const starved = (reader: Subscriber, entries: readonly Delivery[], { to }: Span): Owed[] => {
  const from = to - graceOf(reader);
  const judgedBefore = standsSince(reader) <= from;
  const isNew = (reader.confirmedAt ?? to) > from;
  const fed = entries.some(({ dueAt }) => dueAt >= from);
  return judgedBefore || isNew || fed ? [] : calendarOf(reader, { from, to }).slice(-1);
};

/**
 * Judges one reader over a span, from the calendar of their preferences and the entries of their ledger. Nobody keeps old preferences:
 * before the last move nothing is missing and nothing stray, but a reader without any entry for a period and a day is named even so.
 * @throws RangeError for a zone that is none
 */
export const judge = (reader: Subscriber, entries: readonly Delivery[], span: Span): Verdict => {
  const scheduled = entries.filter(isScheduled);
  const entered = new Set(scheduled.map(({ period }) => periodId(period)));
  const calendar = calendarOf(reader, span);
  const asked = new Set(calendar.map(({ period }) => periodId(period)));
  const since = standsSince(reader);
  const owed = getsMail(reader) ? calendar.filter(({ dueAt }) => dueAt >= since) : [];
  const ofSpan = scheduled.filter(
    ({ dueAt, period }) => asked.has(periodId(period)) || (dueAt >= span.from && dueAt < span.to),
  );
  const isStray = ({ period, dueAt, state }: Delivery): boolean =>
    !asked.has(periodId(period)) && dueAt >= since && !('reason' in state && state.reason === 'not-in-cohort');
  return {
    entries: ofSpan.filter((entry) => !isStray(entry)),
    missing:
      owed.length === 0 && getsMail(reader)
        ? starved(reader, scheduled, span)
        : owed.filter(({ period }) => !entered.has(periodId(period))),
    stray: ofSpan.filter(isStray),
  };
};
