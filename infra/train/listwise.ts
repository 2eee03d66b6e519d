import { type Features, standard } from '../../functions/newsroom/importance.ts';
import { NUMBERS } from '../../functions/newsroom/model/importance.ts';
import { lowest } from './descend.ts';

/** One day's events with what each was worth in the gold, and the ids that tell it; `weight` is what the day counts beside others. */
export interface RankedDay {
  day: string;
  weight: number;
  events: { features: Features; gain: number; ids: readonly string[] }[];
}

/** Topics and dimensions of meaning. */
const CONTENT = 112;
const DENSE = NUMBERS + 2 * CONTENT;
const ROUNDS = 60;
/** How strongly weights are drawn to 0. */
const DRAWN = { numbers: 1e-4, content: 1.5e-2, words: 1e-2 };

export interface Learned {
  means: number[];
  deviations: number[];
  numbers: number[];
  content: number[];
  contentTold: number[];
  /** By the terms' order. */
  words: number[];
}

interface Rows {
  /** `DENSE` values a row. */
  dense: Float32Array;
  /** Where each row's words start. */
  starts: Int32Array;
  places: Int32Array;
  shares: Float32Array;
  /** Where each day's rows start, and what the day counts. */
  days: { from: number; to: number; weight: number }[];
  /** What each row has of its day's gain. */
  gains: Float64Array;
}

/** Mean and deviation of each number, over the events whose numbers are told. */
const standards = (days: readonly RankedDay[]): Pick<Learned, 'means' | 'deviations'> => {
  const known = days.flatMap(({ events }) =>
    events.flatMap(({ features }) => (features.numbers.length > 0 ? [features.numbers] : [])),
  );
  const means = Array.from({ length: NUMBERS }, (_, i) => mean(known.map((row) => row[i] ?? 0)));
  const deviations = means.map((middle, i) => Math.sqrt(mean(known.map((row) => ((row[i] ?? 0) - middle) ** 2))) || 1);
  return { means, deviations };
};

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

const writeDense = (
  row: Float32Array,
  { numbers, content, told }: Features,
  { means, deviations }: Standards,
): void => {
  for (const [i, value] of numbers.entries()) row[i] = standard(value, means[i] ?? 0, deviations[i] ?? 1);
  row.set(content, NUMBERS);
  row.set(
    content.map((value) => value * told),
    NUMBERS + CONTENT,
  );
};

type Standards = Pick<Learned, 'means' | 'deviations'>;

const rowsOf = (days: readonly RankedDay[], terms: readonly number[], by: Standards): Rows => {
  const index = new Map(terms.map((term, place) => [term, place]));
  const events = days.flatMap((day) => day.events);
  const dense = new Float32Array(events.length * DENSE);
  const starts = new Int32Array(events.length + 1);
  const places: number[] = [];
  const shares: number[] = [];
  for (const [row, { features }] of events.entries()) {
    writeDense(dense.subarray(row * DENSE, (row + 1) * DENSE), features, by);
    for (const [word, share] of features.words) {
      const place = index.get(word);
      if (place === undefined) continue;
      places.push(place);
      shares.push(share);
    }
    starts[row + 1] = places.length;
  }
  let from = 0;
  const gains = new Float64Array(events.length);
  const spans = days.map((day) => {
    const all = day.events.reduce((sum, { gain }) => sum + gain, 0);
    for (const [i, { gain }] of day.events.entries()) gains[from + i] = gain / all;
    const span = { from, to: from + day.events.length, weight: day.weight };
    from = span.to;
    return span;
  });
  return { dense, starts, places: Int32Array.from(places), shares: Float32Array.from(shares), days: spans, gains };
};

const scoreOf = (rows: Rows, row: number, weights: Float64Array): number => {
  let sum = 0;
  for (let i = 0, at = row * DENSE; i < DENSE; i++) sum += (rows.dense[at + i] ?? 0) * (weights[i] ?? 0);
  const end = rows.starts[row + 1] ?? 0;
  for (let p = rows.starts[row] ?? 0; p < end; p++) {
    sum += (rows.shares[p] ?? 0) * (weights[DENSE + (rows.places[p] ?? 0)] ?? 0);
  }
  return sum;
};

const addSlope = (rows: Rows, row: number, by: number, slopes: Float64Array): void => {
  for (let i = 0, at = row * DENSE; i < DENSE; i++) slopes[i] = (slopes[i] ?? 0) + by * (rows.dense[at + i] ?? 0);
  const end = rows.starts[row + 1] ?? 0;
  for (let p = rows.starts[row] ?? 0; p < end; p++) {
    const place = DENSE + (rows.places[p] ?? 0);
    slopes[place] = (slopes[place] ?? 0) + by * (rows.shares[p] ?? 0);
  }
};

const drawnTo0 = (place: number): number =>
  place < NUMBERS ? DRAWN.numbers : place < DENSE ? DRAWN.content : DRAWN.words;

/** How far each day's softmax over its events is from the shares of the gain (ListNet), with what draws weights to 0. */
const lossOf = (rows: Rows, weights: Float64Array, slopes: Float64Array): number => {
  slopes.fill(0);
  const all = rows.days.reduce((sum, { weight }) => sum + weight, 0);
  let loss = 0;
  for (const { from, to, weight } of rows.days) {
    const scores = Float64Array.from({ length: to - from }, (_, i) => scoreOf(rows, from + i, weights));
    const most = scores.reduce((best, score) => Math.max(best, score), Number.NEGATIVE_INFINITY);
    const sum = scores.reduce((total, score) => total + Math.exp(score - most), 0);
    for (const [i, score] of scores.entries()) {
      const gain = rows.gains[from + i] ?? 0;
      const chance = Math.exp(score - most) / sum;
      loss -= ((gain * weight) / all) * (score - most - Math.log(sum));
      addSlope(rows, from + i, ((chance - gain) * weight) / all, slopes);
    }
  }
  for (const [place, weight] of weights.entries()) {
    const drawn = drawnTo0(place);
    loss += 0.5 * drawn * weight * weight;
    slopes[place] = (slopes[place] ?? 0) + drawn * weight;
  }
  return loss;
};

/** Learns weights by which each day's worthy events stand above its others. Days without any gain are left out. */
export const learnListwise = (given: readonly RankedDay[], terms: readonly number[]): Learned => {
  const days = given.filter(({ events }) => events.some(({ gain }) => gain > 0));
  const by = standards(days);
  const rows = rowsOf(days, terms, by);
  const weights = lowest((at, slopes) => lossOf(rows, at, slopes), DENSE + terms.length, ROUNDS);
  const part = (from: number, to: number) => [...weights.subarray(from, to)].map((weight) => +weight.toPrecision(6));
  return {
    ...by,
    numbers: part(0, NUMBERS),
    content: part(NUMBERS, NUMBERS + CONTENT),
    contentTold: part(NUMBERS + CONTENT, DENSE),
    words: part(DENSE, weights.length),
  };
};
