import { type ShelfKey, type Span, shelfId } from '../model/shelf.ts';
import type { SourceId } from '../model/source.ts';
import type { Preferences } from '../model/subscriber.ts';
import type { Topic } from '../model/topic.ts';
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
export const voteFactor = (votes: number): number => (votes === 0 ? 1 : 2 ** (votes / 2));

const voteOnTopic = ({ votes }: Preferences, topic: Topic): number =>
  votes.find(({ on }) => on.kind === 'topic' && on.topic === topic)?.weight ?? 0;

/** A reader's vote on a source, -2 to 2. */
export const voteOnSource = ({ votes }: Preferences, source: SourceId): number =>
  votes.find(({ on }) => on.kind === 'source' && on.source === source)?.weight ?? 0;

/** Ids by kind of shelf and by what it is of: to build and to hash the same texts for every reader costs more than the merge. */
const ids = new Map<string, Map<string, string>>();

/** So many names are known at most: more than anybody's catalogue and topics, and no more than a few megabytes. */
const MOST_NAMES = 20_000;

const knownId = (kind: string, name: string, make: () => ShelfKey): string => {
  const names = ids.get(kind) ?? new Map<string, string>();
  const known = names.get(name);
  if (known !== undefined) {
    return known;
  }
  const id = shelfId(make());
  if (names.size < MOST_NAMES) {
    ids.set(kind, names.set(name, id));
  }
  return id;
};

const SOURCE_KIND = { day: 'source day', week: 'source week' } as const;

const topicShelves = (reader: Preferences, span: Span): WishedShelf[] =>
  reader.reads.flatMap((language) => {
    const kind = `${language} ${span}`;
    return reader.topics.map((topic) => ({
      shelf: knownId(kind, topic, () => ({ of: 'topic', topic, language, span })),
      wish: { kind: 'topic', topic },
      weight: voteFactor(voteOnTopic(reader, topic)),
      country: liftsHome(topic) ? reader.country : undefined,
    }));
  });

const topShelves = (languages: readonly string[], span: Span): WishedShelf[] =>
  languages.map((language) => ({
    shelf: knownId(`top ${span}`, language, () => ({ of: 'top', language, span })),
    wish: { kind: 'everything' },
    weight: 1,
    country: undefined,
  }));

const sourceShelves = (reader: Preferences, span: Span): WishedShelf[] =>
  namedSources(reader).map((source) => ({
    shelf: knownId(SOURCE_KIND[span], source, () => ({ of: 'source', source, span })),
    wish: { kind: 'source', source },
    weight: 1,
    country: undefined,
  }));

const keywordShelves = (reader: Preferences, span: Span): WishedShelf[] =>
  reader.keywords.map((keyword) => ({
    shelf: shelfId({ of: 'keyword', keyword, span }),
    wish: { kind: 'keyword', keyword },
    weight: 1,
    country: undefined,
  }));

/** The shelves of what a reader asked for. */
export const wishedShelves = (reader: Preferences): WishedShelf[] => {
  const span = spanOf(reader);
  return [
    ...topicShelves(reader, span),
    ...sourceShelves(reader, span),
    ...keywordShelves(reader, span),
    ...(followsEverything(reader) ? topShelves(['all', ...reader.reads], span) : []),
  ];
};

/** The shelves of the biggest events in the reader's languages. */
export const biggestShelves = (reader: Preferences): WishedShelf[] => topShelves(reader.reads, spanOf(reader));

/** The shelf of the operator's picks. */
export const PICKS = shelfId({ of: 'picks' });

/** All shelves that selecting for a reader looks at. */
export const shelvesToLoad = (reader: Preferences): string[] => [
  ...new Set([...wishedShelves(reader), ...biggestShelves(reader)].map(({ shelf }) => shelf)).add(PICKS),
];
