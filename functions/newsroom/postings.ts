import { Lists } from './lists.ts';
import { TermMap } from './model/term-map.ts';

/** Only so many of the latest stories are looked up for one term. */
const LATEST = 200;

/** Which stories hold a term, oldest first: their slots and the term's weight in each. */
export class Postings {
  /** The list of each term, from 1. */
  readonly #places: TermMap;
  readonly #holders = new Lists(Float32Array);
  readonly #free: number[] = [];
  #lists = 0;

  /** @param seed see `TermMap` */
  constructor(seed: number) {
    this.#places = new TermMap({ seed });
  }

  add(term: number, slot: number, weight: number): void {
    const list = this.#listOf(term) ?? this.#open(term);
    this.#holders.push(list, slot, weight);
    if (this.#holders.lengths[list] === 2 * LATEST) this.#holders.drop(list, LATEST);
  }

  delete(term: number, slot: number): void {
    const list = this.#listOf(term);
    if (list === undefined) return;
    this.#holders.remove(list, slot);
    if (this.#holders.lengths[list] !== 0) return;
    this.#holders.clear(list);
    this.#places.set(term, 0);
    this.#free.push(list);
  }

  /**
   * Adds `weight` times the term's weight in each of its latest stories to their scores. Stories whose score comes to `worth`, a
   * number of 32 bits as scores are, are put down in `worthy` after the `found` ones there; returns how many there are then.
   */
  score(term: number, weight: number, scores: Float32Array, worth: number, worthy: Uint32Array, found: number): number {
    const list = this.#listOf(term);
    if (list === undefined) return found;
    const { numbers, weights } = this.#holders;
    let count = found;
    const end = this.#endOf(list);
    for (let at = this.#latestOf(list); at < end; at++) {
      const slot = numbers[at] ?? 0;
      const before = scores[slot] ?? 0;
      const score = before + weight * (weights[at] ?? 0);
      if (score >= worth && before < worth) worthy[count++] = slot;
      scores[slot] = score;
    }
    return count;
  }

  /** Sets the scores of a term's latest stories back to 0. */
  calm(term: number, scores: Float32Array): void {
    const list = this.#listOf(term);
    if (list === undefined) return;
    const { numbers } = this.#holders;
    const end = this.#endOf(list);
    for (let at = this.#latestOf(list); at < end; at++) scores[numbers[at] ?? 0] = 0;
  }

  #listOf(term: number): number | undefined {
    const place = this.#places.get(term);
    return place === 0 ? undefined : place - 1;
  }

  #open(term: number): number {
    const list = this.#free.pop() ?? this.#lists++;
    this.#places.set(term, list + 1);
    return list;
  }

  #endOf(list: number): number {
    return (this.#holders.starts[list] ?? 0) + (this.#holders.lengths[list] ?? 0);
  }

  /** Where the latest entries of a list begin. */
  #latestOf(list: number): number {
    return Math.max(this.#holders.starts[list] ?? 0, this.#endOf(list) - LATEST);
  }
}
