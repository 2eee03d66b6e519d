import type { Reason } from '../model/digest.ts';
import type { NewsEvent, Telling } from '../model/event.ts';
import type { Topic } from '../model/topic.ts';
import { printOf, type TellingPrint } from './memory.ts';
import { type SourceStandings, sourceBit } from './source-standings.ts';
import { type FoldedText, foldedText, namesIn, type TitleWords, titleWords } from './words.ts';

const ACCESS_ORDER = { free: 0, metered: 1, paid: 2 } as const;

/** A telling with what the rules compare, worked out once for all readers. */
export class PreparedTelling {
  readonly telling: Telling;
  readonly words: TitleWords;
  /** The reason of who follows its source; one object for all of them. */
  readonly ownSource: Reason['because'];
  /** What the memory knows it by. */
  readonly print: TellingPrint;
  /** Its source's number in the view. */
  readonly source: number;
  #folded: FoldedText | undefined;

  constructor(telling: Telling, source: number) {
    this.telling = telling;
    this.words = titleWords(telling.title);
    this.ownSource = { kind: 'source', source: telling.source, title: telling.sourceTitle };
    this.print = printOf(telling);
    this.source = source;
  }

  /** The title as muted phrases are looked for in it. */
  get folded(): FoldedText {
    this.#folded ??= foldedText(this.telling.title);
    return this.#folded;
  }
}

/** Tellings of an event as a reader prefers them, by their places in the table; and, by the place that is shown, the others as last asked for. */
export interface TellingOrder {
  readonly places: readonly number[];
  readonly also: Telling[][];
}

/** An order in which nobody asked for the others yet. */
export const orderOf = (places: readonly number[]): TellingOrder => ({ places, also: [] });

/**
 * The tellings of an event in the order in which a reader gets them who prefers and mutes none of their sources: free before paid, then
 * as the editor has them. What is asked of each of them for every reader stands side by side: a look at twelve objects would be twelve
 * waits for memory, and an array of numbers is one.
 */
export interface TellingTable {
  tellings: readonly PreparedTelling[];
  /** All places, 0 to the last: the house's order. */
  order: TellingOrder;
  /** By place, for `sourceIn`, `priceIn` and `outletIn`. */
  facts: readonly number[];
  /** By place: the address as the memory keeps it. */
  urls: readonly number[];
}

/** The number in the view of a telling's source. */
export const sourceIn = (fact: number): number => fact >> 8;

/** 0 for free, 2 for paid. */
export const priceIn = (fact: number): number => (fact >> 4) & 0xf;

/** Which outlet it is, as a bit: that of the place of the outlet's first telling. */
export const outletIn = (fact: number): number => 1 << (fact & 0xf);

/** Places of events by how many tellings they have: the same lists for all. */
const PLACES = Array.from({ length: 16 }, (_, count) => Array.from({ length: count }, (_, place) => place));

const tableOf = (tellings: readonly PreparedTelling[]): TellingTable => {
  const priceOf = ({ telling }: PreparedTelling): number => ACCESS_ORDER[telling.access];
  const apart = ({ telling }: PreparedTelling): number => (telling.apart ? 1 : 0);
  const freeFirst = tellings.toSorted((a, b) => apart(a) - apart(b) || priceOf(a) - priceOf(b));
  const outlets = freeFirst.map(({ telling }) => telling.outlet);
  return {
    tellings: freeFirst,
    order: orderOf(PLACES[freeFirst.length] ?? []),
    facts: freeFirst.map((each) => (each.source << 8) | (priceOf(each) << 4) | outlets.indexOf(each.telling.outlet)),
    urls: freeFirst.map(({ print }) => print.url),
  };
};

/** Orders of one event that are kept: there are few ways to follow those who tell it. */
const MOST_ORDERS = 64;

const namesOf = (tellings: readonly Telling[]): string[] => {
  const counts = new Map<string, number>();
  for (const { title } of tellings) {
    for (const name of namesIn(title)) {
      counts.set(name, (counts.get(name) ?? 0) + 1);
    }
  }
  return [...counts].flatMap(([name, count]) => (2 * count >= tellings.length ? [name] : []));
};

