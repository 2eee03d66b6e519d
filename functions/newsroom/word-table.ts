/** There is a table for each language that a feed names, and it may name hundreds. */
const FIRST = 64;
/** An entry: two hashes of the word, and the number of its value from 1, 0 where there is none. */
const WIDTH = 4;

/**
 * So many steps from where it belongs a word is looked for. In a table half full one word of some thousands lies further; words made to
 * crowd one place, of which a feed could send tens of thousands, would else each cost a walk past all others.
 */
const STEPS = 32;
const NOWHERE = -1;

/**
 * What is known of words, looked up where they stand in a text: nothing is cut out of it for that. Words go by two hashes, 64 bits in
 * all: among a million words two are taken for one another less than once in ten million times.
 */
export class WordTable<T> {
  readonly #values: T[] = [];
  #entries = new Int32Array(FIRST * WIDTH);
  /** The two hashes of the word at hand. */
  #one = 0;
  #two = 0;

  get size(): number {
    return this.#values.length;
  }

  /** The value of the word between two places of a text, if the table holds it. */
  find(text: string, start: number, end: number): T | undefined {
    this.#hash(text, start, end);
    const place = this.#placeOf(this.#one, this.#two);
    const number = place === NOWHERE ? 0 : (this.#entries[place + 2] ?? 0);
    return number === 0 ? undefined : this.#values[number - 1];
  }

  /** Adds a word that the table does not hold yet, unless the places near where it belongs are taken: then it stays unknown. */
  add(word: string, value: T): void {
    const number = this.#values.length + 1;
    this.#hash(word, 0, word.length);
    if (!this.#put(this.#one, this.#two, number)) return;
    this.#values.push(value);
    if (2 * number * WIDTH > this.#entries.length) this.#grow();
  }

  clear(): void {
    this.#values.length = 0;
    this.#entries.fill(0);
  }

  #hash(text: string, start: number, end: number): void {
    let one = end - start;
    let two = one;
    for (let at = start; at < end; at++) {
      const code = text.charCodeAt(at);
      one = Math.imul(one ^ code, 0x9e3779b1);
      two = Math.imul(two ^ code, 0x01000193);
    }
    this.#one = one ^ (one >>> 15);
    this.#two = two ^ (two >>> 15);
  }

  /** The place of a word, or the empty one where it belongs; -1 if there is none near. */
  #placeOf(one: number, two: number): number {
    const entries = this.#entries;
    const mask = entries.length - 1;
    let place = (one * WIDTH) & mask;
    for (let steps = 0; steps < STEPS; steps++) {
      if (entries[place + 2] === 0 || (entries[place] === one && entries[place + 1] === two)) return place;
      place = (place + WIDTH) & mask;
    }
    return NOWHERE;
  }

  /** False if there is no room. */
  #put(one: number, two: number, number: number): boolean {
    const place = this.#placeOf(one, two);
    if (place === NOWHERE) return false;
    this.#entries[place] = one;
    this.#entries[place + 1] = two;
    this.#entries[place + 2] = number;
    return true;
  }

  #grow(): void {
    const entries = this.#entries;
    this.#entries = new Int32Array(2 * entries.length);
    for (let place = 0; place < entries.length; place += WIDTH) {
      const number = entries[place + 2] ?? 0;
      if (number > 0) this.#put(entries[place] ?? 0, entries[place + 1] ?? 0, number);
    }
  }
}
