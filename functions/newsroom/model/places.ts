import type { Meaning, Words } from './words.ts';

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
  let [sum, square] = [0, 0];
  for (let i = 0, row = at * size; i < size; i++, row++) {
    const value = vectors[row] ?? 0;
    sum += value * (places[i] ?? 0);
    square += value * value;
  }
  const odds = sum / (Math.sqrt(square) || 1) + (places[size] ?? 0);
  return 1 - (1 - COUNTS) / (1 + Math.exp(-odds));
};

/** The mean of a text's word vectors as the topic network takes it: each word by its share in the meaning, and by what it counts for. */
export const topicVector = ({ places: words, shares }: Meaning, table: Words, places: Places): Float32Array => {
  const vector = new Float32Array(table.size);
  for (let word = 0; word < words.length; word++) {
    const at = words[word] ?? 0;
    const share = (shares[word] ?? 0) * worthOf(at, table, places);
    for (let i = 0, row = at * table.size; i < table.size; i++, row++) {
      vector[i] = (vector[i] ?? 0) + share * (table.vectors[row] ?? 0);
    }
  }
  return vector;
};
