import { type Span, shelfId } from '../model/shelf.ts';
import type { SourceId } from '../model/source.ts';
import type { Preferences } from '../model/subscriber.ts';
import { TOPICS, type Topic } from '../model/topic.ts';
import { liftsHome } from './ranked-shelf.ts';

/** What makes a shelf a reader's own. `everything` is the wish of who follows all sources. */
export type Wish =
  | { kind: 'topic'; topic: Topic }
  | { kind: 'source'; source: SourceId }
  | { kind: 'keyword'; keyword: string }
  | { kind: 'everything' };

/** A shelf that a reader's digest is merged from. */
export interface WishedShelf {
  shelf: string;
  wish: Wish;
  /** Of the reader's vote: 1 without one. */
  weight: number;
  /** The country whose news is lifted on it. */
  country: string | undefined;
}

/** Weekly readers get the week's shelves: the best of seven days, not of the last two. */
export const spanOf = ({ cadence }: Preferences): Span => (cadence === 'weekly' ? 'week' : 'day');

export const followsEverything = ({ sources }: Preferences): boolean => sources[0] === '*';

/** The sources that a reader follows by name. */
export const namedSources = ({ sources }: Preferences): SourceId[] => sources.filter((id) => id !== '*');

/** A vote of 2 doubles, one of -2 halves. */
export const voteFactor = (votes: number): number => 2 ** (votes / 2);

const voteOnTopic = ({ votes }: Preferences, topic: Topic): number =>
  votes.find(({ on }) => on.kind === 'topic' && on.topic === topic)?.weight ?? 0;

/** A reader's vote on a source, -2 to 2. */
export const voteOnSource = ({ votes }: Preferences, source: SourceId): number =>
  votes.find(({ on }) => on.kind === 'source' && on.source === source)?.weight ?? 0;

const topicShelves = (reader: Preferences, topics: readonly Topic[]): WishedShelf[] =>
  topics.flatMap((topic) =>
    reader.reads.map((language) => ({
      shelf: shelfId({ of: 'topic', topic, language, span: spanOf(reader) }),
      wish: { kind: 'topic', topic },
      weight: voteFactor(voteOnTopic(reader, topic)),
      country: liftsHome(topic) ? reader.country : undefined,
    })),
  );

const topShelves = (reader: Preferences, languages: readonly string[]): WishedShelf[] =>
  languages.map((language) => ({
    shelf: shelfId({ of: 'top', language, span: spanOf(reader) }),
    wish: { kind: 'everything' },
    weight: 1,
    country: undefined,
  }));

const narrowShelves = (reader: Preferences): WishedShelf[] => {
  const span = spanOf(reader);
  const sources: WishedShelf[] = namedSources(reader).map((source) => ({
    shelf: shelfId({ of: 'source', source, span }),
    wish: { kind: 'source', source },
    weight: 1,
    country: undefined,
  }));
  const keywords: WishedShelf[] = reader.keywords.map((keyword) => ({
    shelf: shelfId({ of: 'keyword', keyword, span }),
    wish: { kind: 'keyword', keyword },
    weight: 1,
    country: undefined,
  }));
  return [...sources, ...keywords];
};

const byShelf = (a: WishedShelf, b: WishedShelf): number => (a.shelf < b.shelf ? -1 : 1);

/** The shelves of what a reader asked for, in an order that does not depend on theirs. */
export const wishedShelves = (reader: Preferences): WishedShelf[] => {
  const everything = followsEverything(reader) ? topShelves(reader, ['all', ...reader.reads]) : [];
  return [...topicShelves(reader, reader.topics), ...narrowShelves(reader), ...everything].sort(byShelf);
};

/** The shelves of the biggest events in the reader's languages. */
export const biggestShelves = (reader: Preferences): WishedShelf[] => topShelves(reader, reader.reads).sort(byShelf);

/** The shelf of the operator's picks. */
export const PICKS = shelfId({ of: 'picks' });

/** All shelves that selecting for a reader looks at. */
export const shelvesToLoad = (reader: Preferences): string[] => [
  ...new Set([...wishedShelves(reader), ...biggestShelves(reader)].map(({ shelf }) => shelf)).add(PICKS),
];

/** Topics in the order in which a reader's sections stand: their own first, then the house order. */
export const topicOrder = ({ topics }: Preferences): Topic[] => [...new Set([...topics, ...TOPICS])];
