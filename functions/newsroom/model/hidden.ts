import { Matrix } from './matrix.ts';
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

const keepPositive = (values: Float64Array): void => {
  for (let i = 0; i < values.length; i++) values[i] = Math.max(0, values[i] ?? 0);
};

/**
 * What each word brings into the hidden layer, worked out when the word is first met. What a text brings is the sum of a dozen such
 * rows, which is a tenth of the work of taking its words through the matrices.
 */
export class WordUnits {
  readonly #words: Words;
  readonly #places: Places;
  readonly #word: Matrix;
  readonly #wordBias: Float32Array;
  readonly #inner: Matrix;
  readonly #fromWord: Matrix;
  readonly #innerBias: Float64Array;
  readonly #outer: Matrix;
  readonly #outerBias: Float64Array;
  /** Room for the sums of one word or text: made anew for each, they were a part of the time. */
  readonly #vector: Float64Array;
  readonly #own: Float64Array;
  readonly #units: Float64Array;
  readonly #scores: Float64Array;
  /** A row for each word met, in the order of meeting: common words lie near each other, and memory is taken only for rows written. Row 0 brings nothing. */
  readonly #rows: Float32Array;
  /** The row of each word; 0 before it is met. */
  readonly #rowOf: Int32Array;
  #met = 0;

  constructor(words: Words, hidden: Hidden, places: Places) {
    this.#words = words;
    this.#places = places;
    this.#word = new Matrix(hidden.word, hidden.wordSize);
    this.#wordBias = hidden.wordBias;
    this.#inner = new Matrix(hidden.inner, hidden.size);
    this.#fromWord = new Matrix(hidden.fromWord, hidden.size);
    this.#innerBias = Float64Array.from(hidden.innerBias);
    this.#outer = new Matrix(hidden.outer, hidden.outerBias.length);
    this.#outerBias = Float64Array.from(hidden.outerBias);
    this.#vector = new Float64Array(words.size);
    this.#own = new Float64Array(hidden.wordSize);
    this.#units = new Float64Array(hidden.size);
    this.#scores = new Float64Array(hidden.outerBias.length);
    this.#rows = new Float32Array((words.rarity.length + 1) * hidden.size);
    this.#rowOf = new Int32Array(words.rarity.length);
  }

  /** The network's scores for a text; to be read before those of the next are asked for. */
  scoresOf({ places, shares }: Meaning): Float64Array {
    const [rows, rowOf, units] = [this.#rows, this.#rowOf, this.#units];
    for (const place of places) if (rowOf[place] === 0) this.#meet(place);
    const size = units.length;
    units.set(this.#innerBias);
    // two rows at a time: half the reading and writing of sums
    for (let word = 0; word < places.length; word += 2) {
      const one = rowOf[places[word] ?? -1] ?? 0;
      const two = rowOf[places[word + 1] ?? -1] ?? 0;
      const shareOfOne = shares[word] ?? 0;
      const shareOfTwo = shares[word + 1] ?? 0;
      for (let unit = 0, at = one * size, to = two * size; unit < size; unit++, at++, to++) {
        units[unit] = (units[unit] ?? 0) + (shareOfOne * (rows[at] ?? 0) + shareOfTwo * (rows[to] ?? 0));
      }
    }
    keepPositive(units);
    this.#scores.set(this.#outerBias);
    this.#outer.addProduct(units, this.#scores);
    return this.#scores;
  }

  /** Works out what a word brings into the hidden layer. */
  #meet(place: number): void {
    const vector = wordVector(place, this.#words, this.#places, this.#vector);
    const [own, units] = [this.#own, this.#units.fill(0)];
    let square = 0;
    for (let i = 0; i < vector.length; i++) square += (vector[i] ?? 0) * (vector[i] ?? 0);
    const length = Math.sqrt(square);
    for (let unit = 0; unit < own.length; unit++) own[unit] = (this.#wordBias[unit] ?? 0) * length;
    this.#word.addProduct(vector, own);
    keepPositive(own);
    this.#inner.addProduct(vector, units);
    this.#fromWord.addProduct(own, units);
    const row = ++this.#met;
    this.#rowOf[place] = row;
    for (let unit = 0, at = row * units.length; unit < units.length; unit++, at++) this.#rows[at] = units[unit] ?? 0;
  }
}
