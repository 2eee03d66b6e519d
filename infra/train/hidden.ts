import type { Hidden } from '../../functions/newsroom/model/hidden.ts';
import { normal, seeded, shuffle } from './random.ts';

const CLASSES = 12;
const BATCH = 64;
/** The share of units that sit out each example, so that none leans on another (dropout, Srivastava et al. 2014). */
const DROPPED = 0.3;

/** One labelled mean word vector. Of several topics each is right. */
export interface Labelled {
  meaning: Float32Array;
  topics: readonly number[];
  weight: number;
}

/** Adam (Kingma and Ba 2015) over one array of parameters. */
class Parameters {
  readonly values: Float32Array;
  readonly slopes: Float32Array;
  readonly #first: Float32Array;
  readonly #second: Float32Array;

  constructor(values: Float32Array) {
    this.values = values;
    this.slopes = new Float32Array(values.length);
    this.#first = new Float32Array(values.length);
    this.#second = new Float32Array(values.length);
  }

  step(step: number, rate: number): void {
    const [fade1, fade2] = [1 - 0.9 ** step, 1 - 0.999 ** step];
    for (let i = 0; i < this.values.length; i++) {
      const slope = (this.slopes[i] ?? 0) + 1e-5 * (this.values[i] ?? 0);
      const first = 0.9 * (this.#first[i] ?? 0) + 0.1 * slope;
      const second = 0.999 * (this.#second[i] ?? 0) + 0.001 * slope * slope;
      this.#first[i] = first;
      this.#second[i] = second;
      this.values[i] = (this.values[i] ?? 0) - (rate * (first / fade1)) / (Math.sqrt(second / fade2) + 1e-8);
    }
    this.slopes.fill(0);
  }
}

type Net = { inner: Parameters; innerBias: Parameters; outer: Parameters; outerBias: Parameters };

const add = (array: Float32Array, at: number, by: number): void => {
  array[at] = (array[at] ?? 0) + by;
};

const feel = (meaning: Float32Array, net: Net, felt: Float32Array): void => {
  const width = meaning.length;
  const inner = net.inner.values;
  for (let unit = 0; unit < felt.length; unit++) {
    let sum = net.innerBias.values[unit] ?? 0;
    for (let i = 0; i < width; i++) sum += (inner[unit * width + i] ?? 0) * (meaning[i] ?? 0);
    felt[unit] = sum > 0 ? sum : 0;
  }
};

const chancesOf = (felt: Float32Array, net: Net): Float64Array => {
  const odds = new Float64Array(CLASSES);
  for (let k = 0; k < CLASSES; k++) {
    let sum = net.outerBias.values[k] ?? 0;
    for (let unit = 0; unit < felt.length; unit++)
      sum += (net.outer.values[k * felt.length + unit] ?? 0) * (felt[unit] ?? 0);
    odds[k] = sum;
  }
  const most = Math.max(...odds);
  const chances = odds.map((value) => Math.exp(value - most));
  const all = chances.reduce((sum, chance) => sum + chance, 0);
  return chances.map((chance) => chance / all);
};

/** Adds the slopes of one example: cross entropy towards its topics, shared among them as the network itself would. */
const learn = (
  { meaning, topics, weight }: Labelled,
  net: Net,
  { felt, back, random }: { felt: Float32Array; back: Float32Array; random: () => number },
): void => {
  feel(meaning, net, felt);
  for (let unit = 0; unit < felt.length; unit++)
    felt[unit] = random() < DROPPED ? 0 : (felt[unit] ?? 0) / (1 - DROPPED);
  const chances = chancesOf(felt, net);
  const right = topics.reduce((sum, topic) => sum + (chances[topic] ?? 0), 0) || 1;
  back.fill(0);
  for (let k = 0; k < CLASSES; k++) {
    const chance = chances[k] ?? 0;
    const slope = (chance - (topics.includes(k) ? chance / right : 0)) * weight;
    add(net.outerBias.slopes, k, slope);
    for (let unit = 0; unit < felt.length; unit++) {
      add(net.outer.slopes, k * felt.length + unit, slope * (felt[unit] ?? 0));
      add(back, unit, slope * (net.outer.values[k * felt.length + unit] ?? 0));
    }
  }
  const width = meaning.length;
  for (let unit = 0; unit < felt.length; unit++) {
    if ((felt[unit] ?? 0) <= 0) continue;
    const slope = (back[unit] ?? 0) / (1 - DROPPED);
    add(net.innerBias.slopes, unit, slope);
    for (let i = 0; i < width; i++) add(net.inner.slopes, unit * width + i, slope * (meaning[i] ?? 0));
  }
};

/** Trains a network of one hidden layer; the rate falls to 0 over the rounds. */
export const trainHidden = (examples: readonly Labelled[], size = 128, rounds = 6, rate = 3e-3): Hidden => {
  const random = seeded(1);
  const width = examples[0]?.meaning.length ?? 0;
  const net: Net = {
    inner: new Parameters(Float32Array.from({ length: size * width }, () => normal(random) * Math.sqrt(2 / width) * 3)),
    innerBias: new Parameters(new Float32Array(size)),
    outer: new Parameters(Float32Array.from({ length: CLASSES * size }, () => normal(random) * Math.sqrt(1 / size))),
    outerBias: new Parameters(new Float32Array(CLASSES)),
  };
  const parts = [net.inner, net.innerBias, net.outer, net.outerBias];
  const order = Int32Array.from({ length: examples.length }, (_, i) => i);
  const scratch = { felt: new Float32Array(size), back: new Float32Array(size), random };
  let step = 0;
  for (let round = 0; round < rounds; round++) {
    shuffle(order, random);
    for (let start = 0; start < order.length; start += BATCH) {
      for (const at of order.subarray(start, start + BATCH)) {
        const example = examples[at];
        if (example) learn({ ...example, weight: example.weight / BATCH }, net, scratch);
      }
      step++;
      for (const part of parts) part.step(step, rate * (1 - round / rounds));
    }
  }
  return {
    size,
    inner: net.inner.values,
    innerBias: net.innerBias.values,
    outer: net.outer.values,
    outerBias: net.outerBias.values,
  };
};
