import type { Hidden } from '../../functions/newsroom/model/hidden.ts';
import type { Meaning } from '../../functions/newsroom/model/words.ts';
import { Parameters } from './adam.ts';
import { joined } from './joined.ts';
import { normal, seeded, shuffle } from './random.ts';

const CLASSES = 12;
const BATCH = 64;
/** Units that each word goes through by itself, and of the hidden layer. */
const SIZES = { word: 64, hidden: 128 };
/** Networks that learn apart from each other and answer together. */
const NETS = 2;
const ROUNDS = 8;
/**
 * Falls to `floor` of itself until the share `settled` of all steps, and stays there: then the network goes round what is best, and the mean
 * of where it has been, every so many steps, is nearer to it (stochastic weight averaging, Izmailov et al. 2018).
 */
const RATE = { first: 3e-3, floor: 0.4, settled: 0.6, every: 8 };
/** The share of hidden units that sit out each example, so that none leans on another (dropout, Srivastava et al. 2014). */
const DROPPED = 0.3;

/** The words of one labelled text. Of several topics each is right. */
export interface Labelled {
  words: Meaning;
  topics: readonly number[];
  weight: number;
}

/** Vectors of words, a row each, as the network takes them. */
export interface Vectors {
  size: number;
  rows: Float32Array;
  /** The length of each row. */
  lengths: Float32Array;
}

const matrix = (random: () => number, length: number, deviation: number): Parameters =>
  new Parameters(Float32Array.from({ length }, () => normal(random) * deviation));

const add = (array: Float32Array, at: number, by: number): void => {
  array[at] = (array[at] ?? 0) + by;
};

/** Adds `by` times a row of one array to a row of another. */
const addRow = (to: Float32Array, at: number, from: Float32Array, start: number, size: number, by: number): void => {
  for (let i = 0; i < size; i++) to[at + i] = (to[at + i] ?? 0) + by * (from[start + i] ?? 0);
};

const product = (a: Float32Array, at: number, b: Float32Array, start: number, size: number): number => {
  let sum = 0;
  for (let i = 0; i < size; i++) sum += (a[at + i] ?? 0) * (b[start + i] ?? 0);
  return sum;
};

/** A network while it learns, one example at a time. */
class Learner {
  readonly #vectors: Vectors;
  readonly #random: () => number;
  readonly parts: Record<keyof Omit<Hidden, 'size' | 'wordSize'>, Parameters>;
  /** The mean of the words' vectors, what their own units give together, the hidden units, and the slopes of the last two. */
  readonly #mean: Float32Array;
  readonly #given = new Float32Array(SIZES.word);
  readonly #units = new Float32Array(SIZES.hidden);
  readonly #givenBack = new Float32Array(SIZES.word);
  readonly #back = new Float32Array(SIZES.hidden);
  /** What each word's own units feel. */
  #felt = new Float32Array(64 * SIZES.word);

  constructor(vectors: Vectors, random: () => number) {
    const { size } = vectors;
    this.#vectors = vectors;
    this.#random = random;
    this.#mean = new Float32Array(size);
    this.parts = {
      word: matrix(random, SIZES.word * size, Math.sqrt(2 / size) * 3),
      wordBias: new Parameters(new Float32Array(SIZES.word)),
      inner: matrix(random, SIZES.hidden * size, Math.sqrt(2 / size) * 3),
      fromWord: matrix(random, SIZES.hidden * SIZES.word, Math.sqrt(2 / SIZES.word)),
      innerBias: new Parameters(new Float32Array(SIZES.hidden)),
      outer: matrix(random, CLASSES * SIZES.hidden, Math.sqrt(1 / SIZES.hidden)),
      outerBias: new Parameters(new Float32Array(CLASSES)),
    };
  }

