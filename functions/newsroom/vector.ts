import { type Bag, bagOf } from './bag.ts';
import type { Background } from './model/background.ts';
import { TermMap } from './model/term-map.ts';
import { NOTHING_READ, type Reading, readText, seedOf } from './text.ts';

/** What a story is about, as a unit vector of at most 40 weighted terms; terms are hashes, heaviest first. */
export interface Vector {
  terms: Uint32Array;
  weights: Float32Array;
}

const MOST_TERMS = 40;
const NOTHING: Vector = { terms: new Uint32Array(0), weights: new Float32Array(0) };

/** How many stories hold a term, in each language's own window, on top of what is generally known of English. */
export class TermCounts {
  readonly #background: Background | undefined;
  readonly #counts: TermMap;
  readonly #stories = new Map<string, number>();

  /** @param seed see `TermMap` */
  constructor(background: Background | undefined, seed = 0) {
    this.#background = background;
    this.#counts = new TermMap({ seed });
  }

  /** Counts a story in (`by` 1) or out (`by` -1). */
  count(language: string, terms: ArrayLike<number>, by: 1 | -1): void {
    this.#stories.set(language, (this.#stories.get(language) ?? 0) + by);
    for (let i = 0; i < terms.length; i++) {
      const term = terms[i] ?? 0;
      this.#counts.set(term, Math.max(0, this.#counts.get(term) + by));
    }
  }

  /** How telling each term of a language is: 0 for one in every story. */
  raritiesOf(language: string): (term: number) => number {
    const known = seedOf(language) === 0 ? this.#background : undefined;
    const stories = (this.#stories.get(language) ?? 0) + (known?.stories ?? 0);
    return (term) => Math.log(1 + (stories + 1) / (this.#counts.get(term) + (known?.countOf(term) ?? 0) + 0.5));
  }
}

/** Term frequencies of a story: a word in the title counts four times, a name half as much again. */
export const frequencies = (title: Reading, summary: Reading): Bag => {
  const [terms, weights]: [number[], number[]] = [[], []];
  const add = ({ words, names }: Reading, weight: number) => {
    words.forEach(({ term, stop }, i) => {
      if (stop) return;
      terms.push(term);
      weights.push(weight * (names[i] ? 1.5 : 1));
    });
  };
  add(title, 4);
  add(summary, 1);
  return bagOf(terms, weights);
};

/** The heaviest terms, heaviest first, and of equals the smaller. */
const heaviest = ({ terms, weights }: Bag): Bag => {
  const best = { terms: [] as number[], weights: [] as number[] };
  for (let i = 0; i < terms.length; i++) {
    const term = terms[i] ?? 0;
    const weight = weights[i] ?? 0;
    let at = Math.min(best.terms.length, MOST_TERMS);
    for (; at > 0; at--) {
      const before = best.weights[at - 1] ?? 0;
      if (before > weight || (before === weight && (best.terms[at - 1] ?? 0) >>> 0 < term >>> 0)) break;
      if (at === MOST_TERMS) continue;
      best.weights[at] = before;
      best.terms[at] = best.terms[at - 1] ?? 0;
    }
    if (at === MOST_TERMS) continue;
    best.weights[at] = weight;
    best.terms[at] = term;
  }
  return best;
};

/** The unit vector of a bag of terms. */
export const vectorOf = (bag: Bag, language: string, counts: TermCounts): Vector => {
  if (bag.terms.length === 0) return NOTHING;
  const rarityOf = counts.raritiesOf(language);
  const weights = bag.weights.map(
    (times, i) => (1 + Math.log(Math.max(times, 0.4) + 0.6)) * rarityOf(bag.terms[i] ?? 0),
  );
  const best = heaviest({ terms: bag.terms, weights });
  const norm = Math.sqrt(best.weights.reduce((sum, weight) => sum + weight * weight, 0)) || 1;
  const vector = { terms: Uint32Array.from(best.terms), weights: new Float32Array(best.weights.length) };
  for (let i = 0; i < best.weights.length; i++) vector.weights[i] = (best.weights[i] ?? 0) / norm;
  return vector;
};

/** Cosine of a vector with a sum of vectors of the given norm. */
export const cosineWithSum = (vector: Vector, sum: ReadonlyMap<number, number>, norm: number): number => {
  let dot = 0;
  vector.terms.forEach((term, i) => {
    dot += (vector.weights[i] ?? 0) * (sum.get(term) ?? 0);
  });
  return norm > 0 ? dot / norm : 0;
};

/** Vector of a plain text, for comparing titles of past events. */
export const vectorOfText = (text: string, language: string, counts: TermCounts): Vector =>
  vectorOf(frequencies(readText(text, language), NOTHING_READ), language, counts);
