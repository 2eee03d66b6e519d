import { TermMap } from './model/term-map.ts';

/** Only so many of the latest stories are looked up for one term. */
const LATEST = 200;

/** Stories that hold a term, oldest first: their slots and the term's weight in each. */
interface Holders {
  slots: number[];
  weights: number[];
}

/** Which stories hold a term. */
export class Postings {
  /** The place of each term's holders, from 1. */
  readonly #places = new TermMap();
  readonly #holders: Holders[] = [];
  readonly #free: number[] = [];

  add(term: number, slot: number, weight: number): void {
    const holders = this.#holders[this.#places.get(term) - 1];
    if (!holders) {
      const place = this.#free.pop() ?? this.#holders.length;
      this.#holders[place] = { slots: [slot], weights: [weight] };
      this.#places.set(term, place + 1);
      return;
    }
    holders.slots.push(slot);
    holders.weights.push(weight);
    if (holders.slots.length < 2 * LATEST) return;
    holders.slots.splice(0, LATEST);
    holders.weights.splice(0, LATEST);
  }

  delete(term: number, slot: number): void {
    const place = this.#places.get(term) - 1;
    const holders = this.#holders[place];
    const at = holders?.slots.indexOf(slot) ?? -1;
    if (!holders || at < 0) return;
    holders.slots.splice(at, 1);
    holders.weights.splice(at, 1);
    if (holders.slots.length > 0) return;
    this.#places.set(term, 0);
    this.#free.push(place);
  }

  /**
   * Adds `weight` times the term's weight in each of its latest stories to their scores. Stories whose score comes to `worth`, a
   * number of 32 bits as scores are, are put down in `worthy` after the `found` ones there; returns how many there are then.
   */
  score(term: number, weight: number, scores: Float32Array, worth: number, worthy: Uint32Array, found: number): number {
    const holders = this.#holders[this.#places.get(term) - 1];
    if (!holders) return found;
    const { slots, weights } = holders;
    let count = found;
    for (let at = Math.max(0, slots.length - LATEST); at < slots.length; at++) {
      const slot = slots[at] ?? 0;
      const before = scores[slot] ?? 0;
      const score = before + weight * (weights[at] ?? 0);
      if (score >= worth && before < worth) worthy[count++] = slot;
      scores[slot] = score;
    }
    return count;
  }
}
