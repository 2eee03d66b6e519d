import * as z from 'zod';
import { i8, indexOf, packed, type TermIndex, u8, u32 } from './packed.ts';

/** Word vectors: hashes of the plain words, how rare each is in news (sixteenths), and the vectors, a row each, in `scale` units. */
export const wordsFile = z.object({
  size: z.number(),
  scale: z.number(),
  terms: packed,
  rarity: packed,
  vectors: packed,
});

export interface Words {
  size: number;
  scale: number;
  index: TermIndex;
  rarity: Uint8Array;
  vectors: Int8Array;
}

export const unpackWords = (file: z.infer<typeof wordsFile>): Words => ({
  size: file.size,
  scale: file.scale,
  index: indexOf(u32(file.terms)),
  rarity: u8(file.rarity),
  vectors: i8(file.vectors),
});

/** What the words of a text mean together. */
export interface Meaning {
  /** The mean of the words' vectors weighed by rarity, as a unit vector; all zero if no word is known. */
  vector: Float32Array;
  /** The places of the known words, and the share that each one's vector has in the mean: it is the sum of the shares. */
  places: number[];
  shares: number[];
}

/** Room for the sum of one text's vectors. */
let sum = new Int32Array(0);

/** The meaning of words given by their hashes. */
export const meaningOf = (terms: readonly number[], words: Words): Meaning => {
  const { size, index, rarity, vectors } = words;
  const [places, shares]: [number[], number[]] = [[], []];
  for (let word = 0; word < terms.length; word++) {
    const place = index.get(terms[word] ?? 0);
    if (place === undefined) continue;
    places.push(place);
    shares.push(rarity[place] ?? 0);
  }
  sum = sum.length === size ? sum.fill(0) : new Int32Array(size);
  // two words at a time: half the reading and writing of sums
  for (let word = 0; word < places.length; word += 2) {
    const one = (places[word] ?? 0) * size;
    const two = (places[word + 1] ?? 0) * size;
    const ofOne = shares[word] ?? 0;
    const ofTwo = shares[word + 1] ?? 0;
    for (let i = 0; i < size; i++) {
      sum[i] = (sum[i] ?? 0) + ofOne * (vectors[one + i] ?? 0) + ofTwo * (vectors[two + i] ?? 0);
    }
  }
  let square = 0;
  for (let i = 0; i < size; i++) square += (sum[i] ?? 0) * (sum[i] ?? 0);
  const length = Math.sqrt(square) || 1;
  const vector = new Float32Array(size);
  for (let i = 0; i < size; i++) vector[i] = (sum[i] ?? 0) / length;
  for (let i = 0; i < shares.length; i++) shares[i] = (shares[i] ?? 0) / length;
  return { vector, places, shares };
};
