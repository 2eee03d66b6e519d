import { decodeHTML } from 'entities';
import * as z from 'zod';
import { type CatalogueEntry, catalogueEntry } from '../../functions/model/source.ts';
import { sourceName } from '../../functions/newsroom/source-name.ts';
import { countryOfTag, languageOfTag } from './language-tag.ts';
import { topicOfCategories } from './topic-of-category.ts';

/** The listing that feed servers give as `feeds.json`: free words for category, any language tag. */
const listed = z.object({
  id: z.union([z.string(), z.number()]).transform(String),
  feedUrl: z.string(),
  siteUrl: z.string().optional(),
  /** Where the publisher has the feed, if the list serves a copy. */
  originalUrl: z.string().optional(),
  title: z.string().optional(),
  language: z.string().nullish(),
  category: z.string().nullish(),
  subcategory: z.string().nullish(),
});

/** A home page is nice to have: where it is missing or no address, the feed's host stands in. */
const homePageOf = (siteUrl: string | undefined, feedUrl: string): string =>
  URL.canParse(siteUrl ?? '') && /^https?:/.test(siteUrl ?? '') ? (siteUrl ?? '') : new URL(feedUrl).origin;

/** A source from what a foreign list says of it; throws one line if the address or id cannot be used. */
export const entryFrom = (said: {
  id: string;
  feedUrl: string;
  siteUrl?: string | undefined;
  originalUrl?: string | undefined;
  title?: string | undefined;
  language?: string | undefined;
  categories: string[];
}): CatalogueEntry => {
  const url = said.feedUrl.trim();
  if (!/^https?:\/\//i.test(url) || !URL.canParse(url)) throw new Error(`"${url.slice(0, 80)}" is no http address`);
  const topic = topicOfCategories(said.categories);
  const country = countryOfTag(said.language ?? '');
  const published = URL.canParse(said.originalUrl ?? '') ? (said.originalUrl ?? '') : homePageOf(said.siteUrl, url);
  const title = sourceName(decodeHTML(said.title ?? ''), published) || new URL(url).hostname;
  const read = catalogueEntry.safeParse({
    id: said.id,
    url,
    homePage: homePageOf(said.siteUrl, url),
    title,
    language: languageOfTag(said.language ?? ''),
    ...(country && { country }),
    ...(topic && { topic }),
  });
  if (read.success) return read.data;
  throw new Error(`${said.id}: ${explain(read.error)}`);
};

/** Reads a JSON list of sources in our own form (`url`) or a feed listing's (`feedUrl`); entries may be mixed. */
export const readListing = (text: string): CatalogueEntry[] => readList(text).map(readEntry);

const readList = (text: string): unknown[] => {
  try {
    return z.array(z.unknown()).parse(JSON.parse(text));
  } catch {
    throw new Error('is broken JSON');
  }
};

const readEntry = (value: unknown, index: number): CatalogueEntry => {
  const foreign = listed.safeParse(value);
  if (foreign.success) {
    const { category, subcategory, language, ...rest } = foreign.data;
    return entryFrom({ ...rest, language: language ?? '', categories: [category ?? '', subcategory ?? ''] });
  }
  const own = catalogueEntry.safeParse(value);
  if (own.success) return own.data;
  const isForeign = typeof value === 'object' && value !== null && 'feedUrl' in value;
  throw new Error(`entry ${index + 1}: ${explain(isForeign ? foreign.error : own.error)}`);
};

const explain = ({ issues }: z.ZodError): string =>
  issues.map(({ path, message }) => `${path.join('.') || 'it'}: ${message}`)[0] ?? 'unreadable';
