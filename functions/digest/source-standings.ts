import type { SourceId } from '../model/source.ts';

/** How a source stands with a reader, packed in bits: 1 their own, 2 muted, above these the vote with 2 added. */
const OWN = 1;
const MUTED = 2;
const VOTE_SHIFT = 2;
const NO_VOTE = 2;
const INDIFFERENT = NO_VOTE << VOTE_SHIFT;

const BITS = 5;

/** What votes take off a cost at most. */
const MOST_FOR_VOTES = 16;
const LAST_MARK = 2 ** (32 - BITS) - 1;

/** By standing: lower is better. Not voted down, the reader's own, voted up; steps of eight leave room for what the house prefers. */
const COSTS = Uint8Array.from({ length: 2 ** BITS }, (_, standing) => {
  const vote = (standing >> VOTE_SHIFT) - NO_VOTE;
  return (vote < 0 ? 128 : 0) + (standing & OWN ? 0 : 32) - 8 * vote + MOST_FOR_VOTES;
});

/**
 * How the sources of a view stand with one reader at a time. One look into an array answers what would else take three look-ups by text
 * for each telling; standings of the reader before need no cleaning, as each carries its reader's mark.
 */
export class SourceStandings {
  readonly #numbers = new Map<SourceId, number>();
  #standings = new Uint32Array(64);
  #mark = 0;

  /** The number under which a source is looked up. */
  numberOf(source: SourceId): number {
    const number = this.#numbers.get(source) ?? this.#numbers.size;
    if (number === this.#numbers.size) {
      this.#numbers.set(source, number);
      if (number >= this.#standings.length) {
        const grown = new Uint32Array(2 * number);
        grown.set(this.#standings);
        this.#standings = grown;
      }
    }
    return number;
  }

  /** Forgets the reader before: all sources are indifferent. */
  begin(): void {
    this.#mark = this.#mark === LAST_MARK ? 1 : this.#mark + 1;
    if (this.#mark === 1) {
      this.#standings.fill(0);
    }
  }

  own(source: SourceId): void {
    this.#set(source, (standing) => standing | OWN);
  }

  mute(source: SourceId): void {
    this.#set(source, (standing) => standing | MUTED);
  }

  vote(source: SourceId, weight: number): void {
    this.#set(source, (standing) => (standing & (OWN | MUTED)) | ((weight + NO_VOTE) << VOTE_SHIFT));
  }

  isOwn(number: number): boolean {
    return (this.#of(number) & OWN) !== 0;
  }

  isMuted(number: number): boolean {
    return (this.#of(number) & MUTED) !== 0;
  }

  /** -2 to 2. */
  voteOn(number: number): number {
    return (this.#of(number) >> VOTE_SHIFT) - NO_VOTE;
  }

  /** How much a reader would rather have others tell: 0 to 192, in steps of eight. */
  costOf(number: number): number {
    return COSTS[this.#of(number)] ?? 0;
  }

  #of(number: number): number {
    const marked = this.#standings[number] ?? 0;
    return marked >>> BITS === this.#mark ? marked & (2 ** BITS - 1) : INDIFFERENT;
  }

  #set(source: SourceId, change: (standing: number) => number): void {
    const number = this.numberOf(source);
    this.#standings[number] = ((this.#mark << BITS) | change(this.#of(number))) >>> 0;
  }
}
