import { expect, it } from 'vitest';
import { Matrix } from '../../functions/newsroom/model/matrix.ts';

/** Numbers that are the same in every run, from -1 to 1. */
const some = (length: number, seed: number): number[] =>
  Array.from({ length }, (_, at) => Math.sin(12.9898 * (at + 1) + 78.233 * seed));

const numberByNumber = (matrix: Float32Array, vector: Float64Array, sums: readonly number[]): number[] =>
  sums.map((sum, row) => vector.reduce((so, times, i) => so + times * (matrix[row * vector.length + i] ?? 0), sum));

// fails if columns are added in another order, if the last few are left out, or if a column is taken for shorter than it is
it('a product is the sum number by number, to the last bit, whatever is 0', () => {
  for (const [rows, width] of [
    [4, 3],
    [8, 8],
    [12, 21],
    [16, 40],
  ] as const) {
    const apart = (_: number, at: number) => Math.floor(at / width) < rows / 2 === at % width < width / 2;
    const whole = Float32Array.from(some(rows * width, width));
    const vector = Float64Array.from(some(width, rows));
    for (const matrix of [
      whole,
      whole.map((value, at) => (apart(value, at) ? value : 0)),
      whole.map((value, at) => (at < width ? 0 : value)),
    ]) {
      for (const times of [vector, vector.map((value) => Math.max(0, value)), new Float64Array(width)]) {
        const before = some(rows, 3);
        const sums = Float64Array.from(before);
        new Matrix(matrix, rows).addProduct(times, sums);
        expect([...sums]).toEqual(numberByNumber(matrix, times, before));
      }
    }
  }
});
