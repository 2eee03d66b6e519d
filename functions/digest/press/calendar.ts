import type { Instant } from '../../model/time.ts';

/** How one language writes instants as seen in one zone. */
export interface Calendar {
  /** `Monday 23 November 2026`. */
  longDate: (at: Instant) => string;
  /** `Mon 23 Nov`. */
  shortDate: (at: Instant) => string;
  /** `4 March 2026`. */
  date: (at: Instant) => string;
  /** `Tuesday`. */
  weekday: (at: Instant) => string;
  /** `07:00`, of 24 hours in every language. */
  time: (at: Instant) => string;
  /** Counts local dates: equal for instants of the same date, one more for the next. */
  day: (at: Instant) => number;
}

const makeCalendar = (locale: string, timeZone: string): Calendar => {
  const format = (options: Intl.DateTimeFormatOptions): ((at: Instant) => string) => {
    const formatter = new Intl.DateTimeFormat(locale, { timeZone, ...options });
    return (at) => formatter.format(at);
  };
  const numbers = new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' });
  return {
    longDate: format({ weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' }),
    shortDate: format({ weekday: 'short', day: 'numeric', month: 'short' }),
    date: format({ day: 'numeric', month: 'long', year: 'numeric' }),
    weekday: format({ weekday: 'long' }),
    time: format({ hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }),
    day: (at) => Date.parse(`${numbers.format(at)}T00:00:00Z`) / 86_400_000,
  };
};

const MOST = 600;
const calendars = new Map<string, Calendar>();

/** The calendar of a locale and zone. Making one takes half a millisecond, so they are kept. Throws for a zone that does not exist. */
export const calendarOf = (locale: string, zone: string): Calendar => {
  const key = `${locale} ${zone}`;
  const known = calendars.get(key);
  if (known) return known;
  if (calendars.size >= MOST) calendars.clear();
  const made = makeCalendar(locale, zone);
  calendars.set(key, made);
  return made;
};

/** The name of an ISO weekday, 1 is Monday. */
export const weekdayName = (locale: string, weekday: number): string =>
  calendarOf(locale, 'UTC').weekday(Date.UTC(2024, 0, weekday));

/** An hour of the day as mails and pages write it: `07:00`. */
export const hourName = (hour: number): string => `${String(hour).padStart(2, '0')}:00`;
