import type * as z from 'zod';
import { TOPICS } from '../../functions/model/topic.ts';
import { WordUnits } from '../../functions/newsroom/model/hidden.ts';
import { pack } from '../../functions/newsroom/model/packed.ts';
import { type Places, wordVector, worthOf } from '../../functions/newsroom/model/places.ts';
import { features, type topicsFile } from '../../functions/newsroom/model/topics.ts';
import { meaningOf, type Words } from '../../functions/newsroom/model/words.ts';
import { type Against, seldomElsewhere } from './bayes.ts';
import { type Example, SECTIONS_SET } from './data.ts';
import { type Labelled, trainHidden, type Vectors } from './hidden.ts';
import { type Sparse, separate, sparseOf } from './linear.ts';
import { learnPlaces } from './places.ts';

const CLASSES = TOPICS.length;
const WORLD = TOPICS.indexOf('world');
/** Stories told apart by people count more than those told by their address. */
const weightOf = ({ set }: Example): number => (set === SECTIONS_SET ? 1 : 5);
/** How far rare topics are lifted towards the weight of common ones: 0 not at all, 1 to the same. Lifted all the way they draw in what is not theirs. */
const EVEN = 0.5;
/**
 * What a story filed under World counts against the other topics in the linear model. World says where something happened, not what: it may
 * be about health or money all the same, so it is a poor example of what those are not.
 */
const WORLD_AGAINST = 0.3;
/** C of the support vector machines. */
const COST = 0.2;
/** What the weights of naive Bayes count, added to those of the machines. */
const BY_COUNTING = 0.7;
/** Stems and pairs in fewer stories teach nothing. */
const RARE = 3;
/** So many features are kept, those with the greatest weights. */
const FEATURES = 40_000;
/** Passes over the examples that tell which features matter; the kept ones are then trained to the end. */
const ROUNDS_TO_CHOOSE = 3;
/** Log odds per standard deviation: fitted on sets left out. */
const SHARPNESS = 1.4;

/**
 * The table of stems and pairs that occur often enough, and how much each tells, in sixteenths: the more the rarer it is, and little if
 * it names a place.
 */
const tableOf = (
  examples: readonly Example[],
  words: Words,
  places: Places,
): { index: Map<number, number>; rarity: Uint8Array } => {
  const counts = new Map<number, number>();
  for (const { grams } of examples) for (const gram of grams.terms) counts.set(gram, (counts.get(gram) ?? 0) + 1);
  const kept = [...counts].filter(([, count]) => count >= RARE).sort(([a], [b]) => a - b);
  const rarity = Uint8Array.from(kept, ([gram, count]) => {
    const word = words.index.get(gram);
    const worth = word === undefined ? 1 : worthOf(word, words, places);
    return Math.round(16 * worth * (Math.log((1 + examples.length) / (1 + count)) + 1));
  });
  return { index: new Map(kept.map(([gram], i) => [gram, i])), rarity };
};

/** How much each class must weigh so that rare and common ones weigh more alike. */
const balance = (examples: readonly Example[]): number[] => {
  const sums = new Array<number>(CLASSES).fill(0);
  for (const example of examples) {
    for (const topic of example.topics) sums[topic] = (sums[topic] ?? 0) + weightOf(example) / example.topics.length;
  }
  const all = sums.reduce((sum, weight) => sum + weight, 0);
  return sums.map((sum) => (all / (CLASSES * Math.max(1, sum))) ** EVEN);
};

/** The one topic of an example: of several that are right, the one that the network finds likeliest. */
const resolve = (example: Labelled, scores: Float64Array): number =>
  example.topics.reduce(
    (best, topic) => ((scores[topic] ?? 0) > (scores[best] ?? 0) ? topic : best),
    example.topics[0] ?? 0,
  );

const against: Against = (own, other) => (own === WORLD && other !== WORLD ? WORLD_AGAINST : 1);

const separateAll = (
  x: Sparse,
  topics: readonly number[],
  weights: readonly number[],
  rounds?: number,
): Float64Array[] =>
  Array.from({ length: CLASSES }, (_, k) =>
    separate(
      x,
      Uint8Array.from(topics, (topic) => (topic === k ? 1 : 0)),
      Float64Array.from(topics, (topic, row) => COST * (weights[row] ?? 0) * against(topic, k)),
      rounds,
    ),
  );

