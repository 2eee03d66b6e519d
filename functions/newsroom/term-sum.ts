import type { Vector } from './vector.ts';

/** The sum of a few vectors: what stories together are about. A flat table, as a `Map` would keep each term and each sum as an object. */
export class TermSum {
  /** Terms at the places their hashes say, as signed numbers, and their sums; 0 where there is none. */
  readonly #terms: Int32Array;
  readonly #sums: Float64Array;
  /** Length of the sum. */
  readonly length: number;

  constructor(vectors: readonly Vector[]) {
    const terms = vectors.reduce((count, vector) => count + vector.terms.length, 0);
    let size = 16;
    while (size < 2 * terms) size *= 2;
    this.#terms = new Int32Array(size);
    this.#sums = new Float64Array(size);
    // squares are added in the order in which terms came, so that rounding is the same whatever the size of the table
    const places: number[] = [];
    for (const vector of vectors) this.#add(vector, places);
    let squares = 0;
    for (const place of places) squares += (this.#sums[place] ?? 0) * (this.#sums[place] ?? 0);
    this.length = Math.sqrt(squares);
  }

  /** Each term and its sum, in no order. */
  *[Symbol.iterator](): Generator<[term: number, sum: number]> {
    for (let place = 0; place < this.#sums.length; place++) {
      const sum = this.#sums[place] ?? 0;
      if (sum !== 0) yield [(this.#terms[place] ?? 0) >>> 0, sum];
    }
  }

  /** How much a vector shares with the sum. */
  dot({ terms, weights }: Vector): number {
    let total = 0;
    for (let i = 0; i < terms.length; i++) total += (weights[i] ?? 0) * (this.#sums[this.#placeOf(terms[i] ?? 0)] ?? 0);
    return total;
  }

  #add({ terms, weights }: Vector, places: number[]): void {
    for (let i = 0; i < terms.length; i++) {
      const term = terms[i] ?? 0;
      const place = this.#placeOf(term);
      if (this.#sums[place] === 0) {
        this.#terms[place] = term;
        places.push(place);
      }
      this.#sums[place] = (this.#sums[place] ?? 0) + (weights[i] ?? 0);
    }
  }

  /** The place of a term, or the empty one where it belongs. Weights are above 0, so an empty place is one without a sum. */
  #placeOf(term: number): number {
    const [terms, sums] = [this.#terms, this.#sums];
    const mask = terms.length - 1;
    const signed = term | 0;
    let place = signed & mask;
    while (sums[place] !== 0 && terms[place] !== signed) place = (place + 1) & mask;
    return place;
  }
}
