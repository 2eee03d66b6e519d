import type { Instant } from '../../model/time.ts';
import type { Markup } from './plain-text.ts';

/** Who wrote something, as far as the feed says. */
export interface Person {
  name?: string | undefined;
  email?: string | undefined;
}

/** A picture that a feed offers for an entry; `url` is absolute. Earlier ones in a list are the better bet. */
export interface Picture {
  url: string;
  width?: number | undefined;
}

interface Part {
  id?: string | undefined;
  title?: Markup | undefined;
  /** Absolute, of any scheme: what may become a story's address is decided later. */
  link?: string | undefined;
  author?: Person | undefined;
  categories: string[];
  publishedAt?: Instant | undefined;
  updatedAt?: Instant | undefined;
  language?: string | undefined;
}

/** One item of a feed, as it stands there: markup unread, links resolved. */
export interface Entry extends Part {
  summary?: Markup | undefined;
  content: Markup[];
  pictures: Picture[];
  /** What relative links inside its markup refer to. */
  base: string | undefined;
}

/** What a feed says of itself. */
export interface Channel extends Part {
  description?: Markup | undefined;
}

/** A feed of any format, read but not yet made presentable. */
export interface FeedDocument {
  format: 'rss' | 'rdf' | 'atom' | 'json';
  feed: Channel;
  entries: Entry[];
}
