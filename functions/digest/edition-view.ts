import type { NewsEvent } from '../model/event.ts';
import type { Shelf } from '../model/shelf.ts';
import { eventApart, tellingsApart, withoutApart } from './apart.ts';
import type { Candidate } from './candidate.ts';
import { CandidateTable } from './candidate-table.ts';
import { Numbering } from './numbers.ts';
import { liftHome, RankedShelf, rankShelf } from './ranked-shelf.ts';
import { SourceStandings } from './source-standings.ts';

/** What one edition holds, as far as it was loaded: grows as shelves are added, and is shared by all readers. */
export interface EditionView {
  edition: number;
  candidates: readonly Candidate[];
  /** What offers ask of them. */
  table: CandidateTable;
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

/** The source that a shelf is of. */
const sourceOf = (shelfId: string): string | undefined => /^source\/(.+)\/(?:day|week)$/.exec(shelfId)?.[1];

const keyOf = ({ id, version }: Pick<NewsEvent, 'id' | 'version'>): string => `${id}@${version}`;

/** Where the candidates stand, by id and version, and what a source tells apart by these and the source. */
type Places = ReadonlyMap<string, number>;

/** The entries of a stored shelf whose events have a place among the candidates; on a source's shelf what it tells apart in place of the event. */
const placed = (stored: Shelf | undefined, places: Places): { place: number; score: number }[] => {
  const source = stored && sourceOf(stored.id);
  return (stored?.entries ?? []).flatMap(([id, version, score]) => {
    const key = keyOf({ id, version });
    const place = places.get(`${key} ${source}`) ?? places.get(key);
    return place === undefined ? [] : [{ place, score }];
  });
};

/** An edition of which nothing is loaded yet. */
export const emptyView = (edition: number): EditionView => {
  const standings = new SourceStandings();
  const table = new CandidateTable(standings);
  const { candidates } = table;
  const places = new Map<string, number>();
  const shelves = new Map<string, RankedShelf>();
  const shelfNumbers = new Numbering();
  const emptyShelf = (id: string): RankedShelf => new RankedShelf({ id, number: -1, best: 0 }, [], table);
  const lifted = new Map<string, Map<string, RankedShelf>>();

  const addEvent = (event: NewsEvent): void => {
    const key = keyOf(event);
    if (places.has(key)) {
      return;
    }
    places.set(key, table.add(withoutApart(event)));
    for (const telling of tellingsApart(event)) {
      places.set(`${key} ${telling.source}`, table.add(eventApart(event, telling)));
    }
  };

  return {
    edition,
    candidates,
    table,
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
      const made = liftHome(shelf ?? emptyShelf(id), country, table);
      if (shelf) {
        lifted.set(id, byCountry.set(country, made));
      }
      return made;
    },
    missing: ({ entries }) =>
      entries.filter(([id, version]) => !places.has(keyOf({ id, version }))).map(([id, version]) => [id, version]),
    add(id, stored, events) {
      events.forEach(addEvent);
      const entries = placed(stored, places);
      const number = shelfNumbers.of(id);
      shelves.set(id, rankShelf(id, number, entries, table));
    },
  };
};
