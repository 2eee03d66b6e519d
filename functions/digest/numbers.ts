/** Gives every text a number from 0 on, the same each time. */
export class Numbering {
  readonly #numbers = new Map<string, number>();

  /** The number of a text, a new one for a new text. */
  of(text: string): number {
    const number = this.#numbers.get(text) ?? this.#numbers.size;
    if (number === this.#numbers.size) {
      this.#numbers.set(text, number);
    }
    return number;
  }

  /** The number of a text; -1 if it has none yet. */
  known(text: string): number {
    return this.#numbers.get(text) ?? -1;
  }
}

/** The same numbers with room for so many: the array itself, or a copy at least twice as long. */
export const withRoom = (numbers: Int32Array<ArrayBuffer>, size: number): Int32Array<ArrayBuffer> => {
  if (size <= numbers.length) {
    return numbers;
  }
  const grown = new Int32Array(Math.max(size, 2 * numbers.length));
  grown.set(numbers);
  return grown;
};
