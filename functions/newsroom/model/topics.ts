import * as z from 'zod';
import type { Bag } from '../bag.ts';
import { WordUnits } from './hidden.ts';
import { f32, i8, indexOf, packed, SIXTEENTH, type TermIndex, u8, u32 } from './packed.ts';
import type { Meaning, Words } from './words.ts';

/**
 * Two models of a story's topic that are added up: a linear one over stems and pairs of stems (hashes, rarity in sixteenths, a row of
 * twelve weights each in `scale` units), and a small network over the words' vectors. In both, names of places count for little.
 */
export const topicsFile = z.object({
  terms: packed,
  rarity: packed,
  weights: packed,
  scale: z.number(),
  bias: z.array(z.number()).length(12),
  hidden: z.object({
    size: z.number().multipleOf(4),
    wordSize: z.number().multipleOf(4),
    word: packed,
    wordBias: packed,
    inner: packed,
    fromWord: packed,
    innerBias: packed,
    outer: packed,
    outerBias: packed,
  }),
  /** Tells names of places from other words, see ./places.ts. */
  places: z.array(z.number()),
  /** Log odds per score. */
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
    wordSize: file.hidden.wordSize,
    word: f32(file.hidden.word),
    wordBias: f32(file.hidden.wordBias),
    inner: f32(file.hidden.inner),
    fromWord: f32(file.hidden.fromWord),
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

/** Room for the scores of one text: in a list, each sum would be an object. */
const scores = new Float64Array(TOPICS);

const linear = ({ places, weights }: ReturnType<typeof features>, model: TopicModel): Float64Array => {
  scores.set(model.bias);
  for (let i = 0; i < places.length; i++) {
    const share = (weights[i] ?? 0) * model.scale;
    const row = (places[i] ?? 0) * TOPICS;
    for (let k = 0; k < TOPICS; k++) scores[k] = (scores[k] ?? 0) + share * (model.weights[row + k] ?? 0);
  }
  return scores;
};

/**
 * What a score of each model counts: a deviation of a story's twelve scores is .9 on average by the linear one and 2.4 by the network, which
 * counts for more. Its vectors know words that no training text held. The same for all stories, so that a model that is sure counts for more.
 */
const COUNTS = { words: 1.05, sense: 0.75 };

/** What a story's words say of its topic, in log odds, and how many of its stems and pairs the model knows. */
export const textEvidence = (grams: Bag, meaning: Meaning, model: TopicModel): { said: number[]; known: number } => {
  const found = features(grams, model.index, model.rarity);
  const bySense = model.units.scoresOf(meaning);
  const byWords = linear(found, model);
  const said: number[] = [];
  for (let k = 0; k < TOPICS; k++) {
    said.push(model.sharpness * (COUNTS.words * (byWords[k] ?? 0) + COUNTS.sense * (bySense[k] ?? 0)));
  }
  return { said, known: found.places.length };
};
