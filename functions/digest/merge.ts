import type { RankedShelf } from './ranked-shelf.ts';

export interface MergeInput {
  shelf: RankedShelf;
  weight: number;
}

/** Walks several ranked shelves as one. After a `next()` that answered true, `place`, `from` and `value` tell what came. */
export interface Merge {
  /** The candidate's place in the view. */
  place: number;
  /** Which input it came from. */
  from: number;
  value: number;
  next(): boolean;
}

/**
 * A k-way merge by value over typed arrays, without allocation per entry; a linear look at the heads beats a heap at the few dozen
 * shelves that a reader has (reference: performance.md 6). Of equal values the one of the first
 * input comes first: whoever calls keeps the inputs in a fixed order.
 */
export const createMerge = (inputs: readonly MergeInput[]): Merge => {
  const at = new Uint32Array(inputs.length);
  const heads = Float64Array.from(
    inputs,
    ({ shelf, weight }) => (shelf.values[0] ?? Number.NEGATIVE_INFINITY) * weight,
  );

  const placeAt = (input: number): number => inputs[input]?.shelf.places[at[input] ?? 0] ?? 0;

  const highest = (): number => {
    let best = -1;
    let value = Number.NEGATIVE_INFINITY;
    for (let input = 0; input < heads.length; input++) {
      const head = heads[input] ?? Number.NEGATIVE_INFINITY;
      if (head > value) {
        best = input;
        value = head;
      }
    }
    return best;
  };

  const advance = (input: number): void => {
    const next = (at[input] ?? 0) + 1;
    const { shelf, weight } = inputs[input] ?? { shelf: { values: new Float64Array() }, weight: 1 };
    at[input] = next;
    heads[input] = (shelf.values[next] ?? Number.NEGATIVE_INFINITY) * weight;
  };

  const merge: Merge = {
    place: 0,
    from: 0,
    value: 0,
    next() {
      const best = highest();
      if (best < 0) {
        return false;
      }
      merge.place = placeAt(best);
      merge.from = best;
      merge.value = heads[best] ?? 0;
      advance(best);
      return true;
    },
  };
  return merge;
};
