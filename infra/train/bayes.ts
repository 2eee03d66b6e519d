import type { Sparse } from './linear.ts';

/** Counted to every feature beforehand, so that none is impossible. */
const BEFOREHAND = 1;

/**
 * Weights of complement naive Bayes (Rennie et al. 2003): how seldom each feature occurs in all other classes together, in log odds. It
 * counts where a machine parts, so it says least wrong of features that few texts hold. An array for each class; for each feature the
 * classes' weights have mean 0.
 */
export const seldomElsewhere = (
  x: Sparse,
  topics: readonly number[],
  weights: readonly number[],
  classes: number,
): Float64Array[] => {
  const counts = Array.from({ length: classes }, () => new Float64Array(x.columns));
  const all = new Float64Array(x.columns);
  for (let row = 0; row < x.rows; row++) {
    const own = counts[topics[row] ?? 0] ?? all;
    for (let p = x.starts[row] ?? 0; p < (x.starts[row + 1] ?? 0); p++) {
      const at = x.places[p] ?? 0;
      const count = (weights[row] ?? 0) * (x.values[p] ?? 0);
      own[at] = (own[at] ?? 0) + count;
      all[at] = (all[at] ?? 0) + count;
    }
  }
  const odds = counts.map((own) => {
    const elsewhere = own.map((count, at) => (all[at] ?? 0) - count + BEFOREHAND);
    const sum = elsewhere.reduce((total, count) => total + count, 0);
    return elsewhere.map((count) => -Math.log(count / sum));
  });
  const means = all.map((_, at) => odds.reduce((sum, own) => sum + (own[at] ?? 0), 0) / classes);
  return odds.map((own) => own.map((value, at) => value - (means[at] ?? 0)));
};
