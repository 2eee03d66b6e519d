import type { Instant } from '../../model/time.ts';
import { instantOf, type Wall } from './calendar.ts';
import { foreignDate } from './foreign-dates.ts';
import { zoneOffset } from './zones.ts';

const MONTHS = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ');

/** 1 to 12 for an English month name or its first three letters (`Sept` too); 0 for another word. */
const monthOf = (word: string): number => {
  const name = word.toLowerCase();
  const at = MONTHS.indexOf(name.slice(0, 3));
  const full = [
    'january',
    'february',
    'march',
    'april',
    'may',
    'june',
    'july',
    'august',
    'september',
    'october',
    'november',
    'december',
  ][at];
  return name.length === 3 || name === 'sept' || name === full ? at + 1 : 0;
};

/** Years of two digits as RFC 2822 (4.3) reads them: 00 to 49 are of this century. */
const yearOf = (digits: string): number => {
  const year = Number(digits);
  if (digits.length >= 4) return year;
  return year + (digits.length === 3 ? 1900 : year < 50 ? 2000 : 1900);
};

const numberOr0 = (digits: string | undefined): number => (digits === undefined ? 0 : Number(digits));

/** `+02:00` after an ISO time may also be `EST` or missing; then it is UTC. */
const at = (wall: Wall, zone: string | undefined): Instant | undefined => {
  const offset = zoneOffset(zone ?? '');
  return offset === undefined ? undefined : instantOf(wall, offset);
};

const ISO_DATE =
  /^(\d{4})(?:-?(\d{2})(?:-?(\d{2}))?)?$|^(\d{4})-?(\d{3})$|^(\d{2})-?(\d{2})-?(\d{2})$|^-(\d{2})-?(\d{2})$|^(\d{2})-?(\d{3})$/;

/** The date part of ISO 8601: year, month, day, with dashes or without; ordinal days; years of two digits. */
const isoDate = (written: string): Wall | undefined => {
  const [whole, y4, m, d, oy, od, y2, m2, d2, cy, cm, oy2, od2] = ISO_DATE.exec(written) ?? [];
  if (whole === undefined) return undefined;
  if (y4 !== undefined) return { year: Number(y4), month: Number(m ?? 1), day: Number(d ?? 1) };
  if (y2 !== undefined) return { year: yearOf(y2), month: Number(m2), day: Number(d2) };
  if (cy !== undefined) return { year: yearOf(cy), month: Number(cm), day: 1 };
  const year = oy === undefined ? yearOf(oy2 ?? '') : Number(oy);
  const first = Date.UTC(year, 0, Number(od ?? od2));
  const date = new Date(first);
  return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() };
};

const ISO =
  /^([\d-]{4,10})(?:(?:T|\s+T?)(\d{1,2})(?::?(\d{2})(?::?(\d{2})(?:[.,]\d+)?)?)?\s*(Z|[+-]\d{1,2}(?::?\d{2})?|[A-Z]{2,5})?)?$/i;

/** ISO 8601 and RFC 3339, with a blank for the T and a missing zone allowed. */
const isoInstant = (written: string): Instant | undefined => {
  const [, date = '', hour, minute, second, zone] = ISO.exec(written) ?? [];
  const day = isoDate(date);
  return day && at({ ...day, hour: numberOr0(hour), minute: numberOr0(minute), second: numberOr0(second) }, zone);
};

const CLOCK = /^(\d{1,2})(?::(\d{1,2}))?(?::(\d{1,2})(?:[.,]\d+)?)?$/;
const WEEKDAY = /^(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*$/i;

/** RFC 822 and what passes for it: weekday or none, day and month in either order, dashes, asctime's year at the end. */
const mailInstant = (written: string): Instant | undefined => {
  const words = written
    .replace(/\([^)]*\)/g, ' ')
    .replace(/(\d)-([a-z]{3})[a-z]*-(\d)/gi, '$1 $2 $3')
    .split(/[\s,]+/)
    .filter(Boolean);
  if (WEEKDAY.test(words[0]?.replace(/\.$/, '') ?? '')) words.shift();
  const clockAt = words.findIndex((word) => CLOCK.test(word) && word.includes(':'));
  const [clock] = clockAt < 0 ? ['0:0'] : words.splice(clockAt, 1);
  const [, hour, minute, second] = CLOCK.exec(clock ?? '') ?? [];
  if (hour === undefined) return undefined;
  const monthAt = words.findIndex((word) => monthOf(word.replace(/\.$/, '')) > 0);
  if (monthAt < 0 || monthAt > 1) return undefined;
  const [month = ''] = words.splice(monthAt, 1);
  const day = words.shift()?.replace(/(st|nd|rd|th)?\.?$/i, '') ?? '';
  const yearAt = words.findIndex((word) => /^\d{2}(\d{2})?$/.test(word));
  const [year = ''] = yearAt < 0 ? [] : words.splice(yearAt, 1);
  if (!/^\d{1,2}$/.test(day) || year === '') return undefined;
  const wall = { year: yearOf(year), month: monthOf(month.replace(/\.$/, '')), day: Number(day) };
  return at({ ...wall, hour: numberOr0(hour), minute: numberOr0(minute), second: numberOr0(second) }, words.join(' '));
};

const EARLIEST = Date.UTC(1990, 0, 1);

/**
 * When a feed says something was published: RFC 3339, RFC 822, asctime and the odd forms that feeds use. Strict about the
 * calendar, never by the machine's zone; a time without a zone is UTC. Nothing if it is no date, so that first sight counts.
 */
export const readDate = (written: string | undefined): Instant | undefined => {
  const text = written?.trim().replace(/\s+/g, ' ') ?? '';
  if (text.length < 4 || text.length > 80) return undefined;
  return isoInstant(text) ?? mailInstant(text) ?? foreignDate(text);
};

/** Whether a date can be a story's: 1970 and its like are a publisher's empty field. */
export const isPlausible = (publishedAt: Instant): boolean => publishedAt >= EARLIEST;
