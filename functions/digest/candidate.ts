import type { NewsEvent, Telling } from '../model/event.ts';
import { tellingHashes } from './memory.ts';
import type { SourceStandings } from './source-standings.ts';
import { type FoldedText, foldedText, namesIn, type TitleWords, titleWords } from './words.ts';

const ACCESS_ORDER = { free: 0, metered: 1, paid: 2 } as const;

/** A telling with what the rules compare, worked out once for all readers. */
export class PreparedTelling {
  readonly telling: Telling;
  readonly words: TitleWords;
  /** As the memory keeps it. */
  readonly story: number;
  readonly url: number;
  /** 0 for free, 2 for paid. */
  readonly price: 0 | 1 | 2;
  /** Its source's number in the view. */
  readonly source: number;
  #folded: FoldedText | undefined;

  constructor(telling: Telling, source: number) {
    const { storyNumber, urlNumber } = tellingHashes(telling);
    this.telling = telling;
    this.words = titleWords(telling.title);
    this.story = storyNumber;
    this.url = urlNumber;
    this.source = source;
    this.price = ACCESS_ORDER[telling.access];
  }

  /** The title as muted phrases are looked for in it. */
  get folded(): FoldedText {
    this.#folded ??= foldedText(this.telling.title);
    return this.#folded;
  }
}

/** Other outlets than that of the telling shown, in the order given, at most one telling of each. */
const alsoBy = (shown: PreparedTelling, tellings: readonly PreparedTelling[], allDiffer: boolean): Telling[] => {
  const also: Telling[] = [];
  for (const { telling } of tellings) {
    const isOther = allDiffer ? telling !== shown.telling : telling.outlet !== shown.telling.outlet;
    if (isOther && (allDiffer || !also.some(({ outlet }) => outlet === telling.outlet))) {
      also.push(telling);
    }
  }
  return also;
};

const namesOf = (tellings: readonly Telling[]): string[] => {
  const counts = new Map<string, number>();
  for (const { title } of tellings) {
    for (const name of namesIn(title)) {
      counts.set(name, (counts.get(name) ?? 0) + 1);
    }
  }
  return [...counts].flatMap(([name, count]) => (2 * count >= tellings.length ? [name] : []));
};

/** An event as it takes part in selecting. What not every reader needs is worked out on first use. */
export class Candidate {
  readonly event: NewsEvent;
  /** The same for all versions of an event within a view. */
  readonly number: number;
  /** The event as the memory keeps it. */
  readonly hash: number;
  /** Ids of the shelves it stands on. */
  readonly shelves: string[] = [];
  readonly #standings: SourceStandings;
  #tellings: readonly PreparedTelling[] | undefined;
  #freeFirst: readonly PreparedTelling[] | undefined;
  #names: readonly string[] | undefined;
  #outlets: number | undefined;
  readonly #also = new Map<PreparedTelling, Telling[]>();

  constructor(event: NewsEvent, number: number, hash: number, standings: SourceStandings) {
    this.event = event;
    this.number = number;
    this.hash = hash;
    this.#standings = standings;
  }

  /** In the editor's order. */
  get tellings(): readonly PreparedTelling[] {
    this.#tellings ??= this.event.tellings.map(
      (telling) => new PreparedTelling(telling, this.#standings.numberOf(telling.source)),
    );
    return this.#tellings;
  }

  /** Names that half of its titles hold: events that share one may belong to one affair. */
  get names(): readonly string[] {
    this.#names ??= namesOf(this.event.tellings);
    return this.#names;
  }

  /** In the order in which a reader gets them who prefers and mutes none of their sources. */
  get freeFirst(): readonly PreparedTelling[] {
    this.#freeFirst ??= this.tellings.toSorted((a, b) => a.price - b.price);
    return this.#freeFirst;
  }

  /**
   * The other outlets, when `shown` is what a reader gets of `tellings`. The same list for all who get them in the house's order: not to
   * be changed.
   */
  also(shown: PreparedTelling, tellings: readonly PreparedTelling[]): Telling[] {
    this.#outlets ??= new Set(this.event.tellings.map(({ outlet }) => outlet)).size;
    const allDiffer = this.#outlets === this.event.tellings.length;
    if (tellings !== this.#freeFirst) {
      return alsoBy(shown, tellings, allDiffer);
    }
    const known = this.#also.get(shown) ?? alsoBy(shown, tellings, allDiffer);
    this.#also.set(shown, known);
    return known;
  }
}
