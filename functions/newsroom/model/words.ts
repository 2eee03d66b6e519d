import * as z from 'zod';
import { i8, indexOf, packed, SIXTEENTH, type TermIndex, u8, u32 } from './packed.ts';

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

/** The mean of the words' vectors weighed by rarity, as a unit vector; all zero if no word is known. */
export const meaningOf = (terms: Iterable<number>, words: Words): Float32Array => {
  const { size, index, rarity, vectors } = words;
  const sum = new Float32Array(size);
  for (const term of terms) {
    const at = index.get(term);
    if (at === undefined) continue;
    const weight = (rarity[at] ?? 0) * SIXTEENTH;
    for (let i = 0, row = at * size; i < size; i++) sum[i] = (sum[i] ?? 0) + weight * (vectors[row + i] ?? 0);
  }
  let square = 0;
  for (let i = 0; i < size; i++) square += (sum[i] ?? 0) * (sum[i] ?? 0);
  const length = Math.sqrt(square) || 1;
  for (let i = 0; i < size; i++) sum[i] = (sum[i] ?? 0) / length;
  return sum;
};
