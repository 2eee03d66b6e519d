import type { NewsEvent } from '../model/event.ts';
import type { Shelf } from '../model/shelf.ts';
import { type Candidate, candidate } from './candidate.ts';
import { liftHome, type RankedShelf, rankShelf } from './ranked-shelf.ts';

/** What one edition holds, as far as it was loaded: grows as shelves are added, and is shared by all readers. */
export interface EditionView {
  edition: number;
  candidates: readonly Candidate[];
  has(shelfId: string): boolean;
  /** Empty for a shelf that the edition does not have. */
  shelf(shelfId: string): RankedShelf;
  /** The shelf with the news of one country lifted. */
  shelfAt(shelfId: string, country: string): RankedShelf;
  /** Shelf entries whose events are not here yet. */
  missing(shelf: Shelf): [id: string, version: number][];
  add(shelfId: string, shelf: Shelf | undefined, events: readonly NewsEvent[]): void;
}

const EMPTY = { places: new Uint32Array(), values: new Float64Array(), best: 0 };

/** An edition of which nothing is loaded yet. */
export const emptyView = (edition: number): EditionView => {
  const candidates: Candidate[] = [];
  const places = new Map<string, number>();
  const numbers = new Map<string, number>();
  const shelves = new Map<string, RankedShelf>();
  const lifted = new Map<string, RankedShelf>();

  const numberOf = (event: NewsEvent): number => {
    const number = numbers.get(event.id) ?? numbers.size;
    numbers.set(event.id, number);
    return number;
  };
  const addEvent = (event: NewsEvent): void => {
    const key = `${event.id}@${event.version}`;
    if (!places.has(key)) {
      places.set(key, candidates.push(candidate(event, numberOf(event))) - 1);
    }
  };
  const shelf = (id: string): RankedShelf => shelves.get(id) ?? { id, ...EMPTY };

  return {
    edition,
    candidates,
    has: (id) => shelves.has(id),
    shelf,
    shelfAt(id, country) {
      const key = `${id} ${country}`;
      const known = lifted.get(key) ?? liftHome(shelf(id), country, candidates);
      if (shelves.has(id)) {
        lifted.set(key, known);
      }
      return known;
    },
    missing: ({ entries }) =>
      entries.filter(([id, version]) => !places.has(`${id}@${version}`)).map(([id, version]) => [id, version]),
    add(id, stored, events) {
      events.forEach(addEvent);
      const entries = (stored?.entries ?? []).flatMap(([event, version, score]) => {
        const place = places.get(`${event}@${version}`);
        return place === undefined ? [] : [{ place, score }];
      });
      shelves.set(id, rankShelf(id, entries, candidates));
    },
  };
};
