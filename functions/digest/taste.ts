import { MOST_TELLINGS } from '../model/event.ts';
import type { StoryId } from '../model/story.ts';
import type { Preferences } from '../model/subscriber.ts';
import type { CandidateTable } from './candidate-table.ts';
import type { EditionView } from './edition-view.ts';
import type { Memory } from './memory.ts';
import { PlaceMarks } from './place-marks.ts';
import type { SourceStandings } from './source-standings.ts';
import { NOBODYS, TellingOrder } from './telling-order.ts';
import { rankIn, sourceIn } from './telling-table.ts';
import { firstTopicAmong, topicBits } from './topic-numbers.ts';
import { namedSources, voteOnSource } from './wishes.ts';
import { type MutedPhrases, mutedPhrases } from './words.ts';

/** What one reader wants and has seen, in the form in which the rules ask for it. Good until another taste is made for its view. */
export interface Taste {
  reader: Preferences;
  memory: Memory;
  /** The candidates of the view. */
  table: CandidateTable;
  /** Which sources are the reader's own, muted or voted on. */
  sources: SourceStandings;
  /** As bits by their numbers. */
  topics: number;
  mutedTopics: number;
  /** Numbers in the view of the languages they read. */
  languages: readonly number[];
  /** The number in the view of their country; -1 if none of its news is there. */
  country: number;
  muted: MutedPhrases | undefined;
  /** Events that must stay out whatever their titles say. */
  hidden: ReadonlySet<StoryId>;
  /** The best vote on a source, at least 0; undefined for a reader who voted on none. */
  bestVote: number | undefined;
  /** Candidates that a source tells which was voted on. */
  voted: PlaceMarks;
  /** True if a source is muted or voted on: then tellings must be looked at one by one. */
  isParticular: boolean;
  /** What `tellingsFor` answered last. */
  order: TellingOrder;
}

/** One for all: selecting is synchronous, and each offer begins it anew. */
const ORDER = new TellingOrder();

/** One for all, begun anew by each taste. */
const VOTED = new PlaceMarks();

/** Tells the standings a reader's votes on sources and marks what those tell. The best vote, at least 0; undefined if there is none. */
const countVotes = (
  { standings, table }: Pick<EditionView, 'standings' | 'table'>,
  reader: Preferences,
): number | undefined => {
  let best: number | undefined;
  VOTED.begin(table.candidates.length);
  for (const { on } of reader.votes) {
    if (on.kind === 'source') {
      const vote = voteOnSource(reader, on.source);
      standings.vote(on.source, vote);
      best = Math.max(0, vote, best ?? 0);
      for (const place of table.toldBy(standings.numberOf(on.source))) {
        VOTED.add(place);
      }
    }
  }
  return best;
};

/** Reads preferences once for all candidates of a view. */
export const tasteOf = (
  view: Pick<EditionView, 'standings' | 'table'>,
  reader: Preferences,
  memory: Memory,
  hidden: ReadonlySet<StoryId>,
): Taste => {
  const { standings: sources, table } = view;
  const { mutes } = reader;
  let isMuting = false;
  sources.begin();
  for (const source of namedSources(reader)) {
    sources.own(source);
  }
  for (const mute of mutes) {
    if (mute.kind === 'source') {
      sources.mute(mute.source);
      isMuting = true;
    }
  }
  const bestVote = countVotes(view, reader);
  return {
    reader,
    memory,
    table,
    sources,
    topics: topicBits(reader.topics),
    mutedTopics: topicBits(mutes.flatMap((mute) => (mute.kind === 'topic' ? [mute.topic] : []))),
    languages: table.numbersOfLanguages(reader.reads),
    country: table.numberOfCountry(reader.country),
    muted: mutedPhrases(mutes),
    hidden,
    bestVote,
    voted: VOTED,
    isParticular: bestVote !== undefined || isMuting,
    order: ORDER,
  };
};

/** Lower is better: not voted down, the reader's own source, voted up, then the house's order. */
const cost = ({ sources }: Taste, fact: number): number => sources.costOf(sourceIn(fact)) + rankIn(fact);

