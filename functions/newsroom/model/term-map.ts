const FIRST = 1024;
/** Marks a place where nothing was ever put; what was taken out leaves 0 there. */
const NEVER = -1;

/**
 * Where a term belongs in a table of 2 to the power of 32 - `shift` places. Which terms crowd one place goes by the seed: whoever does not
 * know it cannot choose words that do.
 */
export const placeIn = (term: number, seed: number, shift: number): number => {
  const hash = Math.imul(term ^ seed ^ ((term ^ seed) >>> 16), 0x85ebca6b);
  return Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35) >>> shift;
};

/**
 * A map from hashed terms to whole numbers above 0; 0 is 'not there'. Open addressing in one flat array, value beside term, so that a
 * look-up fetches one piece of memory: a `Map` keeps every number above 2^31, as half the hashes are, as an object of its own.
 */
export class TermMap {
  /** Terms at even places, as signed numbers, each with its value after it. */
  #entries: Int32Array;
  /** Places ever filled; those emptied again count until the next growth. */
  #filled = 0;

  readonly #seed: number;
  #shift = 0;

  /**
   * @param seed a number that nobody knows, for a map of words that anybody may send; changes nothing that the map answers
   * @param expected how many terms there will be, if that is known
   */
  constructor({ seed = 0, expected = 0 }: { seed?: number; expected?: number } = {}) {
    this.#seed = seed;
    this.#entries = this.#room(2 * expected);
  }

  get(term: number): number {
    const value = this.#entries[this.#placeOf(term) + 1] ?? NEVER;
    return value === NEVER ? 0 : value;
  }

  /** Puts a value in a term's place; 0 takes the term out. */
  set(term: number, value: number): void {
    const place = this.#placeOf(term);
    if (this.#entries[place + 1] === NEVER) {
      if (value === 0) return;
      this.#entries[place] = term;
      this.#filled++;
    }
    this.#entries[place + 1] = value;
    if (4 * this.#filled > this.#entries.length) this.#grow();
  }

  /** An empty table of so many places at least. */
  #room(least: number): Int32Array {
    let length = FIRST;
    while (length < least) length *= 2;
    this.#shift = Math.clz32(length) + 1;
    return new Int32Array(2 * length).fill(NEVER);
  }

  /** The place of a term, or the one where it belongs. */
  #placeOf(term: number): number {
    const entries = this.#entries;
    const mask = entries.length - 1;
    const signed = term | 0;
    let place = placeIn(signed, this.#seed, this.#shift) << 1;
    while (entries[place + 1] !== NEVER && entries[place] !== signed) place = (place + 2) & mask;
    return place;
  }

  /** Moves to an array with room for twice the terms that are left, without those taken out. */
  #grow(): void {
    const entries = this.#entries;
    let left = 0;
    for (let place = 1; place < entries.length; place += 2) if ((entries[place] ?? 0) > 0) left++;
    this.#entries = this.#room(4 * left);
    this.#filled = 0;
    for (let place = 0; place < entries.length; place += 2) {
      const value = entries[place + 1] ?? NEVER;
      if (value > 0) this.set(entries[place] ?? 0, value);
    }
  }
}
