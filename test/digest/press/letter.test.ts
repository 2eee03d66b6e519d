import PostalMime from 'postal-mime';
import { expect, test } from 'vitest';
import { createPress, type LetterView } from '../../../functions/digest/press/press.ts';
import { CHROME_LANGUAGES } from '../../../functions/model/subscriber.ts';
import { AT, BRAND } from './views.ts';

const press = createPress(BRAND);
const link = 'https://broadsheet.example/c/k7f3v0q2m9x1';

const letters: LetterView[] = CHROME_LANGUAGES.flatMap((language): LetterView[] => [
  { kind: 'confirm', language, link, hours: 48 },
  { kind: 'manage', language, link, hours: 1 },
  { kind: 'address-change', language, link, hours: 48 },
  { kind: 'source-stopped', language, link, title: 'The <Quiet> Observer', sinceAt: AT, zone: 'Europe/Paris' },
]);

test.each(letters)('$kind in $language has one link, written out in both parts', async (letter) => {
  const { raw, subject } = press.letter(letter, { to: 'reader@example.org', date: AT });
  const { html = '', text = '', subject: read } = await PostalMime.parse(raw);
  expect(read).toBe(subject);
  const urls = [...html.matchAll(/(?:href|src)="([^"]*)"/g)].map(([, url]) => url);
  expect(urls).toEqual([link, link]);
  expect(text.split('\n')).toContain(link);
  for (const part of [html, text]) for (const fact of [BRAND.name, BRAND.postalAddress]) expect(part).toContain(fact);
  expect(html).not.toContain('<Quiet>');
});

test('a letter without a web address in its link is not made', () => {
  const letter: LetterView = { kind: 'confirm', language: 'en', link: 'javascript:x', hours: 1 };
  expect(() => press.letter(letter, { to: 'reader@example.org', date: AT })).toThrow('link');
});
