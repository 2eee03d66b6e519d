/** One array of parameters, moved against its slopes by Adam (Kingma and Ba 2015); its mean over some steps may be taken (Izmailov et al. 2018). */
export class Parameters {
  readonly values: Float32Array;
  /** Added up by whoever learns; 0 after each step. */
  readonly slopes: Float32Array;
  readonly #first: Float32Array;
  readonly #second: Float32Array;
  readonly #sum: Float64Array;
  #kept = 0;

  constructor(values: Float32Array) {
    this.values = values;
    this.slopes = new Float32Array(values.length);
    this.#first = new Float32Array(values.length);
    this.#second = new Float32Array(values.length);
    this.#sum = new Float64Array(values.length);
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

  /** Counts the values as they are now in the mean. */
  keep(): void {
    for (let i = 0; i < this.#sum.length; i++) this.#sum[i] = (this.#sum[i] ?? 0) + (this.values[i] ?? 0);
    this.#kept++;
  }

  /** The mean of the values kept. */
  mean(): Float32Array {
    return Float32Array.from(this.#sum, (sum) => sum / Math.max(1, this.#kept));
  }
}
