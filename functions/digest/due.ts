import type { CohortKey } from '../model/cohort.ts';
import type { Period } from '../model/delivery.ts';
import { DAY, HOUR, type Instant, type LocalDate } from '../model/time.ts';
import { instantOf, localDay } from './zone-spans.ts';

/** 1970-01-01 was a Thursday; ISO counts Monday as 1. */
const weekdayOf = (day: number): number => ((((day + 3) % 7) + 7) % 7) + 1;

const dateOfDay = (day: number): LocalDate => new Date(day * DAY).toISOString().slice(0, 10);

const onDay = ({ zone, hour }: CohortKey, day: number): Instant => instantOf(zone, day * DAY + hour * HOUR);

const runsOn = ({ cadence, weekday }: CohortKey, day: number): boolean => {
  switch (cadence) {
    case 'daily':
      return true;
    case 'workdays':
      return weekdayOf(day) <= 5;
    case 'weekly':
      return weekdayOf(day) === (weekday ?? 1);
    default:
      return cadence satisfies never;
  }
};

/**
 * The day that an instant counts for: the local one, or the day before if a gap at midnight moved that day's hour past it
 * (Scoresbysund, 23:00 in spring).
 */
const dayOf = (cohort: CohortKey, at: Instant): number => {
  const day = localDay(cohort.zone, at);
  return onDay(cohort, day) !== at && onDay(cohort, day - 1) === at ? day - 1 : day;
};

/** The instants in [from, to) at which a cohort is due, ascending. Throws RangeError for a zone that is none. */
export const dueInstants = (cohort: CohortKey, from: Instant, to: Instant): Instant[] => {
  if (to <= from) {
    return [];
  }
  const instants: Instant[] = [];
  // A gap can move an hour into the next day, and over a whole one where a zone left a day out.
  for (let day = localDay(cohort.zone, from) - 2; day <= localDay(cohort.zone, to); day++) {
    const at = runsOn(cohort, day) ? onDay(cohort, day) : Number.NaN;
    if (at >= from && at < to && at !== instants.at(-1)) {
      instants.push(at);
    }
  }
  return instants;
};

/** A cohort's hour comes within a week and two days more, whatever gaps move it. */
const LONGEST_WAIT = 10;

/** The first instant after `after` at which a cohort is due. Throws RangeError for a zone that is none. */
export const nextDue = (cohort: CohortKey, after: Instant): Instant => {
  const first = localDay(cohort.zone, after);
  for (let day = first - 2; day <= first + LONGEST_WAIT; day++) {
    const at = runsOn(cohort, day) ? onDay(cohort, day) : Number.NaN;
    if (at > after) {
      return at;
    }
  }
  throw new Error(`no due instant within ten days for ${cohort.cadence} in ${cohort.zone}`);
};

/** The local date that an instant of a cohort counts for, YYYY-MM-DD. */
export const dateAt = (cohort: CohortKey, at: Instant): LocalDate => dateOfDay(dayOf(cohort, at));

/** The period of a digest due at an instant: the local date, or the Monday of its ISO week. */
export const periodAt = (cohort: CohortKey, dueAt: Instant): Period => {
  const day = dayOf(cohort, dueAt);
  return cohort.cadence === 'weekly'
    ? { kind: 'week', date: dateOfDay(day - weekdayOf(day) + 1) }
    : { kind: 'day', date: dateOfDay(day) };
};
