import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cut } from '../../functions/newsroom/cut.ts';
import { TermMap } from '../../functions/newsroom/model/term-map.ts';
import { hashPair, hashPlain, hashTerm, hashWords, wordsOf } from '../../functions/newsroom/text.ts';

const WORD = /[\p{L}\p{N}][\p{L}\p{N}\p{M}]*(?:[.'’&][\p{L}\p{N}][\p{L}\p{N}\p{M}]*)*/gu;

/** Texts of words with all that may stand in and between them. */
const texts = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        'U.S.',
        "Obama's",
        '’',
        '“',
        'AT&T',
        'R.E.M',
        'é',
        'e\u0301',
        '12.5',
        '..',
        ' ',
        '-',
        '&',
        'Ünal',
        '𝒜',
        '👍',
        'ß',
      ),
      fc.string({ unit: 'binary', maxLength: 4 }),
    ),
  )
  .map((parts) => parts.join(''))
  .filter(
    (text) =>
      !/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Khmer}\p{Script=Lao}\p{Script=Myanmar}]/u.test(
        text,
      ),
  );

describe('cutting words', () => {
  // fails if a joiner is taken without what must follow it
  it('is what the expression says, character by character', () => {
    fc.assert(
      fc.property(texts, (text) => {
        const matches = [...text.matchAll(WORD)];
        expect(cut(text, 'en')).toEqual({
          raws: matches.map(([raw]) => raw),
          starts: matches.map(({ index }) => index),
        });
      }),
    );
  });
});

describe('hashes of words', () => {
  // fails if hashPair leaves out the line between
  it('go on from word to word to what the whole text has', () => {
    const words = wordsOf('Northern Chile’s coast shaken by strong earthquake', 'en');
    const [first, second] = words;
    if (!first || !second) throw new Error('no words');
    expect(hashPlain(second)).toBe(hashTerm('chile'));
    expect(hashPair(first, second)).toBe(hashTerm('northern_chile'));
    expect(hashWords(words)).toBe(hashTerm(words.map(({ plain }) => plain).join(' ')));
    expect(hashWords([])).toBe(hashTerm(''));
  });
});

describe('a map of terms', () => {
  // fails if growing forgets a term or brings one back
  it('holds what a Map holds, through growth and taking out', () => {
    const step = fc.tuple(fc.integer({ min: 0, max: 3000 }), fc.integer({ min: 0, max: 3 }));
    fc.assert(
      fc.property(fc.array(step, { maxLength: 4000, size: 'max' }), (steps) => {
        const [map, known] = [new TermMap(), new Map<number, number>()];
        for (const [seed, value] of steps) {
          const term = hashTerm(`${seed}`);
          map.set(term, value);
          known.set(term, value);
        }
        for (const [term, value] of known) expect(map.get(term)).toBe(value);
        expect(map.get(hashTerm('never'))).toBe(0);
      }),
      { numRuns: 20 },
    );
  });
});
