import { MOST_TELLINGS } from '../model/event.ts';
import { firstSeenOf, type StoryId } from '../model/story.ts';
import type { Preferences } from '../model/subscriber.ts';
import { HOUR, type Instant } from '../model/time.ts';
import type { CandidateTable } from './candidate-table.ts';
import type { EditionView } from './edition-view.ts';
import type { Memory } from './memory.ts';
import type { SourceStandings } from './source-standings.ts';
import { NOBODYS, TellingOrder } from './telling-order.ts';
import { priceIn, sourceIn } from './telling-table.ts';
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
  /** True if a word or source is muted or a source voted on: then tellings must be looked at one by one. */
  isParticular: boolean;
  /** What `tellingsFor` answered last. */
  order: TellingOrder;
}

/** One for all: selecting is synchronous, and each offer begins it anew. */
const ORDER = new TellingOrder();

/** Reads preferences once for all candidates of a view. */
export const tasteOf = (
  { standings: sources, table }: Pick<EditionView, 'standings' | 'table'>,
  reader: Preferences,
  memory: Memory,
  hidden: ReadonlySet<StoryId>,
): Taste => {
  const { mutes } = reader;
  let bestVote: number | undefined;
  sources.begin();
  for (const source of namedSources(reader)) {
    sources.own(source);
  }
  for (const mute of mutes) {
    if (mute.kind === 'source') {
      sources.mute(mute.source);
    }
  }
  for (const { on } of reader.votes) {
    if (on.kind === 'source') {
      const vote = voteOnSource(reader, on.source);
      sources.vote(on.source, vote);
      bestVote = Math.max(0, vote, bestVote ?? 0);
    }
  }
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
    isParticular: bestVote !== undefined || mutes.length > 0,
    order: ORDER,
  };
};

/** Lower is better: not voted down, the reader's own source, voted up, free before paid, then the editor's order. */
const cost = ({ sources }: Taste, fact: number): number => sources.costOf(sourceIn(fact)) + priceIn(fact);

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
  if (taste.isParticular) {
    orderByCost(taste, order, first, count);
  } else {
    order.setOwnFirst(count, ownIn(taste, first, count));
  }
  return order;
};

/** The reader's vote on the source that would tell them an event; 0 without one. */
export const voteOn = (taste: Taste, place: number): number => {
  const { table, sources } = taste;
  // A vote makes a reader's walk long, and most of what it passes is by sources that they never voted on.
  if (sources.noVoteAmong(table.sourceBitsOf(place)) || isOut(taste, place)) {
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

/** Whether the reader had a telling. */
const wasSeen = ({ memory, table }: Taste, telling: number): boolean => memory.urls.has(table.tellings.urlAt(telling));

export type Novelty = 'new' | 'update' | 'seen';

/** Whether an event is new to a reader, comes back with real news, or has been mailed: as event, story or address. */
export const noveltyOf = (taste: Taste, place: number): Novelty => {
  const { memory, table } = taste;
  if (memory.urls.size === 0) {
    return 'new';
  }
  const turn = memory.events.get(table.hashOf(place));
  if (turn >= 0) {
    return table.turnOf(place) > turn ? 'update' : 'seen';
  }
  const first = table.tellingsOf(place);
  const end = first + table.countOf(place);
  for (let telling = first; telling < end; telling++) {
    if (wasSeen(taste, telling)) {
      return 'seen';
    }
  }
  return 'new';
};

/** An edition is that much older than the digests made from it, at most: what came so shortly before one may have missed it. */
const EDITION_LAG = HOUR;

/** Whether something came since the reader's last digest. */
export const isSince = ({ lastDueAt }: Memory, at: Instant): boolean =>
  lastDueAt === undefined || at > lastDueAt - EDITION_LAG;

/**
 * An update is told by a story that came since the last digest and that the reader has not had, under a title that does not repeat one
 * they had: the places of such in the order.
 */
export const placesOfUpdate = (taste: Taste, place: number, tellings: TellingOrder): number[] => {
  const { memory, table } = taste;
  const first = table.tellingsOf(place);
  const all = Array.from({ length: table.countOf(place) }, (_, at) => first + at);
  const had = all.filter((telling) => wasSeen(taste, telling));
  return [...tellings.places.subarray(0, tellings.size)].filter((at) => {
    const each = table.tellings.tellings[first + at];
    return (
      each !== undefined &&
      isSince(memory, firstSeenOf(each.telling.story)) &&
      !wasSeen(taste, first + at) &&
      !had.some((telling) => table.tellings.saySame(telling, first + at))
    );
  });
};
