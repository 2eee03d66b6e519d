import type { NewsEvent } from '../model/event.ts';
import { Candidate } from './candidate.ts';
import { eventHash } from './memory.ts';
import { Numbering, withRoom } from './numbers.ts';
import type { SourceStandings } from './source-standings.ts';
import { TellingTable } from './telling-table.ts';
import { packTopics } from './topic-numbers.ts';
import { namesIn } from './words.ts';

/** Numbers of one candidate: sixteen are a line of memory. */
const WIDTH = 16;
const NUMBER = 0;
const HASH = 1;
const TOPICS = 2;
const LANGUAGE = 3;
const COUNTRY = 4;
const OUTLETS = 5;
const TURN = 6;
const TELLINGS = 7;
/** Of its tellings, the editor's first. */
const LEAD = 8;
/** Of its tellings. */
const COUNT = 9;
const NAMES = 10;
const NAME_COUNT = 11;
const ANEW = 12;

/** Nobody asked for its tellings and names yet. */
const UNKNOWN = -1;

const ROOM = 256;

/** The names that half of an event's titles hold. */
const namesOf = ({ tellings }: NewsEvent): string[] => {
  const counts = new Map<string, number>();
  for (const { title } of tellings) {
    for (const name of namesIn(title)) {
      counts.set(name, (counts.get(name) ?? 0) + 1);
    }
  }
  return [...counts].flatMap(([name, count]) => (2 * count >= tellings.length ? [name] : []));
};

/**
 * What offers ask of the candidates of a view, by place. Selecting waits for memory more than it counts, and of an object each field that
 * is one too is another wait: here a candidate that is refused costs one line of memory, and no object. Tellings and names are worked out
 * when a candidate is first offered: most never are.
 */
export class CandidateTable {
  readonly candidates: Candidate[] = [];
  readonly tellings: TellingTable;
  readonly #standings: SourceStandings;
  readonly #events = new Numbering();
  readonly #languages = new Numbering();
  readonly #countries = new Numbering();
  readonly #nameNumbers = new Numbering();
  /** Places by the number of a source. */
  readonly #toldBy: number[][] = [];
  #rows = new Int32Array(ROOM * WIDTH);
  #names = new Int32Array(ROOM);
  #nameCount = 0;

  constructor(standings: SourceStandings) {
    this.#standings = standings;
    this.tellings = new TellingTable(standings);
  }

  /** Adds an event; where it stands. */
  add(event: NewsEvent): number {
    const place = this.candidates.length;
    this.#rows = withRoom(this.#rows, (place + 1) * WIDTH);
    this.candidates.push(new Candidate(event, place));
    const row = place * WIDTH;
    this.#rows[row + NUMBER] = this.#events.of(event.id);
    this.#rows[row + HASH] = eventHash(event);
    this.#rows[row + TOPICS] = packTopics(event.topics);
    this.#rows[row + LANGUAGE] = event.language === '' ? UNKNOWN : this.#languages.of(event.language);
    this.#rows[row + COUNTRY] = event.country === undefined ? UNKNOWN : this.#countries.of(event.country);
    this.#rows[row + OUTLETS] = Math.max(1, event.outlets);
    this.#rows[row + TURN] = event.turn;
    this.#rows[row + ANEW] = event.anew ?? 0;
    this.#rows[row + TELLINGS] = UNKNOWN;
    for (const { source } of event.tellings) {
      const number = this.#standings.numberOf(source);
      const told = this.#toldBy[number];
      if (told) {
        told.push(place);
      } else {
        this.#toldBy[number] = [place];
      }
    }
    return place;
  }

  /** The same for all versions of an event. */
  numberOf(place: number): number {
    return this.#rows[place * WIDTH + NUMBER] ?? 0;
  }

  /** The event as the memory keeps it. */
  hashOf(place: number): number {
    return (this.#rows[place * WIDTH + HASH] ?? 0) >>> 0;
  }

  /** Packed, the best first. */
  topicsOf(place: number): number {
    return this.#rows[place * WIDTH + TOPICS] ?? 0;
  }

  /** At least 1. */
  outletsOf(place: number): number {
    return this.#rows[place * WIDTH + OUTLETS] ?? 1;
  }

  turnOf(place: number): number {
    return this.#rows[place * WIDTH + TURN] ?? 0;
  }

  /** The turn at which it became another event; 0 if it never did. */
  anewOf(place: number): number {
    return this.#rows[place * WIDTH + ANEW] ?? 0;
  }

  /** Whether it is in one of some languages, or in none that is known. */
  isIn(languages: readonly number[], place: number): boolean {
    const language = this.#rows[place * WIDTH + LANGUAGE] ?? UNKNOWN;
    return language === UNKNOWN || languages.includes(language);
  }

  isFrom(country: number, place: number): boolean {
    return country !== UNKNOWN && this.#rows[place * WIDTH + COUNTRY] === country;
  }

  /** Where the candidates stand that a source tells, by its number in the view; one twice that it tells twice. */
  toldBy(source: number): readonly number[] {
    return this.#toldBy[source] ?? [];
  }

  /** Where its first telling stands, in the house's order; the others follow. */
  tellingsOf(place: number): number {
    const first = this.#rows[place * WIDTH + TELLINGS] ?? UNKNOWN;
    return first === UNKNOWN ? this.#prepare(place) : first;
  }

  /** How many tellings it has, once these were asked for. */
  countOf(place: number): number {
    return this.#rows[place * WIDTH + COUNT] ?? 0;
  }

  /** Where the editor's first telling stands. */
  leadOf(place: number): number {
    return this.tellingsOf(place) + (this.#rows[place * WIDTH + LEAD] ?? 0);
  }

  /** How many names half of its titles hold: events that share one may belong to one affair. */
  nameCountOf(place: number): number {
    this.tellingsOf(place);
    return this.#rows[place * WIDTH + NAME_COUNT] ?? 0;
  }

  /** The number of one of these names. */
  nameOf(place: number, at: number): number {
    return this.#names[(this.#rows[place * WIDTH + NAMES] ?? 0) + at] ?? 0;
  }

  /** Numbers of those of some languages that any candidate has. */
  numbersOfLanguages(languages: readonly string[]): number[] {
    return languages.map((language) => this.#languages.known(language));
  }

  /** -1 for a country that no candidate is from. */
  numberOfCountry(country: string | undefined): number {
    return country === undefined ? UNKNOWN : this.#countries.known(country);
  }

  #prepare(place: number): number {
    const event = this.candidates[place]?.event;
    if (!event) {
      return 0;
    }
    const row = place * WIDTH;
    const names = namesOf(event).map((name) => this.#nameNumbers.of(name));
    const first = this.tellings.add(event);
    this.#names = withRoom(this.#names, this.#nameCount + names.length);
    this.#names.set(names, this.#nameCount);
    this.#rows[row + TELLINGS] = first;
    this.#rows[row + LEAD] = this.tellings.tellings
      .slice(first)
      .findIndex(({ telling }) => telling === event.tellings[0]);
    this.#rows[row + COUNT] = event.tellings.length;
    this.#rows[row + NAMES] = this.#nameCount;
    this.#rows[row + NAME_COUNT] = names.length;
    this.#nameCount += names.length;
    return first;
  }
}
