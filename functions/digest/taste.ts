import type { SourceId } from '../model/source.ts';
import type { StoryId } from '../model/story.ts';
import type { Preferences } from '../model/subscriber.ts';
import type { Topic } from '../model/topic.ts';
import type { Candidate, PreparedTelling } from './candidate.ts';
import type { Memory } from './memory.ts';
import { followsEverything, namedSources, voteOnSource } from './wishes.ts';
import { sameTitle, type WordMutes, wordMutes } from './words.ts';

/** What one reader wants and has seen, in the form in which the rules ask for it. */
export interface Taste {
  reader: Preferences;
  memory: Memory;
  everything: boolean;
  own: ReadonlySet<SourceId>;
  topics: ReadonlySet<Topic>;
  languages: ReadonlySet<string>;
  mutedSources: ReadonlySet<SourceId>;
  mutedTopics: ReadonlySet<Topic>;
  mutedWords: WordMutes | undefined;
  /** Events that must stay out whatever their titles say. */
  hidden: ReadonlySet<StoryId>;
  /** Votes on sources; empty for most readers. */
  votes: ReadonlyMap<SourceId, number>;
}

/** Reads preferences once for all candidates. */
export const tasteOf = (reader: Preferences, memory: Memory, hidden: ReadonlySet<StoryId>): Taste => ({
  reader,
  memory,
  hidden,
  everything: followsEverything(reader),
  own: new Set(namedSources(reader)),
  topics: new Set(reader.topics),
  languages: new Set([...reader.reads, '']),
  mutedSources: new Set(reader.mutes.flatMap((mute) => (mute.kind === 'source' ? [mute.source] : []))),
  mutedTopics: new Set(reader.mutes.flatMap((mute) => (mute.kind === 'topic' ? [mute.topic] : []))),
  mutedWords: wordMutes(reader.mutes),
  votes: new Map(
    reader.votes.flatMap(({ on }) => (on.kind === 'source' ? [[on.source, voteOnSource(reader, on.source)]] : [])),
  ),
});

const ACCESS_ORDER = { free: 0, metered: 1, paid: 2 } as const;

/** Lower is better: not voted down, the reader's own source, voted up, free before paid, then the editor's order. */
const cost = ({ own, votes }: Taste, { telling }: PreparedTelling): number => {
  const vote = votes.get(telling.source) ?? 0;
  return (vote < 0 ? 64 : 0) + (own.has(telling.source) ? 0 : 16) - 4 * vote + ACCESS_ORDER[telling.access];
};

const isMuted = ({ mutedSources, mutedWords }: Taste, { telling }: PreparedTelling): boolean =>
  mutedSources.has(telling.source) || (mutedWords?.(telling.title) ?? false);

/**
 * The tellings that a reader may see, the one to show first; none if the event is muted: by topic, by a word in its lead title, or
 * because nobody is left to tell it.
 */
export const tellingsFor = (taste: Taste, { event, tellings }: Candidate): PreparedTelling[] => {
  const [lead] = event.tellings;
  const out =
    taste.hidden.has(event.id) ||
    event.topics.some((topic) => taste.mutedTopics.has(topic)) ||
    (lead !== undefined && taste.mutedWords?.(lead.title) === true);
  return out
    ? []
    : tellings()
        .filter((each) => !isMuted(taste, each))
        .map((each, at) => ({ each, at, cost: cost(taste, each) }))
        .sort((a, b) => a.cost - b.cost || a.at - b.at)
        .map(({ each }) => each);
};

const wasSeen = ({ stories, urls }: Memory, { story, url }: PreparedTelling): boolean =>
  stories.has(story) || urls.has(url);

export type Novelty = 'new' | 'update' | 'seen';

/** Whether an event is new to a reader, comes back with real news, or has been mailed: as event, story or address. */
export const noveltyOf = ({ memory }: Taste, event: Candidate): Novelty => {
  if (memory.stories.size === 0) {
    return 'new';
  }
  const turn = memory.events.get(event.hash());
  if (turn !== undefined) {
    return event.event.turn > turn ? 'update' : 'seen';
  }
  return event.tellings().some((each) => wasSeen(memory, each)) ? 'seen' : 'new';
};

/** An update is told by a story that the reader has not had, under a title that does not repeat one they had. */
export const tellingsOfUpdate = (
  { memory }: Taste,
  event: Candidate,
  tellings: readonly PreparedTelling[],
): PreparedTelling[] => {
  const had = event.tellings().filter((each) => wasSeen(memory, each));
  return tellings.filter((each) => !wasSeen(memory, each) && !had.some(({ words }) => sameTitle(words, each.words)));
};
