import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sameTitle, titleWords, wordMutes } from '../../functions/digest/words.ts';
import { canonicalUrl } from '../../functions/model/canonical-url.ts';

describe('canonicalUrl', () => {
  it.each([
    ['https://www.news.example/a/b/?utm_source=rss&utm_medium=feed#top', 'http://news.example/a/b'],
    ['https://m.news.example/story/amp/', 'https://news.example/story'],
    ['https://news.example/story/index.html', 'https://news.example:443/story/'],
    ['https://news.example/?b=2&a=1&fbclid=x', 'https://NEWS.example/?a=1&b=2'],
  ])('%s is %s', (a, b) => {
    expect(canonicalUrl(a)).toBe(canonicalUrl(b));
  });

  it.each([
    ['https://news.example/?p=1', 'https://news.example/?p=2'],
    ['https://news.example/a', 'https://news.example/A'],
    ['https://uk.news.example/a', 'https://news.example/a'],
    ['not an address', 'nor this'],
  ])('%s is not %s', (a, b) => {
    expect(canonicalUrl(a)).not.toBe(canonicalUrl(b));
  });
});

describe('sameTitle', () => {
  it.each([
    ['Flood kills ten in Nepal', 'Flood kills ten in Nepal today', true],
    ['Hints for Monday, January 5', 'Hints for Tuesday, January 6', true],
    ['Flood kills ten in Nepal', 'Nepal counts the cost of a flood', false],
    ['', '', false],
  ])('%j and %j: %s', (a, b, same) => {
    expect(sameTitle(titleWords(a), titleWords(b))).toBe(same);
    expect(sameTitle(titleWords(b), titleWords(a))).toBe(same);
  });
});

describe('sameTitle, with the short cut by bits', () => {
  // words.ts: leave the shared bits out of the comparison
  it('is the Jaccard measure and nothing else', () => {
    const word = fc.string({ unit: fc.constantFrom(...'abc'), minLength: 3, maxLength: 4 });
    const both = fc.array(word, { maxLength: 12 });
    const more = fc.array(word, { maxLength: 6 });
    fc.assert(
      fc.property(both, more, more, (common, ofA, ofB) => {
        const [a, b] = [[...common, ...ofA].join(' '), [...common, ...ofB].join(' ')];
        const [left, right] = [new Set(a.split(' ').filter(Boolean)), new Set(b.split(' ').filter(Boolean))];
        const measure = left.intersection(right).size / (left.union(right).size || 1);
        expect(sameTitle(titleWords(a), titleWords(b))).toBe(measure >= 0.6);
      }),
      { numRuns: 2000 },
    );
  });
});

describe('wordMutes', () => {
  it('is nothing where no words are muted, or none that hold a letter', () => {
    expect(wordMutes([])).toBeUndefined();
    expect(wordMutes([{ kind: 'words', words: '--' }])).toBeUndefined();
  });

  it.each([
    ['naïve', 'A NAIVE plan', true],
    ['covid-19', 'What Covid 19 left', true],
    ['art', 'The party starts', false],
    ['interest rates', 'Interest in rates', false],
    ['ガザ', 'カサの日', false],
    ['ガザ', 'ガザで停戦', true],
    ['ｶﾞｻﾞ', 'ガザで停戦', true],
    ['दाल', 'दल की बैठक', false],
    ['दाल', 'दाल के दाम', true],
    ['إيران', 'ايران', true],
    ['إيران', 'محادثات وإيران ترد', true],
    ['حرب', 'الحرب مستمرة', true],
    ['الصين', 'تجارة بالصين', true],
    ['الصين', 'صينية طعام', false],
    ['서울', '서울에서 열린 회담', true],
    ['서울', '남서울 개통', false],
    ['대통령 선거', '대통령 선거가 열린다', true],
  ])('%j in %j: %s', (words, text, muted) => {
    expect(wordMutes([{ kind: 'words', words }])?.(text)).toBe(muted);
  });
});
