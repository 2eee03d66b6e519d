/** Half full at most, so that a look-up ends after a step or two. */
const ROOM = 2;

const NOBODY = -1;

const capacityFor = (count: number): number => 2 ** Math.ceil(Math.log2(Math.max(8, count * ROOM)));

/**
 * Hashes of up to 48 bits, each with a small number from 0 on. Open addressing over typed arrays: a look-up takes a few nanoseconds where a
 * Set of texts takes some twenty, and selecting asks a thousand times for one reader.
 */
export class Hashes {
  #hashes: Float64Array;
  #values: Int32Array;
  size = 0;

  constructor(expected = 0) {
    this.#hashes = new Float64Array(capacityFor(expected));
    this.#values = new Int32Array(this.#hashes.length).fill(NOBODY);
  }

  /** The number kept with a hash; -1 if there is none. */
  get(hash: number): number {
    return this.#values[this.#slotOf(hash)] ?? NOBODY;
  }

  has(hash: number): boolean {
    return this.size > 0 && this.get(hash) !== NOBODY;
  }

  set(hash: number, value: number): void {
    if ((this.size + 1) * ROOM > this.#hashes.length) {
      this.#grow();
    }
    const slot = this.#slotOf(hash);
    this.size += this.#values[slot] === NOBODY ? 1 : 0;
    this.#hashes[slot] = hash;
    this.#values[slot] = value;
  }

  /** Visits every hash, in no order. */
  forEach(visit: (hash: number) => void): void {
    for (let slot = 0; slot < this.#values.length; slot++) {
      if (this.#values[slot] !== NOBODY) {
        visit(this.#hashes[slot] ?? 0);
      }
    }
  }

  /** Where a hash is, or where it would be put. */
  #slotOf(hash: number): number {
    const last = this.#hashes.length - 1;
    let slot = (hash | 0) & last;
    while (this.#hashes[slot] !== hash && this.#values[slot] !== NOBODY) {
      slot = (slot + 1) & last;
    }
    return slot;
  }

  #grow(): void {
    const [hashes, values] = [this.#hashes, this.#values];
    this.#hashes = new Float64Array(hashes.length * ROOM);
    this.#values = new Int32Array(this.#hashes.length).fill(NOBODY);
    this.size = 0;
    for (const [slot, value] of values.entries()) {
      if (value !== NOBODY) {
        this.set(hashes[slot] ?? 0, value);
      }
    }
  }
}
