import type { Candidate } from './candidate.ts';
import { Merge, type MergeInput, type Walk } from './merge.ts';
import { type Taste, voteOn } from './taste.ts';
import { voteFactor } from './wishes.ts';

/**
 * How much the votes on sources lower a candidate: told by a source with the reader's best vote it keeps its value, by others it loses
 * the difference. So every factor is at most 1.
 */
export const factorFor =
  (taste: Taste, bestVote: number) =>
  ({ place }: Pick<Candidate, 'place'>): number =>
    voteFactor(voteOn(taste, place) - bestVote);

interface Step {
  place: number;
  from: number;
  value: number;
}

/**
 * What a source tells which was voted on, each lowered by its own vote, in falling order of value. Of equal values that of the older event
 * comes first, then that of the shelf with the lower id.
 */
const votedSteps = (
  taste: Taste,
  bestVote: number,
  inputs: readonly MergeInput[],
  candidates: readonly Candidate[],
): Step[] => {
  const factor = factorFor(taste, bestVote);
  const steps: Step[] = [];
  for (const [from, { shelf, weight }] of inputs.entries()) {
    for (let at = 0; at < shelf.size; at++) {
      const place = shelf.places[at] ?? 0;
      if (taste.voted.has(place)) {
        steps.push({ place, from, value: (shelf.values[at] ?? 0) * weight * factor({ place }) });
      }
    }
  }
  const idOf = ({ place }: Step): string => candidates[place]?.event.id ?? '';
  const shelfOf = ({ from }: Step): string => inputs[from]?.shelf.id ?? '';
  return steps.sort(
    (a, b) =>
      b.value - a.value || (idOf(a) === idOf(b) ? (shelfOf(a) < shelfOf(b) ? -1 : 1) : idOf(a) < idOf(b) ? -1 : 1),
  );
};

/**
 * A merge with the reader's votes on sources counted in. What no voted source tells is lowered by the same, and so keeps its order; the
 * few others are lowered each by its own vote, and walk beside it.
 */
class VotedMerge implements Walk {
  place = 0;
  from = 0;
  value = 0;
  readonly #merge: Merge;
  readonly #isVoted: (place: number) => boolean;
  readonly #factor: number;
  readonly #voted: readonly Step[];
  #at = 0;
  /** Whether the merge stands at an entry that is still to be given. */
  #waits: boolean;

  constructor(taste: Taste, bestVote: number, inputs: readonly MergeInput[], candidates: readonly Candidate[]) {
    this.#merge = new Merge(inputs);
    this.#isVoted = (place) => taste.voted.has(place);
    this.#factor = voteFactor(-bestVote);
    this.#voted = votedSteps(taste, bestVote, inputs, candidates);
    this.#waits = this.#next();
  }

  next(): boolean {
    const voted = this.#voted[this.#at];
    const value = this.#merge.value * this.#factor;
    if (voted && !(this.#waits && value > voted.value)) {
      this.#at++;
      this.#give(voted, voted.value);
      return true;
    }
    if (this.#waits) {
      this.#give(this.#merge, value);
      this.#waits = this.#next();
      return true;
    }
    return false;
  }

  #give({ place, from }: Pick<Step, 'place' | 'from'>, value: number): void {
    this.place = place;
    this.from = from;
    this.value = value;
  }

  #next(): boolean {
    while (this.#merge.next()) {
      if (!this.#isVoted(this.#merge.place)) {
        return true;
      }
    }
    return false;
  }
}

/** All candidates of some shelves in falling order of value, votes on sources counted in. */
export const votedMerge = (taste: Taste, inputs: readonly MergeInput[], candidates: readonly Candidate[]): Walk =>
  taste.bestVote === undefined ? new Merge(inputs) : new VotedMerge(taste, taste.bestVote, inputs, candidates);
