import { seeded, shuffle } from './random.ts';

/** Rows of sparse features, one after the other. */
export interface Sparse {
  rows: number;
  columns: number;
  /** Where each row starts; one more than there are rows. */
  starts: Int32Array;
  places: Int32Array;
  values: Float32Array;
}

export const sparseOf = (
  rows: readonly { places: readonly number[]; weights: readonly number[] }[],
  columns: number,
): Sparse => {
  const starts = new Int32Array(rows.length + 1);
  for (const [i, { places }] of rows.entries()) starts[i + 1] = (starts[i] ?? 0) + places.length;
  return {
    rows: rows.length,
    columns,
    starts,
    places: Int32Array.from(rows.flatMap(({ places }) => places)),
    values: Float32Array.from(rows.flatMap(({ weights }) => weights)),
  };
};

/** `w . x` of a row; the last weight is the bias. */
const score = (x: Sparse, row: number, weights: Float64Array): number => {
  let sum = weights[x.columns] ?? 0;
  const end = x.starts[row + 1] ?? 0;
  for (let p = x.starts[row] ?? 0; p < end; p++) sum += (weights[x.places[p] ?? 0] ?? 0) * (x.values[p] ?? 0);
  return sum;
};

const addRow = (x: Sparse, row: number, weights: Float64Array, by: number): void => {
  const end = x.starts[row + 1] ?? 0;
  for (let p = x.starts[row] ?? 0; p < end; p++) {
    const place = x.places[p] ?? 0;
    weights[place] = (weights[place] ?? 0) + by * (x.values[p] ?? 0);
  }
  weights[x.columns] = (weights[x.columns] ?? 0) + by;
};

const squareOf = (x: Sparse, row: number): number => {
  let sum = 1;
  for (let p = x.starts[row] ?? 0; p < (x.starts[row + 1] ?? 0); p++) sum += (x.values[p] ?? 0) ** 2;
  return sum;
};

/**
 * A linear support vector machine for one class against the rest, by dual coordinate descent (Hsieh et al. 2008, L2 loss).
 * `costs` holds C for each row. Returns weights and bias.
 */
export const separate = (x: Sparse, isClass: Uint8Array, costs: Float64Array, rounds = 8): Float64Array => {
  const weights = new Float64Array(x.columns + 1);
  const alphas = new Float64Array(x.rows);
  const squares = Float64Array.from({ length: x.rows }, (_, row) => squareOf(x, row) + 0.5 / (costs[row] ?? 1));
  const order = Int32Array.from({ length: x.rows }, (_, row) => row);
  const random = seeded(1);
  for (let round = 0; round < rounds; round++) {
    shuffle(order, random);
    for (const row of order) {
      const side = isClass[row] ? 1 : -1;
      const alpha = alphas[row] ?? 0;
      const slope = side * score(x, row, weights) - 1 + (alpha * 0.5) / (costs[row] ?? 1);
      const next = Math.max(0, alpha - slope / (squares[row] ?? 1));
      if (next === alpha) continue;
      alphas[row] = next;
      addRow(x, row, weights, (next - alpha) * side);
    }
  }
  return weights;
};
