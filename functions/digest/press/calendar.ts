import type { Instant } from '../../model/time.ts';

/** How one language writes instants as seen in one zone. */
export interface Calendar {
  /** `Monday 23 November 2026`. */
  longDate: (at: Instant) => string;
  /** `Mon 23 Nov`. */
  shortDate: (at: Instant) => string;
  /** `4 March 2026`. */
  date: (at: Instant) => string;
  /** `Tuesday 1 December`. */
  dayAndMonth: (at: Instant) => string;
  /** `Tuesday`. */
  weekday: (at: Instant) => string;
  /** `07:00`, of 24 hours in every language. */
  time: (at: Instant) => string;
  /** Counts local dates: equal for instants of the same date, one more for the next. */
  day: (at: Instant) => number;
}

const DAY = 86_400_000;
const MINUTE = 60_000;

/** The local dates of one UTC day: the first until an instant, the last from then on. */
interface Span {
  first: number;
  last: number;
  changesAt: Instant;
}

/**
 * Counts local dates with a few looks at the zone's rules for each UTC day, in which the local date changes at
 * most once, at a whole minute.
 */
const dayCounter = (look: (at: Instant) => number): ((at: Instant) => number) => {
  const known = new Map<number, Span>();
  const learn = (utcDay: number): Span => {
    const first = look(utcDay * DAY);
    let [low, high] = [0, DAY / MINUTE];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (look(utcDay * DAY + middle * MINUTE) === first) low = middle + 1;
      else high = middle;
    }
    return { first, last: look(utcDay * DAY + DAY - MINUTE), changesAt: utcDay * DAY + low * MINUTE };
  };
  return (at) => {
    const utcDay = Math.floor(at / DAY);
    let entry = known.get(utcDay);
    if (entry === undefined) {
      entry = learn(utcDay);
      known.set(utcDay, entry);
    }
    return at < entry.changesAt ? entry.first : entry.last;
  };
};

/** The first of a month is an ordinal in French, which Intl does not know. */
const FRENCH_FIRST = /(?<!\S)1(?= \p{L})/u;

const makeCalendar = (locale: string, timeZone: string): Calendar => {
  const format = (options: Intl.DateTimeFormatOptions): ((at: Instant) => string) => {
    const formatter = new Intl.DateTimeFormat(locale, { timeZone, ...options });
    return locale === 'fr' ? (at) => formatter.format(at).replace(FRENCH_FIRST, '1er') : (at) => formatter.format(at);
  };
  const numbers = new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' });
  return {
    longDate: format({ weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' }),
    shortDate: format({ weekday: 'short', day: 'numeric', month: 'short' }),
    date: format({ day: 'numeric', month: 'long', year: 'numeric' }),
    dayAndMonth: format({ weekday: 'long', day: 'numeric', month: 'long' }),
    weekday: format({ weekday: 'long' }),
    time: format({ hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }),
    day: dayCounter((at) => Date.parse(`${numbers.format(at)}T00:00:00Z`) / DAY),
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

/** A zone as mails write it: `America/New York`. */
export const zoneName = (zone: string): string => zone.replaceAll('_', ' ');
