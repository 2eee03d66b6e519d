import type { Words } from './words.ts';

/** What the name of a place counts for beside another word. */
const COUNTS = 0.2;

/**
 * A plane that parts the vectors of places' names (countries, their people and cities) from those of other words: a weight for each
 * number of the unit vector, the bias last. The scores are log odds.
 */
export type Places = readonly number[];

/**
 * What a word, given by its place in the table, counts for where topics are told: 1, and less the likelier it names a place. What
 * happened tells a topic in any country; where it happened tells only what newspapers from elsewhere file under World.
 */
export const worthOf = (at: number, { size, vectors }: Words, places: Places): number => {
  let sum = 0;
  let square = 0;
  for (let i = 0, row = at * size; i < size; i++, row++) {
    const value = vectors[row] ?? 0;
    sum += value * (places[i] ?? 0);
    square += value * value;
  }
  const odds = sum / (Math.sqrt(square) || 1) + (places[size] ?? 0);
  return 1 - (1 - COUNTS) / (1 + Math.exp(-odds));
};

/** A word's vector as the topic network takes it: by what the word counts for. Written into `vector` where that is given. */
export const wordVector = (
  at: number,
  words: Words,
  places: Places,
  vector: Float64Array = new Float64Array(words.size),
): Float64Array => {
  const worth = worthOf(at, words, places);
  for (let i = 0, row = at * words.size; i < vector.length; i++, row++) vector[i] = worth * (words.vectors[row] ?? 0);
  return vector;
};
