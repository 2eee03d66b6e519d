import type { CatalogueEntry } from '../../functions/model/source.ts';
import { readListing } from './listing.ts';
import { readOpml } from './opml.ts';

/** Fetches a text; rejects when the address does not answer with one. */
export type FetchText = (url: string) => Promise<string>;

/**
 * The sources of a catalogue elsewhere: our own JSON, a feed listing (`feeds.json`) or OPML, told apart by content.
 * All of them count as house sources. Of two entries with one id or one address the first is taken.
 * Throws an Error of one line that names the address and what is wrong with it.
 */
export const loadCatalogue = async (url: string, fetchText: FetchText): Promise<CatalogueEntry[]> => {
  try {
    return distinct(readText((await fetchText(url)).replace(/^\uFEFF/, '').trim()));
  } catch (error) {
    throw new Error(`catalogue ${url}: ${firstLine(error)}`);
  }
};

const firstLine = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).split('\n')[0] ?? '';

const readText = (text: string): CatalogueEntry[] => {
  if (text.startsWith('<')) return readOpml(text);
  if (text.startsWith('[')) return readListing(text);
  throw new Error('is neither a JSON list of feeds nor OPML');
};

const distinct = (entries: CatalogueEntry[]): CatalogueEntry[] => {
  const ids = new Set<string>();
  const urls = new Set<string>();
  if (entries.length === 0) throw new Error('lists no feed');
  return entries.filter(({ id, url }) => {
    if (ids.has(id) || urls.has(url)) return false;
    ids.add(id);
    urls.add(url);
    return true;
  });
};
