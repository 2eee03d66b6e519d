import type { Candidate } from './candidate.ts';
import { Merge, type MergeInput, type Walk } from './merge.ts';
import type { PlaceMarks } from './place-marks.ts';
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

/** An entry of what voted sources tell. */
interface Step {
  place: number;
  from: number;
  value: number;
  /** Whether the vote was counted in. */
  isLowered: boolean;
}

const byText = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);

/**
 * What voted sources tell, in falling order of value, each lowered by its own vote when it comes first: most never do. As votes only lower,
 * what then still is first comes next. Of equal values that of the older event comes first, then that of the shelf with the lower id.
 */
class Voted {
  readonly #steps: Step[] = [];
  readonly #inputs: readonly MergeInput[];
  readonly #candidates: readonly Candidate[];
  readonly #factor: (step: Step) => number;
  #at = 0;

  constructor(taste: Taste, bestVote: number, inputs: readonly MergeInput[], candidates: readonly Candidate[]) {
    this.#inputs = inputs;
    this.#candidates = candidates;
    this.#factor = factorFor(taste, bestVote);
    for (const [from, { shelf, weight }] of inputs.entries()) {
      for (let at = 0; at < shelf.size; at++) {
        const place = shelf.places[at] ?? 0;
        if (taste.voted.has(place)) {
          this.#steps.push({ place, from, value: (shelf.values[at] ?? 0) * weight, isLowered: false });
        }
      }
    }
    this.#steps.sort((a, b) => this.#compare(a, b));
  }

  /** The one that comes next; undefined after the last. */
  first(): Step | undefined {
    for (;;) {
      const step = this.#steps[this.#at];
      if (!step || step.isLowered) {
        return step;
      }
      step.value *= this.#factor(step);
      step.isLowered = true;
      this.#sink(step);
    }
  }

  drop(): void {
    this.#at++;
  }

  /** Moves the first step down to where it belongs. */
  #sink(step: Step): void {
    let at = this.#at;
    for (; at + 1 < this.#steps.length; at++) {
      const next = this.#steps[at + 1];
      if (!next || this.#compare(next, step) > 0) {
        break;
      }
      this.#steps[at] = next;
    }
    this.#steps[at] = step;
  }

  #compare(a: Step, b: Step): number {
    return (
      b.value - a.value || byText(this.#eventOf(a), this.#eventOf(b)) || byText(this.#shelfOf(a), this.#shelfOf(b))
    );
  }

  #eventOf({ place }: Step): string {
    return this.#candidates[place]?.event.id ?? '';
  }

  #shelfOf({ from }: Step): string {
    return this.#inputs[from]?.shelf.id ?? '';
  }
}

/**
 * A merge with the reader's votes on sources counted in. What no voted source tells is lowered by the same, and so keeps its order; the
 * few others walk beside it.
 */
class VotedMerge implements Walk {
  place = 0;
  from = 0;
  value = 0;
  readonly #merge: Merge;
  readonly #marks: PlaceMarks;
  readonly #factor: number;
  readonly #voted: Voted;
  /** Whether the merge stands at an entry that is still to be given. */
  #waits: boolean;

  constructor(taste: Taste, bestVote: number, inputs: readonly MergeInput[], candidates: readonly Candidate[]) {
    this.#merge = new Merge(inputs);
    this.#marks = taste.voted;
    this.#factor = voteFactor(-bestVote);
    this.#voted = new Voted(taste, bestVote, inputs, candidates);
    this.#waits = this.#next();
  }

  next(): boolean {
    const voted = this.#voted.first();
    const value = this.#merge.value * this.#factor;
    if (voted && !(this.#waits && value > voted.value)) {
      this.#give(voted, voted.value);
      this.#voted.drop();
      return true;
    }
    if (this.#waits) {
      this.#give(this.#merge, value);
      this.#waits = this.#next();
      return true;
    }
    return false;
  }

  #give({ place, from }: Pick<Walk, 'place' | 'from'>, value: number): void {
    this.place = place;
    this.from = from;
    this.value = value;
  }

  /** The merge's next entry that no voted source tells. */
  #next(): boolean {
    while (this.#merge.next()) {
      if (!this.#marks.has(this.#merge.place)) {
        return true;
      }
    }
    return false;
  }
}

/** All candidates of some shelves in falling order of value, votes on sources counted in. */
export const votedMerge = (taste: Taste, inputs: readonly MergeInput[], candidates: readonly Candidate[]): Walk =>
  taste.bestVote === undefined ? new Merge(inputs) : new VotedMerge(taste, taste.bestVote, inputs, candidates);
