import { describe, expect, it } from 'vitest';
import { WordUnits } from '../../functions/newsroom/model/hidden.ts';
import { wordVector } from '../../functions/newsroom/model/places.ts';
import { seldomElsewhere } from '../../infra/train/bayes.ts';
import { trainHidden } from '../../infra/train/hidden.ts';
import { sparseOf } from '../../infra/train/linear.ts';

describe('complement naive Bayes', () => {
  const row = (...places: number[]) => ({ places, weights: places.map(() => 1) });
  // feature 0 is of class 0, feature 1 of class 1, feature 2 of all
  const x = sparseOf([row(0, 2), row(0, 2), row(1, 2), row(1, 2), row(2), row(2)], 3);
  const topics = [0, 0, 1, 1, 2, 2];

  // fails if it counts a class's own texts, if a text's weight is lost, or if classes are not centred
  it('favours the class outside of which a feature is seldom, by what the texts weigh', () => {
    const [first = [], second = [], third = []] = seldomElsewhere(x, topics, [1, 1, 1, 1, 1, 1], 3);
    expect(first[0]).toBeGreaterThan(second[0] ?? 0);
    expect(second[1]).toBeGreaterThan(first[1] ?? 0);
    for (const at of [0, 1, 2]) expect((first[at] ?? 0) + (second[at] ?? 0) + (third[at] ?? 0)).toBeCloseTo(0);
    const [heavier = []] = seldomElsewhere(x, topics, [5, 5, 1, 1, 1, 1], 3);
    expect(heavier[0]).toBeGreaterThan(first[0] ?? 0);
  });

  // fails if what a class counts against another is lost, or if it counts less against all
  it('minds a text less where it counts less against a class', () => {
    const weights = [1, 1, 1, 1, 1, 1];
    const plain = seldomElsewhere(x, topics, weights, 3);
    const lenient = seldomElsewhere(x, topics, weights, 3, (own, other) => (own === 0 && other === 1 ? 0.3 : 1));
    const lead = (planes: typeof plain, one: number, other: number) =>
      (planes[one]?.[0] ?? Number.NaN) - (planes[other]?.[0] ?? Number.NaN);
    expect(lead(lenient, 1, 2)).toBeGreaterThan(lead(plain, 1, 2) + 0.2);
    expect(lead(lenient, 0, 2)).toBeCloseTo(lead(plain, 0, 2));
  });

  it('gives no feature an impossible class', () => {
    for (const plane of seldomElsewhere(x, topics, [1, 1, 1, 1, 1, 1], 3)) {
      expect([...plane].every(Number.isFinite)).toBe(true);
    }
  });
});

describe('the network over word vectors', () => {
  // two pairs of opposites: the mean of each pair is nothing, so only the words one by one can tell the pairs apart
  const words = {
    size: 4,
    scale: 1,
    index: new Map<number, number>(),
    rarity: new Uint8Array(4),
    vectors: Int8Array.from([5, 0, 0, 0, -5, 0, 0, 0, 0, 5, 0, 0, 0, -5, 0, 0]),
  };
  const nowhere = [0, 0, 0, 0, -50];
  const rows = Float32Array.from([0, 1, 2, 3].flatMap((at) => [...wordVector(at, words, nowhere)]));
  const vectors = { size: 4, rows, lengths: new Float32Array(4).fill(5) };
  const textOf = (...places: number[]) => ({ vector: new Float32Array(4), places, shares: places.map(() => 0.2) });

  const pairs = (first: number, second: number) =>
    Array.from({ length: 1500 }, () => [
      { words: textOf(0, 1), topics: [first], weight: 1 },
      { words: textOf(2, 3), topics: [second], weight: 1 },
    ]).flat();

  it('learns what single words say that their mean does not', () => {
    const units = new WordUnits(words, trainHidden(pairs(3, 7), vectors), nowhere);
    const topic = (...places: number[]) => {
      const scores = units.scoresOf(textOf(...places));
      return scores.indexOf(Math.max(...scores));
    };
    expect([topic(0, 1), topic(2, 3)]).toEqual([3, 7]);
  });

  // fails if nothing is learned into the words' own units: they then are what chance made them
  it('teaches the words’ own units', () => {
    const [one, other] = [trainHidden(pairs(3, 7), vectors), trainHidden(pairs(7, 3), vectors)];
    expect(one.word).not.toEqual(other.word);
    expect(one.wordBias).not.toEqual(other.wordBias);
  });
});