const bitsOfSources = ({ tellings }: NewsEvent, standings: SourceStandings): number => {
  let bits = 0;
  for (const { source } of tellings) {
    bits |= sourceBit(standings.numberOf(source));
  }
  return bits;
};

/** Gives every text a number, the same each time. */
export type Numbering = (text: string) => number;

/** An event as it takes part in selecting. What not every reader needs is worked out on first use. */
export class Candidate {
  readonly event: NewsEvent;
  /** Of the event: what every offer asks for, at hand. */
  readonly topics: readonly Topic[];
  readonly language: string;
  /** At least 1. */
  readonly outlets: number;
  /** The same for all versions of an event within a view. */
  readonly number: number;
  /** The event as the memory keeps it. */
  readonly hash: number;
  /** Whose tellings it may have, as bits by `sourceBit`: tells nearly all candidates apart from those that a source tells. */
  readonly sourceBits: number;
  readonly #standings: SourceStandings;
  readonly #numberOfName: Numbering;
  #lead: PreparedTelling | undefined;
  #table: TellingTable | undefined;
  #names: readonly number[] | undefined;
  /** By the reader's own tellings, as bits by place. */
  readonly #ownFirst = new Map<number, TellingOrder>();

  constructor(event: NewsEvent, number: number, hash: number, standings: SourceStandings, numberOfName: Numbering) {
    this.event = event;
    this.topics = event.topics;
    this.language = event.language;
    this.outlets = Math.max(1, event.outlets);
    this.number = number;
    this.hash = hash;
    this.sourceBits = bitsOfSources(event, standings);
    this.#standings = standings;
    this.#numberOfName = numberOfName;
  }

  get table(): TellingTable {
    this.#table ??= this.#makeTable();
    return this.#table;
  }

  /** The editor's first telling. */
  get lead(): PreparedTelling | undefined {
    this.#table ??= this.#makeTable();
    return this.#lead;
  }

  /** Numbers of the names that half of its titles hold: events that share one may belong to one affair. */
  get names(): readonly number[] {
    this.#names ??= namesOf(this.event.tellings).map(this.#numberOfName);
    return this.#names;
  }

  /** The tellings with some of them, as bits by place, before the others: the same object each time. */
  ownFirst(own: number): TellingOrder {
    if (own === 0) {
      return this.table.order;
    }
    const known = this.#ownFirst.get(own);
    if (known) {
      return known;
    }
    const { places } = this.table.order;
    const isOwn = (place: number): boolean => (own & (1 << place)) !== 0;
    const made = orderOf([...places.filter(isOwn), ...places.filter((place) => !isOwn(place))]);
    if (this.#ownFirst.size < MOST_ORDERS) {
      this.#ownFirst.set(own, made);
    }
    return made;
  }

  /**
   * The other outlets that tell the same in the order given, at most one telling of each, when the one at `shown` is what a reader gets. The same list each
   * time that the order is the same object: not to be changed.
   */
  also(shown: number, order: TellingOrder): Telling[] {
    const known = order.also[shown];
    if (known) {
      return known;
    }
    const also = this.#others(shown, order);
    order.also[shown] = also;
    return also;
  }

  #others(shown: number, { places }: TellingOrder): Telling[] {
    const { facts, tellings } = this.table;
    const also: Telling[] = [];
    if (tellings[shown]?.telling.apart) {
      return also;
    }
    let named = outletIn(facts[shown] ?? 0);
    for (const place of places) {
      const outlet = outletIn(facts[place] ?? 0);
      const each = tellings[place];
      if ((named & outlet) === 0 && each && !each.telling.apart) {
        also.push(each.telling);
        named |= outlet;
      }
    }
    return also;
  }

  #makeTable(): TellingTable {
    const tellings = this.event.tellings.map(
      (telling) => new PreparedTelling(telling, this.#standings.numberOf(telling.source)),
    );
    this.#lead = tellings[0];
    return tableOf(tellings);
  }
}
