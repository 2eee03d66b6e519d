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

/** Adds to the scores what a unit says, if it is awake. */
const hear = (unit: number, said: number, { size, outer }: Hidden, scores: number[]): void => {
  if (said <= 0) return;
  for (let k = 0; k < TOPICS; k++) scores[k] = (scores[k] ?? 0) + said * (outer[k * size + unit] ?? 0);
};

/** The network's scores for a mean word vector. Four units are summed up side by side, so that no sum waits for its last addition. */
export const runHidden = (meaning: Float32Array, hidden: Hidden): number[] => {
  const { size, inner, innerBias } = hidden;
  const scores = [...hidden.outerBias];
  const width = meaning.length;
  for (let unit = 0; unit < size; unit += 4) {
    let one = innerBias[unit] ?? 0;
    let two = innerBias[unit + 1] ?? 0;
    let three = innerBias[unit + 2] ?? 0;
    let four = innerBias[unit + 3] ?? 0;
    for (let i = 0, at = unit * width; i < width; i++, at++) {
      const value = meaning[i] ?? 0;
      one += (inner[at] ?? 0) * value;
      two += (inner[at + width] ?? 0) * value;
      three += (inner[at + 2 * width] ?? 0) * value;
      four += (inner[at + 3 * width] ?? 0) * value;
    }
    hear(unit, one, hidden, scores);
    hear(unit + 1, two, hidden, scores);
    hear(unit + 2, three, hidden, scores);
    hear(unit + 3, four, hidden, scores);
  }
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
  const bySense = standard(runHidden(meaning, model.hidden));
  return standard(linear(grams, model)).map((score, k) => model.sharpness * (score + BY_SENSE * (bySense[k] ?? 0)));
};
