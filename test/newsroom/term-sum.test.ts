import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TermSum } from '../../functions/newsroom/term-sum.ts';
import { hashTerm } from '../../functions/newsroom/text.ts';
import type { Vector } from '../../functions/newsroom/vector.ts';

const vector = fc.uniqueArray(fc.integer({ min: 0, max: 60 }), { maxLength: 40 }).map(
  (seeds): Vector => ({
    terms: Uint32Array.from(seeds, (seed) => hashTerm(`${seed}`)),
    weights: Float32Array.from(seeds, (seed) => 1 / (1 + seed)),
  }),
);

describe('a sum of vectors', () => {
  // fails if two terms share a place, or if hashes above 2^31 are taken for others
  it('is what a Map adds up, to the last bit', () => {
    fc.assert(
      fc.property(fc.array(vector, { maxLength: 12 }), vector, (vectors, other) => {
        const known = new Map<number, number>();
        for (const { terms, weights } of vectors)
          terms.forEach((term, i) => void known.set(term, (known.get(term) ?? 0) + (weights[i] ?? 0)));
        const sum = new TermSum(vectors);
        expect(sum.length).toBe(Math.sqrt(known.values().reduce((total, weight) => total + weight * weight, 0)));
        expect(sum.dot(other)).toBe(
          other.terms.reduce((total, term, i) => total + (other.weights[i] ?? 0) * (known.get(term) ?? 0), 0),
        );
      }),
    );
  });
});
