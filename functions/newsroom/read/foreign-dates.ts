import type { Instant } from '../../model/time.ts';
import { instantOf } from './calendar.ts';
import { zoneOffset } from './zones.ts';

/** Greek month names as feeds shorten them, by their first letters without accents. */
const GREEK = ['ιαν', 'φεβ', 'μαρ', 'απρ', 'μαι', 'ιουν', 'ιουλ', 'αυγ', 'σεπ', 'οκτ', 'νοε', 'δεκ'];
const HUNGARIAN = [
  'januar',
  'februar',
  'marcius',
  'aprilis',
  'majus',
  'junius',
  'julius',
  'augusztus',
  'szeptember',
  'oktober',
  'november',
  'december',
];

const withoutAccents = (word: string): string => word.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

const KOREAN_LONG = /^(\d{4})년\s*(\d{1,2})월\s*(\d{1,2})일\s*(오전|오후)?\s*(\d{1,2}):(\d{2}):(\d{2})$/;
const KOREAN_SHORT = /^(\d{4})-(\d{2})-(\d{2})\s+(오전|오후)\s*(\d{1,2}):(\d{2}):(\d{2})$/;
const GREEK_DATE = /^\p{L}+,?\s+(\d{1,2})\s+(\p{L}+)\s+(\d{4})\s+(\d{1,2}):(\d{2})(?::(\d{2}))?\s*(\S*)$/u;
const HUNGARIAN_DATE = /^(\d{4})-(\p{L}+)-(\d{1,2})T(\d{1,2}):(\d{2})(?::(\d{2}))?\s*(\S*)$/u;
const SLASHED = /^(?:\p{L}{3},?\s+)?(\d{4})\/(\d{1,2})\/(\d{1,2})(?:\s+(\d{1,2}):(\d{2})(?::(\d{2}))?)?\s*(\S*)$/u;

const KOREA = 9 * 60;

const korean = (text: string): Instant | undefined => {
  const [whole, year, month, day, half, hour, minute, second] = KOREAN_LONG.exec(text) ?? KOREAN_SHORT.exec(text) ?? [];
  if (whole === undefined) return undefined;
  const clock = Number(hour);
  const hour24 = half === '오후' && clock < 12 ? clock + 12 : half === '오전' && clock === 12 ? 0 : clock;
  return instantOf(
    {
      year: Number(year),
      month: Number(month),
      day: Number(day),
      hour: hour24,
      minute: Number(minute),
      second: Number(second),
    },
    KOREA,
  );
};

/** Year, month name, day, hour, minute, second, zone, as the patterns above give them. */
type Named = readonly [year: string | undefined, month: number, ...rest: (string | undefined)[]];

const named = ([year, month, day, hour, minute, second, zone]: Named): Instant | undefined => {
  const offset = zoneOffset(zone ?? '');
  if (month === 0 || offset === undefined) return undefined;
  const clock = { hour: Number(hour ?? 0), minute: Number(minute ?? 0), second: Number(second ?? 0) };
  return instantOf({ year: Number(year), month, day: Number(day), ...clock }, offset);
};

/** Dates in words or orders of one country: Korean blogs, Greek and Hungarian months, 2006/09/15. */
export const foreignDate = (text: string): Instant | undefined => {
  const slashed = SLASHED.exec(text);
  if (slashed) return named([slashed[1], Number(slashed[2]), ...slashed.slice(3)]);
  const greek = GREEK_DATE.exec(text);
  if (greek) {
    const word = withoutAccents(greek[2] ?? '').replace(/^μαϊ/, 'μαι');
    const month = GREEK.findIndex((name) => word.startsWith(name)) + 1;
    return named([greek[3], month, greek[1], ...greek.slice(4)]);
  }
  const hungarian = HUNGARIAN_DATE.exec(text);
  if (hungarian) {
    const month = HUNGARIAN.indexOf(withoutAccents(hungarian[2] ?? '')) + 1;
    return named([hungarian[1], month, hungarian[3], ...hungarian.slice(4)]);
  }
  return korean(text);
};
