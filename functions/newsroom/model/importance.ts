import * as z from 'zod';
import { i8, indexOf, packed, type TermIndex, u32 } from './packed.ts';

/** How many numbers are counted of an event; see `numbersOf` in ../importance.ts. */
export const NUMBERS = 14;

const column = z.array(z.number());

/**
 * What makes an event important, as weights of one sum: numbers of its coverage (standardised), its topics, its mean word vector,
 * both once more by the share of stories that came with a summary, and the words of its titles.
 */
export const importanceFile = z.object({
  means: column.length(NUMBERS),
  deviations: column.length(NUMBERS),
  numbers: column.length(NUMBERS),
  content: column,
  contentTold: column,
  terms: packed,
  weights: packed,
  scale: z.number(),
});

export interface ImportanceModel {
  means: readonly number[];
  deviations: readonly number[];
  numbers: readonly number[];
  content: readonly number[];
  contentTold: readonly number[];
  index: TermIndex;
  weights: Int8Array;
  scale: number;
}

export const unpackImportance = (file: z.infer<typeof importanceFile>): ImportanceModel => ({
  means: file.means,
  deviations: file.deviations,
  numbers: file.numbers,
  content: file.content,
  contentTold: file.contentTold,
  index: indexOf(u32(file.terms)),
  weights: i8(file.weights),
  scale: file.scale,
});
