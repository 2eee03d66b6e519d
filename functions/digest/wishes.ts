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
export const namedSources = ({ sources }: Preferences): readonly SourceId[] =>
  sources.includes('*') ? sources.filter((id) => id !== '*') : sources;

/** A vote of 2 doubles, one of -2 halves. */
export const voteFactor = (votes: number): number => (votes === 0 ? 1 : 2 ** (votes / 2));

const voteOnTopic = ({ votes }: Preferences, topic: Topic): number =>
  votes.find(({ on }) => on.kind === 'topic' && on.topic === topic)?.weight ?? 0;

/** A reader's vote on a source, -2 to 2. */
export const voteOnSource = ({ votes }: Preferences, source: SourceId): number =>
  votes.find(({ on }) => on.kind === 'source' && on.source === source)?.weight ?? 0;

/** Shelves by kind and by what they are of: to build and to hash the same texts for every reader costs more than the merge. */
const shelves = new Map<string, Map<string, WishedShelf>>();

/** So many names are known at most: more than anybody's catalogue and topics, and no more than a few megabytes. */
const MOST_NAMES = 20_000;

/** A shelf without vote or country, the same object for all who wish for it. */
const plainShelf = (names: Map<string, WishedShelf>, name: string, wish: Wish, key: ShelfKey): WishedShelf => {
  const made = { shelf: shelfId(key), wish, weight: 1, country: undefined };
  if (names.size < MOST_NAMES) {
    names.set(name, made);
  }
  return made;
};

const namesOf = (kind: string): Map<string, WishedShelf> => {
  const known = shelves.get(kind);
  if (known) {
    return known;
  }
  const names = new Map<string, WishedShelf>();
  shelves.set(kind, names);
  return names;
};

const SOURCE_KIND = { day: 'source day', week: 'source week' } as const;

const topicShelf = (reader: Preferences, plain: WishedShelf, topic: Topic): WishedShelf => {
  const weight = reader.votes.length === 0 ? 1 : voteFactor(voteOnTopic(reader, topic));
  const country = liftsHome(topic) ? reader.country : undefined;
  return weight === 1 && country === undefined ? plain : { ...plain, weight, country };
};

const topicShelves = (reader: Preferences, span: Span): WishedShelf[] => {
  const wished: WishedShelf[] = [];
  for (const language of reader.reads) {
    const names = namesOf(`${language} ${span}`);
    for (const topic of reader.topics) {
      const plain =
        names.get(topic) ?? plainShelf(names, topic, { kind: 'topic', topic }, { of: 'topic', topic, language, span });
      wished.push(topicShelf(reader, plain, topic));
    }
  }
  return wished;
};

const EVERYTHING: Wish = { kind: 'everything' };

const topShelves = (languages: readonly string[], span: Span): WishedShelf[] => {
  const names = namesOf(`top ${span}`);
  return languages.map(
    (language) => names.get(language) ?? plainShelf(names, language, EVERYTHING, { of: 'top', language, span }),
  );
};

/** Muted and followed, a source stays muted: what others tell of its events is not there because the reader follows it. */
const isMuted = ({ mutes }: Preferences, source: SourceId): boolean =>
  mutes.some((mute) => mute.kind === 'source' && mute.source === source);

const sourceShelves = (reader: Preferences, span: Span): WishedShelf[] => {
  const names = namesOf(SOURCE_KIND[span]);
  const named = namedSources(reader);
  const followed = reader.mutes.length === 0 ? named : named.filter((source) => !isMuted(reader, source));
  return followed.map(
    (source) =>
      names.get(source) ?? plainShelf(names, source, { kind: 'source', source }, { of: 'source', source, span }),
  );
};

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
