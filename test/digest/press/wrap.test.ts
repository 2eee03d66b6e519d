import { expect, test } from 'vitest';
import { wrap } from '../../../functions/digest/press/wrap.ts';

test('breaks at blanks, and nothing is longer than 72 columns', () => {
  const lines = wrap('word '.repeat(40).trim()).split('\n');
  expect(lines.map((line) => line.length)).toEqual([69, 69, 59]);
});

test('what stands together stays together: the dot after its fact, signs of French after their word', () => {
  const filler = 'x'.repeat(64);
  expect(wrap(`${filler} Gazette\u00a0· 07:00`)).toBe(`${filler}\nGazette · 07:00`);
  expect(wrap(`${filler} le sujet\u202f: Monde`)).toBe(`${filler} le\nsujet\u202f: Monde`);
});

test('a title that is held together from end to end is broken all the same', () => {
  expect(
    Math.max(
      ...wrap('word '.repeat(40).trim().replaceAll(' ', '\u00a0'))
        .split('\n')
        .map((l) => l.length),
    ),
  ).toBe(69);
});

const JAPANESE =
  '日本の首相は二十三日、新しい経済政策を発表した。円安が続く中、企業の投資を促す狙いがあると専門家は指摘している。野党は「財源」が示されていないと批判した。';

test('Japanese gets no blanks, fits 72 columns of double width, and no line begins with a full stop', () => {
  const lines = wrap(JAPANESE).split('\n');
  expect(lines.join('')).toBe(JAPANESE);
  expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(36);
  expect(lines.length).toBe(3);
  for (const line of lines) expect(line).not.toMatch(/^[。、」]|「$/);
});

test('Thai is broken between its words', () => {
  const thai = 'นายกรัฐมนตรีประกาศนโยบายเศรษฐกิจใหม่เพื่อส่งเสริมการลงทุนของบริษัทในประเทศและต่างประเทศในปีหน้า';
  const lines = wrap(thai).split('\n');
  expect(lines.join('')).toBe(thai);
  for (const line of lines) expect(line).not.toMatch(/^\p{M}/u);
});

test('Korean has blanks and keeps them, and counts double', () => {
  const lines = wrap('새로운 경제 정책을 발표했다 '.repeat(6).trim()).split('\n');
  expect(lines.join(' ')).toBe('새로운 경제 정책을 발표했다 '.repeat(6).trim());
  expect(lines.length).toBe(3);
});

test('accents that are characters of their own take no room', () => {
  const word = 'e\u0301'.repeat(36);
  expect(wrap(`${word} ${'x'.repeat(35)}`)).toBe(`${word} ${'x'.repeat(35)}`);
});
