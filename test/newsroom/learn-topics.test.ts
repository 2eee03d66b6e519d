import { describe, expect, it } from 'vitest';
import { seldomElsewhere } from '../../infra/train/bayes.ts';
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
