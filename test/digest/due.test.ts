import * as fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import { dateAt, dueInstants, nextDue, periodAt } from '../../functions/digest/due.ts';
import type { CohortKey } from '../../functions/model/cohort.ts';
import { DAY, iso } from '../../functions/model/time.ts';

const at = (text: string): number => Date.parse(text);
const daily = (zone: string, hour: number): CohortKey => ({ cadence: 'daily', hour, zone });
const weekly = (zone: string, hour: number, weekday: number): CohortKey => ({ cadence: 'weekly', weekday, hour, zone });

const ZONES = [
  'UTC',
  'Europe/Berlin',
  'Europe/Dublin',
  'Africa/Casablanca',
  'America/New_York',
  'America/Havana',
  'America/Vancouver',
  'America/Nuuk',
  'America/Scoresbysund',
  'Atlantic/Azores',
  'Antarctica/Troll',
  'Asia/Kolkata',
  'Asia/Beirut',
  'Asia/Gaza',
  'Australia/Lord_Howe',
  'Pacific/Chatham',
  'Pacific/Apia',
  'Pacific/Kiritimati',
  'Pacific/Niue',
];

describe('dueInstants', () => {
  it.each([
    ['a gap moves the hour forward by the gap', 'Europe/Berlin', 2, '2026-03-29', '2026-03-29T01:00:00Z'],
    ['an hour that comes twice is due at the first', 'Europe/Berlin', 2, '2026-10-25', '2026-10-25T00:00:00Z'],
    ['a gap of half an hour', 'Australia/Lord_Howe', 2, '2026-10-04', '2026-10-03T15:30:00Z'],
    ['the hour after half an hour that came twice', 'Australia/Lord_Howe', 2, '2026-04-05', '2026-04-04T15:30:00Z'],
    ['a gap at midnight', 'America/Havana', 0, '2026-03-08', '2026-03-08T05:00:00Z'],
    ['a gap at midnight, where the day begins at one', 'Asia/Beirut', 0, '2026-03-29', '2026-03-28T22:00:00Z'],
    ['a gap of two hours', 'Antarctica/Troll', 1, '2026-03-29', '2026-03-29T01:00:00Z'],
    ['an offset of three quarters of an hour', 'Pacific/Chatham', 7, '2026-07-01', '2026-06-30T18:15:00Z'],
    ['a zone that stays on summer time for good', 'America/Vancouver', 7, '2026-12-01', '2026-12-01T14:00:00Z'],
    ['a zone that left its offset', 'Africa/Casablanca', 7, '2026-11-02', '2026-11-02T07:00:00Z'],
    ['far east', 'Pacific/Kiritimati', 7, '2026-01-05', '2026-01-04T17:00:00Z'],
    ['far west', 'Pacific/Niue', 7, '2026-01-05', '2026-01-05T18:00:00Z'],
  ])('%s: %s at %i on %s', (_, zone, hour, date, expected) => {
    const cohort = daily(zone, hour);
    const around = dueInstants(cohort, at(`${date}T00:00Z`) - DAY, at(`${date}T00:00Z`) + 2 * DAY);
    expect(around.filter((instant) => dateAt(cohort, instant) === date).map(iso)).toEqual([expected]);
  });

  it('holds the start of a span and not its end', () => {
    const cohort = daily('UTC', 7);
    const due = at('2026-01-05T07:00:00Z');
    expect(dueInstants(cohort, due, due + 1)).toEqual([due]);
    expect(dueInstants(cohort, due - DAY + 1, due)).toEqual([]);
    expect(dueInstants(cohort, due, due)).toEqual([]);
  });

  it('keeps workdays by the local weekday, not that of UTC', () => {
    const cohort: CohortKey = { cadence: 'workdays', hour: 7, zone: 'Pacific/Kiritimati' };
    const week = dueInstants(cohort, at('2026-01-02T00:00Z'), at('2026-01-09T00:00Z'));
    expect(week.map((instant) => dateAt(cohort, instant))).toEqual([
      '2026-01-05',
      '2026-01-06',
      '2026-01-07',
      '2026-01-08',
      '2026-01-09',
    ]);
  });

  it('runs once for the day that Apia left out', () => {
    const cohort = daily('Pacific/Apia', 7);
    const instants = dueInstants(cohort, at('2011-12-28T00:00Z'), at('2012-01-02T00:00Z'));
    expect(new Set(instants).size).toBe(instants.length);
    expect(instants.map((instant) => iso(instant).slice(8, 10))).toEqual(['28', '29', '30', '31', '01']);
  });

  it('throws for a zone that is none', () => {
    expect(() => dueInstants(daily('Mars/Olympus', 7), 0, DAY)).toThrow(RangeError);
  });

  const cohorts = fc.record({
    zone: fc.constantFrom(...ZONES),
    hour: fc.integer({ min: 0, max: 23 }),
    weekday: fc.integer({ min: 1, max: 7 }),
    cadence: fc.constantFrom('daily' as const, 'workdays' as const, 'weekly' as const),
  });
  const instants = fc.integer({ min: at('2024-01-01T00:00Z'), max: at('2028-01-01T00:00Z') });

  it('gives the same for a span as for its parts, wherever it is cut', () => {
    fc.assert(
      fc.property(
        cohorts,
        instants,
        fc.array(fc.integer({ min: 1, max: 9 * DAY }), { maxLength: 6 }),
        (c, from, steps) => {
          const cuts = [from];
          for (const step of steps) cuts.push((cuts.at(-1) ?? from) + step);
          const parts = cuts.slice(1).flatMap((cut, part) => dueInstants(c, cuts[part] ?? 0, cut));
          expect(parts).toEqual(dueInstants(c, from, cuts.at(-1) ?? from));
        },
      ),
      { numRuns: 300 },
    );
  });

  it('is what Temporal says, by the arithmetic that spares asking it', () => {
    fc.assert(
      fc.property(cohorts, instants, ({ zone, hour }, from) => {
        const cohort = daily(zone, hour);
        const due = nextDue(cohort, from);
        const slow = Temporal.PlainDate.from(dateAt(cohort, due))
          .toPlainDateTime({ hour })
          .toZonedDateTime(zone, { disambiguation: 'compatible' });
        expect(iso(due)).toBe(iso(slow.epochMilliseconds));
      }),
      { numRuns: 300 },
    );
  });

  it('names every due instant of a cohort by a period of its own, and never two in a week for weekly ones', () => {
    fc.assert(
      fc.property(cohorts, instants, (cohort, from) => {
        const periods = dueInstants(cohort, from, from + 60 * DAY).map((due) => periodAt(cohort, due).date);
        expect(new Set(periods).size).toBe(periods.length);
      }),
      { numRuns: 200 },
    );
  });
});

