import type { Chosen } from '../model/digest.ts';
import type { SourceId } from '../model/source.ts';
import { becauseOf, type Claim, topicFor } from './because.ts';
import { type Candidate, type PreparedTelling, sourceIn, type TellingTable } from './candidate.ts';
import { capsOf, Tally } from './caps.ts';
import { noveltyOf, type Taste, tellingsFor, tellingsOfUpdate } from './taste.ts';
import { sameTitle, type TitleWords } from './words.ts';

/** A digest while it is filled: takes what the rules allow. */
export class Basket {
  readonly chosen: Chosen[] = [];
  readonly #taste: Taste;
  readonly #sourceTitles: ReadonlyMap<SourceId, string>;
  /** Numbers of the events chosen. */
  readonly #taken: number[] = [];
  readonly #titles: TitleWords[] = [];
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

  /** Offers a candidate with its value on a claim; true if it was taken. */
  offer(candidate: Candidate, value: number, claim: Claim): boolean {
    const taste = this.#taste;
    const { event, number } = candidate;
    const topic = topicFor(taste, candidate);
    if (this.#taken.includes(number) || !this.#tally.hasRoomForTopic(topic)) {
      return false;
    }
    const wasNamed = claim.kind === 'keyword' || claim.kind === 'source' || claim.kind === 'pick';
    if (!wasNamed && !this.#tally.hasRoomForNames(candidate.names)) {
      return false;
    }
    const novelty = noveltyOf(taste, candidate);
    const canRead =
      claim.kind === 'source' || candidate.language === '' || taste.reader.reads.includes(candidate.language);
    if (novelty === 'seen' || !canRead) {
      return false;
    }
    const update = novelty === 'update';
    const order = tellingsFor(taste, candidate);
    const place = this.#placeShown(
      update ? tellingsOfUpdate(taste, candidate, order.places) : order.places,
      candidate.table,
      claim,
    );
    const shown = place === undefined ? undefined : candidate.table.tellings[place];
    // The lead's title is looked at too: an event that fell apart in two would else come back under another headline.
    const lead = update ? undefined : candidate.lead;
    if (
      place === undefined ||
      !shown ||
      this.#repeats(shown, claim) ||
      (lead && lead !== shown && this.#repeats(lead, claim))
    ) {
      return false;
    }
    const because = becauseOf(taste, claim, candidate, shown, this.#sourceTitles);
    this.chosen.push({
      event,
      telling: shown.telling,
      also: candidate.also(place, order),
      topic,
      score: value,
      reason: { outlets: shown.telling.apart ? 1 : candidate.outlets, because },
      update,
    });
    this.#taken.push(number);
    this.#titles.push(shown.words);
    this.#tally.take(shown.source, topic, candidate.names);
    return true;
  }

  /** Where the telling to show stands, of those that may be, best first; offered by a source, one of the reader's own if there is any. */
  #placeShown(order: readonly number[], { facts }: TellingTable, { kind }: Claim): number | undefined {
    const own = this.#taste.sources;
    let ownOnly = false;
    for (let at = 0; at < order.length && kind === 'source' && !ownOnly; at++) {
      ownOnly = own.isOwn(sourceIn(facts[order[at] ?? 0] ?? 0));
    }
    for (const place of order) {
      const source = sourceIn(facts[place] ?? 0);
      if ((!ownOnly || own.isOwn(source)) && this.#tally.hasRoomForSource(source)) {
        return place;
      }
    }
    return undefined;
  }

  /** Whether a title says nearly the same as one of this digest, or of those remembered. A source that was chosen by name may be a series. */
  #repeats({ print, words }: PreparedTelling, { kind }: Claim): boolean {
    for (const title of this.#titles) {
      if (sameTitle(title, words)) {
        return true;
      }
    }
    return this.#taste.memory.titles.hold(print.title, kind === 'source');
  }
}
