import * as z from 'zod';
import { f32, i8, indexOf, packed, SIXTEENTH, type TermIndex, u8, u32 } from './packed.ts';

/**
 * Two models of a story's topic that are added up: a linear one over words and word pairs (hashes, rarity in sixteenths, a row of
 * twelve weights each in `scale` units), and a small network over the mean word vector.
 */
export const topicsFile = z.object({
  terms: packed,
  rarity: packed,
  weights: packed,
  scale: z.number(),
  bias: z.array(z.number()).length(12),
  hidden: z.object({
    size: z.number().multipleOf(4),
    inner: packed,
    innerBias: packed,
    outer: packed,
    outerBias: packed,
  }),
  /** Log odds per standard deviation of the sum. */
  sharpness: z.number(),
});

export interface Hidden {
  size: number;
  inner: Float32Array;
  innerBias: Float32Array;
  outer: Float32Array;
  outerBias: Float32Array;
}

export interface TopicModel {
  index: TermIndex;
  rarity: Uint8Array;
  weights: Int8Array;
  scale: number;
  bias: readonly number[];
  hidden: Hidden;
  sharpness: number;
}

export const unpackTopics = (file: z.infer<typeof topicsFile>): TopicModel => ({
  index: indexOf(u32(file.terms)),
  rarity: u8(file.rarity),
  weights: i8(file.weights),
  scale: file.scale,
  bias: file.bias,
  hidden: {
    size: file.hidden.size,
    inner: f32(file.hidden.inner),
    innerBias: f32(file.hidden.innerBias),
    outer: f32(file.hidden.outer),
    outerBias: f32(file.hidden.outerBias),
  },
  sharpness: file.sharpness,
});

const TOPICS = 12;

/** A bag of hashed words and pairs as the linear model sees it: places in its table and their weights, of length 1. */
export const features = (
  grams: ReadonlyMap<number, number>,
  index: TermIndex,
  rarity: Uint8Array,
): { places: number[]; weights: number[] } => {
  const places: number[] = [];
  const weights: number[] = [];
  let square = 0;
  for (const [gram, times] of grams) {
    const place = index.get(gram);
    if (place === undefined) continue;
    const weight = (1 + Math.log(times)) * (rarity[place] ?? 0) * SIXTEENTH;
    places.push(place);
    weights.push(weight);
    square += weight * weight;
  }
  const length = Math.sqrt(square) || 1;
  return { places, weights: weights.map((weight) => weight / length) };
};

const linear = (grams: ReadonlyMap<number, number>, model: TopicModel): number[] => {
  const scores = [...model.bias];
  const { places, weights } = features(grams, model.index, model.rarity);
  for (let i = 0; i < places.length; i++) {
    const share = (weights[i] ?? 0) * model.scale;
    const row = (places[i] ?? 0) * TOPICS;
    for (let k = 0; k < TOPICS; k++) scores[k] = (scores[k] ?? 0) + share * (model.weights[row + k] ?? 0);
  }
  return scores;
};

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

/** The network's scores for a mean word vector. */
export const runHidden = (meaning: Float32Array, hidden: Hidden): Float64Array => {
  const units = new Float64Array(hidden.innerBias);
  addProducts(units, hidden.inner, new Float64Array(meaning));
  for (let unit = 0; unit < units.length; unit++) units[unit] = Math.max(0, units[unit] ?? 0);
  const scores = new Float64Array(hidden.outerBias);
  addProducts(scores, hidden.outer, units);
  return scores;
};

/** Scores with mean 0 and deviation 1, so that two models can be added. */
const standard = (scores: readonly number[]): number[] => {
  const mean = scores.reduce((sum, score) => sum + score, 0) / scores.length;
  const deviation = Math.sqrt(scores.reduce((sum, score) => sum + (score - mean) ** 2, 0) / scores.length) || 1;
  return scores.map((score) => (score - mean) / deviation);
};

/** What the word vectors' scores count beside those of the words themselves. Vectors know words that no training text held. */
const BY_SENSE = 1.2;

/** What a story's words say of its topic, in log odds. */
export const textEvidence = (
  grams: ReadonlyMap<number, number>,
  meaning: Float32Array,
  model: TopicModel,
): number[] => {
  const bySense = standard([...runHidden(meaning, model.hidden)]);
  return standard(linear(grams, model)).map((score, k) => model.sharpness * (score + BY_SENSE * (bySense[k] ?? 0)));
};
