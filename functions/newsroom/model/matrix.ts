/** So many columns are added to the sums at once: a sum is then read and written an eighth as often. */
const AT_ONCE = 8;

/**
 * A matrix for products with vectors, kept column by column. Columns that the vector takes 0 times are left out, and so are rows in which a
 * column has nothing: of networks that were joined each hears its own words alone.
 */
export class Matrix {
  readonly #rows: number;
  readonly #values: Float32Array;
  /** The first row in which each column is not 0, and the end of the last. */
  readonly #from: Int32Array;
  readonly #to: Int32Array;
  /** The columns that a vector takes, and how often it takes each. */
  readonly #taken: Int32Array;
  readonly #times: Float64Array;

  /** @param byRows its numbers row by row */
  constructor(byRows: Float32Array, rows: number) {
    const width = byRows.length / rows;
    this.#rows = rows;
    this.#values = new Float32Array(byRows.length);
    this.#from = new Int32Array(width).fill(rows);
    this.#to = new Int32Array(width);
    this.#taken = new Int32Array(width + AT_ONCE);
    this.#times = new Float64Array(width + AT_ONCE);
    for (let row = 0, at = 0; row < rows; row++) {
      for (let column = 0; column < width; column++, at++) {
        const value = byRows[at] ?? 0;
        if (value === 0) continue;
        this.#values[column * rows + row] = value;
        this.#from[column] = Math.min(row, this.#from[column] ?? 0);
        this.#to[column] = row + 1;
      }
    }
  }

  /** Adds to each sum the product of its row with a vector, in the order of the vector: rounded as if it were added number by number. */
  addProduct(vector: Float64Array, sums: Float64Array): void {
    const [taken, times] = [this.#taken, this.#times];
    let count = 0;
    for (let column = 0; column < vector.length; column++) {
      const value = vector[column] ?? 0;
      taken[count] = column;
      times[count] = value;
      count += Number(value !== 0); // no branch: which are 0 cannot be foretold
    }
    taken.fill(0, count, count + AT_ONCE);
    times.fill(0, count, count + AT_ONCE);
    for (let first = 0; first < count; first += AT_ONCE) this.#addColumns(first, sums);
  }

  #addColumns(first: number, sums: Float64Array): void {
    const [values, taken, times, rows] = [this.#values, this.#taken, this.#times, this.#rows];
    let [from, to] = [rows, 0];
    for (let i = first; i < first + AT_ONCE; i++) {
      const column = taken[i] ?? 0;
      from = Math.min(from, this.#from[column] ?? 0);
      to = Math.max(to, this.#to[column] ?? 0);
    }
    const a = (taken[first] ?? 0) * rows;
    const b = (taken[first + 1] ?? 0) * rows;
    const c = (taken[first + 2] ?? 0) * rows;
    const d = (taken[first + 3] ?? 0) * rows;
    const e = (taken[first + 4] ?? 0) * rows;
    const f = (taken[first + 5] ?? 0) * rows;
    const g = (taken[first + 6] ?? 0) * rows;
    const h = (taken[first + 7] ?? 0) * rows;
    const ofA = times[first] ?? 0;
    const ofB = times[first + 1] ?? 0;
    const ofC = times[first + 2] ?? 0;
    const ofD = times[first + 3] ?? 0;
    const ofE = times[first + 4] ?? 0;
    const ofF = times[first + 5] ?? 0;
    const ofG = times[first + 6] ?? 0;
    const ofH = times[first + 7] ?? 0;
    for (let row = from; row < to; row++) {
      let sum = (sums[row] ?? 0) + ofA * (values[a + row] ?? 0);
      sum += ofB * (values[b + row] ?? 0);
      sum += ofC * (values[c + row] ?? 0);
      sum += ofD * (values[d + row] ?? 0);
      sum += ofE * (values[e + row] ?? 0);
      sum += ofF * (values[f + row] ?? 0);
      sum += ofG * (values[g + row] ?? 0);
      sums[row] = sum + ofH * (values[h + row] ?? 0);
    }
  }
}
