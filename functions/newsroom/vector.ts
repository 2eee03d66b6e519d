import type { Background } from './model/background.ts';
import { TermMap } from './model/term-map.ts';
import { seedOf, type Word, wordsOf } from './text.ts';

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
  readonly #counts = new TermMap();
  readonly #stories = new Map<string, number>();

  constructor(background: Background | undefined) {
    this.#background = background;
  }

  /** Counts a story in (`by` 1) or out (`by` -1). */
  count(language: string, terms: Iterable<number>, by: 1 | -1): void {
    this.#stories.set(language, (this.#stories.get(language) ?? 0) + by);
    for (const term of terms) this.#counts.set(term, Math.max(0, this.#counts.get(term) + by));
  }

  /** How telling each term of a language is: 0 for one in every story. */
  raritiesOf(language: string): (term: number) => number {
    const known = seedOf(language) === 0 ? this.#background : undefined;
    const stories = (this.#stories.get(language) ?? 0) + (known?.stories ?? 0);
    return (term) => Math.log(1 + (stories + 1) / (this.#counts.get(term) + (known?.countOf(term) ?? 0) + 0.5));
  }
}

/** Term frequencies of a story: a word in the title counts four times, a name half as much again. */
export const frequencies = (title: readonly Word[], summary: readonly Word[]): Map<number, number> => {
  const bag = new Map<number, number>();
  const add = (words: readonly Word[], weight: number) => {
    for (const { term, name, stop } of words) {
      if (!stop) bag.set(term, (bag.get(term) ?? 0) + weight * (name ? 1.5 : 1));
    }
  };
  add(title, 4);
  add(summary, 1);
  return bag;
};

/** The unit vector of a bag of terms. */
export const vectorOf = (bag: ReadonlyMap<number, number>, language: string, counts: TermCounts): Vector => {
  if (bag.size === 0) return NOTHING;
  const rarityOf = counts.raritiesOf(language);
  const weighed = [...bag]
    .map(([term, times]): [number, number] => [term, (1 + Math.log(Math.max(times, 0.4) + 0.6)) * rarityOf(term)])
    .sort((a, b) => b[1] - a[1] || a[0] - b[0])
    .slice(0, MOST_TERMS);
  const norm = Math.sqrt(weighed.reduce((sum, [, weight]) => sum + weight * weight, 0)) || 1;
  const vector = { terms: new Uint32Array(weighed.length), weights: new Float32Array(weighed.length) };
  weighed.forEach(([term, weight], i) => {
    vector.terms[i] = term;
    vector.weights[i] = weight / norm;
  });
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
  vectorOf(frequencies(wordsOf(text, language), []), language, counts);
