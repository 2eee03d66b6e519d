import * as z from 'zod';
import { packed, SIXTEENTH, u8, u32 } from './packed.ts';

/** How often stems occur in general English news: hashes, and 16 ln(1 + count). */
export const backgroundFile = z.object({ stories: z.number(), terms: packed, counts: packed });

/** General frequencies, by hash of the stem. */
export interface Background {
  stories: number;
  counts: ReadonlyMap<number, number>;
}

export const unpackBackground = (file: z.infer<typeof backgroundFile>): Background => {
  const counts = u8(file.counts);
  const byTerm = new Map<number, number>();
  u32(file.terms).forEach((term, i) => {
    byTerm.set(term, Math.expm1((counts[i] ?? 0) * SIXTEENTH));
  });
  return { stories: file.stories, counts: byTerm };
};
