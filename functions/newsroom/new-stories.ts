import { createHash } from 'node:crypto';
import type { Source } from '../model/source.ts';
import { makeStoryId, type Story } from '../model/story.ts';
import { DAY, HOUR, type Instant } from '../model/time.ts';
import { markOf, remember, unpackKnown } from './known.ts';
import { isPlausible } from './read/dates.ts';
import { sameStoryKey } from './read/links.ts';
import type { Feed, FeedEntry } from './read/read-feed.ts';

/** What a source that was never read before may bring: its latest, not its archive. */
export const FIRST_FETCH = { stories: 20, notOlderThan: 7 * DAY } as const;
/** A private source brings no more at once than the longest mail holds: else fifty of one reader's were 10,000 stories to write each tick. */
const PRIVATE_AT_ONCE = 40;
/** What is dated longer ago than this is no news, whenever it comes up. */
const TOO_OLD = 30 * DAY;
/** What is dated so shortly before it is read may be dated by the reading: such dates tell nothing. */
const JUST_NOW = 2 * HOUR;
/** A feed with fewer entries than this may well renew itself at once. */
const SMALL = 6;

/** What a document brings to a source: its new stories, what is known from now on, and how many were held back as reruns. */
export interface Brought {
  stories: Story[];
  known: Uint8Array;
  held: number;
}

/** An entry with the marks it is known by. */
interface Marked {
  entry: FeedEntry;
  guid: string | undefined;
  /** Absent where the address is not the entry's own. */
  url: string | undefined;
  /** Of its words, if its date does not tell whether they are new. */
  words: string | undefined;
  publishedAt: Instant | undefined;
}

/** A site's front page is no story's own address. */
const isFrontPage = (url: string): boolean => /^[a-z]+:\/\/[^/]*\/?(#.*)?$/i.test(url);

const keysOf = ({ key, url }: FeedEntry): [guid: string, url: string | undefined] => [
  `g:${key}`,
  url === undefined || isFrontPage(url) ? undefined : `u:${sameStoryKey(url)}`,
];

const wordsOf = ({ words }: FeedEntry): string | undefined => (words === '' ? undefined : `w:${words}`);

/** An id, address or title that several entries of one document share says nothing about any of them. */
const marked = (entries: readonly FeedEntry[], tickAt: Instant): Marked[] => {
  const times = new Map<string, number>();
  for (const key of entries.flatMap((entry) => [...keysOf(entry), wordsOf(entry)]))
    if (key !== undefined) times.set(key, (times.get(key) ?? 0) + 1);
  const unique = (key: string | undefined) => (key !== undefined && times.get(key) === 1 ? markOf(key) : undefined);
  return entries.map((entry) => {
    const [guid, url] = keysOf(entry);
    const publishedAt =
      entry.publishedAt !== undefined && isPlausible(entry.publishedAt) ? entry.publishedAt : undefined;
    const urlMark = unique(url);
    const all = () => markOf(`${guid}\n${url}\n${entry.words}`);
    return {
      entry,
      guid: unique(guid) ?? (urlMark === undefined ? all() : undefined),
      url: urlMark,
      words: publishedAt === undefined || publishedAt > tickAt - JUST_NOW ? unique(wordsOf(entry)) : undefined,
      publishedAt,
    };
  });
};

/**
 * Known by id or by address. A known id alone does not hold back an entry whose address and words are new and whose date is later than
 * all the source brought before: some publishers use one id again.
 */
const isKnown = (
  { guid, url, words, publishedAt }: Marked,
  known: ReadonlySet<string>,
  lastNewsAt: Instant | undefined,
): boolean => {
  if (url !== undefined && known.has(url)) return true;
  if (guid === undefined || !known.has(guid)) return false;
  const isLater = publishedAt !== undefined && lastNewsAt !== undefined && publishedAt > lastNewsAt;
  return !(url !== undefined && isLater && !(words !== undefined && known.has(words)));
};

const byRecency = (a: Marked, b: Marked): number =>
  (b.publishedAt ?? Number.MAX_SAFE_INTEGER) - (a.publishedAt ?? Number.MAX_SAFE_INTEGER) ||
  a.entry.position - b.entry.position;

/** The new entries that may be published; the others are only remembered. */
const publishable = (
  fresh: readonly Marked[],
  all: number,
  known: ReadonlySet<string>,
  source: Source,
  tickAt: Instant,
): Marked[] => {
  const notOlder = (span: number) => fresh.filter(({ publishedAt }) => (publishedAt ?? tickAt) >= tickAt - span);
  if (known.size === 0) return notOlder(FIRST_FETCH.notOlderThan).sort(byRecency).slice(0, FIRST_FETCH.stories);
  const since = (source.lastNewsAt ?? 0) - HOUR;
  const later = fresh.filter(({ publishedAt, words }) =>
    publishedAt === undefined
      ? words !== undefined && !known.has(words)
      : publishedAt >= since && !(words !== undefined && known.has(words)),
  );
  // Most of a known feed new at once, and old by its dates or words: the publisher changed ids and addresses, nothing happened.
  const isRerun = all >= SMALL && fresh.length * 2 > all && later.length * 2 < fresh.length;
  const news = isRerun ? later : notOlder(TOO_OLD);
  return source.standing === 'private' ? news.sort(byRecency).slice(0, PRIVATE_AT_ONCE) : news;
};

const storyOf = ({ entry, publishedAt, url: ownUrl }: Marked, source: Source, tickAt: Instant): Story[] => {
  const shown = entry.present();
  const url = entry.url ?? source.homePage;
  if (!shown) return [];
  const hash = createHash('sha256').update(`${source.id}\n${entry.key}\n${entry.url}`).digest('hex');
  return [
    {
      v: 1,
      id: makeStoryId(tickAt, hash),
      source: source.id,
      title: shown.title,
      url,
      ...(ownUrl === undefined ? { sharedUrl: true } : {}),
      summary: shown.summary,
      ...(shown.author === undefined ? {} : { author: shown.author }),
      sections: shown.sections,
      ...(shown.image === undefined ? {} : { image: shown.image }),
      ...(publishedAt === undefined ? {} : { publishedAt: Math.min(publishedAt, tickAt) }),
      firstSeenAt: tickAt,
      position: entry.position,
      language: shown.language || source.language,
    },
  ];
};

/** Finds what is new in a document. Pure, and the same again for the same tick: a repeated fetch writes the same stories. */
export const newStories = (source: Source, feed: Feed, packed: Uint8Array, tickAt: Instant): Brought => {
  const known = new Set(unpackKnown(packed));
  const entries = marked(feed.entries, tickAt);
  const fresh = entries.filter((entry) => !isKnown(entry, known, source.lastNewsAt));
  const chosen = publishable(fresh, entries.length, known, source, tickAt);
  const marks = entries.flatMap(({ guid, url, words }) => [guid, url, words]).filter((mark) => mark !== undefined);
  return {
    stories: chosen.flatMap((entry) => storyOf(entry, source, tickAt)),
    known: remember(packed, marks),
    held: fresh.length - chosen.length,
  };
};
