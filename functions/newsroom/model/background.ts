import * as z from 'zod';
import { indexOf, packed, SIXTEENTH, u8, u32 } from './packed.ts';

/** How often stems occur in general English news: hashes, and 16 ln(1 + count). */
export const backgroundFile = z.object({ stories: z.number(), terms: packed, counts: packed });

/** General frequencies: in how many of so many stories the stem of a hash occurs. */
export interface Background {
  stories: number;
  countOf(term: number): number;
}

export const unpackBackground = (file: z.infer<typeof backgroundFile>): Background => {
  const index = indexOf(u32(file.terms));
  const counts = Float64Array.from(u8(file.counts), (sixteenths) => Math.expm1(sixteenths * SIXTEENTH));
  return { stories: file.stories, countOf: (term) => counts[index.get(term) ?? -1] ?? 0 };
};
