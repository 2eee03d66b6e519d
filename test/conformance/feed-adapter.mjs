// The product's reader in the form that the conformance kit's scorer takes: text is escaped, as the mail does it.
import { escapeText } from 'entities';
import { plainText } from '../../functions/newsroom/read/plain-text.ts';
import { readDocument } from '../../functions/newsroom/read/read-feed.ts';

const KINDS = { rss: 'rss', rdf: 'rss', atom: 'atom', json: 'json' };
const instant = (at) => (at === undefined ? undefined : new Date(at).toISOString());
const line = (markup) => (markup ? plainText(markup) : undefined);
const words = (markup) => (markup ? escapeText(plainText(markup)) : undefined);
const person = (author) =>
  author && {
    ...author,
    display: author.name && author.email ? `${author.name} (${author.email})` : (author.name ?? author.email),
  };

const part = (read) => ({
  id: read.id,
  title: line(read.title),
  link: read.link,
  author: person(read.author),
  categories: read.categories,
  published: instant(read.publishedAt),
  updated: instant(read.updatedAt ?? read.publishedAt),
});

/** Reads one feed; throws what the product would call broken. */
export default async (bytes, { headers = {}, url }) => {
  const read = readDocument(bytes, { headers, url: url ?? undefined });
  if (read.kind === 'broken') throw Object.assign(new Error(read.why), { encoding: read.encoding });
  const { format, feed, entries } = read.document;
  return {
    kind: KINDS[format],
    encoding: read.encoding,
    feed: { ...part(feed), language: feed.language, description: words(feed.description) },
    entries: entries.map((entry) => ({
      ...part(entry),
      summary: words(entry.summary ?? entry.content[0]),
      content: entry.content.map(words),
    })),
  };
};
