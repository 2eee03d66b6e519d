/** One comparison, medians of one interleaved run: microseconds, or bytes. `ratio` is what the name says. */
export interface Measure {
  name: string;
  ours: number;
  peer: number;
  ratio: number;
}

export const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[values.length >> 1] ?? 0;
