import type { Chosen } from '../model/digest.ts';
import type { SourceId } from '../model/source.ts';
import { becauseOf, type Claim, isSecondTopic, topicFor } from './because.ts';
import { capsOf, Tally } from './caps.ts';
import { noveltyOf, placesOfReturn } from './novelty.ts';
import { type Taste, tellingsFor } from './taste.ts';
import { sourceIn } from './telling-table.ts';
import { type TopicNumber, topicOf } from './topic-numbers.ts';

const NOWHERE = -1;

/** A digest while it is filled: takes what the rules allow. */
export class Basket {
  readonly chosen: Chosen[] = [];
  /** Where the chosen stand in the view. */
  readonly places: number[] = [];
  readonly #taste: Taste;
  readonly #sourceTitles: ReadonlyMap<SourceId, string>;
  /** Numbers of the events chosen. */
  readonly #taken: number[] = [];
  /** The tellings shown, whose titles are not told again. */
  readonly #shown: number[] = [];
  readonly #tally: Tally;

  /** An empty basket for a reader. `sourceTitles` are those of followed sources, for the reasons. */
  constructor(taste: Taste, sourceTitles: ReadonlyMap<SourceId, string>) {
    this.#taste = taste;
    this.#sourceTitles = sourceTitles;
    this.#tally = new Tally(capsOf(taste.reader));
  }

  isFull(): boolean {
    return this.chosen.length >= this.#taste.reader.maxStories;
  }

  /**
   * Offers the candidate at a place with its value on a claim; true if it was taken. `isSeries` where issues of a series may come one after
   * the other: 'Weekly links 45' after 44.
   */
  offer(place: number, value: number, claim: Claim, isSeries = false): boolean {
    const taste = this.#taste;
    const { table } = taste;
    const topic = topicFor(taste, place, claim);
    if (claim.kind === 'topic' && isSecondTopic(taste, place, topic, claim)) {
      return false;
    }
    if (this.#taken.includes(table.numberOf(place)) || !this.#tally.hasRoomForTopic(topic)) {
      return false;
    }
    const wasNamed = claim.kind === 'keyword' || claim.kind === 'source' || claim.kind === 'pick';
    if (!wasNamed && !this.#hasRoomForNames(place)) {
      return false;
    }
    const novelty = noveltyOf(taste, place);
    const canRead = table.isIn(taste.languages, place);
    if (novelty === 'seen' || !(canRead || claim.kind === 'source')) {
      return false;
    }
    const shown = this.#placeShown(place, novelty !== 'new', claim, !canRead, isSeries);
    if (shown === NOWHERE) {
      return false;
    }
    this.#take(place, shown, topic, value, claim, novelty === 'update');
    return true;
  }

  /** Which telling is to be shown, if one may be and its event is not here under another headline. */
  #placeShown(place: number, returns: boolean, claim: Claim, ownOnly: boolean, isSeries: boolean): number {
    const { table } = this.#taste;
    const order = tellingsFor(this.#taste, place);
    const first = table.tellingsOf(place);
    const fit = returns ? placesOfReturn(this.#taste, place, order) : order.places;
    const size = returns ? fit.length : order.size;
    const shown = this.#firstWithRoom(fit, size, first, ownOnly || this.#hasOwn(fit, size, first, claim));
    if (shown === NOWHERE || this.#repeats(first + shown, isSeries)) {
      return NOWHERE;
    }
    // The lead's title is looked at too: an event that fell apart in two would else come back under another headline.
    const lead = returns ? first + shown : table.leadOf(place);
    return lead !== first + shown && this.#repeats(lead, isSeries) ? NOWHERE : shown;
  }

  /** Whether an event is offered by a source, and one of the reader's own tells it. */
  #hasOwn(places: ArrayLike<number>, size: number, first: number, { kind }: Claim): boolean {
    const { table, sources } = this.#taste;
    for (let at = 0; at < size && kind === 'source'; at++) {
      if (sources.isOwn(sourceIn(table.tellings.factAt(first + (places[at] ?? 0))))) {
        return true;
      }
    }
    return false;
  }

  /** The best telling whose source has room; of the reader's own alone where these tell it, or where they read no other in its language. */
  #firstWithRoom(places: ArrayLike<number>, size: number, first: number, ownOnly: boolean): number {
    const { table, sources } = this.#taste;
    for (let at = 0; at < size; at++) {
      const place = places[at] ?? 0;
      const source = sourceIn(table.tellings.factAt(first + place));
      if ((!ownOnly || sources.isOwn(source)) && this.#tally.hasRoomForSource(source)) {
        return place;
      }
    }
    return NOWHERE;
  }

  /** Whether a title says nearly the same as one of this digest, or of those remembered. */
  #repeats(telling: number, isSeries: boolean): boolean {
    const { table, memory } = this.#taste;
    for (const shown of this.#shown) {
      if (table.tellings.saySame(shown, telling) && !(isSeries && table.tellings.areIssues(shown, telling))) {
        return true;
      }
    }
    return table.tellings.wasMailed(telling, memory.titles, isSeries);
  }

  #take(place: number, at: number, topic: TopicNumber, value: number, claim: Claim, update: boolean): void {
    const { table, order } = this.#taste;
    const first = table.tellingsOf(place);
    const shown = first + at;
    const candidate = table.candidates[place];
    const prepared = table.tellings.tellings[shown];
    if (!candidate || !prepared) {
      return;
    }
    const fact = table.tellings.factAt(shown);
    const because = becauseOf(this.#taste, claim, place, shown, prepared.ownSource, this.#sourceTitles);
    this.chosen.push({
      event: candidate.event,
      telling: prepared.telling,
      also: candidate.also(at, order, table.tellings, first),
      topic: topicOf(topic),
      score: value,
      reason: { outlets: table.outletsOf(place), because },
      update,
    });
    this.places.push(place);
    this.#taken.push(table.numberOf(place));
    this.#shown.push(shown);
    this.#tally.take(sourceIn(fact), topic);
    const names = table.nameCountOf(place);
    for (let name = 0; name < names; name++) {
      this.#tally.takeName(table.nameOf(place, name));
    }
  }

  #hasRoomForNames(place: number): boolean {
    const { table } = this.#taste;
    const count = table.nameCountOf(place);
    for (let at = 0; at < count; at++) {
      if (!this.#tally.hasRoomForName(table.nameOf(place, at))) {
        return false;
      }
    }
    return true;
  }
}
