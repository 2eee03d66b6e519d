import { createHash } from 'node:crypto';
import { parseOpml } from 'feedsmith';
import type { CatalogueEntry } from '../../functions/model/source.ts';
import { entryFrom } from './listing.ts';

/** What we read of an outline; folders hold others and name a category. */
interface Outline {
  text?: string;
  title?: string;
  xmlUrl?: string;
  htmlUrl?: string;
  language?: string;
  category?: string;
  outlines?: Outline[];
}

/** OPML has no ids: this one stays the same wherever the address stands in the file. */
const idOf = (feedUrl: string): string => createHash('sha256').update(feedUrl.trim()).digest('hex').slice(0, 12);

/** The feeds of an OPML 1.0 or 2.0 subscription list; the nearest folder is the category. Throws one line if it is none. */
export const readOpml = (text: string): CatalogueEntry[] => feedsIn(outlinesOf(text), '');

const outlinesOf = (text: string): Outline[] => {
  try {
    return parseOpml(text).body?.outlines ?? [];
  } catch {
    throw new Error('is XML but not OPML');
  }
};

const feedsIn = (outlines: Outline[], folder: string): CatalogueEntry[] =>
  outlines.flatMap((outline) => [
    ...(outline.xmlUrl ? [entryOf(outline, outline.xmlUrl, folder)] : []),
    ...feedsIn(outline.outlines ?? [], outline.text ?? outline.title ?? folder),
  ]);

const entryOf = (outline: Outline, feedUrl: string, folder: string): CatalogueEntry =>
  entryFrom({
    id: idOf(feedUrl),
    feedUrl,
    siteUrl: outline.htmlUrl,
    title: outline.title || outline.text,
    language: outline.language,
    categories: [folder || (outline.category ?? '').split(/[,/]/).at(-1) || ''],
  });
