import type { NewsEvent } from '../model/event.ts';
import type { Topic } from '../model/topic.ts';
import type { CandidateTable } from './candidate-table.ts';

/**
 * A source that has so few events on its shelf tells little but its series: 'Weekly links 45' is what it is followed for. In a busy one what
 * comes daily under other numbers are puzzles, rates of exchange and calls to talk.
 */
const QUIET = { day: 3, week: 12 };

const isQuietSource = (id: string, size: number): boolean =>
  id.startsWith('source/') && size <= (id.endsWith('/week') ? QUIET.week : QUIET.day);

/** A shelf ready to merge: places of candidates in the view, and their values, highest first. The best has 1 at most. */
export class RankedShelf {
  readonly id: string;
  /** The shelf's in the view; -1 if the edition does not have it. */
  readonly number: number;
  readonly places: Uint32Array;
  readonly values: Float64Array;
  /** The first value; 0 on an empty shelf. Mostly it is all that is asked for. */
  readonly top: number;
  readonly size: number;
  /** The editor's best score on it: how big the shelf's news is beside that of others. */
  readonly best: number;
  /** True for the shelf of a source that tells little. */
  readonly isQuiet: boolean;
  readonly #table: CandidateTable;
  #byEvent: Map<number, number> | undefined;

  constructor(
    { id, number, best }: Pick<RankedShelf, 'id' | 'number' | 'best'>,
    entries: readonly Valued[],
    table: CandidateTable,
  ) {
    this.id = id;
    this.number = number;
    this.best = best;
    this.isQuiet = isQuietSource(id, entries.length);
    this.places = Uint32Array.from(entries, ({ place }) => place);
    this.values = Float64Array.from(entries, ({ value }) => value);
    this.top = this.values[0] ?? 0;
    this.size = entries.length;
    this.#table = table;
  }

  /** The best value that an event, by its number in the view, has here; 0 if it is not here. */
  valueOf(event: number): number {
    this.#byEvent ??= this.#valuesByEvent();
    return this.#byEvent.get(event) ?? 0;
  }

  #valuesByEvent(): Map<number, number> {
    const values = new Map<number, number>();
    // from the last to the first, so that the best value stays
    for (let at = this.places.length - 1; at >= 0; at--) {
      values.set(this.#table.numberOf(this.places[at] ?? 0), this.values[at] ?? 0);
    }
    return values;
  }
}

export interface Entry {
  place: number;
  score: number;
}

/** Topics in which a reader's own country comes first. */
const HOME_TOPICS: readonly Topic[] = ['politics', 'business', 'sport'];

/** A story of the reader's own country counts as so much more there. */
const HOME_LIFT = 1.5;

/** For the lead it counts so much more: the second or third of all may lead in its country, the tenth does not drive out the day's biggest. */
export const LEAD_LIFT = 1.2;

/** Where many outlets are, much is at stake: 0 for one outlet, 1 from twelve on. */
const breadth = (outlets: number): number => Math.min(1, Math.log2(Math.max(1, outlets)) / Math.log2(12));

interface Valued {
  place: number;
  value: number;
  event: string;
}

const byValue = (a: Valued, b: Valued): number => b.value - a.value || (a.event < b.event ? -1 : 1);

/**
 * Ranks a shelf so that shelves can be merged fairly: half the value is the share of the shelf's best score, half is the place on the
 * shelf, so that no loud shelf drowns others. The scores of topics hold breadth already; those of a source or keyword do not.
 */
export const rankShelf = (
  id: string,
  number: number,
  entries: readonly Entry[],
  table: CandidateTable,
): RankedShelf => {
  const best = Math.max(1, ...entries.map(({ score }) => score));
  const narrow = /^(source|keyword)\//.test(id);
  const eventAt = (place: number) => table.candidates[place]?.event;
  const valued = entries
    .map(({ place, score }) => ({ place, value: Math.max(0, score / best), event: eventAt(place)?.id ?? '' }))
    .sort(byValue)
    .map(({ place, value, event }, at) => {
      const fair = 0.5 * value + 0.5 / (1 + at / 8);
      return { place, value: narrow ? fair * (0.7 + 0.3 * breadth(eventAt(place)?.outlets ?? 1)) : fair, event };
    });
  return new RankedShelf({ id, number, best }, valued.sort(byValue), table);
};

/** Whether a reader's country changes the order of a topic's shelf. */
export const liftsHome = (topic: Topic): boolean => HOME_TOPICS.includes(topic);

/** Whether an event is a country's own: told mostly there, and first of all its politics, business or sport. The world's news is nobody's. */
const isOwnOf = (country: string, event: NewsEvent): boolean => {
  const [topic] = event.topics;
  return event.country === country && topic !== undefined && liftsHome(topic);
};

/** The shelf as readers of a country see it: their own news lifted. */
export const liftHome = (shelf: RankedShelf, country: string, table: CandidateTable): RankedShelf => {
  const valued = Array.from(shelf.places, (place, at) => {
    const event = table.candidates[place]?.event;
    const value = (shelf.values[at] ?? 0) * (event && isOwnOf(country, event) ? HOME_LIFT : 1);
    return { place, value, event: event?.id ?? '' };
  });
  return new RankedShelf(shelf, valued.sort(byValue), table);
};
