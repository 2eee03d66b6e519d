import type { Instant } from '../../model/time.ts';
import { constructOf } from './construct.ts';
import { readDate } from './dates.ts';
import type { Channel, Entry, FeedDocument } from './document.ts';
import { feedLink, webLink } from './links.ts';
import { authorOf } from './people.ts';
import { picturesOf } from './pictures.ts';
import { cleanLine, type Markup } from './plain-text.ts';
import { childOf, childrenOf, type Element, fieldOf, textOf } from './tree.ts';

/** More entries than this in one document are not looked at: whoever offers them is not telling news. */
const MOST_ENTRIES = 10_000;

const markupOf = (
  element: Element,
  role: 'title' | 'body',
  atom: boolean,
  ...names: readonly string[]
): Markup | undefined => {
  for (const name of names) {
    const child = childOf(element, name);
    const markup = child && constructOf(child, role, atom || name.startsWith('atom:'));
    if (markup && markup.value.trim() !== '') return markup;
  }
  return undefined;
};

const dateOf = (element: Element, ...names: readonly string[]): Instant | undefined => {
  for (const name of names) {
    const at = readDate(textOf(childOf(element, name)));
    if (at !== undefined) return at;
  }
  return undefined;
};

const PAGE_TYPES = /^(|text\/html|application\/xhtml\+xml)$/;

const isAlternate = (link: Element): boolean => /^(|alternate)$/i.test(link.attributes.get('rel') ?? '');

/** Atom's alternate link, pages before other kinds. */
const alternate = (links: readonly Element[]): Element | undefined => {
  const candidates = links.filter((link) => link.attributes.has('href') && isAlternate(link));
  return candidates.find((link) => PAGE_TYPES.test(link.attributes.get('type') ?? '')) ?? candidates[0];
};

/** A guid that may serve as the link: RSS says so unless it says isPermaLink="false". */
const permalink = (element: Element): string | undefined => {
  const guid = childOf(element, 'guid', 'id', 'atom:id');
  const text = textOf(guid).trim();
  return guid?.attributes.get('ispermalink')?.toLowerCase() !== 'false' && /^https?:\/\//i.test(text)
    ? text
    : undefined;
};

/** Where an entry or feed leads: the address that FeedBurner's link goes on to, its link, a link with an address, the permanent guid, rdf:about, the enclosure. */
const linkOf = (element: Element, name: 'entry' | 'feed'): string | undefined => {
  const links = childrenOf(element, 'link', 'atom:link');
  const original = childOf(element, 'feedburner:origlink');
  const beyond = original && webLink(textOf(original), original.base);
  if (beyond !== undefined) return beyond;
  const written = links.find((link) => !link.attributes.has('href') && isAlternate(link) && textOf(link).trim() !== '');
  if (written) return feedLink(textOf(written), written.base);
  const chosen = alternate(links);
  if (chosen) return feedLink(chosen.attributes.get('href') ?? '', chosen.base);
  if (name === 'feed') return undefined;
  const enclosure = childOf(element, 'enclosure') ?? links.find((link) => link.attributes.get('rel') === 'enclosure');
  const content = childOf(element, 'content');
  const reference =
    permalink(element) ??
    element.attributes.get('rdf:about') ??
    content?.attributes.get('src') ??
    enclosure?.attributes.get('url') ??
    enclosure?.attributes.get('href');
  return reference === undefined ? undefined : feedLink(reference, element.base);
};

const categoriesOf = (element: Element): string[] => {
  const outer = childrenOf(element, 'category', 'atom:category', 'dc:subject', 'itunes:category', 'media:category');
  const named = outer.flatMap((child) => [child, ...childrenOf(child, 'itunes:category')]);
  const words = named.map(
    (child) =>
      child.attributes.get('term') ?? child.attributes.get('label') ?? child.attributes.get('text') ?? textOf(child),
  );
  return [...new Set(words.map((word) => cleanLine(word.slice(0, 200))).filter(Boolean))];
};

const partOf = (element: Element) => ({
  author: authorOf(element),
  categories: categoriesOf(element),
  language: (fieldOf(element, 'language', 'dc:language') ?? element.language)?.replace('_', '-'),
});

const entryOf = (item: Element, atom: boolean): Entry => {
  const summary = markupOf(
    item,
    'body',
    atom,
    'summary',
    'description',
    'atom:summary',
    'dc:description',
    'abstract',
    'media:description',
    'itunes:summary',
    'itunes:subtitle',
  );
  const names = ['content:encoded', 'content', 'atom:content', 'xhtml:body', 'body', 'fullitem'];
  // Beside a summary of its own, an item's description is its content.
  if (childOf(item, 'summary')) names.push('description');
  const group = childOf(item, 'media:group');
  return {
    ...partOf(item),
    id: fieldOf(item, 'guid', 'id', 'atom:id', 'dc:identifier') ?? item.attributes.get('rdf:about'),
    title: markupOf(item, 'title', atom, 'title', 'atom:title', 'dc:title', 'media:title', 'itunes:title'),
    link: linkOf(item, 'entry'),
    summary: summary ?? (group && markupOf(group, 'body', false, 'media:description')),
    content: names.flatMap((name) =>
      childrenOf(item, name).map((child) => constructOf(child, 'body', atom || name === 'atom:content')),
    ),
    pictures: picturesOf(item),
    publishedAt: dateOf(
      item,
      'pubdate',
      'published',
      'issued',
      'atom:published',
      'dcterms:issued',
      'dcterms:created',
      'created',
      'dc:date',
      'date',
    ),
    updatedAt: dateOf(item, 'updated', 'modified', 'atom:updated', 'dcterms:modified', 'dc:date'),
    base: item.base,
  };
};

const channelOf = (channel: Element, atom: boolean): Channel => ({
  ...partOf(channel),
  id: fieldOf(channel, 'id', 'guid', 'atom:id') ?? channel.attributes.get('rdf:about'),
  title: markupOf(channel, 'title', atom, 'title', 'atom:title', 'dc:title'),
  link: linkOf(channel, 'feed'),
  description: markupOf(
    channel,
    'body',
    atom,
    'description',
    'tagline',
    'subtitle',
    'atom:subtitle',
    'dc:description',
    'info',
    'abstract',
    'itunes:summary',
    'itunes:subtitle',
  ),
  publishedAt: dateOf(channel, 'pubdate', 'published', 'issued', 'dcterms:issued', 'dc:date'),
  updatedAt: dateOf(
    channel,
    'updated',
    'modified',
    'lastbuilddate',
    'atom:updated',
    'dcterms:modified',
    'dc:date',
    'pubdate',
  ),
});

const FORMATS: Readonly<Record<string, FeedDocument['format']>> = {
  rss: 'rss',
  channel: 'rss',
  'rdf:rdf': 'rdf',
  rdf: 'rdf',
  feed: 'atom',
  'atom:feed': 'atom',
};

/** The feed in a document, or nothing if its root is not a feed's. */
export const xmlFeed = (root: Element): FeedDocument | undefined => {
  const format = FORMATS[root.name];
  if (format === undefined) return undefined;
  const channel = childOf(root, 'channel') ?? root;
  const atom = format === 'atom';
  const holders = channel === root ? [root] : [channel, root];
  const items = [...holders, ...holders.flatMap((holder) => childrenOf(holder, 'items'))]
    .flatMap((holder) => childrenOf(holder, 'item', 'entry', 'atom:entry'))
    .slice(0, MOST_ENTRIES);
  return { format, feed: channelOf(channel, atom), entries: items.map((item) => entryOf(item, atom)) };
};
