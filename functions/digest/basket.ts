import type { Chosen } from '../model/digest.ts';
import type { SourceId } from '../model/source.ts';
import { becauseOf, type Claim, topicFor } from './because.ts';
import type { Candidate, PreparedTelling } from './candidate.ts';
import { capsOf, Tally } from './caps.ts';
import { isOwn, noveltyOf, type Taste, tellingsFor, tellingsOfUpdate } from './taste.ts';
import { sameTitle, type TitleWords } from './words.ts';

/** A digest while it is filled: takes what the rules allow. */
export class Basket {
  readonly chosen: Chosen[] = [];
  readonly #taste: Taste;
  readonly #sourceTitles: ReadonlyMap<SourceId, string>;
  /** Numbers of the events chosen. */
  readonly #taken: number[] = [];
  readonly #titles: TitleWords[];
  readonly #tally: Tally;

  /**
   * An empty basket for a reader. `shownTitles` are titles that were mailed before, which no new one may repeat; `sourceTitles` those of
   * followed sources, for the reasons.
   */
  constructor(taste: Taste, shownTitles: readonly TitleWords[], sourceTitles: ReadonlyMap<SourceId, string>) {
    this.#taste = taste;
    this.#sourceTitles = sourceTitles;
    this.#titles = [...shownTitles];
    this.#tally = new Tally(capsOf(taste.reader));
  }

  isFull(): boolean {
    return this.chosen.length >= this.#taste.reader.maxStories;
  }

  /** Offers a candidate with its value on a claim; true if it was taken. */
  offer(candidate: Candidate, value: number, claim: Claim): boolean {
    const taste = this.#taste;
    const { event, number } = candidate;
    const topic = topicFor(taste, event);
    if (this.#taken.includes(number) || !this.#tally.hasRoomForTopic(topic)) {
      return false;
    }
    const wasNamed = claim.kind === 'keyword' || claim.kind === 'source' || claim.kind === 'pick';
    if (!wasNamed && !this.#tally.hasRoomForNames(candidate.names)) {
      return false;
    }
    const novelty = noveltyOf(taste, candidate);
    const canRead = claim.kind === 'source' || event.language === '' || taste.reader.reads.includes(event.language);
    if (novelty === 'seen' || !canRead) {
      return false;
    }
    const update = novelty === 'update';
    const tellings = tellingsFor(taste, candidate);
    const shown = this.#shownOf(update ? tellingsOfUpdate(taste, candidate, tellings) : tellings, claim);
    // The lead's title is looked at too: an event that fell apart in two would else come back under another headline.
    const lead = update ? undefined : candidate.tellings[0];
    if (!shown || this.#repeats(shown.words) || (lead && lead !== shown && this.#repeats(lead.words))) {
      return false;
    }
    const because = becauseOf(taste, claim, event, shown, this.#sourceTitles);
    this.chosen.push({
      event,
      telling: shown.telling,
      also: candidate.also(shown, tellings),
      topic,
      score: value,
      reason: { outlets: Math.max(1, event.outlets), because },
      update,
    });
    this.#taken.push(number);
    this.#titles.push(shown.words);
    this.#tally.take(shown.source, topic, candidate.names);
    return true;
  }

  /** The telling to show, of those that may be shown, best first; offered by a source, one of the reader's own if there is any. */
  #shownOf(tellings: readonly PreparedTelling[], { kind }: Claim): PreparedTelling | undefined {
    const ownOnly = kind === 'source' && tellings.some((each) => isOwn(this.#taste, each));
    for (const each of tellings) {
      if ((!ownOnly || isOwn(this.#taste, each)) && this.#tally.hasRoomForSource(each.source)) {
        return each;
      }
    }
    return undefined;
  }

  #repeats(words: TitleWords): boolean {
    for (const title of this.#titles) {
      if (sameTitle(title, words)) {
        return true;
      }
    }
    return false;
  }
}
