const ROOM = 1024;
const LAST_MARK = 2 ** 32 - 1;

/** Candidates of a view that one reader's walk marks, by place. Those of the reader before need no cleaning: a mark is the reader's own. */
export class PlaceMarks {
  #marks = new Uint32Array(ROOM);
  #mark = 0;

  /** Forgets all marks, and makes room for so many places. */
  begin(places: number): void {
    if (places > this.#marks.length) {
      this.#marks = new Uint32Array(2 * places);
      this.#mark = 0;
    }
    if (this.#mark === LAST_MARK) {
      this.#marks.fill(0);
      this.#mark = 0;
    }
    this.#mark++;
  }

  add(place: number): void {
    this.#marks[place] = this.#mark;
  }

  has(place: number): boolean {
    return this.#marks[place] === this.#mark;
  }
}
