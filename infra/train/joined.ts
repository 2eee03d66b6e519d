import { TOPICS } from '../../functions/model/topic.ts';
import type { Hidden } from '../../functions/newsroom/model/hidden.ts';

const sideBySide = (arrays: readonly Float32Array[]): Float32Array => {
  const joined = new Float32Array(arrays.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const array of arrays) {
    joined.set(array, at);
    at += array.length;
  }
  return joined;
};

/** Each network's rows in columns of its own, of `width` together: no unit of one feels what another gives. */
const apart = (nets: readonly Hidden[], width: number): Float32Array => {
  let column = 0;
  return sideBySide(
    nets.map(({ fromWord, size, wordSize }) => {
      const rows = new Float32Array(size * width);
      for (let unit = 0; unit < size; unit++) {
        rows.set(fromWord.subarray(unit * wordSize, (unit + 1) * wordSize), unit * width + column);
      }
      column += wordSize;
      return rows;
    }),
  );
};

/**
 * Several networks as a single one, whose scores are the mean of theirs. What one learned by the chance of its beginning the
 * others did not: together they are righter than each, and cost what a network of their size costs.
 */
export const joined = (nets: readonly Hidden[]): Hidden => {
  const sum = (of: keyof Pick<Hidden, 'size' | 'wordSize'>): number => nets.reduce((all, net) => all + net[of], 0);
  const [size, wordSize] = [sum('size'), sum('wordSize')];
  const outer = sideBySide(
    TOPICS.map((_, k) => sideBySide(nets.map((net) => net.outer.subarray(k * net.size, (k + 1) * net.size)))),
  );
  return {
    size,
    wordSize,
    word: sideBySide(nets.map(({ word }) => word)),
    wordBias: sideBySide(nets.map(({ wordBias }) => wordBias)),
    inner: sideBySide(nets.map(({ inner }) => inner)),
    fromWord: apart(nets, wordSize),
    innerBias: sideBySide(nets.map(({ innerBias }) => innerBias)),
    outer: outer.map((weight) => weight / nets.length),
    outerBias: Float32Array.from(TOPICS, (_, k) =>
      nets.reduce((all, { outerBias }) => all + (outerBias[k] ?? 0) / nets.length, 0),
    ),
  };
};