  /** Adds the slopes of one example: cross entropy towards its topics, shared among them as the network itself would. */
  learn({ words, topics, weight }: Labelled): void {
    this.#read(words);
    this.#feel();
    const chances = this.#chances();
    const right = topics.reduce((sum, topic) => sum + (chances[topic] ?? 0), 0) || 1;
    this.#back.fill(0);
    const { outer, outerBias } = this.parts;
    for (let k = 0; k < CLASSES; k++) {
      const chance = chances[k] ?? 0;
      const slope = (chance - (topics.includes(k) ? chance / right : 0)) * weight;
      add(outerBias.slopes, k, slope);
      addRow(outer.slopes, k * SIZES.hidden, this.#units, 0, SIZES.hidden, slope);
      addRow(this.#back, 0, outer.values, k * SIZES.hidden, SIZES.hidden, slope);
    }
    this.#returnToUnits();
    this.#returnToWords(words);
  }

  /** The network by the mean of its late steps. */
  learned(): Hidden {
    const { word, wordBias, inner, fromWord, innerBias, outer, outerBias } = this.parts;
    return {
      size: SIZES.hidden,
      wordSize: SIZES.word,
      word: word.mean(),
      wordBias: wordBias.mean(),
      inner: inner.mean(),
      fromWord: fromWord.mean(),
      innerBias: innerBias.mean(),
      outer: outer.mean(),
      outerBias: outerBias.mean(),
    };
  }

  #read({ places, shares }: Meaning): void {
    const { size, rows, lengths } = this.#vectors;
    const { word, wordBias } = this.parts;
    this.#mean.fill(0);
    this.#given.fill(0);
    if (places.length * SIZES.word > this.#felt.length) this.#felt = new Float32Array(2 * places.length * SIZES.word);
    for (let at = 0; at < places.length; at++) {
      const [place, share] = [places[at] ?? 0, shares[at] ?? 0];
      addRow(this.#mean, 0, rows, place * size, size, share);
      for (let unit = 0; unit < SIZES.word; unit++) {
        const sum =
          product(word.values, unit * size, rows, place * size, size) +
          (lengths[place] ?? 0) * (wordBias.values[unit] ?? 0);
        this.#felt[at * SIZES.word + unit] = Math.max(0, sum);
      }
      addRow(this.#given, 0, this.#felt, at * SIZES.word, SIZES.word, share);
    }
  }

  #feel(): void {
    const { inner, fromWord, innerBias } = this.parts;
    const { size } = this.#vectors;
    for (let unit = 0; unit < SIZES.hidden; unit++) {
      const sum =
        (innerBias.values[unit] ?? 0) +
        product(inner.values, unit * size, this.#mean, 0, size) +
        product(fromWord.values, unit * SIZES.word, this.#given, 0, SIZES.word);
      this.#units[unit] = this.#random() < DROPPED ? 0 : Math.max(0, sum) / (1 - DROPPED);
    }
  }

  #chances(): Float64Array {
    const { outer, outerBias } = this.parts;
    const odds = Float64Array.from(
      { length: CLASSES },
      (_, k) => (outerBias.values[k] ?? 0) + product(outer.values, k * SIZES.hidden, this.#units, 0, SIZES.hidden),
    );
    const most = Math.max(...odds);
    const chances = odds.map((value) => Math.exp(value - most));
    const all = chances.reduce((sum, chance) => sum + chance, 0);
    return chances.map((chance) => chance / all);
  }

  #returnToUnits(): void {
    const { inner, fromWord, innerBias } = this.parts;
    const { size } = this.#vectors;
    this.#givenBack.fill(0);
    for (let unit = 0; unit < SIZES.hidden; unit++) {
      if ((this.#units[unit] ?? 0) <= 0) continue;
      const slope = (this.#back[unit] ?? 0) / (1 - DROPPED);
      add(innerBias.slopes, unit, slope);
      addRow(inner.slopes, unit * size, this.#mean, 0, size, slope);
      addRow(fromWord.slopes, unit * SIZES.word, this.#given, 0, SIZES.word, slope);
      addRow(this.#givenBack, 0, fromWord.values, unit * SIZES.word, SIZES.word, slope);
    }
  }

  #returnToWords({ places, shares }: Meaning): void {
    const { word, wordBias } = this.parts;
    const { size, rows, lengths } = this.#vectors;
    for (let at = 0; at < places.length; at++) {
      const [place, share] = [places[at] ?? 0, shares[at] ?? 0];
      for (let unit = 0; unit < SIZES.word; unit++) {
        if ((this.#felt[at * SIZES.word + unit] ?? 0) <= 0) continue;
        const slope = share * (this.#givenBack[unit] ?? 0);
        addRow(word.slopes, unit * size, rows, place * size, size, slope);
        add(wordBias.slopes, unit, slope * (lengths[place] ?? 0));
      }
    }
  }
}

/** The share of the first rate with which a step is made, after the share `done` of all. */
const rateAt = (done: number): number => Math.max(RATE.floor, 1 - (1 - RATE.floor) * (done / RATE.settled));

const trainOne = (examples: readonly Labelled[], vectors: Vectors, seed: number): Hidden => {
  const random = seeded(seed);
  const learner = new Learner(vectors, random);
  const parts = Object.values(learner.parts);
  const order = Int32Array.from({ length: examples.length }, (_, i) => i);
  const steps = Math.ceil(order.length / BATCH) * ROUNDS;
  let step = 0;
  for (let round = 0; round < ROUNDS; round++) {
    shuffle(order, random);
    for (let start = 0; start < order.length; start += BATCH) {
      for (const at of order.subarray(start, start + BATCH)) {
        const example = examples[at];
        if (example) learner.learn({ ...example, weight: example.weight / BATCH });
      }
      step++;
      for (const part of parts) part.step(step, RATE.first * rateAt(step / steps));
      if (step >= RATE.settled * steps && step % RATE.every === 0) for (const part of parts) part.keep();
    }
  }
  return learner.learned();
};

/** Trains the network on labelled texts. */
export const trainHidden = (examples: readonly Labelled[], vectors: Vectors): Hidden =>
  joined(Array.from({ length: NETS }, (_, number) => trainOne(examples, vectors, number + 1)));
