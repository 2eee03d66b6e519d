import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toDeliveryRow } from '../../functions/adapters/dynamo/delivery-row.ts';
import { MailedTitles, MOST_WORDS, sketchOf, withTitlesThatFit } from '../../functions/digest/mailed-titles.ts';
import { sameTitle, titleWords } from '../../functions/digest/words.ts';
import { itemSize } from '../../infra/local/item-size.ts';
import { aDelivery, aMailedStory, BASE_AT } from '../builders.ts';
import { drawAll, mailed, selectFrom, titlesOf } from './newsroom.ts';

const holds = (had: string, title: string, isSeries = false): boolean =>
  new MailedTitles([sketchOf(had)]).hold(sketchOf(title), isSeries);

const word = fc.stringMatching(/^[a-zà-ÿ]{3,9}$/);
const words = (min: number, max: number) => fc.uniqueArray(word, { minLength: min, maxLength: max });

describe('mailed titles', () => {
  it.each([
    ['Ferry runs aground off the northern coast', 'Ferry runs aground off northern coast, again', true],
    ['Ferry runs aground off the northern coast', 'Harbour reopens after the storm', false],
    ['Ferry runs aground', '', false],
    ['', '', false],
    ['No 1', 'No 1', false],
  ])('%j and %j: %s', (had, title, repeat) => {
    expect(holds(had, title)).toBe(repeat);
    expect(holds(title, had)).toBe(repeat);
  });

  it('are a series by their numbers, for a source that was chosen by name', () => {
    expect(holds('Weekly harbour links 44', 'Weekly harbour links 45', true)).toBe(false);
    expect(holds('Weekly harbour links 44', 'Weekly harbour links 44', true)).toBe(true);
    expect(holds('Weekly harbour links 44', 'Weekly harbour links 45')).toBe(true);
    expect(holds('Weekly harbour links', 'Weekly harbour links', true)).toBe(true);
  });

  it('are known again wherever their words say the same, and hardly ever otherwise', () => {
    let [same, found, other, mistaken] = [0, 0, 0, 0];
    const pair = fc.tuple(words(4, 12), words(0, 6), words(0, 6)).map(([both, one, two]) => ({
      a: [...both, ...one].join(' '),
      b: [...two, ...both].join(' '),
    }));
    fc.assert(
      fc.property(pair, ({ a, b }) => {
        const isSame = sameTitle(titleWords(a), titleWords(b));
        const isHeld = holds(a, b);
        same += isSame ? 1 : 0;
        found += isSame && isHeld ? 1 : 0;
        const apart = titleWords(a).words.isDisjointFrom(titleWords(b).words);
        expect(apart && isHeld).toBe(false);
      }),
      { numRuns: 3000, seed: 7 },
    );
    fc.assert(
      fc.property(words(4, 12), fc.array(words(4, 12), { minLength: 20, maxLength: 20 }), (title, had) => {
        const text = title.join(' ');
        const titles = had.map((each) => each.join(' '));
        const isHeld = new MailedTitles(titles.map(sketchOf)).hold(sketchOf(text), false);
        other += titles.length;
        mistaken += isHeld && !titles.some((each) => sameTitle(titleWords(each), titleWords(text))) ? 1 : 0;
      }),
      { numRuns: 1000, seed: 7 },
    );
    expect(same).toBeGreaterThan(1000);
    expect(found / same).toBeGreaterThan(0.99);
    expect(mistaken / other).toBeLessThan(0.0001);
  });

  // fails if each run of letters is one word: a headline of one run is then taken for one of any 224 others
  it('tell headlines without spaces apart, and know them again', () => {
    const sign = fc.integer({ min: 0x4e00, max: 0x5fff }).map((code) => String.fromCodePoint(code));
    const headline = fc.array(sign, { minLength: 9, maxLength: 30 }).map((signs) => signs.join(''));
    let mistaken = 0;
    fc.assert(
      fc.property(headline, fc.array(headline, { minLength: 60, maxLength: 60 }), (title, had) => {
        const titles = new MailedTitles(had.map(sketchOf));
        mistaken += titles.hold(sketchOf(title), false) ? 1 : 0;
        expect(titles.hold(sketchOf(`${had[0]}。`), false)).toBe(true);
      }),
      { numRuns: 300, seed: 7 },
    );
    expect(mistaken).toBe(0);
    expect(holds('トランプ氏、ベネズエラ攻撃を発表', 'トランプ氏がベネズエラへの攻撃を発表')).toBe(true);
    expect(sameTitle(titleWords('中国外交部回应台湾局势'), titleWords('中国外交部再回应台湾局势'))).toBe(true);
    expect(sameTitle(titleWords('中国外交部回应台湾局势'), titleWords('北京今日大雪交通受阻'))).toBe(false);
  });

  // tabloids have titles of thirty words and more: fails if such a one is not remembered, or by all its bytes
  it('know a title of many words by its first', () => {
    const words = (from: number, count: number) => Array.from({ length: count }, (_, n) => `word${from + n}`).join(' ');
    const long = words(0, 300);
    expect(sketchOf(long).length).toBe(MOST_WORDS);
    expect(holds(long, long)).toBe(true);
    expect(holds(long, `${words(0, 40)} and so on`)).toBe(true);
    expect(holds(long, words(1000, 300))).toBe(false);
  });

  it('fit the ledger entry, from the first story on', () => {
    const title = String.fromCharCode(...Array.from({ length: 9 }, (_, n) => 32 + n));
    const stories = (count: number) =>
      withTitlesThatFit(Array.from({ length: count }, (_, n) => aMailedStory(`${n}`, { title, turn: 255 })));
    const kept = (count: number) => stories(count).filter((each) => each.title === title).length;
    expect([kept(20), kept(30), kept(40)]).toEqual([20, 30, 37]);
    const full = aDelivery({
      period: { kind: 'welcome', date: '2026-12-31' },
      stories: stories(40),
      state: { kind: 'sent', at: BASE_AT + 123, messageId: `0102019b8c5a7d3e-${'a'.repeat(36)}-000000` },
      edition: 999_999,
      preferences: 9_999,
      evidenceAt: BASE_AT + 456,
    });
    expect(itemSize(toDeliveryRow(full))).toBeLessThanOrEqual(1000);
  });

  it('keep a headline from coming again days later, from another outlet and as another event', () => {
    const memory = mailed(drawAll({ title: 'Comet seen over the northern islands', sources: ['a'] }));
    const later = drawAll(
      { title: 'Comet is seen over northern islands', sources: ['b'] },
      { title: 'Quiet day at sea', sources: ['c'] },
    );
    expect(titlesOf(selectFrom(later, { reader: { topics: ['world'] }, memory }))).toEqual(['Quiet day at sea']);
    expect(titlesOf(selectFrom(later, { reader: { sources: ['b', 'c'] }, memory }))).toEqual(['Quiet day at sea']);
  });

  it('let the next issue of a series pass that a reader follows', () => {
    const memory = mailed(drawAll({ title: 'Weekly harbour links 44', sources: ['a'] }));
    const next = drawAll({ title: 'Weekly harbour links 45', sources: ['a'] });
    expect(titlesOf(selectFrom(next, { reader: { sources: ['a'] }, memory }))).toEqual(['Weekly harbour links 45']);
  });

  it('let none pass of a source that tells much else: its puzzles and daily threads come once', () => {
    const memory = mailed(drawAll({ title: 'Daily harbour puzzle 44', sources: ['a'] }));
    const others = ['Comet seen', 'Bridge opens', 'Storm ends'].map((title) => ({ title, sources: ['a'] }));
    const puzzle = { title: 'Daily harbour puzzle 45', sources: ['a'] };
    const titles = (cadence: 'daily' | 'weekly', ...sketches: { title: string; sources: string[] }[]) =>
      titlesOf(selectFrom(drawAll(...sketches), { reader: { sources: ['a'], cadence }, memory }));
    expect(titles('daily', puzzle, ...others.slice(1))).toContain(puzzle.title);
    expect(titles('daily', puzzle, ...others)).toEqual(others.map(({ title }) => title));
    expect(titles('weekly', puzzle, ...others)).toContain(puzzle.title);
  });
});
