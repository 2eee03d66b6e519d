import type { RankedShelf } from './ranked-shelf.ts';

export interface MergeInput {
  shelf: RankedShelf;
  weight: number;
}

/** What a walk over several ranked shelves gives: after a `next()` that answered true, the fields tell what came. */
export interface Walk {
  /** The candidate's place in the view. */
  place: number;
  /** Which input it came from. */
  from: number;
  value: number;
  next(): boolean;
}

/**
 * A k-way merge by value over typed arrays, without allocation per entry; a linear look at the heads beats a heap at the few dozen
 * shelves that a reader has (reference: performance.md 6). Of equal values that of the shelf with the lower id comes first, so that the
 * order of the inputs does not matter.
 */
export class Merge implements Walk {
  place = 0;
  from = 0;
  value = 0;
  readonly #inputs: readonly MergeInput[];
  /** How far each input was read. */
  readonly #at: number[];
  /** The value of each input's next entry. */
  readonly #heads: number[];

  constructor(inputs: readonly MergeInput[]) {
    this.#inputs = inputs;
    this.#at = inputs.map(() => 0);
    this.#heads = inputs.map((input) => this.#valueAt(input, 0));
  }

  next(): boolean {
    const best = this.#highest();
    const input = this.#inputs[best];
    if (!input) {
      return false;
    }
    const at = this.#at[best] ?? 0;
    this.place = input.shelf.places[at] ?? 0;
    this.from = best;
    this.value = this.#heads[best] ?? 0;
    this.#at[best] = at + 1;
    this.#heads[best] = this.#valueAt(input, at + 1);
    return true;
  }

  #valueAt({ shelf, weight }: MergeInput, at: number): number {
    return at < shelf.values.length ? (shelf.values[at] ?? 0) * weight : Number.NEGATIVE_INFINITY;
  }

  #highest(): number {
    const heads = this.#heads;
    let best = -1;
    let value = Number.NEGATIVE_INFINITY;
    for (let input = 0; input < heads.length; input++) {
      const head = heads[input] ?? Number.NEGATIVE_INFINITY;
      if (head > value || (head === value && best >= 0 && this.#isBefore(input, best))) {
        best = input;
        value = head;
      }
    }
    return best;
  }

  #isBefore(a: number, b: number): boolean {
    return (this.#inputs[a]?.shelf.id ?? '') < (this.#inputs[b]?.shelf.id ?? '');
  }
}
