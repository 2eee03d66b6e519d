import type { RankedShelf } from './ranked-shelf.ts';

export interface MergeInput {
  shelf: Pick<RankedShelf, 'id' | 'places' | 'values' | 'top' | 'size'>;
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
 * A k-way merge by value, without allocation per entry. The inputs stand in the order of their next entries; the one that gave its entry
 * sinks to where its next one belongs, which mostly is near: that beats a heap, and a look at all heads, at the few dozen shelves that a
 * reader has. Of equal values that of the shelf with the lower id comes first, so that the order of the inputs does not matter.
 */
export class Merge implements Walk {
  place = 0;
  from = 0;
  value = 0;
  readonly #inputs: readonly MergeInput[];
  /** Inputs that have entries left, by the value of the next one, highest first. */
  readonly #order: number[] = [];
  /** How far each input was read. */
  readonly #at: number[] = [];
  /** The value of each input's next entry. */
  readonly #heads: number[] = [];

  constructor(inputs: readonly MergeInput[]) {
    this.#inputs = inputs;
    let number = 0;
    for (const { shelf, weight } of inputs) {
      this.#at.push(0);
      this.#heads.push(shelf.top * weight);
      if (shelf.size > 0) {
        this.#order.push(number);
        this.#rise(this.#order.length - 1);
      }
      number++;
    }
  }

  next(): boolean {
    const first = this.#order[0];
    const input = first === undefined ? undefined : this.#inputs[first];
    if (first === undefined || !input) {
      return false;
    }
    const { places, values } = input.shelf;
    const at = this.#at[first] ?? 0;
    this.place = places[at] ?? 0;
    this.from = first;
    this.value = this.#heads[first] ?? 0;
    if (at + 1 < values.length) {
      this.#at[first] = at + 1;
      this.#heads[first] = (values[at + 1] ?? 0) * input.weight;
      this.#sink(first);
    } else {
      this.#order.shift();
    }
    return true;
  }

  /** Moves the input at a place of the order up to where it belongs. */
  #rise(from: number): void {
    const order = this.#order;
    const input = order[from] ?? 0;
    let at = from;
    for (; at > 0 && this.#isBefore(input, order[at - 1] ?? 0); at--) {
      order[at] = order[at - 1] ?? 0;
    }
    order[at] = input;
  }

  /** Moves the first input, `input`, down to where it belongs. */
  #sink(input: number): void {
    const order = this.#order;
    let at = 0;
    for (; at + 1 < order.length && this.#isBefore(order[at + 1] ?? 0, input); at++) {
      order[at] = order[at + 1] ?? 0;
    }
    order[at] = input;
  }

  #isBefore(a: number, b: number): boolean {
    const [one, other] = [this.#heads[a] ?? 0, this.#heads[b] ?? 0];
    return one > other || (one === other && (this.#inputs[a]?.shelf.id ?? '') < (this.#inputs[b]?.shelf.id ?? ''));
  }
}
