import * as z from 'zod';
import type { Bag } from '../bag.ts';
import { WordUnits } from './hidden.ts';
import { f32, i8, indexOf, packed, SIXTEENTH, type TermIndex, u8, u32 } from './packed.ts';
import type { Meaning, Words } from './words.ts';

/**
 * Two models of a story's topic that are added up: a linear one over stems and pairs of stems (hashes, rarity in sixteenths, a row of
 * twelve weights each in `scale` units), and a small network over the mean word vector. In both, names of places count for little.
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
  /** Tells names of places from other words, see ./places.ts. */
  places: z.array(z.number()),
  /** Log odds per standard deviation of the sum. */
  sharpness: z.number(),
});

export interface TopicModel {
  index: TermIndex;
  rarity: Uint8Array;
  weights: Int8Array;
  scale: number;
  bias: readonly number[];
  units: WordUnits;
  sharpness: number;
}

/** A model that reads words by these vectors: those that it was trained with. */
export const unpackTopics = (file: z.infer<typeof topicsFile>, words: Words): TopicModel => {
  const hidden = {
    size: file.hidden.size,
    inner: f32(file.hidden.inner),
    innerBias: f32(file.hidden.innerBias),
    outer: f32(file.hidden.outer),
    outerBias: f32(file.hidden.outerBias),
  };
  return {
    index: indexOf(u32(file.terms)),
    rarity: u8(file.rarity),
    weights: i8(file.weights),
    scale: file.scale,
    bias: file.bias,
    units: new WordUnits(words, hidden, file.places),
    sharpness: file.sharpness,
  };
};

const TOPICS = 12;

/** A bag of hashed stems and pairs as the linear model sees it: places in its table and their weights, of length 1. */
export const features = (
  { terms, weights: times }: Bag,
  index: TermIndex,
  rarity: Uint8Array,
): { places: number[]; weights: number[] } => {
  const [places, weights]: [number[], number[]] = [[], []];
  let square = 0;
  for (let i = 0; i < terms.length; i++) {
    const place = index.get(terms[i] ?? 0);
    if (place === undefined) continue;
    const weight = (1 + Math.log(times[i] ?? 1)) * (rarity[place] ?? 0) * SIXTEENTH;
    places.push(place);
    weights.push(weight);
    square += weight * weight;
  }
  const length = Math.sqrt(square) || 1;
  for (let i = 0; i < weights.length; i++) weights[i] = (weights[i] ?? 0) / length;
  return { places, weights };
};

const linear = ({ places, weights }: ReturnType<typeof features>, model: TopicModel): number[] => {
  const scores = [...model.bias];
  for (let i = 0; i < places.length; i++) {
    const share = (weights[i] ?? 0) * model.scale;
    const row = (places[i] ?? 0) * TOPICS;
    for (let k = 0; k < TOPICS; k++) scores[k] = (scores[k] ?? 0) + share * (model.weights[row + k] ?? 0);
  }
  return scores;
};

/** Scores with mean 0 and deviation 1, so that two models can be added. */
const standard = (scores: ArrayLike<number>): number[] => {
  let [sum, squares] = [0, 0];
  for (let k = 0; k < scores.length; k++) sum += scores[k] ?? 0;
  const mean = sum / scores.length;
  for (let k = 0; k < scores.length; k++) squares += ((scores[k] ?? 0) - mean) * ((scores[k] ?? 0) - mean);
  const deviation = Math.sqrt(squares / scores.length) || 1;
  const even: number[] = [];
  for (let k = 0; k < scores.length; k++) even.push(((scores[k] ?? 0) - mean) / deviation);
  return even;
};

/** What the word vectors' scores count beside those of the words themselves. Vectors know words that no training text held. */
const BY_SENSE = 1.2;

/** What a story's words say of its topic, in log odds, and how many of its stems and pairs the model knows. */
export const textEvidence = (grams: Bag, meaning: Meaning, model: TopicModel): { said: number[]; known: number } => {
  const found = features(grams, model.index, model.rarity);
  const bySense = standard(model.units.scoresOf(meaning));
  const said = standard(linear(found, model)).map(
    (score, k) => model.sharpness * (score + BY_SENSE * (bySense[k] ?? 0)),
  );
  return { said, known: found.places.length };
};
