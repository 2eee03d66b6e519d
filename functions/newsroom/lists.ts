/** The room that a list begins with; it doubles when full. */
const FIRST_ROOM = 4;
const FIRST = 1024;

/** Where the numbers of many growing lists are kept: 32 bits where that is exact, else 64. */
type Weights = Float32Array | Float64Array;

/**
 * Many short lists of whole numbers with a weight each, all in two flat arrays: walking a list reads neighbouring memory, and a
 * million entries are no work for the garbage collector. Lists go by numbers that the caller gives out.
 */
export class Lists<W extends Weights> {
  /** The entries of list `i` are those from `starts[i]` on, `lengths[i]` of them. Read again after every `push`. */
  numbers = new Int32Array(FIRST);
  weights: W;
  starts = new Int32Array(FIRST);
  lengths = new Int32Array(FIRST);
  #rooms = new Int32Array(FIRST);
  /** The end of what was ever given to a list. */
  #end = 0;
  /** Places of blocks given back, by the binary logarithm of their room. */
  readonly #free: number[][] = [];
  readonly #weightsOf: new (
    length: number,
  ) => W;

  /** @param weightsOf the typed array of the weights */
  constructor(weightsOf: new (length: number) => W) {
    this.#weightsOf = weightsOf;
    this.weights = new weightsOf(FIRST);
  }

  /** Appends to a list, which is empty if nothing was ever put there. */
  push(list: number, number: number, weight: number): void {
    if (list >= this.starts.length) this.#widen(list);
    const length = this.lengths[list] ?? 0;
    if (length === (this.#rooms[list] ?? 0)) this.#moveTo(Math.max(FIRST_ROOM, 2 * length), list);
    const at = (this.starts[list] ?? 0) + length;
    this.numbers[at] = number;
    this.weights[at] = weight;
    this.lengths[list] = length + 1;
  }

  /** Makes room for a list of so many entries: one that grows step by step is moved each time. */
  reserve(list: number, entries: number): void {
    if (list >= this.starts.length) this.#widen(list);
    if (entries <= (this.#rooms[list] ?? 0)) return;
    let room = FIRST_ROOM;
    while (room < entries) room *= 2;
    this.#moveTo(room, list);
  }

  /** Takes a number out of a list, if it is there; the others keep their order. */
  remove(list: number, number: number): void {
    const start = this.starts[list] ?? 0;
    const end = start + (this.lengths[list] ?? 0);
    const at = this.numbers.subarray(start, end).indexOf(number);
    if (at >= 0) this.#cut(list, start + at, 1);
  }

  /** Takes the first entries of a list out. */
  drop(list: number, count: number): void {
    this.#cut(list, this.starts[list] ?? 0, count);
  }

  /** Empties a list and gives its room back. */
  clear(list: number): void {
    const room = this.#rooms[list] ?? 0;
    if (room > 0) this.#release(this.starts[list] ?? 0, room);
    this.#rooms[list] = 0;
    this.lengths[list] = 0;
  }

  #cut(list: number, at: number, count: number): void {
    const end = (this.starts[list] ?? 0) + (this.lengths[list] ?? 0);
    this.numbers.copyWithin(at, at + count, end);
    this.weights.copyWithin(at, at + count, end);
    this.lengths[list] = (this.lengths[list] ?? 0) - count;
  }

  #release(start: number, room: number): void {
    const kind = Math.log2(room);
    const places = this.#free[kind];
    if (places) places.push(start);
    else this.#free[kind] = [start];
  }

  /** Moves a list to a larger block: few entries, moved one by one sooner than by a call. */
  #moveTo(room: number, list: number): void {
    const [from, length] = [this.starts[list] ?? 0, this.lengths[list] ?? 0];
    const to = this.#free[Math.log2(room)]?.pop() ?? this.#append(room);
    const { numbers, weights } = this;
    for (let i = 0; i < length; i++) {
      numbers[to + i] = numbers[from + i] ?? 0;
      weights[to + i] = weights[from + i] ?? 0;
    }
    const before = this.#rooms[list] ?? 0;
    if (before > 0) this.#release(from, before);
    this.starts[list] = to;
    this.#rooms[list] = room;
  }

  #append(room: number): number {
    const start = this.#end;
    this.#end += room;
    if (this.#end <= this.numbers.length) return start;
    const [numbers, weights] = [this.numbers, this.weights];
    this.numbers = new Int32Array(2 * numbers.length);
    this.weights = new this.#weightsOf(2 * numbers.length);
    this.numbers.set(numbers);
    this.weights.set(weights);
    return start;
  }

  #widen(list: number): void {
    const length = Math.max(list + 1, 2 * this.starts.length);
    const [starts, lengths, rooms] = [new Int32Array(length), new Int32Array(length), new Int32Array(length)];
    starts.set(this.starts);
    lengths.set(this.lengths);
    rooms.set(this.#rooms);
    [this.starts, this.lengths, this.#rooms] = [starts, lengths, rooms];
  }
}
