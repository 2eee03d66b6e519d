import { firstSeenOf, type StoryId } from '../model/story.ts';
import type { Preferences } from '../model/subscriber.ts';
import { HOUR, type Instant } from '../model/time.ts';
import type { Topic } from '../model/topic.ts';
import {
  type Candidate,
  orderOf,
  type PreparedTelling,
  priceIn,
  sourceIn,
  type TellingOrder,
  type TellingTable,
} from './candidate.ts';
import type { Memory } from './memory.ts';
import type { SourceStandings } from './source-standings.ts';
import { namedSources, voteOnSource } from './wishes.ts';
import { holdsPhrase, type MutedPhrases, mutedPhrases, sameTitle } from './words.ts';

/** What one reader wants and has seen, in the form in which the rules ask for it. Good until another taste is made for its view. */
export interface Taste {
  reader: Preferences;
  memory: Memory;
  /** Which sources are the reader's own, muted or voted on. */
  sources: SourceStandings;
  topics: ReadonlySet<Topic>;
  mutedTopics: ReadonlySet<Topic>;
  muted: MutedPhrases | undefined;
  /** Events that must stay out whatever their titles say. */
  hidden: ReadonlySet<StoryId>;
  /** The best vote on a source, at least 0; undefined for a reader who voted on none. */
  bestVote: number | undefined;
  /** True if a word or source is muted or a source voted on: then tellings must be looked at one by one. */
  isParticular: boolean;
}

const NO_TOPICS: ReadonlySet<Topic> = new Set();

/** Reads preferences once for all candidates of a view. */
export const tasteOf = (
  sources: SourceStandings,
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
  const mutedTopics = mutes.flatMap((mute) => (mute.kind === 'topic' ? [mute.topic] : []));
  return {
    reader,
    memory,
    sources,
    topics: new Set(reader.topics),
    mutedTopics: mutedTopics.length > 0 ? new Set(mutedTopics) : NO_TOPICS,
    muted: mutedPhrases(mutes),
    hidden,
    bestVote,
    isParticular: bestVote !== undefined || mutes.length > 0,
  };
};

/** Whether a telling is by one of the reader's own sources. */
export const isOwn = ({ sources }: Taste, { source }: PreparedTelling): boolean => sources.isOwn(source);

/** Lower is better: not voted down, the reader's own source, voted up, free before paid, then the editor's order. */
const cost = ({ sources }: Taste, fact: number): number => sources.costOf(sourceIn(fact)) + priceIn(fact);

const holdsMuted = ({ muted }: Taste, telling: PreparedTelling): boolean =>
  muted !== undefined && holdsPhrase(telling.folded, muted);

/** Whether an event is out for a reader: hidden, or muted by topic or by a word in its lead title. */
const isOut = (taste: Taste, candidate: Candidate): boolean =>
  (taste.hidden.size > 0 && taste.hidden.has(candidate.event.id)) ||
  (taste.mutedTopics.size > 0 && candidate.topics.some((topic) => taste.mutedTopics.has(topic))) ||
  (taste.muted !== undefined && candidate.lead !== undefined && holdsMuted(taste, candidate.lead));

/** Which tellings are by the reader's own sources, as bits by place. */
const ownIn = ({ sources }: Taste, { facts }: TellingTable): number => {
  let own = 0;
  for (let place = 0; place < facts.length; place++) {
    if (sources.isOwn(sourceIn(facts[place] ?? 0))) {
      own |= 1 << place;
    }
  }
  return own;
};

const mayTell = (taste: Taste, { facts, tellings }: TellingTable, place: number): boolean => {
  if (taste.sources.isMuted(sourceIn(facts[place] ?? 0))) {
    return false;
  }
  const each = taste.muted && tellings[place];
  return !each || !holdsMuted(taste, each);
};

/** Sorted by insertion: there are twelve at most, and most stand right already. */
const byCost = (taste: Taste, table: TellingTable): TellingOrder => {
  const ordered: number[] = [];
  const costs: number[] = [];
  let isAsHouse = true;
  for (const place of table.order.places) {
    if (!mayTell(taste, table, place)) {
      isAsHouse = false;
      continue;
    }
    const own = cost(taste, table.facts[place] ?? 0);
    let at = ordered.length;
    for (; at > 0 && (costs[at - 1] ?? 0) > own; at--) {
      ordered[at] = ordered[at - 1] ?? place;
      costs[at] = costs[at - 1] ?? own;
    }
    isAsHouse &&= at === place;
    ordered[at] = place;
    costs[at] = own;
  }
  return isAsHouse ? table.order : orderOf(ordered);
};

const NOBODY = orderOf([]);

/**
 * The tellings that a reader may see, by their places in the candidate's table, the one to show first; none if the event is muted: by
 * topic, by a word in its lead title, or because nobody is left to tell it.
 */
export const tellingsFor = (taste: Taste, candidate: Candidate): TellingOrder => {
  if (isOut(taste, candidate)) {
    return NOBODY;
  }
  const { table } = candidate;
  return taste.isParticular ? byCost(taste, table) : candidate.ownFirst(ownIn(taste, table));
};

/** The reader's vote on the source that would tell them an event; 0 without one. */
export const voteOn = (taste: Taste, candidate: Candidate): number => {
  // A vote makes a reader's walk long, and most of what it passes is by sources that they never voted on.
  if (taste.sources.noVoteAmong(candidate.sourceBits) || isOut(taste, candidate)) {
    return 0;
  }
  const { table } = candidate;
  let [vote, least] = [0, Number.POSITIVE_INFINITY];
  for (const place of table.order.places) {
    const fact = table.facts[place] ?? 0;
    const own = cost(taste, fact);
    if (own < least && mayTell(taste, table, place)) {
      vote = taste.sources.voteOn(sourceIn(fact));
      least = own;
    }
  }
  return vote;
};

/** Whether the reader had the telling at a place. */
const wasSeen = (memory: Memory, { urls }: TellingTable, place: number): boolean => memory.urls.has(urls[place] ?? 0);

export type Novelty = 'new' | 'update' | 'seen';

/** Whether an event is new to a reader, comes back with real news, or has been mailed: as event, story or address. */
export const noveltyOf = ({ memory }: Taste, { event, hash, table }: Candidate): Novelty => {
  if (memory.urls.size === 0) {
    return 'new';
  }
  const turn = memory.events.get(hash);
  if (turn >= 0) {
    return event.turn > turn ? 'update' : 'seen';
  }
  for (let place = 0; place < table.facts.length; place++) {
    if (wasSeen(memory, table, place)) {
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
 * they had.
 */
export const tellingsOfUpdate = ({ memory }: Taste, { table }: Candidate, order: readonly number[]): number[] => {
  const had = table.tellings.filter((_, place) => wasSeen(memory, table, place));
  return order.filter((place) => {
    const each = table.tellings[place];
    return (
      each !== undefined &&
      isSince(memory, firstSeenOf(each.telling.story)) &&
      !wasSeen(memory, table, place) &&
      !had.some(({ words }) => sameTitle(words, each.words))
    );
  });
};
