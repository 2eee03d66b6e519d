import { type Places, worthOf } from './places.ts';
import type { Meaning, Words } from './words.ts';

/** A network of one hidden layer over a word vector: matrices row by row, the number of rows of each a multiple of four. */
export interface Hidden {
  size: number;
  inner: Float32Array;
  innerBias: Float32Array;
  outer: Float32Array;
  outerBias: Float32Array;
}

/**
 * Adds to each sum the product of its row of a matrix with a vector. Four rows go side by side, so that no sum waits for its last
 * addition; each still adds up in the order of the vector. The number of rows is a multiple of four.
 */
const addProducts = (sums: Float64Array, matrix: Float32Array, vector: Float64Array): void => {
  const width = vector.length;
  for (let row = 0; row < sums.length; row += 4) {
    let one = sums[row] ?? 0;
    let two = sums[row + 1] ?? 0;
    let three = sums[row + 2] ?? 0;
    let four = sums[row + 3] ?? 0;
    for (let i = 0, at = row * width; i < width; i++, at++) {
      const value = vector[i] ?? 0;
      one += (matrix[at] ?? 0) * value;
      two += (matrix[at + width] ?? 0) * value;
      three += (matrix[at + 2 * width] ?? 0) * value;
      four += (matrix[at + 3 * width] ?? 0) * value;
    }
    sums[row] = one;
    sums[row + 1] = two;
    sums[row + 2] = three;
    sums[row + 3] = four;
  }
};

/** The network's scores for the sums that come into its units. */
const scoresOf = (units: Float64Array, hidden: Hidden): Float64Array => {
  for (let unit = 0; unit < units.length; unit++) units[unit] = Math.max(0, units[unit] ?? 0);
  const scores = new Float64Array(hidden.outerBias);
  addProducts(scores, hidden.outer, units);
  return scores;
};

/** The network's scores for a mean word vector. */
export const runHidden = (meaning: Float32Array, hidden: Hidden): Float64Array => {
  const units = new Float64Array(hidden.innerBias);
  addProducts(units, hidden.inner, new Float64Array(meaning));
  return scoresOf(units, hidden);
};

/**
 * What each word's vector brings into the network's units, worked out when the word is first met. The mean of a dozen vectors comes
 * in as the sum of a dozen such rows, which is a tenth of the work of taking the mean through the matrix.
 */
export class WordUnits {
  readonly #words: Words;
  readonly #hidden: Hidden;
  readonly #places: Places;
  /** A row for each word; memory is taken only for those written. */
  readonly #rows: Float32Array;
  readonly #met: Uint8Array;

  constructor(words: Words, hidden: Hidden, places: Places) {
    this.#words = words;
    this.#hidden = hidden;
    this.#places = places;
    this.#rows = new Float32Array(words.rarity.length * hidden.size);
    this.#met = new Uint8Array(words.rarity.length);
  }

  /** The network's scores for a text: those of its `topicVector`, but for rounding. */
  scoresOf({ places, shares }: Meaning): Float64Array {
    const rows = this.#rows;
    const units = new Float64Array(this.#hidden.innerBias);
    for (const place of places) if (this.#met[place] === 0) this.#meet(place);
    // two rows at a time: half the reading and writing of sums
    for (let word = 0; word < places.length; word += 2) {
      const [one, two] = [places[word] ?? 0, places[word + 1] ?? 0];
      const [shareOfOne, shareOfTwo] = [shares[word] ?? 0, shares[word + 1] ?? 0];
      for (let unit = 0, at = one * units.length, to = two * units.length; unit < units.length; unit++, at++, to++) {
        units[unit] = (units[unit] ?? 0) + (shareOfOne * (rows[at] ?? 0) + shareOfTwo * (rows[to] ?? 0));
      }
    }
    return scoresOf(units, this.#hidden);
  }

  #meet(place: number): void {
    const { size, vectors } = this.#words;
    const worth = worthOf(place, this.#words, this.#places);
    const vector = Float64Array.from(vectors.subarray(place * size, (place + 1) * size), (value) => worth * value);
    const units = new Float64Array(this.#hidden.size);
    addProducts(units, this.#hidden.inner, vector);
    this.#rows.set(units, place * units.length);
    this.#met[place] = 1;
  }
}
