import PostalMime from 'postal-mime';
import { describe, expect, test } from 'vitest';
import { calendarOf } from '../../../functions/digest/press/calendar.ts';
import { shorten } from '../../../functions/digest/press/compose.ts';
import { createPress } from '../../../functions/digest/press/press.ts';
import { words } from '../../../functions/digest/press/words/words.ts';
import type { DigestView } from '../../../functions/model/digest.ts';
import { HOUR } from '../../../functions/model/time.ts';
import { AT, aCard, aView, BRAND, ENVELOPE } from './views.ts';

const mailed = async (view: DigestView) => {
  const { raw, subject } = createPress(BRAND).digest(view, ENVELOPE);
  const { html = '', text = '' } = await PostalMime.parse(raw);
  return { html, text, subject };
};

const lead = (over: Parameters<typeof aCard>[0], view: Partial<DigestView> = {}) =>
  mailed(aView({ lead: aCard({ url: 'https://a.example/1', ...over }), ...view }));

/** The lines of the first story in the text part, from its headline to its address. */
const story = ({ text }: { text: string }): string[] =>
  (text.split('-'.repeat(72))[1] ?? '').trim().split('\n').slice(0, -1);

describe('a summary says more than the headline', () => {
  test.each([
    ['Harbour bridge opens', 'Harbour bridge opens.', []],
    ['Harbour bridge opens', 'harbour bridge opens …', []],
    ['Harbour bridge opens after nine years', 'Harbour bridge opens after…', []],
    ['Harbour bridge opens', 'Harbour bridge opens. It took nine years.', ['It took nine years.']],
    ['Will the bridge open?', 'Will the bridge open? It took nine years.', ['It took nine years.']],
    ['Harbour bridge opens', 'Harbour bridge opens after nine years.', ['Harbour bridge opens after nine years.']],
    ['Israel strikes', 'Israel strikes Gaza.', ['Israel strikes Gaza.']],
    ['Bridge', 'Bridges opened all over the land.', ['Bridges opened all over the land.']],
  ])('%j, %j', async (title, summary, shown) => {
    expect(story(await lead({ title, summary })).slice(1, -2)).toEqual(shown);
  });
});

describe('who wrote it', () => {
  test.each([
    ['By Jane Doe', 'Daily Example · Jane Doe · 06:00'],
    ['BY JANE DOE', 'Daily Example · JANE DOE · 06:00'],
    ['Byron Blue', 'Daily Example · Byron Blue · 06:00'],
    ['admin', 'Daily Example · 06:00'],
    ['www.example.com', 'Daily Example · 06:00'],
    ['jane@example.com', 'Daily Example · 06:00'],
  ])('%j', async (author, line) => {
    expect(story(await lead({ title: 'A', author, summary: '' }))[1]).toBe(line);
  });
});

test('a story that its source dates later than we read it has the time of reading: nothing in a mail is from tomorrow', async () => {
  const said = await lead({ title: 'A', publishedAt: AT + 40 * HOUR, firstSeenAt: AT - 2 * HOUR });
  expect(story(said)).toContain('Daily Example · 05:00');
});

test('a German ordinal ends no sentence', async () => {
  const summary = 'Das sagte sie am 3. Mai in Berlin. Mehr folgt. Nichts folgte.';
  const [, shown] = story(await lead({ title: 'A', language: 'de', summary }));
  expect(shown).toBe('Das sagte sie am 3. Mai in Berlin. Mehr folgt.');
});

test('names of any script that runs from left to right are set apart in Arabic, where they would take the time along', async () => {
  for (const sourceTitle of ['日本経済新聞', '한겨레', 'हिन्दुस्तान', 'ไทยรัฐ', 'Հետք']) {
    const { html } = await lead({ title: 'A', sourceTitle }, { language: 'ar' });
    const entities = [...sourceTitle].map((sign) => `&#${sign.codePointAt(0)};`).join('');
    expect(html.replace(/\s+/g, '')).toContain(`<b><bdi>${entities}</bdi></b>`);
  }
});

test('a subject that is cut never splits what a reader sees as one sign', async () => {
  const family = '👩‍👩‍👧‍👦';
  expect(shorten(`${'x'.repeat(10)}${family}${family}`, 15)).toBe(`${'x'.repeat(10)}…`);
  expect(shorten('e\u0301'.repeat(9), 8)).toBe(`${'e\u0301'.repeat(3)}…`);
  const { subject } = await lead({ title: family.repeat(20) });
  expect(subject).toBe(`${family.repeat(8)}… · Mon 23 Nov`);
});

test('the first of a month is an ordinal in French, and no other day', () => {
  const { date, longDate, shortDate, dayAndMonth } = calendarOf('fr', 'UTC');
  const first = Date.UTC(2026, 11, 1);
  expect([date(first), longDate(first), shortDate(first), dayAndMonth(first)]).toEqual([
    '1er décembre 2026',
    'mardi 1er décembre 2026',
    'mar. 1er déc.',
    'mardi 1er décembre',
  ]);
  expect(date(Date.UTC(2026, 11, 11))).toBe('11 décembre 2026');
  expect(calendarOf('de', 'UTC').date(first)).toBe('1. Dezember 2026');
});

test('one o’clock is singular in Spanish', () => {
  const { next, schedule } = words('es').digest;
  expect(next('martes', '01:00')).toBe('Próxima edición: martes a la 01:00.');
  expect(next('martes', '13:00')).toBe('Próxima edición: martes a las 13:00.');
  for (const say of Object.values(schedule)) expect(say('01:00', 'UTC', 'lunes')).toContain(' a la 01:00');
});

test('a zone is written as people write places', async () => {
  const { text, html } = await lead({ title: 'A' }, { zone: 'America/New_York' });
  for (const part of [text, html]) expect(part.replace(/\s+/g, ' ')).toContain('at 07:00 (America/New York)');
});
