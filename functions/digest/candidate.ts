import type { NewsEvent, Telling } from '../model/event.ts';
import type { TellingOrder } from './telling-order.ts';
import { outletIn, type TellingTable } from './telling-table.ts';

/** Lists of one event that are kept: there are few ways to follow those who tell it. */
const MOST_LISTS = 64;

const PLACE_BITS = 4;

/** An event as it takes part in selecting. What offers ask of it stands in the view's table. */
export class Candidate {
  readonly event: NewsEvent;
  /** Where it stands in the view. */
  readonly place: number;
  /** By the reader's own tellings and the one that is shown. */
  readonly #also = new Map<number, Telling[]>();

  constructor(event: NewsEvent, place: number) {
    this.event = event;
    this.place = place;
  }

  /**
   * The other outlets that tell the same, in the order given, at most one telling of each, when the one at `shown` is what a reader gets.
   * `first` is where its tellings begin. The same list each time for readers with the same own tellings: not to be changed.
   */
  also(shown: number, order: TellingOrder, tellings: TellingTable, first: number): Telling[] {
    const key = (order.own << PLACE_BITS) | shown;
    const known = order.own < 0 ? undefined : this.#also.get(key);
    if (known) {
      return known;
    }
    const also = others(shown, order, tellings, first);
    if (order.own >= 0 && this.#also.size < MOST_LISTS) {
      this.#also.set(key, also);
    }
    return also;
  }
}

const others = (shown: number, order: TellingOrder, tellings: TellingTable, first: number): Telling[] => {
  const also: Telling[] = [];
  let named = outletIn(tellings.factAt(first + shown));
  for (let at = 0; at < order.size; at++) {
    const each = first + order.placeAt(at);
    const other = tellings.factAt(each);
    const telling = tellings.tellings[each]?.telling;
    if ((named & outletIn(other)) === 0 && telling) {
      also.push(telling);
      named |= outletIn(other);
    }
  }
  return also;
};
