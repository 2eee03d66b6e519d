import { decodeDocument } from './charset.ts';
import { webLink } from './links.ts';
import type { Origin } from './read-feed.ts';
import { scan } from './scan.ts';

const FEED_TYPES = /^\s*(application\/((rss|atom|feed|rdf)\+(xml|json)|json|xml)|text\/xml)\s*(;|$)/i;
/** What WordPress says of each page to programs is no feed. */
const NO_FEED = /\/wp-json\//;
const FEED_PATHS = /\/(feed|rss|atom)(\.xml|\.json|\/)?$|\/(index|feed|rss|atom)\.(xml|rdf|json)$/i;

/** Where many sites have a feed that their pages do not name. */
const USUAL = ['/feed', '/rss', '/atom.xml', '/index.xml', '/feed.json', '/rss.xml', '/feed.xml'];

const isFeed = (address: string, type = ''): boolean => FEED_TYPES.test(type) && !NO_FEED.test(address);

/** How much of a page is read, in UTF-16 units: the links stand in its head. */
const LOOKED_AT = 500_000;
/** Addresses tried for one page. */
const MOST = 8;

/**
 * Addresses at which a page's feed may be, best first, absolute, at most eight: what `<link rel="alternate">` names (RFC 8288
 * and the autodiscovery that browsers did), links in the page that look like a feed, then the usual places.
 */
export const feedAddresses = (bytes: Uint8Array, { headers, url }: Origin): string[] => {
  const page = decodeDocument(bytes, headers['content-type']).text.slice(0, LOOKED_AT);
  const named: string[] = [];
  const linked: string[] = [];
  let base = url;
  scan(page, 'html', {
    open: (written, attributes) => {
      const name = written.toLowerCase();
      const address = webLink(attributes.get('href'), base);
      if (address === undefined) return;
      const isAlternate = /(^|\s)alternate(\s|$)/i.test(attributes.get('rel') ?? '');
      if (name === 'base') base = address;
      else if (name === 'link' && isAlternate && isFeed(address, attributes.get('type'))) named.push(address);
      else if (name === 'a' && FEED_PATHS.test(URL.parse(address)?.pathname ?? '')) linked.push(address);
    },
    close: () => {},
    text: () => {},
  });
  const usual = USUAL.map((path) => webLink(path, url)).filter((address) => address !== undefined);
  const isComments = (address: string) => /comments/i.test(address);
  const main = named.filter((address) => !isComments(address));
  return [...new Set([...main, ...named, ...linked.slice(0, 3), ...usual])].slice(0, MOST);
};
