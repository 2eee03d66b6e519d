import { createHash } from 'node:crypto';
import { languageOf } from '../../model/source.ts';
import type { Instant } from '../../model/time.ts';
import { readable, withoutTail } from './boilerplate.ts';
import { decodeDocument } from './charset.ts';
import type { Entry, FeedDocument } from './document.ts';
import { collected, unsigned } from './headline.ts';
import { jsonFeed } from './json-feed.ts';
import { baseWithin, sentOn, webLink } from './links.ts';
import { choosePicture } from './pictures.ts';
import { cutText, type Markup, plainText } from './plain-text.ts';
import { readTree } from './tree.ts';
import { xmlFeed } from './xml-feed.ts';

/** Where a document came from: response headers with lower-case names, and the address that finally answered. */
export interface Origin {
  headers: Readonly<Record<string, string>>;
  url: string;
}

/** `not-a-feed`: something else, such as a page; `broken-feed`: empty or beyond reading. */
export type Broken = { kind: 'broken'; why: 'not-a-feed' | 'broken-feed'; encoding?: string };

/** An entry as it may be shown: plain text only, lengths bounded. */
export interface PresentedEntry {
  title: string;
  summary: string;
  author: string | undefined;
  sections: string[];
  image: string | undefined;
  language: string;
}

/** An entry's identity, cheap to have; the rest is worked out when asked for, which is for new ones only. */
export interface FeedEntry {
  /** The feed's own id for it, else its link, else a hash of its words. */
  key: string;
  /** What it says as it stands in the document, title before text: to tell whether its words were here before. Empty if it says nothing. */
  words: string;
  /** Its own address; absent where the feed gives none. */
  url: string | undefined;
  publishedAt: Instant | undefined;
  updatedAt: Instant | undefined;
  /** Place in the feed, 0 is the top. */
  position: number;
  /** Nothing if it has no words at all. */
  present(): PresentedEntry | undefined;
}

/** A feed ready for the newsroom; `cut` if the document was truncated and entries at its end are missing. */
export interface Feed {
  kind: 'feed';
  feed: { title: string; link: string | undefined; language: string };
  entries: FeedEntry[];
  cut: boolean;
}

const KEPT_ENTRIES = 200;
const LONGEST_TITLE = 300;
const LONGEST_SUMMARY = 400;

const begin = (markup: Markup | undefined, length: number): Markup =>
  markup ? { kind: markup.kind, value: markup.value.slice(0, length) } : { kind: 'text', value: '' };

/** A feed's start may stand behind a script's warnings. */
const FEED_START = /<(?:rss|feed|rdf:RDF)[\s>]/i;
const JUNK = 20_000;

/** A document of any format, its encoding, and whether it was cut off. For what a digest needs, see `readFeed`. */
export const readDocument = (
  bytes: Uint8Array,
  { headers, url }: Origin,
): { kind: 'document'; document: FeedDocument; encoding: string; cut: boolean } | Broken => {
  const { text: decoded, encoding } = decodeDocument(bytes, headers['content-type']);
  const text = decoded.replaceAll('\0', '').replace(/^[\s\p{Cc}]+/u, '');
  const base = baseWithin(headers['content-location'], url);
  if (text === '') return { kind: 'broken', why: 'broken-feed', encoding };
  if (text.startsWith('{')) {
    const document = jsonFeed(text, base);
    return document
      ? { kind: 'document', document, encoding, cut: false }
      : { kind: 'broken', why: 'not-a-feed', encoding };
  }
  const start = FEED_START.exec(text.slice(0, JUNK))?.index ?? 0;
  for (const candidate of start > 0 ? [text, text.slice(start)] : [text]) {
    const tree = readTree(candidate, base);
    const document = tree && xmlFeed(tree.root);
    if (document) return { kind: 'document', document, encoding, cut: tree.cut };
  }
  return { kind: 'broken', why: 'not-a-feed', encoding };
};