const holdsMuted = ({ muted, table }: Taste, telling: number): boolean =>
  muted !== undefined && table.tellings.holdsMuted(telling, muted);

const isHidden = ({ hidden, table }: Taste, place: number): boolean =>
  hidden.size > 0 && hidden.has(table.candidates[place]?.event.id ?? '');

/** Whether an event is out for a reader: hidden, or muted by topic or by a word in its lead title. */
const isOut = (taste: Taste, place: number): boolean =>
  isHidden(taste, place) ||
  (taste.mutedTopics !== 0 && firstTopicAmong(taste.table.topicsOf(place), taste.mutedTopics) !== 0) ||
  (taste.muted !== undefined && holdsMuted(taste, taste.table.leadOf(place)));

/** Which of some tellings are by the reader's own sources, as bits by place. */
const ownIn = ({ sources, table: { tellings } }: Taste, first: number, count: number): number => {
  let own = 0;
  for (let place = 0; place < count; place++) {
    if (sources.isOwn(sourceIn(tellings.factAt(first + place)))) {
      own |= 1 << place;
    }
  }
  return own;
};

/** Whether one of some tellings holds a muted word. */
const anyHoldsMuted = (taste: Taste, first: number, count: number): boolean => {
  for (let place = 0; taste.muted !== undefined && place < count; place++) {
    if (holdsMuted(taste, first + place)) {
      return true;
    }
  }
  return false;
};

const mayTell = (taste: Taste, telling: number): boolean =>
  !taste.sources.isMuted(sourceIn(taste.table.tellings.factAt(telling))) && !holdsMuted(taste, telling);

const costs = new Uint8Array(MOST_TELLINGS);

/** Sorted by insertion: there are twelve at most, and most stand right already. */
const orderByCost = (taste: Taste, order: TellingOrder, first: number, count: number): void => {
  const { places } = order;
  let size = 0;
  let isAsHouse = true;
  for (let place = 0; place < count; place++) {
    if (!mayTell(taste, first + place)) {
      isAsHouse = false;
      continue;
    }
    const own = cost(taste, taste.table.tellings.factAt(first + place));
    let at = size++;
    for (; at > 0 && (costs[at - 1] ?? 0) > own; at--) {
      places[at] = places[at - 1] ?? 0;
      costs[at] = costs[at - 1] ?? 0;
    }
    isAsHouse &&= at === place;
    places[at] = place;
    costs[at] = own;
  }
  order.size = size;
  order.own = isAsHouse ? 0 : NOBODYS;
};

/**
 * The tellings that a reader may see, by their places among those of the candidate, the one to show first; none if the event is muted: by
 * topic, by a word in its lead title, or because nobody is left to tell it. Good until it is asked for another candidate.
 */
export const tellingsFor = (taste: Taste, place: number): TellingOrder => {
  const { table, order } = taste;
  order.clear();
  if (isOut(taste, place)) {
    return order;
  }
  const first = table.tellingsOf(place);
  const count = table.countOf(place);
  if (taste.isParticular || anyHoldsMuted(taste, first, count)) {
    orderByCost(taste, order, first, count);
  } else {
    order.setOwnFirst(count, ownIn(taste, first, count));
  }
  return order;
};

/** The reader's vote on the source that would tell them an event; 0 without one. */
export const voteOn = (taste: Taste, place: number): number => {
  const { table, sources } = taste;
  if (!taste.voted.has(place) || isOut(taste, place)) {
    return 0;
  }
  const first = table.tellingsOf(place);
  const end = first + table.countOf(place);
  let [vote, least] = [0, Number.POSITIVE_INFINITY];
  for (let telling = first; telling < end; telling++) {
    const fact = table.tellings.factAt(telling);
    const own = cost(taste, fact);
    if (own < least && mayTell(taste, telling)) {
      vote = sources.voteOn(sourceIn(fact));
      least = own;
    }
  }
  return vote;
};
