import type { NewsEvent } from '../model/event.ts';
import type { Shelf } from '../model/shelf.ts';
import { Candidate, type Numbering } from './candidate.ts';
import { eventHash } from './memory.ts';
import { liftHome, RankedShelf, rankShelf } from './ranked-shelf.ts';
import { SourceStandings } from './source-standings.ts';

/** What one edition holds, as far as it was loaded: grows as shelves are added, and is shared by all readers. */
export interface EditionView {
  edition: number;
  candidates: readonly Candidate[];
  /** How sources stand with the reader who is being served. */
  standings: SourceStandings;
  has(shelfId: string): boolean;
  /** Empty for a shelf that the edition does not have. */
  shelf(shelfId: string): RankedShelf;
  /** The shelf with the news of one country lifted. */
  shelfAt(shelfId: string, country: string): RankedShelf;
  /** Shelf entries whose events are not here yet. */
  missing(shelf: Shelf): [id: string, version: number][];
  add(shelfId: string, shelf: Shelf | undefined, events: readonly NewsEvent[]): void;
}

const numbering = (): Numbering => {
  const numbers = new Map<string, number>();
  return (text) => {
    const number = numbers.get(text) ?? numbers.size;
    numbers.set(text, number);
    return number;
  };
};

const emptyShelf = (id: string): RankedShelf => new RankedShelf({ id, number: -1, best: 0 }, [], []);

/** The entries of a stored shelf whose events have a place among the candidates. */
const placed = (stored: Shelf | undefined, places: ReadonlyMap<string, number>): { place: number; score: number }[] =>
  (stored?.entries ?? []).flatMap(([event, version, score]) => {
    const place = places.get(`${event}@${version}`);
    return place === undefined ? [] : [{ place, score }];
  });

/** An edition of which nothing is loaded yet. */
export const emptyView = (edition: number): EditionView => {
  const candidates: Candidate[] = [];
  const standings = new SourceStandings();
  const places = new Map<string, number>();
  const shelves = new Map<string, RankedShelf>();
  /** Numbers of shelves, of names in titles, and of events. */
  const [numberOfShelf, numberOfName, numberOfEvent] = [numbering(), numbering(), numbering()];
  const lifted = new Map<string, Map<string, RankedShelf>>();

  const addEvent = (event: NewsEvent): void => {
    const key = `${event.id}@${event.version}`;
    if (places.has(key)) {
      return;
    }
    const added = new Candidate(event, numberOfEvent(event.id), eventHash(event), standings, numberOfName);
    places.set(key, candidates.push(added) - 1);
  };

  return {
    edition,
    candidates,
    standings,
    has: (id) => shelves.has(id),
    shelf: (id) => shelves.get(id) ?? emptyShelf(id),
    shelfAt(id, country) {
      const byCountry = lifted.get(id) ?? new Map<string, RankedShelf>();
      const known = byCountry.get(country);
      if (known) {
        return known;
      }
      const shelf = shelves.get(id);
      const made = liftHome(shelf ?? emptyShelf(id), country, candidates);
      if (shelf) {
        lifted.set(id, byCountry.set(country, made));
      }
      return made;
    },
    missing: ({ entries }) =>
      entries.filter(([id, version]) => !places.has(`${id}@${version}`)).map(([id, version]) => [id, version]),
    add(id, stored, events) {
      events.forEach(addEvent);
      const entries = placed(stored, places);
      const number = numberOfShelf(id);
      shelves.set(id, rankShelf(id, number, entries, candidates));
    },
  };
};
