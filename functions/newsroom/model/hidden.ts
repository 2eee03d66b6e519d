import { type Places, wordVector } from './places.ts';
import type { Meaning, Words } from './words.ts';

/**
 * A network over the words of a text. Each word's vector goes through a few units of its own; what they give, and the vectors, are added
 * up by the words' shares and come into one hidden layer. Matrices row by row, the number of rows of each a multiple of four.
 */
export interface Hidden {
  size: number;
  wordSize: number;
  /** From a word's vector to its own units. */
  word: Float32Array;
  /** Counts by the length of the vector: a word of half the length gives half as much. */
  wordBias: Float32Array;
  /** From the vectors to the hidden layer. */
  inner: Float32Array;
  /** From the words' own units to the hidden layer. */
  fromWord: Float32Array;
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

/** What a word with this vector brings into the hidden layer. */
const broughtBy = (vector: Float64Array, hidden: Hidden): Float64Array => {
  const length = Math.sqrt(vector.reduce((sum, value) => sum + value * value, 0));
  const own = Float64Array.from(hidden.wordBias, (bias) => bias * length);
  addProducts(own, hidden.word, vector);
  for (let unit = 0; unit < own.length; unit++) own[unit] = Math.max(0, own[unit] ?? 0);
  const units = new Float64Array(hidden.size);
  addProducts(units, hidden.inner, vector);
  addProducts(units, hidden.fromWord, own);
  return units;
};

/**
 * What each word brings into the hidden layer, worked out when the word is first met. What a text brings is the sum of a dozen such
 * rows, which is a tenth of the work of taking its words through the matrices.
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

  /** The network's scores for a text. */
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
    const vector = wordVector(place, this.#words, this.#places);
    this.#rows.set(broughtBy(vector, this.#hidden), place * this.#hidden.size);
    this.#met[place] = 1;
  }
}
