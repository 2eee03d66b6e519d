import { expect, test } from 'vitest';
import { periodId } from '../../functions/model/delivery.ts';
import { iso } from '../../functions/model/time.ts';
import { dueOf, readPeople } from '../../infra/day/people.ts';

const ANNA = { email: 'anna@example.com', cadence: 'daily', hour: 7, zone: 'Europe/Berlin' };

const file = (...people: object[]): string => JSON.stringify(people);

test('what is left out gets the defaults, and a zone its present name', () => {
  expect(
    readPeople(file({ ...ANNA, zone: 'asia/calcutta', mutes: ['rugby', { kind: 'topic', topic: 'sport' }] })),
  ).toEqual([
    {
      ...ANNA,
      zone: 'Asia/Kolkata',
      weekday: 1,
      topics: [],
      sources: [],
      keywords: [],
      mutes: ['rugby', 'topic:sport'],
      reads: ['en'],
      language: 'en',
      format: 'full',
      maxStories: 15,
    },
  ]);
});

test('null is what was left out', () => {
  const nulls = { weekday: null, topics: null, reads: null, country: null, language: null, maxStories: null };
  expect(readPeople(file({ ...ANNA, ...nulls }))).toEqual(readPeople(file(ANNA)));
});

const wrong: [name: string, text: string, message: RegExp][] = [
  ['no JSON', '{', /^is not JSON$/],
  ['no list', '{}', /expected array/],
  ['nobody', '[]', /^names nobody$/],
  ['no address', file(ANNA, { ...ANNA, email: 'anna' }), /^\[1\]\.email is "anna": no mail address/],
  [
    'unknown topic',
    file({ ...ANNA, topics: ['world', 'gossip'] }),
    /^\[0\]\.topics\.1 is "gossip": .*"world"\|.* \(anna@example\.com\)$/,
  ],
  [
    'unknown zone',
    file({ ...ANNA, zone: 'Europe/Atlantis' }),
    /^\[0\]\.zone is "Europe\/Atlantis": unknown time zone 'Europe\/Atlantis' \(anna@example\.com\)$/,
  ],
  ['an hour that is none', file({ ...ANNA, hour: 24 }), /^\[0\]\.hour is 24: .*23 \(anna@example\.com\)$/],
  ['a weekday that is none', file({ ...ANNA, weekday: 0 }), /^\[0\]\.weekday is 0: .*1 \(anna@example\.com\)$/],
  [
    'unknown cadence',
    file({ ...ANNA, cadence: 'hourly' }),
    /^\[0\]\.cadence is "hourly": .*"daily"\|"workdays"\|"weekly" \(anna@example\.com\)$/,
  ],
  ['no zone', file({ ...ANNA, zone: null }), /^\[0\]\.zone is missing: .* \(anna@example\.com\)$/],
  ['a reader that is none', file(ANNA, [7]), /^\[1\]: .*expected object/],
  ['too many keywords', file({ ...ANNA, keywords: Array(11).fill('tea') }), /^\[0\]\.keywords: .*10 .*\(anna@/],
  ['too many mutes', file({ ...ANNA, mutes: Array(51).fill('tea') }), /^\[0\]\.mutes: .*50 .*\(anna@/],
  ['too many sources', file({ ...ANNA, sources: Array(52).fill('bbc') }), /^\[0\]\.sources: .*51 .*\(anna@/],
  [
    'an address twice',
    file(ANNA, { ...ANNA, email: 'ANNA@Example.com' }),
    /^\[1\]\.email is "ANNA@Example\.com": the same address as \[0\]$/,
  ],
];

test.each(wrong)('%s is one clear line', (_, text, message) => {
  let said = '';
  try {
    readPeople(text);
  } catch (error) {
    said = error instanceof Error ? error.message : '';
  }
  expect(said).toMatch(message);
  expect(said).not.toContain('\n');
});

test('due is the calendar: the first instant counts, the last does not', () => {
  const people = readPeople(
    file(
      ANNA,
      { ...ANNA, email: 'b@example.com', cadence: 'weekly', weekday: 2, zone: 'Asia/Kathmandu' },
      { ...ANNA, email: 'c@example.com', cadence: 'workdays' },
    ),
  );
  const due = dueOf(people, Date.UTC(2026, 0, 3, 6), Date.UTC(2026, 0, 6, 6));
  expect(due.map(({ person, period, dueAt }) => `${person.email} ${periodId(period)} ${iso(dueAt)}`)).toEqual([
    'anna@example.com 2026-01-03_day 2026-01-03T06:00:00Z',
    'anna@example.com 2026-01-04_day 2026-01-04T06:00:00Z',
    'anna@example.com 2026-01-05_day 2026-01-05T06:00:00Z',
    'b@example.com 2026-01-05_week 2026-01-06T01:15:00Z',
    'c@example.com 2026-01-05_day 2026-01-05T06:00:00Z',
  ]);
});
