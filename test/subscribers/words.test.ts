import { describe, expect, it } from 'vitest';
import { CHROME_LANGUAGES } from '../../functions/model/subscriber.ts';
import { fill, listOf, wordsOf } from '../../functions/subscribers/words/words.ts';
import { aSite } from './site.ts';

/** Every text with the path to it. */
const texts = (words: unknown, path = ''): [string, string][] =>
  typeof words === 'string'
    ? [[path, words]]
    : Object.entries(words ?? {}).flatMap(([name, inner]) => texts(inner, `${path}.${name}`));

const places = (text: string): string[] => [...text.matchAll(/\{\w+\}/g)].map(([place]) => place).sort();

/** Texts that are rightly the same as in English. */
const SAME: Record<string, string[]> = {
  de: ['.wishes.format', '.topics.sport', '.manage.pauseTitle'],
  fr: ['.wishes.sources', '.topics.sport', '.manage.pauseTitle'],
  es: ['.errorPrefix'],
};

describe('words', () => {
  it('stand in lists with the comma of their language', () => {
    expect([listOf('en', ['a', 'b']), listOf('ar', ['أ', 'ب'])]).toEqual(['a, b', 'أ، ب']);
  });

  it.each(CHROME_LANGUAGES)('of %s fill the same places as the English', (language) => {
    const english = new Map(texts(wordsOf('en')));
    const other = texts(wordsOf(language));
    expect(other.map(([path, text]) => [path, places(text)])).toEqual(
      [...english].map(([path, text]) => [path, places(text)]),
    );
    expect(other.filter(([, text]) => text.trim() === '')).toEqual([]);
  });

  it.each(CHROME_LANGUAGES.filter((language) => language !== 'en'))(
    'of %s are never the English ones, but for those listed',
    (language) => {
      const english = new Map(texts(wordsOf('en')));
      const same = texts(wordsOf(language)).filter(([path, text]) => english.get(path) === text);
      expect(same.map(([path]) => path)).toEqual(SAME[language] ?? []);
    },
  );

  it.each(CHROME_LANGUAGES)('of %s leave no place open on any page', async (language) => {
    const site = await aSite();
    const reader = await site.given({
      preferences: { language, votes: [{ on: { kind: 'topic', topic: 'food' }, weight: 1 }] },
    });
    const now = site.clock.now();
    const urls = [
      site.links.manage(reader, now),
      site.links.own(reader, now),
      site.links.pause(reader, now),
      site.links.unsubscribe(reader),
    ];
    const paths = ['/', '/privacy', '/link', '/x', ...urls.map(site.pathOf)];
    for (const path of paths) {
      const { text } = await site.get(path, { 'accept-language': language });
      const body = text.replace(/<(style|script)>[\s\S]*?<\/\1>/g, '');
      expect(body).toContain(`<html lang="${language}"`);
      expect(body.match(/\{\w+\}|undefined|\[object/g)).toBeNull();
    }
  });

  it('fill places as plain text', () => {
    expect(fill('{a} and {b} and {c}', { a: '{b}', b: 1 })).toBe('{b} and 1 and {c}');
  });
});
