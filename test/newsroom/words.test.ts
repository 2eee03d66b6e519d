import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bagOf } from '../../functions/newsroom/bag.ts';
import { cut } from '../../functions/newsroom/cut.ts';
import { placeIn, TermMap } from '../../functions/newsroom/model/term-map.ts';
import { hashPair, hashPlain, hashTerm, hashWords, wordsOf } from '../../functions/newsroom/text.ts';
import { WordTable } from '../../functions/newsroom/word-table.ts';

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
          starts: matches.map(({ index }) => index),
          ends: matches.map(({ 0: raw, index }) => index + raw.length),
        });
      }),
    );
  });
});

describe('a table of words', () => {
  // fails if growing loses a word, or if a word's length does not count
  it('finds each word it holds where it stands in a text, and no other', () => {
    const word = fc.string({ unit: fc.constantFrom('a', 'b', 'é', '漢'), minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(fc.uniqueArray(word, { maxLength: 1500, size: 'max' }), fc.array(word), (held, others) => {
        const table = new WordTable<string>();
        for (const each of held) table.add(each, each);
        for (const each of [...held, ...others]) {
          expect(table.find(`of ${each}, no`, 3, 3 + each.length)).toBe(held.includes(each) ? each : undefined);
        }
      }),
      // always the same words: of a thousand such sets one has a word that finds its 32 places taken, and is not held
      { numRuns: 20, seed: 1 },
    );
  });
});

describe('words made to crowd one place', () => {
  /** Words for which a number is below the limit: what somebody who knows the code sends by the thousand. */
  const made = (many: number, isOne: (word: string) => boolean): string[] => {
    const words: string[] = [];
    for (let n = 0; words.length < many; n++) {
      const word = `w${n.toString(36)}`;
      if (isOne(word)) words.push(word);
    }
    return words;
  };

  // fails if each is kept at the end of the walk past those before it: 45,000 such words made a story take 40 times as long
  it('are not kept once the places near by are taken, and hide no other word', () => {
    const hashOf = (word: string): number => {
      let state = word.length;
      for (let at = 0; at < word.length; at++) state = Math.imul(state ^ word.charCodeAt(at), 0x9e3779b1);
      return state ^ (state >>> 15);
    };
    const crowd = made(500, (word) => (hashOf(word) & 0x7ff) === 0);
    const others = made(500, () => true);
    const table = new WordTable<string>();
    for (const word of [...crowd, ...others]) if (!table.find(word, 0, word.length)) table.add(word, word);
    expect(crowd.filter((word) => table.find(word, 0, word.length)).length).toBeLessThan(100);
    expect(others.filter((word) => table.find(word, 0, word.length) !== word).length).toBeLessThan(30);
  });

  // fails if the seed does not decide, or decides for all of them alike
  it('crowd no place where the seed is another than the one they were made for', () => {
    const shift = 20;
    const terms = made(200, (word) => placeIn(hashTerm(word), 0, shift) === 7).map((word) => hashTerm(word));
    for (const seed of [1, 0x5bd1e995, 2_176_782_335]) {
      expect(new Set(terms.map((term) => placeIn(term, seed, shift))).size).toBeGreaterThan(100);
    }
  });
});

describe('a bag of terms', () => {
  // fails if terms at the same place are taken for one, or if a bag leaves something behind for the next
  it('adds up what a Map adds up, in the same order', () => {
    const entry = fc.tuple(fc.integer({ min: -20, max: 200 }), fc.integer({ min: 1, max: 4 }));
    fc.assert(
      fc.property(fc.array(fc.array(entry, { maxLength: 300 }), { maxLength: 4 }), (bags) => {
        for (const entries of bags) {
          const known = new Map<number, number>();
          for (const [term, weight] of entries) known.set(term * 32, (known.get(term * 32) ?? 0) + weight);
          const bag = bagOf(
            entries.map(([term]) => term * 32),
            entries.map(([, weight]) => weight),
          );
          expect([bag.terms, bag.weights]).toEqual([[...known.keys()], [...known.values()]]);
        }
      }),
    );
  });
});

describe('hashes of words', () => {
  it('are those of the plain words', () => {
    const [, second] = wordsOf('Northern Chile’s coast shaken by strong earthquake', 'en');
    if (!second) throw new Error('no words');
    expect(hashPlain(second)).toBe(hashTerm('chile'));
  });

  // fails if hashPair hashes plain words, leaves one out, or forgets their order
  it('of pairs are the same for the same two stems in this order', () => {
    const of = (text: string) => {
      const [first, second] = wordsOf(text, 'en');
      if (!first || !second) throw new Error('no words');
      return hashPair(first, second);
    };
    expect(of('interest rates')).toBe(of('interests rate'));
    for (const other of ['rates interest', 'interest interest', 'rates rates']) {
      expect(of(other)).not.toBe(of('interest rates'));
    }
  });

  // fails if hashWords leaves out a word, or if the order of words does not count
  it('are the same for the same words, wherever a text is parted', () => {
    const of = (...texts: string[]) => hashWords(...texts.map((text) => wordsOf(text, 'en')));
    expect(of('Northern Chile’s coast, shaken')).toBe(of('NORTHERN Chile', 'coast shaken'));
    for (const other of ['Northern Chile’s coast', 'Chile’s northern coast, shaken', 'coast, shaken']) {
      expect(of(other)).not.toBe(of('Northern Chile’s coast, shaken'));
    }
    expect(of('')).toBe(of());
  });
});

describe('a map of terms', () => {
  // fails if growing forgets a term or brings one back
  it('holds what a Map holds, through growth and taking out', () => {
    const step = fc.tuple(fc.integer({ min: 0, max: 3000 }), fc.integer({ min: 0, max: 3 }));
    fc.assert(
      fc.property(fc.array(step, { maxLength: 4000, size: 'max' }), (steps) => {
        const [map, known] = [new TermMap({ seed: steps.length * 0x9e3779b1 }), new Map<number, number>()];
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
