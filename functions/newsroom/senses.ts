/** Sums are kept in four parts, so that one need not wait for another. */
const PARTS = 4;
const UNIT = 127;

/** The meanings of stories in their slots: in 8 bits and side by side, each in a row of a multiple of four. */
export class Senses {
  #width = 0;
  #values = new Int8Array(0);
  #known = new Uint8Array(0);

  set(slot: number, meaning: Float32Array | undefined): void {
    if (slot >= this.#known.length || (meaning && this.#width === 0)) this.#widen(slot, meaning?.length ?? this.#width);
    this.#known[slot] = meaning ? 1 : 0;
    if (!meaning) return;
    const row = slot * this.#width;
    for (let i = 0; i < meaning.length; i++) this.#values[row + i] = Math.round(UNIT * (meaning[i] ?? 0));
  }

  /** The cosine of two stories' meanings; undefined where one is not known. */
  likeness(a: number, b: number): number | undefined {
    if (!this.#known[a] || !this.#known[b]) return undefined;
    const values = this.#values;
    const end = (a + 1) * this.#width;
    let [one, two, three, four] = [0, 0, 0, 0];
    for (let left = a * this.#width, right = b * this.#width; left < end; left += PARTS, right += PARTS) {
      one = (one + (values[left] ?? 0) * (values[right] ?? 0)) | 0;
      two = (two + (values[left + 1] ?? 0) * (values[right + 1] ?? 0)) | 0;
      three = (three + (values[left + 2] ?? 0) * (values[right + 2] ?? 0)) | 0;
      four = (four + (values[left + 3] ?? 0) * (values[right + 3] ?? 0)) | 0;
    }
    return (one + two + three + four) / (UNIT * UNIT);
  }

  #widen(slot: number, width: number): void {
    const padded = Math.ceil(width / PARTS) * PARTS;
    const slots = Math.max(1024, 2 * this.#known.length, slot + 1);
    const [values, known] = [new Int8Array(slots * padded), new Uint8Array(slots)];
    if (padded === this.#width) values.set(this.#values);
    known.set(this.#known);
    [this.#values, this.#known, this.#width] = [values, known, padded];
  }
}
