import { Temporal } from 'temporal-polyfill';
import type { ChromeLanguage } from '../model/subscriber.ts';
import { DAY, HOUR, type Instant } from '../model/time.ts';
import { cityOf } from './zone.ts';

/** A date and a time of day as one says them together; Intl leaves words out that a sentence needs. */
const TOGETHER: Readonly<Record<ChromeLanguage, (date: string, time: string) => string>> = {
  en: (date, time) => `${date} at ${time}`,
  de: (date, time) => `${date}, um ${time} Uhr`,
  fr: (date, time) => `${date} à ${time}`,
  es: (date, time) => `${date.replace(',', '')} a las ${time}`,
  ar: (date, time) => `${date} في الساعة ${time}`,
};

/** An instant as a reader says it: `Tuesday 6 January at 07:00 (Berlin)`, in their own zone. */
export const localMoment = (at: Instant, zone: string, language: ChromeLanguage): string => {
  const said = (options: Intl.DateTimeFormatOptions): string =>
    new Intl.DateTimeFormat(localeOf(language), { ...options, timeZone: zone }).format(at);
  const date = said({ weekday: 'long', day: 'numeric', month: 'long' });
  const time = said({ hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
  return `${TOGETHER[language](date, time)} (${cityOf(zone)})`;
};

/** The date of an instant in a zone, in words. */
export const localDay = (at: Instant, zone: string, language: ChromeLanguage): string =>
  new Intl.DateTimeFormat(localeOf(language), {
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    timeZone: zone,
  }).format(at);

/** European digits in Arabic, as most of its news sites write them. */
const LOCALES: Readonly<Partial<Record<ChromeLanguage, string>>> = { en: 'en-GB', ar: 'ar-u-nu-latn' };

const localeOf = (language: ChromeLanguage): string => LOCALES[language] ?? language;

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
