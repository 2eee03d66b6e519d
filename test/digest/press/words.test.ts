import { describe, expect, test } from 'vitest';
import { weekdayName } from '../../../functions/digest/press/calendar.ts';
import { type Words, words } from '../../../functions/digest/press/words/words.ts';
import { CHROME_LANGUAGES } from '../../../functions/model/subscriber.ts';

type Said = [path: string, text: string];

/** Every message with the same arguments: counts where the English takes one, names elsewhere. */
const COUNTED = /contents|minutes|more$|outlets|moreOnWeb/;

const spoken = (value: unknown, path: string): Said[] => {
  if (typeof value === 'string') return [[path, value]];
  if (typeof value === 'function') {
    const letter = /letters\.(confirm|manage|addressChange)/.test(path);
    const said = letter ? value('Qb', 48) : COUNTED.test(path) ? value(7, 5) : value('Qa', 'Qb', 'Qc');
    return spoken(said, path);
  }
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => spoken(inner, path ? `${path}.${key}` : key));
};

const messages = ({ topics, cadences, digest, letters }: Words): Said[] =>
  spoken({ topics, cadences, digest, letters }, '');

/** Messages that are rightly the same as in English. */
const SAME: Record<string, string[]> = {
  de: ['topics.sport', 'digest.before'],
  fr: ['topics.sport'],
  es: ['digest.before'],
  ar: ['digest.before'],
};

const others = CHROME_LANGUAGES.filter((language) => language !== 'en');

describe.each(others)('%s', (language) => {
  const english = new Map(messages(words('en')));
  const own = messages(words(language));

  test('says everything that English says, and nothing else', () => {
    expect(own.map(([path]) => path).sort()).toEqual([...english.keys()].sort());
  });

  test('no message equals its English', () => {
    const same = own.filter(([path, text]) => english.get(path) === text).map(([path]) => path);
    expect(same).toEqual(SAME[language] ?? []);
  });

  test('every message uses what it is given', () => {
    const given = (text = ''): string[] => text.match(/Q[abc]|\b(?:48|7|5)\b/g)?.sort() ?? [];
    for (const [path, text] of own) {
      const missing = given(english.get(path)).filter((value) => !text.includes(value));
      expect({ path, missing }).toEqual({ path, missing: [] });
    }
  });

  test('nothing is left to fill', () => {
    for (const [, text] of own) expect(text).not.toMatch(/#|undefined|\$\{/);
  });
});

test.each([
  ['en', 1, '1 story from 1 source'],
  ['en', 2, '2 stories from 2 sources'],
  ['de', 1, '1 Meldung aus 1 Quelle'],
  ['fr', 0, '0 article de 0 source'],
  ['ar', 1, 'خبر واحد من مصدر واحد'],
  ['ar', 2, 'خبران من مصدرين'],
  ['ar', 3, '3 أخبار من 3 مصادر'],
  ['ar', 11, '11 خبرًا من 11 مصدرًا'],
] as const)('%s counts %i', (language, count, said) => {
  expect(words(language).digest.contents(count, count)).toBe(said);
});

test('weekdays are counted from Monday', () => {
  expect([1, 7].map((weekday) => weekdayName('en-GB', weekday))).toEqual(['Monday', 'Sunday']);
});
