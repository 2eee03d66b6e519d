import { type Feed, readFeed } from '../../../functions/newsroom/read/read-feed.ts';

/** Feeds of a few items, and what reading makes of them. */

export const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);
export const read = (document: string | Uint8Array, headers: Record<string, string> = {}) =>
  readFeed(typeof document === 'string' ? bytesOf(document) : document, {
    headers,
    url: 'https://a.example/feeds/main',
  });

export const feedOf = (document: string | Uint8Array, headers?: Record<string, string>): Feed => {
  const result = read(document, headers);
  if (result.kind === 'broken') throw new Error(result.why);
  return result;
};

export const rss = (items: string, more = ''): string =>
  `<?xml version="1.0"?><rss version="2.0" xmlns:media="http://search.yahoo.com/mrss/" ${more}><channel><title>Example</title><link>https://a.example/</link><language>en-GB</language>${items}</channel></rss>`;
export const atom = (entries: string, more = ''): string =>
  `<feed xmlns="http://www.w3.org/2005/Atom" ${more}><title>Example</title>${entries}</feed>`;

export const titles = (document: string | Uint8Array, headers?: Record<string, string>) =>
  feedOf(document, headers).entries.map((entry) => entry.present()?.title);
export const onlyLink = (document: string, headers?: Record<string, string>) =>
  feedOf(document, headers).entries[0]?.url;