/** A title made of the document's own entities, which are never expanded, says nothing. */
const ONLY_REFERENCES = /^(?:&[\w.-]+;\s*)+$/;

/** What an entry is read beside. */
interface Beside {
  language: string;
  /** The feed's title. */
  feed: string;
}

const titleOf = (entry: Entry): string => {
  const title = plainText(begin(entry.title, 5000)).slice(0, 2 * LONGEST_TITLE);
  return ONLY_REFERENCES.test(title) ? '' : title;
};

const present = (entry: Entry, { language, feed }: Beside): PresentedEntry | undefined => {
  const written = titleOf(entry);
  const texts = [entry.summary, ...entry.content].filter((markup) => markup !== undefined);
  const plain = texts.map((markup) => plainText(begin(markup, 20_000))).filter((text) => text !== '');
  const others = collected(written, plain[0] ?? '');
  const author = entry.author?.name ?? others?.outlet;
  const title = others?.headline ?? unsigned(written, { feed, author, url: webLink(entry.link, entry.base) });
  const words = others
    ? ''
    : (plain.map(readable).find((text) => text !== '' && text !== written && text !== title) ?? '');
  // what has no title is a note: all that it says, its addresses too
  const shown = cutText(title, LONGEST_TITLE) || cutText(plain.map(withoutTail).find((text) => text !== '') ?? '', 90);
  if (shown === '') return undefined;
  return {
    title: shown,
    // a note's headline is its beginning, which need not be read twice
    summary: cutText(
      title === '' && words.startsWith(shown) ? words.slice(shown.length).trim() : words,
      LONGEST_SUMMARY,
    ),
    author: (author && cutText(author, 120)) || undefined,
    sections: entry.categories.slice(0, 5).map((category) => cutText(category, 60)),
    image: choosePicture(entry.pictures, texts, entry.base),
    language: languageOf(entry.language) || language,
  };
};

const wordsHash = (entry: Entry): string =>
  `words:${createHash('sha256').update(`${entry.title?.value}\n${entry.summary?.value}\n${entry.content[0]?.value}`).digest('base64url')}`;

const entryOf = (entry: Entry, position: number, beside: Beside): FeedEntry => {
  const link = webLink(entry.link, entry.base);
  const url = link && sentOn(link);
  return {
    words: entry.title?.value ?? entry.summary?.value ?? entry.content[0]?.value ?? '',
    key: entry.id?.slice(0, 2048) ?? url ?? wordsHash(entry),
    url,
    publishedAt: entry.publishedAt ?? entry.updatedAt,
    updatedAt: entry.updatedAt,
    position,
    present: () => present(entry, beside),
  };
};

/** The newest entries of a feed that holds too many, in the feed's order; undated ones keep the place they have. */
const newest = (entries: readonly FeedEntry[]): FeedEntry[] => {
  if (entries.length <= KEPT_ENTRIES) return [...entries];
  const dated = entries.filter(({ publishedAt }) => publishedAt !== undefined);
  if (dated.length * 2 < entries.length) return entries.slice(0, KEPT_ENTRIES);
  const byDate = dated.toSorted((a, b) => (b.publishedAt ?? 0) - (a.publishedAt ?? 0)).slice(0, KEPT_ENTRIES);
  return byDate.sort((a, b) => a.position - b.position);
};

/** Reads a feed of any format from its bytes. Never throws on what it is given; its entries are at most 200. */
export const readFeed = (bytes: Uint8Array, origin: Origin): Feed | Broken => {
  const read = readDocument(bytes, origin);
  if (read.kind === 'broken') return read;
  const { feed, entries } = read.document;
  const language = languageOf(feed.language);
  const title = cutText(plainText(begin(feed.title, 2000)), 200);
  return {
    kind: 'feed',
    feed: { title, link: webLink(feed.link, origin.url), language },
    entries: newest(entries.map((entry, position) => entryOf(entry, position, { language, feed: title }))),
    cut: read.cut,
  };
};