const strongest = (index: Map<number, number>, planes: readonly Float64Array[]): number[] =>
  [...index]
    .map(([gram, at]) => ({ gram, at, most: Math.max(...planes.map((plane) => Math.abs(plane[at] ?? 0))) }))
    .sort((a, b) => b.most - a.most)
    .slice(0, FEATURES)
    .map(({ gram }) => gram)
    .sort((a, b) => a - b);

const rowsOf = (examples: readonly Example[], index: Map<number, number>, rarity: Uint8Array): Sparse =>
  sparseOf(
    examples.map(({ grams }) => features(grams, index, rarity)),
    index.size,
  );

/** What each stem and pair says of each class: what parts the classes best, and besides what is seldom elsewhere. */
const weigh = (x: Sparse, topics: readonly number[], weights: readonly number[], rounds?: number): Float64Array[] => {
  const counted = seldomElsewhere(x, topics, weights, CLASSES, against);
  return separateAll(x, topics, weights, rounds).map((plane, k) =>
    plane.map((weight, at) => weight + BY_COUNTING * (counted[k]?.[at] ?? 0)),
  );
};

const vectorsOf = (words: Words, places: Places): Vectors => {
  const { size } = words;
  const count = words.rarity.length;
  const [rows, lengths] = [new Float32Array(count * size), new Float32Array(count)];
  for (let at = 0; at < count; at++) {
    const vector = wordVector(at, words, places);
    rows.set(vector, at * size);
    lengths[at] = Math.hypot(...vector);
  }
  return { size, rows, lengths };
};

/** Trains both topic models on the examples, and packs them. */
export const trainTopics = (examples: readonly Example[], words: Words): z.infer<typeof topicsFile> => {
  const usable = examples.filter(({ topics }) => topics.length > 0);
  const classes = balance(usable);
  const places = learnPlaces(words);
  const weightFor = (example: Example, topics: readonly number[]) =>
    (weightOf(example) * topics.reduce((sum, topic) => sum + (classes[topic] ?? 0), 0)) / topics.length;
  const labelled = usable.map((example) => ({
    words: meaningOf(example.plain, words),
    topics: example.topics,
    weight: weightFor(example, example.topics),
  }));
  const hidden = trainHidden(labelled, vectorsOf(words, places));
  const units = new WordUnits(words, hidden, places);
  const topics = labelled.map((example) => resolve(example, units.scoresOf(example.words)));
  const weights = usable.map((example, i) => weightFor(example, [topics[i] ?? 0]));
  const wide = tableOf(usable, words, places);
  const kept = strongest(wide.index, weigh(rowsOf(usable, wide.index, wide.rarity), topics, weights, ROUNDS_TO_CHOOSE));
  const rarity = Uint8Array.from(kept, (gram) => wide.rarity[wide.index.get(gram) ?? 0] ?? 0);
  const index = new Map(kept.map((gram, i) => [gram, i]));
  const planes = weigh(rowsOf(usable, index, rarity), topics, weights);
  return {
    ...packPlanes(planes, kept.length),
    terms: pack(Uint32Array.from(kept)),
    rarity: pack(rarity),
    hidden: packHidden(hidden),
    places: [...places],
    sharpness: SHARPNESS,
  };
};

const packHidden = (hidden: ReturnType<typeof trainHidden>) => ({
  size: hidden.size,
  wordSize: hidden.wordSize,
  word: pack(hidden.word),
  wordBias: pack(hidden.wordBias),
  inner: pack(hidden.inner),
  fromWord: pack(hidden.fromWord),
  innerBias: pack(hidden.innerBias),
  outer: pack(hidden.outer),
  outerBias: pack(hidden.outerBias),
});

/** Weights in 8 bits; the few beyond the 99.95th percentile are cut. */
const packPlanes = (
  planes: readonly Float64Array[],
  columns: number,
): { weights: string; scale: number; bias: number[] } => {
  const sizes = planes.flatMap((plane) => [...plane.subarray(0, columns)].map(Math.abs)).sort((a, b) => a - b);
  const scale = (sizes[Math.floor(sizes.length * 0.9995)] ?? 1) / 127;
  const weights = new Int8Array(columns * CLASSES);
  for (let at = 0; at < columns; at++) {
    for (const [k, plane] of planes.entries()) {
      weights[at * CLASSES + k] = Math.max(-127, Math.min(127, Math.round((plane[at] ?? 0) / scale)));
    }
  }
  return { weights: pack(weights), scale, bias: planes.map((plane) => plane[columns] ?? 0) };
};
