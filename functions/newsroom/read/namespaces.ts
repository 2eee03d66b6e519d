/** What a name is called here: the prefix that most feeds use for its namespace. The empty prefix is RSS's own vocabulary. */
const PREFIX_OF: ReadonlyMap<string, string> = new Map([
  ['http://purl.org/rss/1.0', ''],
  ['http://purl.org/net/rss1.1#', ''],
  ['http://my.netscape.com/rdf/simple/0.9', ''],
  ['http://channel.netscape.com/rdf/simple/0.9', ''],
  ['http://my.netscape.com/publish/formats/rss-0.91.dtd', ''],
  ['http://backend.userland.com/rss', ''],
  ['http://backend.userland.com/rss2', ''],
  ['http://backend.userland.com/rss091', ''],
  ['http://blogs.law.harvard.edu/tech/rss', ''],
  ['http://cyber.law.harvard.edu/rss', ''],
  ['http://www.w3.org/2005/atom', 'atom'],
  ['http://purl.org/atom/ns#', 'atom'],
  ['http://purl.org/dc/elements/1.0', 'dc'],
  ['http://purl.org/dc/elements/1.1', 'dc'],
  ['http://purl.org/dc/terms', 'dcterms'],
  ['http://purl.org/rss/1.0/modules/content', 'content'],
  ['http://search.yahoo.com/mrss', 'media'],
  ['http://www.rssboard.org/media-rss', 'media'],
  ['http://www.itunes.com/dtds/podcast-1.0.dtd', 'itunes'],
  ['http://www.itunes.com/dtds/podcast-1.0', 'itunes'],
  ['http://example.com/dtds/podcast-1.0.dtd', 'itunes'],
  ['http://www.w3.org/1999/02/22-rdf-syntax-ns#', 'rdf'],
  ['http://www.w3.org/1999/xhtml', 'xhtml'],
  ['http://www.w3.org/xml/1998/namespace', 'xml'],
  ['http://rssnamespace.org/feedburner/ext/1.0', 'feedburner'],
]);

const WELL_KNOWN = new Set([
  'atom',
  'dc',
  'dcterms',
  'content',
  'media',
  'itunes',
  'rdf',
  'xhtml',
  'xml',
  'feedburner',
]);

/** The prefix for names that belong to a vocabulary we do not read. */
export const FOREIGN = '?';

/** The prefix under which a namespace's names are known here; case, https and a last slash do not matter. */
export const prefixOf = (uri: string): string =>
  PREFIX_OF.get(
    uri
      .trim()
      .toLowerCase()
      .replace(/^https:/, 'http:')
      .replace(/\/$/, ''),
  ) ?? FOREIGN;

/** Prefixes in scope, by what the document calls them; '' is the default namespace. */
export type Scope = ReadonlyMap<string, string>;

/** The scope inside an element: its parent's, and what its own `xmlns` attributes declare. */
export const scopeWithin = (parent: Scope, attributes: ReadonlyMap<string, string>): Scope => {
  let scope: Map<string, string> | undefined;
  for (const [name, value] of attributes) {
    if (!name.startsWith('xmlns')) continue;
    scope ??= new Map(parent);
    if (name === 'xmlns') {
      // A root in a namespace of its own invention still means RSS; further in, a default namespace says 'not RSS'.
      const prefix = prefixOf(value);
      scope.set('', prefix === FOREIGN && parent.size === 0 ? '' : prefix);
    } else if (name[5] === ':') {
      scope.set(name.slice(6), prefixOf(value));
    }
  }
  return scope ?? parent;
};

/**
 * An element's name as this reader knows it: `title`, `dc:date`, `?:anything`. Prefixes that a feed forgot to declare
 * mean what they mean everywhere else.
 */
export const canonicalName = (written: string, scope: Scope): string => {
  const lower = written.toLowerCase();
  const colon = lower.indexOf(':');
  const prefix = colon < 0 ? '' : lower.slice(0, colon);
  const known = scope.get(prefix) ?? (prefix === '' || WELL_KNOWN.has(prefix) ? prefix : FOREIGN);
  const local = lower.slice(colon + 1);
  return known === '' ? local : `${known}:${local}`;
};
