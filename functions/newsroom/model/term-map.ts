const FIRST = 1024;
/** Marks a place where nothing was ever put; what was taken out leaves 0 there. */
const NEVER = -1;

/**
 * A map from hashed terms to whole numbers above 0; 0 is 'not there'. Open addressing in two flat arrays: a `Map` keeps every number
 * above 2^31, as half the hashes are, as an object of its own.
 */
export class TermMap {
  #terms: Uint32Array;
  #values: Int32Array;
  /** Places ever filled; those emptied again count until the next growth. */
  #filled = 0;

  /** @param expected how many terms there will be, if that is known */
  constructor(expected = 0) {
    let length = FIRST;
    while (length < 2 * expected) length *= 2;
    this.#terms = new Uint32Array(length);
    this.#values = new Int32Array(length).fill(NEVER);
  }

  get(term: number): number {
    const value = this.#values[this.#placeOf(term)] ?? NEVER;
    return value === NEVER ? 0 : value;
  }

  /** Puts a value in a term's place; 0 takes the term out. */
  set(term: number, value: number): void {
    const place = this.#placeOf(term);
    if (this.#values[place] === NEVER) {
      if (value === 0) return;
      this.#terms[place] = term;
      this.#filled++;
    }
    this.#values[place] = value;
    if (2 * this.#filled > this.#terms.length) this.#grow();
  }

  /** The place of a term, or the one where it belongs. Hashes are mixed already, so their low bits spread well. */
  #placeOf(term: number): number {
    const terms = this.#terms;
    const values = this.#values;
    const mask = terms.length - 1;
    let place = term & mask;
    while (values[place] !== NEVER && terms[place] !== term) place = (place + 1) & mask;
    return place;
  }

  /** Moves to arrays with room for twice the terms that are left, without those taken out. */
  #grow(): void {
    const [terms, values] = [this.#terms, this.#values];
    const left = values.reduce((count, value) => count + (value > 0 ? 1 : 0), 0);
    let length = FIRST;
    while (length < 4 * left) length *= 2;
    this.#terms = new Uint32Array(length);
    this.#values = new Int32Array(length).fill(NEVER);
    this.#filled = 0;
    for (let place = 0; place < terms.length; place++) {
      const value = values[place] ?? NEVER;
      if (value > 0) this.set(terms[place] ?? 0, value);
    }
  }
}
