/** One array of parameters, moved against its slopes by Adam (Kingma and Ba 2015). */
export class Parameters {
  readonly values: Float32Array;
  /** Added up by whoever learns; 0 after each step. */
  readonly slopes: Float32Array;
  readonly #first: Float32Array;
  readonly #second: Float32Array;

  constructor(values: Float32Array) {
    this.values = values;
    this.slopes = new Float32Array(values.length);
    this.#first = new Float32Array(values.length);
    this.#second = new Float32Array(values.length);
  }

  /** @param step counted from 1 */
  step(step: number, rate: number): void {
    const [fade1, fade2] = [1 - 0.9 ** step, 1 - 0.999 ** step];
    for (let i = 0; i < this.values.length; i++) {
      const slope = (this.slopes[i] ?? 0) + 1e-5 * (this.values[i] ?? 0);
      const first = 0.9 * (this.#first[i] ?? 0) + 0.1 * slope;
      const second = 0.999 * (this.#second[i] ?? 0) + 0.001 * slope * slope;
      this.#first[i] = first;
      this.#second[i] = second;
      this.values[i] = (this.values[i] ?? 0) - (rate * (first / fade1)) / (Math.sqrt(second / fade2) + 1e-8);
    }
    this.slopes.fill(0);
  }
}
