import type { Candidate } from './candidate.ts';
import { Merge, type MergeInput, type Walk } from './merge.ts';
import { type Taste, voteOn } from './taste.ts';
import { voteFactor } from './wishes.ts';

interface Waiting {
  place: number;
  from: number;
  value: number;
}

/**
 * How much the votes on sources lower a candidate: told by a source with the reader's best vote it keeps its value, by others it loses
 * the difference. So every factor is at most 1.
 */
export const factorFor =
  (taste: Taste, bestVote: number) =>
  (candidate: Candidate): number =>
    voteFactor(voteOn(taste, candidate) - bestVote);

/**
 * A merge with the reader's votes on sources counted in. As they only lower, whatever is still to come has at most the value that came
 * last: what was lowered waits until nothing better can come.
 */
class VotedMerge implements Walk {
  place = 0;
  from = 0;
  value = 0;
  readonly #merge: Merge;
  readonly #inputs: readonly MergeInput[];
  readonly #candidates: readonly Candidate[];
  readonly #factor: (candidate: Candidate) => number;
  /** The best last. */
  readonly #waiting: Waiting[] = [];
  #ceiling = Number.POSITIVE_INFINITY;

  constructor(
    factor: (candidate: Candidate) => number,
    inputs: readonly MergeInput[],
    candidates: readonly Candidate[],
  ) {
    this.#merge = new Merge(inputs);
    this.#inputs = inputs;
    this.#candidates = candidates;
    this.#factor = factor;
  }

  next(): boolean {
    for (;;) {
      const best = this.#waiting.at(-1);
      if (best && best.value >= this.#ceiling) {
        Object.assign(this, best);
        this.#waiting.pop();
        return true;
      }
      if (this.#merge.next()) {
        this.#ceiling = this.#merge.value;
        this.#await(this.#merge);
      } else if (best) {
        this.#ceiling = Number.NEGATIVE_INFINITY;
      } else {
        return false;
      }
    }
  }

  #await({ place, from, value }: Merge): void {
    const candidate = this.#candidates[place];
    const waiting = { place, from, value: value * (candidate ? this.#factor(candidate) : 1) };
    let [low, high] = [0, this.#waiting.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      const other = this.#waiting[middle];
      if (other && this.#isBefore(waiting, other)) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    this.#waiting.splice(low, 0, waiting);
  }

  #isBefore(a: Waiting, b: Waiting): boolean {
    if (a.value !== b.value) {
      return a.value > b.value;
    }
    const [one, other] = [this.#candidates[a.place]?.event.id ?? '', this.#candidates[b.place]?.event.id ?? ''];
    const shelfOf = ({ from }: Waiting): string => this.#inputs[from]?.shelf.id ?? '';
    return one === other ? shelfOf(a) < shelfOf(b) : one < other;
  }
}

/** All candidates of some shelves in falling order of value, votes on sources counted in. */
export const votedMerge = (taste: Taste, inputs: readonly MergeInput[], candidates: readonly Candidate[]): Walk =>
  taste.bestVote === undefined
    ? new Merge(inputs)
    : new VotedMerge(factorFor(taste, taste.bestVote), inputs, candidates);
