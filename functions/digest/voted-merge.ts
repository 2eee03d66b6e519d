import type { Candidate } from './candidate.ts';
import { Merge, type MergeInput, type Walk } from './merge.ts';
import { type Taste, voteOn } from './taste.ts';
import { voteFactor } from './wishes.ts';

interface Waiting {
  place: number;
  from: number;
  value: number;
  candidate: Candidate | undefined;
  input: MergeInput | undefined;
}

/**
 * How much the votes on sources lower a candidate: told by a source with the reader's best vote it keeps its value, by others it loses
 * the difference. So every factor is at most 1.
 */
export const factorFor =
  (taste: Taste, bestVote: number) =>
  ({ place }: Pick<Candidate, 'place'>): number =>
    voteFactor(voteOn(taste, place) - bestVote);

/** Entries of one factor that wait, the best first: as a merge gives them, that is their order but for entries of one value. */
class Queue {
  readonly factor: number;
  readonly #entries: Waiting[] = [];
  #first = 0;

  constructor(factor: number) {
    this.factor = factor;
  }

  get first(): Waiting | undefined {
    return this.#entries[this.#first];
  }

  drop(): void {
    this.#first++;
  }

  add(entry: Waiting): void {
    const entries = this.#entries;
    let at = entries.length;
    for (; at > this.#first; at--) {
      const before = entries[at - 1];
      if (!before || !isBefore(entry, before)) {
        break;
      }
      entries[at] = before;
    }
    entries[at] = entry;
  }
}

/** Of entries of one value that of the older event comes first, then that of the shelf with the lower id. */
const isBefore = (a: Waiting, b: Waiting): boolean => {
  if (a.value !== b.value) {
    return a.value > b.value;
  }
  const [one, other] = [a.candidate?.event.id ?? '', b.candidate?.event.id ?? ''];
  return one === other ? (a.input?.shelf.id ?? '') < (b.input?.shelf.id ?? '') : one < other;
};

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
  /** There are as many as there are different votes. */
  readonly #queues: Queue[] = [];
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
      const queue = this.#bestQueue();
      const best = queue?.first;
      if (queue && best && best.value >= this.#ceiling) {
        this.place = best.place;
        this.from = best.from;
        this.value = best.value;
        queue.drop();
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

  #bestQueue(): Queue | undefined {
    let best: Queue | undefined;
    for (const queue of this.#queues) {
      if (queue.first && (!best?.first || isBefore(queue.first, best.first))) {
        best = queue;
      }
    }
    return best;
  }

  #await({ place, from, value }: Merge): void {
    const candidate = this.#candidates[place];
    const factor = candidate ? this.#factor(candidate) : 1;
    const entry = { place, from, value: value * factor, candidate, input: this.#inputs[from] };
    for (const queue of this.#queues) {
      if (queue.factor === factor) {
        queue.add(entry);
        return;
      }
    }
    const queue = new Queue(factor);
    queue.add(entry);
    this.#queues.push(queue);
  }
}

/** All candidates of some shelves in falling order of value, votes on sources counted in. */
export const votedMerge = (taste: Taste, inputs: readonly MergeInput[], candidates: readonly Candidate[]): Walk =>
  taste.bestVote === undefined
    ? new Merge(inputs)
    : new VotedMerge(factorFor(taste, taste.bestVote), inputs, candidates);
