import { describe, expect, it } from 'vitest';
import { isPlausible, readDate } from '../../../functions/newsroom/read/dates.ts';

const iso = (written: string): string | undefined => {
  const at = readDate(written);
  return at === undefined ? undefined : new Date(at).toISOString();
};

describe('dates that feeds write', () => {
  it.each([
    ['RFC 3339', '2026-01-05T06:30:00Z', '2026-01-05T06:30:00.000Z'],
    ['with an offset', '2026-01-05T06:30:00+05:30', '2026-01-05T01:00:00.000Z'],
    ['a blank for the T, no zone', '2026-01-05 06:30:00', '2026-01-05T06:30:00.000Z'],
    ['a day alone', '2026-01-05', '2026-01-05T00:00:00.000Z'],
    ['a month alone', '2026-01', '2026-01-01T00:00:00.000Z'],
    ['the 60th day of a leap year', '2024-060', '2024-02-29T00:00:00.000Z'],
    ['RFC 822', 'Mon, 05 Jan 2026 06:30:00 GMT', '2026-01-05T06:30:00.000Z'],
    ['a named zone', 'Mon, 05 Jan 2026 06:30:00 EST', '2026-01-05T11:30:00.000Z'],
    ['a year of two digits', '5 Jan 26 06:30 +0100', '2026-01-05T05:30:00.000Z'],
    ['a year of the last century', '5 Jan 98 06:30 GMT', '1998-01-05T06:30:00.000Z'],
    ['no weekday, full month', '5 January 2026 06:30:00 -0800', '2026-01-05T14:30:00.000Z'],
    ['month first', 'January 5, 2026 06:30 PST', '2026-01-05T14:30:00.000Z'],
    ['dashes', 'Monday, 05-Jan-26 06:30:00 GMT', '2026-01-05T06:30:00.000Z'],
    ['asctime', 'Mon Jan  5 06:30:00 2026', '2026-01-05T06:30:00.000Z'],
    ['a zone in words beside it', 'Mon, 05 Jan 2026 06:30:00 +0200 (EET)', '2026-01-05T04:30:00.000Z'],
    ['slashes', '2026/01/05 06:30:00 GMT', '2026-01-05T06:30:00.000Z'],
    ['Korean', '2026년 01월 05일 오후 03:30:00', '2026-01-05T06:30:00.000Z'],
    ['Greek', 'Δευ, 05 Ιαν 2026 06:30:00 GMT', '2026-01-05T06:30:00.000Z'],
    ['Hungarian', '2026-január-05T06:30+01:00', '2026-01-05T05:30:00.000Z'],
    ['midnight as 24:00', '2026-01-05T24:00:00Z', '2026-01-06T00:00:00.000Z'],
    ['a leap second', '2016-12-31T23:59:60Z', '2016-12-31T23:59:59.000Z'],
  ])('%s', (_what, written, expected) => {
    expect(iso(written)).toBe(expected);
  });

  it.each([
    '',
    'yesterday',
    '-1',
    '2025-02-29T00:00:00Z',
    '31 Apr 2026 06:00 GMT',
    '2026-01-05T25:00:00Z',
    '2026-01-05T06:61:00Z',
    'Mon, 05 Foo 2026 06:30:00 GMT',
    'Mon, 05 Jan 2026 06:30:00 NOWHERE',
    'Sun, 16 Dec 2012 1:2:3:4 GMT',
    '1'.repeat(200),
  ])('is no date: %s', (written) => {
    expect(readDate(written)).toBeUndefined();
  });

  it('takes an empty field that became 1970 for no date of a story', () => {
    expect(isPlausible(0)).toBe(false);
    expect(isPlausible(Date.UTC(2026, 0, 5))).toBe(true);
  });
});
