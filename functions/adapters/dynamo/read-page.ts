import { BrokenRow, type Row } from './table.ts';

/** Reads the rows of a page one by one. */
export type ReadPage = <Noun>(rows: readonly Row[], read: (row: Row) => Noun) => Noun[];

/**
 * A page's broken rows are told to `broken` and left out, so that one bad row costs one reader, not a whole cohort.
 * Without anybody to tell, they are thrown.
 */
export const pageReader =
  (broken?: (row: BrokenRow) => void): ReadPage =>
  (rows, read) =>
    rows.flatMap((row) => {
      try {
        return [read(row)];
      } catch (error) {
        if (!broken || !(error instanceof BrokenRow)) throw error;
        broken(error);
        return [];
      }
    });
