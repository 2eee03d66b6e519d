import { firstSeenOf, type StoryId } from '../model/story.ts';
import type { Preferences } from '../model/subscriber.ts';
import { HOUR, type Instant } from '../model/time.ts';
import type { Topic } from '../model/topic.ts';
import type { Candidate, PreparedTelling } from './candidate.ts';
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
const cost = ({ sources }: Taste, { source, price }: PreparedTelling): number => {
  const vote = sources.voteOn(source);
  return (vote < 0 ? 64 : 0) + (sources.isOwn(source) ? 0 : 16) - 4 * vote + price;
};

const holdsMuted = ({ muted }: Taste, telling: PreparedTelling): boolean =>
  muted !== undefined && holdsPhrase(telling.folded, muted);

/** Whether an event is out for a reader: hidden, or muted by topic or by a word in its lead title. */
const isOut = (taste: Taste, { event, tellings }: Candidate): boolean => {
  const [lead] = tellings;
  return (
    (taste.hidden.size > 0 && taste.hidden.has(event.id)) ||
    (taste.mutedTopics.size > 0 && event.topics.some((topic) => taste.mutedTopics.has(topic))) ||
    (lead !== undefined && holdsMuted(taste, lead))
  );
};

/** True if nothing of a reader's changes the house order of an event's tellings. */
const isPlain = (taste: Taste, { tellings }: Candidate): boolean =>
  !taste.isParticular && !tellings.some((each) => isOwn(taste, each));

const mayTell = (taste: Taste, each: PreparedTelling): boolean =>
  !taste.sources.isMuted(each.source) && !holdsMuted(taste, each);

/** Sorted by insertion: there are twelve at most, and most stand right already. */
const inOrderOf = (taste: Taste, { freeFirst }: Candidate): PreparedTelling[] => {
  const ordered: PreparedTelling[] = [];
  const costs: number[] = [];
  for (const each of freeFirst) {
    if (taste.isParticular && !mayTell(taste, each)) {
      continue;
    }
    const own = cost(taste, each);
    let at = ordered.length;
    for (; at > 0 && (costs[at - 1] ?? 0) > own; at--) {
      ordered[at] = ordered[at - 1] ?? each;
      costs[at] = costs[at - 1] ?? own;
    }
    ordered[at] = each;
    costs[at] = own;
  }
  return ordered;
};

const NOBODY: readonly PreparedTelling[] = [];

/**
 * The tellings that a reader may see, the one to show first; none if the event is muted: by topic, by a word in its lead title, or
 * because nobody is left to tell it.
 */
export const tellingsFor = (taste: Taste, candidate: Candidate): readonly PreparedTelling[] => {
  if (isOut(taste, candidate)) {
    return NOBODY;
  }
  return isPlain(taste, candidate) ? candidate.freeFirst : inOrderOf(taste, candidate);
};

/** The reader's vote on the source that would tell them an event; 0 without one. */
export const voteOn = (taste: Taste, candidate: Candidate): number => {
  if (isOut(taste, candidate)) {
    return 0;
  }
  let [vote, least] = [0, Number.POSITIVE_INFINITY];
  for (const each of candidate.freeFirst) {
    const own = cost(taste, each);
    if (own < least && mayTell(taste, each)) {
      vote = taste.sources.voteOn(each.source);
      least = own;
    }
  }
  return vote;
};

const wasSeen = ({ stories, urls }: Memory, { story, url }: PreparedTelling): boolean =>
  stories.has(story) || urls.has(url);

export type Novelty = 'new' | 'update' | 'seen';

/** Whether an event is new to a reader, comes back with real news, or has been mailed: as event, story or address. */
export const noveltyOf = ({ memory }: Taste, { event, hash, tellings }: Candidate): Novelty => {
  if (memory.stories.size === 0) {
    return 'new';
  }
  const turn = memory.events.get(hash);
  if (turn >= 0) {
    return event.turn > turn ? 'update' : 'seen';
  }
  return tellings.some((each) => wasSeen(memory, each)) ? 'seen' : 'new';
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
export const tellingsOfUpdate = (
  { memory }: Taste,
  candidate: Candidate,
  tellings: readonly PreparedTelling[],
): PreparedTelling[] => {
  const had = candidate.tellings.filter((each) => wasSeen(memory, each));
  return tellings.filter(
    (each) =>
      isSince(memory, firstSeenOf(each.telling.story)) &&
      !wasSeen(memory, each) &&
      !had.some(({ words }) => sameTitle(words, each.words)),
  );
};
