import { MOST_TELLINGS } from '../model/event.ts';

/** For an order that is kept for nobody. */
export const NOBODYS = -1;

/** Tellings of one event as one reader prefers them, by place. One object serves all offers, each after the other. */
export class TellingOrder {
  readonly places = new Uint8Array(MOST_TELLINGS);
  size = 0;
  /** The reader's own tellings, as bits by place, where they come first and the rest is the house's order; -1 for any other order. */
  own = NOBODYS;

  placeAt(at: number): number {
    return this.places[at] ?? 0;
  }

  clear(): void {
    this.size = 0;
    this.own = NOBODYS;
  }

  /** The house's order, with the reader's own tellings, as bits by place, before the others. */
  setOwnFirst(count: number, own: number): void {
    let at = 0;
    for (let place = 0; own !== 0 && place < count; place++) {
      if ((own & (1 << place)) !== 0) {
        this.places[at++] = place;
      }
    }
    for (let place = 0; place < count; place++) {
      if ((own & (1 << place)) === 0) {
        this.places[at++] = place;
      }
    }
    this.size = at;
    this.own = own;
  }
}
