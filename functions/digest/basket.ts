import type { Chosen, Reason } from '../model/digest.ts';
import type { Telling } from '../model/event.ts';
import type { Topic } from '../model/topic.ts';
import type { Candidate, PreparedTelling } from './candidate.ts';
import { capsOf, createTally } from './caps.ts';
import { noveltyOf, type Taste, tellingsFor, tellingsOfUpdate } from './taste.ts';
import { sameTitle, type TitleWords } from './words.ts';

export type Because = Reason['because'];

/** A candidate as it comes from a shelf. */
export interface Offer {
  candidate: Candidate;
  value: number;
  /** The topic it counts for and stands under. */
  topic: Topic | null;
  /** True if only tellings of the reader's own sources will do, where there are any. */
  fromSource: boolean;
  /** The reason, told of the telling that is shown. */
  because(telling: Telling): Because;
}

/** A digest while it is filled: takes what the rules allow. */
export interface Basket {
  chosen: readonly Chosen[];
  /** True if the offer was taken. */
  offer(offer: Offer): boolean;
  isFull(): boolean;
}

const alsoBy = (chosen: PreparedTelling, tellings: readonly PreparedTelling[]): Telling[] => {
  const outlets = new Set([chosen.telling.outlet]);
  return tellings.flatMap(({ telling }) => {
    const isNew = !outlets.has(telling.outlet);
    outlets.add(telling.outlet);
    return isNew ? [telling] : [];
  });
};

/** The tellings that may be shown, best first; none if the reader has had or does not want the event. */
const tellingsToShow = (
  taste: Taste,
  { candidate, fromSource }: Offer,
): { update: boolean; tellings: PreparedTelling[] } => {
  const novelty = noveltyOf(taste, candidate);
  if (novelty === 'seen' || (!fromSource && !taste.languages.has(candidate.event.language))) {
    return { update: false, tellings: [] };
  }
  const all = tellingsFor(taste, candidate);
  const fresh = novelty === 'update' ? tellingsOfUpdate(taste, candidate, all) : all;
  const own = fromSource ? fresh.filter(({ telling }) => taste.own.has(telling.source)) : [];
  return { update: novelty === 'update', tellings: own.length > 0 ? own : fresh };
};

/** An empty basket for a reader; `shownTitles` are titles that were mailed before, which no new one may repeat. */
export const createBasket = (taste: Taste, shownTitles: readonly TitleWords[]): Basket => {
  const chosen: Chosen[] = [];
  const taken = new Set<number>();
  const titles = [...shownTitles];
  const tally = createTally(capsOf(taste.reader));
  const repeats = (words: TitleWords): boolean => titles.some((title) => sameTitle(title, words));

  return {
    chosen,
    isFull: () => chosen.length >= taste.reader.maxStories,
    offer(offer) {
      const { candidate, topic, value } = offer;
      if (taken.has(candidate.number) || !tally.hasRoomForTopic(topic)) {
        return false;
      }
      const { update, tellings } = tellingsToShow(taste, offer);
      const shown = tellings.find(({ telling }) => tally.hasRoomForSource(telling.source));
      // The lead's title is looked at too: an event that fell apart in two would else come back under another headline.
      const lead = update ? undefined : candidate.tellings()[0];
      if (!shown || repeats(shown.words) || (lead && lead !== shown && repeats(lead.words))) {
        return false;
      }
      const { event } = candidate;
      const { telling } = shown;
      const also = alsoBy(shown, tellingsFor(taste, candidate));
      const reason = { outlets: Math.max(1, event.outlets), because: offer.because(telling) };
      chosen.push({ event, telling, also, topic, score: value, reason, update });
      taken.add(candidate.number);
      titles.push(shown.words);
      tally.take(telling.source, topic);
      return true;
    },
  };
};
