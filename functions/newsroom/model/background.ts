import * as z from 'zod';
import { packed, SIXTEENTH, u8, u32 } from './packed.ts';
import { TermMap } from './term-map.ts';

/** How often stems occur in general English news: hashes, and 16 ln(1 + count). */
export const backgroundFile = z.object({ stories: z.number(), terms: packed, counts: packed });

/** General frequencies: in how many of so many stories the stem of a hash occurs. */
export interface Background {
  stories: number;
  countOf(term: number): number;
}

/** What each number of sixteenths says. */
const COUNTS = Float64Array.from({ length: 256 }, (_, sixteenths) => Math.expm1(sixteenths * SIXTEENTH));

export const unpackBackground = (file: z.infer<typeof backgroundFile>): Background => {
  const [terms, sixteenths] = [u32(file.terms), u8(file.counts)];
  const known = new TermMap({ expected: terms.length });
  for (let i = 0; i < terms.length; i++) known.set(terms[i] ?? 0, sixteenths[i] ?? 0);
  return { stories: file.stories, countOf: (term) => COUNTS[known.get(term)] ?? 0 };
};
