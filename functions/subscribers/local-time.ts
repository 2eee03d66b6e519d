import { Temporal } from 'temporal-polyfill';
import { type Calendar, calendarOf, weekdayName } from '../digest/press/calendar.ts';
import { atTime } from '../digest/press/words/spanish.ts';
import { words as mailWords } from '../digest/press/words/words.ts';
import type { ChromeLanguage } from '../model/subscriber.ts';
import { DAY, type Instant } from '../model/time.ts';
import { cityOf } from './zone.ts';

/** A date and a time of day as one says them together; Intl leaves words out that a sentence needs. */
const TOGETHER: Readonly<Record<ChromeLanguage, (date: string, time: string) => string>> = {
  en: (date, time) => `${date} at ${time}`,
  de: (date, time) => `${date}, um ${time} Uhr`,
  fr: (date, time) => `${date} à ${time}`,
  es: (date, time) => `${date.replace(',', '')} ${atTime(time)}`,
  ar: (date, time) => `${date} في الساعة ${time}`,
};

/** How mails and pages alike write dates and times in a language. */
const calendarFor = (zone: string, language: ChromeLanguage): Calendar => calendarOf(mailWords(language).locale, zone);

/** An instant as a reader says it: `Tuesday 6 January at 07:00 (Berlin)`, in their own zone. */
export const localMoment = (at: Instant, zone: string, language: ChromeLanguage): string => {
  const { dayAndMonth, time } = calendarFor(zone, language);
  return `${TOGETHER[language](dayAndMonth(at), time(at))} (${cityOf(zone)})`;
};

/** The date of an instant in a zone, in words. */
export const localDay = (at: Instant, zone: string, language: ChromeLanguage): string =>
  calendarFor(zone, language).date(at);

/** The names of the ISO weekdays, Monday first. */
export const weekdays = (language: ChromeLanguage): string[] =>
  Array.from({ length: 7 }, (_, day) => weekdayName(mailWords(language).locale, day + 1));

/** The midnight with which a date begins in a zone; nothing if it is no date, or not after `now` and within a year of it. */
export const startOfDay = (date: string, zone: string, now: Instant): Instant | undefined => {
  try {
    const at = Temporal.PlainDate.from(date).toZonedDateTime(zone).epochMilliseconds;
    return /^\d{4}-\d{2}-\d{2}$/.test(date) && at > now && at < now + 366 * DAY ? at : undefined;
  } catch {
    return undefined;
  }
};

/** The local date of an instant, YYYY-MM-DD, as a date field takes it. */
export const dateField = (at: Instant, zone: string): string =>
  Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone).toPlainDate().toString();
