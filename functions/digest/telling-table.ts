import type { NewsEvent, Telling } from '../model/event.ts';
import { type MailedTitles, numbersIn, wordMask } from './mailed-titles.ts';
import { withRoom } from './numbers.ts';
import { PreparedTelling } from './prepared-telling.ts';
import type { SourceStandings } from './source-standings.ts';
import { holdsPhrase, type MutedPhrases, mayBeSameTitle, mayHoldPhrase, sameTitle } from './words.ts';

const ACCESS_ORDER = { free: 0, metered: 1, paid: 2 } as const;

/** The number in the view of a telling's source. */
export const sourceIn = (fact: number): number => fact >> 8;

/** By how much the house would rather have others tell: 0 for free, 2 for paid. */
export const rankIn = (fact: number): number => (fact >> 4) & 0x3;

/** Which outlet it is, as a bit: that of the place of the outlet's first telling. */
export const outletIn = (fact: number): number => 1 << (fact & 0xf);

const priceOf = ({ access }: Telling): number => ACCESS_ORDER[access];

/**
 * The tellings of an event in the order in which a reader gets them who prefers and mutes none of their sources: free before paid, then
 * as the editor has them.
 */
const inHouseOrder = (tellings: readonly Telling[]): Telling[] => tellings.toSorted((a, b) => priceOf(a) - priceOf(b));

/** Numbers of a title: the bits of its words; how many share their bit, above how many there are; of its sketch's words the bits, and how many there are. */
const TITLE = 4;
const HALF = 16;
const LOW = 0xffff;
const ROOM = 1024;

/**
 * The tellings of a view. What is asked of them for every reader stands in arrays of numbers, those of one event side by side in the
 * house's order: a look at twelve objects would be twelve waits for memory, and a row of numbers is one.
 */
export class TellingTable {
  readonly tellings: PreparedTelling[] = [];
  readonly #standings: SourceStandings;
  #facts = new Int32Array(ROOM);
  #urls = new Int32Array(ROOM);
  /** The two masks of the folded title's words, side by side; 0 where nobody asked yet. */
  #folds = new Int32Array(2 * ROOM);
  #titles = new Int32Array(ROOM * TITLE);

  constructor(standings: SourceStandings) {
    this.#standings = standings;
  }

  /** Adds the tellings of an event; where the first of them stands. */
  add({ tellings }: NewsEvent): number {
    const ordered = inHouseOrder(tellings);
    const first = this.tellings.length;
    const size = first + ordered.length;
    this.#facts = withRoom(this.#facts, size);
    this.#urls = withRoom(this.#urls, size);
    this.#folds = withRoom(this.#folds, 2 * size);
    this.#titles = withRoom(this.#titles, size * TITLE);
    const outlets = ordered.map(({ outlet }) => outlet);
    for (const telling of ordered) {
      this.#put(telling, outlets.indexOf(telling.outlet));
    }
    return first;
  }

  /** For `sourceIn`, `rankIn` and `outletIn`. */
  factAt(at: number): number {
    return this.#facts[at] ?? 0;
  }

  /** The address as the memory keeps it. */
  urlAt(at: number): number {
    return (this.#urls[at] ?? 0) >>> 0;
  }

  /** Whether a title was mailed before. */
  wasMailed(at: number, titles: MailedTitles, isSeries: boolean): boolean {
    const mayBe = titles.mayHold(this.#titles[at * TITLE + 3] ?? 0, this.#titles[at * TITLE + 2] ?? 0);
    return mayBe && titles.hold(this.tellings[at]?.sketch ?? '', isSeries);
  }

  /** Whether a title holds one of the phrases. */
  holdsMuted(at: number, phrases: MutedPhrases): boolean {
    const mask = this.#folds[2 * at] || this.#fold(at);
    const each = mayHoldPhrase(mask, this.#folds[2 * at + 1] ?? 0, phrases) ? this.tellings[at] : undefined;
    return each !== undefined && holdsPhrase(each.folded, phrases);
  }

  /** Whether two titles are nearly the same. */
  saySame(a: number, b: number): boolean {
    const titles = this.#titles;
    const [one, other] = [a * TITLE, b * TITLE];
    const bits = (titles[one] ?? 0) & (titles[other] ?? 0);
    const [counts, others] = [titles[one + 1] ?? 0, titles[other + 1] ?? 0];
    if (!mayBeSameTitle(bits, (counts & LOW) + (others & LOW), Math.min(counts >> HALF, others >> HALF))) {
      return false;
    }
    const [title, like] = [this.tellings[a], this.tellings[b]];
    return title !== undefined && like !== undefined && sameTitle(title.words, like.words);
  }

  /** Whether two titles that are nearly the same are those of two issues of a series: one source's, with other numbers. */
  areIssues(a: number, b: number): boolean {
    const [one, other] = [this.tellings[a]?.sketch ?? '', this.tellings[b]?.sketch ?? ''];
    const isOneSource = sourceIn(this.factAt(a)) === sourceIn(this.factAt(b));
    return isOneSource && one.slice(0, numbersIn(one)) !== other.slice(0, numbersIn(other));
  }

  #fold(at: number): number {
    const { mask, second } = this.tellings[at]?.folded ?? { mask: 0, second: 0 };
    this.#folds[2 * at] = mask;
    this.#folds[2 * at + 1] = second;
    return mask;
  }

  #put(telling: Telling, outlet: number): void {
    const each = new PreparedTelling(telling);
    const at = this.tellings.push(each) - 1;
    const source = this.#standings.numberOf(telling.source);
    this.#facts[at] = (source << 8) | (priceOf(telling) << 4) | outlet;
    this.#urls[at] = each.url;
    const { mask, count, shared } = each.words;
    const begin = numbersIn(each.sketch);
    this.#titles.set(
      [mask, (shared << HALF) | count, wordMask(each.sketch, begin), each.sketch.length - begin],
      at * TITLE,
    );
  }
}