describe('nextDue', () => {
  it('is strictly later', () => {
    const due = at('2026-01-05T07:00:00Z');
    expect(iso(nextDue(daily('UTC', 7), due))).toBe('2026-01-06T07:00:00Z');
    expect(iso(nextDue(daily('UTC', 7), due - 1))).toBe('2026-01-05T07:00:00Z');
    expect(iso(nextDue({ cadence: 'workdays', hour: 7, zone: 'UTC' }, at('2026-01-09T07:00:00Z')))).toBe(
      '2026-01-12T07:00:00Z',
    );
  });
});

describe('periodAt', () => {
  it.each([
    [weekly('Europe/Berlin', 7, 1), '2026-01-05T06:00:00Z', { kind: 'week', date: '2026-01-05' }],
    [weekly('Europe/Berlin', 7, 7), '2026-01-11T06:00:00Z', { kind: 'week', date: '2026-01-05' }],
    [weekly('Pacific/Niue', 7, 1), '2026-01-05T18:00:00Z', { kind: 'week', date: '2026-01-05' }],
    [weekly('Pacific/Kiritimati', 7, 1), '2026-01-04T17:00:00Z', { kind: 'week', date: '2026-01-05' }],
    [daily('Pacific/Kiritimati', 7), '2026-01-04T17:00:00Z', { kind: 'day', date: '2026-01-05' }],
    [daily('UTC', 7), '2026-01-05T07:00:00Z', { kind: 'day', date: '2026-01-05' }],
  ])('%j at %s', (cohort, due, expected) => {
    expect(periodAt(cohort, at(due))).toEqual(expected);
  });

  it('counts an hour that a gap moved past midnight for its own day', () => {
    // Scoresbysund has no 23:00 on 28 March 2026: that digest comes at midnight and is still the 28th's.
    const cohort = daily('America/Scoresbysund', 23);
    const periods = dueInstants(cohort, at('2026-03-27T12:00Z'), at('2026-03-30T12:00Z')).map(
      (due) => `${periodAt(cohort, due).date} at ${iso(due)}`,
    );
    expect(periods).toEqual([
      '2026-03-27 at 2026-03-28T01:00:00Z',
      '2026-03-28 at 2026-03-29T01:00:00Z',
      '2026-03-29 at 2026-03-30T00:00:00Z',
    ]);
  });
});
