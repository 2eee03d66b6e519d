import type { Sparse } from './linear.ts';

/** Counted to every feature beforehand, so that none is impossible. */
const BEFOREHAND = 1;

/** What a text of one class counts against another: between 0 and 1. */
export type Against = (own: number, other: number) => number;

/** How often each feature occurs in the texts of each class, by what these weigh. */
const countsOf = (
  x: Sparse,
  topics: readonly number[],
  weights: readonly number[],
  classes: number,
): Float64Array[] => {
  const counts = Array.from({ length: classes }, () => new Float64Array(x.columns));
  for (let row = 0; row < x.rows; row++) {
    const own = counts[topics[row] ?? 0];
    if (!own) continue;
    for (let p = x.starts[row] ?? 0; p < (x.starts[row + 1] ?? 0); p++) {
      const at = x.places[p] ?? 0;
      own[at] = (own[at] ?? 0) + (weights[row] ?? 0) * (x.values[p] ?? 0);
    }
  }
  return counts;
};

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
  against: Against = () => 1,
): Float64Array[] => {
  const counts = countsOf(x, topics, weights, classes);
  const odds = counts.map((_, k) => {
    const elsewhere = new Float64Array(x.columns).fill(BEFOREHAND);
    for (const [other, theirs] of counts.entries()) {
      const share = other === k ? 0 : against(other, k);
      for (let at = 0; at < elsewhere.length; at++) elsewhere[at] = (elsewhere[at] ?? 0) + share * (theirs[at] ?? 0);
    }
    const sum = elsewhere.reduce((total, count) => total + count, 0);
    return elsewhere.map((count) => -Math.log(count / sum));
  });
  const means = new Float64Array(x.columns).map(
    (_, at) => odds.reduce((sum, own) => sum + (own[at] ?? 0), 0) / classes,
  );
  return odds.map((own) => own.map((value, at) => value - (means[at] ?? 0)));
};
