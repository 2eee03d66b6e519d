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
  fr: ['.wishes.sources', '.wishes.format', '.topics.sport', '.manage.pauseTitle'],
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

  it('set names in Arabic apart, so that the signs beside them stay where they belong', () => {
    const isolated = '\u2068A, 1 B Street\u2069';
    expect(fill('{postal}. راسلنا', { postal: 'A, 1 B Street' })).toBe(`${isolated}. راسلنا`);
    expect(listOf('ar', ['A, 1 B Street', 'أ'])).toBe(`${isolated}، أ`);
    // an isolate of isolates would run from left to right
    expect(fill('تغيّر: {what}.', { what: listOf('ar', ['أ', 'ب']) })).toBe('تغيّر: أ، ب.');
  });

  it('French keeps its double signs on the line of their words, by narrow spaces that do not break', () => {
    for (const [path, text] of texts(wordsOf('fr')))
      expect([path, text.match(/[^\u202f:]([:;?!»])(?!\/)|«[^\u202f]/g)]).toEqual([path, null]);
  });

  it.each([
    ['en', 'Your next digest comes Tuesday 6 January at 07:00 (Berlin).'],
    ['de', 'Ihre nächste Ausgabe kommt am Dienstag, 6. Januar, um 07:00 Uhr (Berlin).'],
    ['fr', 'Votre prochaine édition arrive mardi 6 janvier à 07:00 (Berlin).'],
    ['es', 'Su próxima edición llega el martes 6 de enero a las 07:00 (Berlin).'],
    ['ar', 'تصل نشرتك التالية يوم الثلاثاء، 6 يناير في الساعة 07:00 (Berlin).'],
  ] as const)('say in a whole sentence when the next digest comes: %s', async (language, said) => {
    const site = await aSite();
    const reader = await site.given({ preferences: { language, zone: 'Europe/Berlin' } });
    const { text } = await site.get(site.pathOf(site.links.manage(reader, site.clock.now())));
    expect(text.replace(/[\u2068\u2069]/g, '')).toContain(said);
  });

  it('an address is written from left to right in an Arabic form too: `ann@` stood there as `@ann`', async () => {
    const { text } = await (await aSite()).get('/', { 'accept-language': 'ar' });
    expect(text).toMatch(/<input id="f-email" type="email"[^>]* dir="ltr"/);
    expect(text).toMatch(/<textarea id="f-sources" dir="auto"/);
  });

  it('fill places as plain text', () => {
    expect(fill('{a} and {b} and {c}', { a: '{b}', b: 1 })).toBe('{b} and 1 and {c}');
  });
});
