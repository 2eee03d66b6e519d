import { Temporal } from 'temporal-polyfill';
import type { ChromeLanguage } from '../model/subscriber.ts';
import { DAY, HOUR, type Instant } from '../model/time.ts';
import { cityOf } from './zone.ts';

/** An instant as a reader says it: `Tuesday 6 January, 07:00 (Stockholm time)`, in their own zone. */
export const localMoment = (at: Instant, zone: string, language: ChromeLanguage): string => {
  const text = new Intl.DateTimeFormat(localeOf(language), {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    timeZone: zone,
  }).format(at);
  return `${text} (${cityOf(zone)})`;
};

/** The date of an instant in a zone, in words. */
export const localDay = (at: Instant, zone: string, language: ChromeLanguage): string =>
  new Intl.DateTimeFormat(localeOf(language), {
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    timeZone: zone,
  }).format(at);

const localeOf = (language: ChromeLanguage): string => (language === 'en' ? 'en-GB' : language);

/** The names of the ISO weekdays, Monday first. */
export const weekdays = (language: ChromeLanguage): string[] =>
  Array.from({ length: 7 }, (_, day) =>
    // 5 January 1970 was a Monday
    new Intl.DateTimeFormat(localeOf(language), { weekday: 'long', timeZone: 'UTC' }).format((4 + day) * DAY),
  );

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

/** An hour of the day as a choice shows it. */
export const hourName = (hour: number): string =>
  new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', timeZone: 'UTC' }).format(hour * HOUR);
