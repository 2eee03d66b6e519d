import type { MailedStory } from '../model/delivery.ts';
import { bitsIn, isTelling, titleTokens, wordHash } from './words.ts';

/**
 * A title as the ledger keeps it: a byte for each word that tells it from others, ascending, as characters 0 to 255. Numbers come first,
 * below `WORDS`. Empty for a title that has no such word.
 */
export type TitleSketch = string;

/** Bytes of words begin here, those of numbers end. */
const WORDS = 32;
const BYTES = 256;

/** Of a longer title the first are enough to tell it. */
export const MOST_WORDS = 24;

const NUMBER = /^\p{N}+$/u;

const byteOf = (token: string): number | undefined => {
  if (NUMBER.test(token)) return wordHash(token) % WORDS;
  return isTelling(token) ? WORDS + (wordHash(token) % (BYTES - WORDS)) : undefined;
};

/** The sketch of a title. */
export const sketchOf = (title: string): TitleSketch => {
  const bytes = [...new Set(titleTokens(title).flatMap((token) => byteOf(token) ?? []))];
  return String.fromCharCode(...bytes.slice(0, MOST_WORDS).sort((a, b) => a - b));
};

/** How many bytes at the beginning are numbers. */
export const numbersIn = (sketch: TitleSketch): number => {
  let count = 0;
  while (count < sketch.length && sketch.charCodeAt(count) < WORDS) count++;
  return count;
};

/** The words of a sketch, which begin at `from`: one bit a word, of 32. */
export const wordMask = (sketch: TitleSketch, from: number): number => {
  let mask = 0;
  for (let at = from; at < sketch.length; at++) mask |= 1 << (sketch.charCodeAt(at) & 31);
  return mask;
};

const commonIn = (a: TitleSketch, fromA: number, b: TitleSketch, fromB: number): number => {
  let [at, other, common] = [fromA, fromB, 0];
  while (at < a.length && other < b.length) {
    const difference = a.charCodeAt(at) - b.charCodeAt(other);
    if (difference === 0) common++;
    if (difference <= 0) at++;
    if (difference >= 0) other++;
  }
  return common;
};

/**
 * From this share of common bytes on, two titles say the same. Of words it is .6 (`sameTitle`); two common ones that fall on one byte take
 * that much away.
 */
const SAME_BYTES = 0.55;

/** The titles that a reader was mailed, whatever has become of their events. */
export class MailedTitles {
  readonly #sketches: readonly TitleSketch[];
  /** By sketch: where its words begin, how many there are, how many share their bit with another, and their bits. Worked out on first use. */
  #starts: Uint8Array | undefined;
  #counts = new Uint8Array();
  #shared = new Uint8Array();
  #masks = new Int32Array();

  constructor(sketches: readonly TitleSketch[]) {
    this.#sketches = sketches;
  }

  get isEmpty(): boolean {
    return this.#sketches.length === 0;
  }

  /** False if by the bits of its words, and how many there are, a title is like none of those mailed: nearly always that is enough. */
  mayHold(count: number, mask: number): boolean {
    if (this.isEmpty || count === 0) return false;
    this.#starts ??= this.#prepare();
    const shared = count - bitsIn(mask);
    for (let at = 0; at < this.#sketches.length; at++) if (this.#mayBe(at, count, mask, shared)) return true;
    return false;
  }

  /**
   * Whether a title was mailed before, word for word or nearly so. In a series the numbers tell one issue from another: 'Weekly links 45' is
   * no repeat of 44.
   */
  hold(sketch: TitleSketch, isSeries: boolean): boolean {
    if (this.isEmpty) return false;
    const begin = numbersIn(sketch);
    const count = sketch.length - begin;
    const mask = wordMask(sketch, begin);
    this.#starts ??= this.#prepare();
    const shared = count - bitsIn(mask);
    for (let at = 0; count > 0 && at < this.#sketches.length; at++) {
      if (!this.#mayBe(at, count, mask, shared)) continue;
      const other = this.#sketches[at] ?? '';
      const start = this.#starts[at] ?? 0;
      if (commonIn(sketch, begin, other, start) < this.#neededOf(at, count)) continue;
      if (!isSeries || sketch.slice(0, begin) === other.slice(0, start)) return true;
    }
    return false;
  }

  /** So many common words make two titles the same. */
  #neededOf(at: number, count: number): number {
    return (SAME_BYTES / (1 + SAME_BYTES)) * (count + (this.#counts[at] ?? 0));
  }

  #mayBe(at: number, count: number, mask: number, shared: number): boolean {
    const common = bitsIn(mask & (this.#masks[at] ?? 0));
    return common + Math.min(shared, this.#shared[at] ?? 0) >= this.#neededOf(at, count);
  }

  #prepare(): Uint8Array {
    const starts = Uint8Array.from(this.#sketches, numbersIn);
    this.#starts = starts;
    this.#counts = Uint8Array.from(this.#sketches, (sketch, at) => sketch.length - (starts[at] ?? 0));
    this.#masks = Int32Array.from(this.#sketches, (sketch, at) => wordMask(sketch, starts[at] ?? 0));
    this.#shared = Uint8Array.from(this.#sketches, (_, at) => (this.#counts[at] ?? 0) - bitsIn(this.#masks[at] ?? 0));
    return starts;
  }
}

/** Bytes that a ledger entry has room for, of its 1,000: a story without its title takes so many. */
const ROOM = 740;
const STORY = 10;

/** Stories with as many titles as a ledger entry has room for, from the first on: all in a digest of thirty, most in one of forty. */
export const withTitlesThatFit = (stories: readonly MailedStory[]): MailedStory[] => {
  let room = ROOM - STORY * stories.length;
  return stories.map((each) => {
    const fits = each.title.length <= room;
    room -= fits ? each.title.length : 0;
    return fits ? each : { ...each, title: '' };
  });
};
