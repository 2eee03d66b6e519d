import { readDate } from './dates.ts';
import type { Entry, FeedDocument, Person } from './document.ts';
import { feedLink, webLink } from './links.ts';
import { cleanLine, looksLikeHtml, type Markup } from './plain-text.ts';

type Fields = Readonly<Record<string, unknown>>;

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const textIn = (fields: Fields, name: string): string | undefined => {
  const value = Object.hasOwn(fields, name) ? fields[name] : undefined;
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' && value.trim() !== '' ? value : undefined;
};

const listIn = (fields: Fields, name: string): readonly unknown[] => {
  const value = Object.hasOwn(fields, name) ? fields[name] : undefined;
  return Array.isArray(value) ? value : [];
};

const authorIn = (fields: Fields): Person | undefined => {
  const [first = Object.hasOwn(fields, 'author') ? fields.author : undefined] = listIn(fields, 'authors');
  const name = isFields(first) ? cleanLine(textIn(first, 'name')?.slice(0, 400) ?? '') : '';
  return name === '' ? undefined : { name };
};

const markup = (kind: Markup['kind'], value: string | undefined): Markup[] =>
  value === undefined ? [] : [{ kind, value }];

/** A title should be plain text, but publishers paste HTML into it: judged by its looks, as in RSS. */
const titleIn = (fields: Fields): Markup | undefined => {
  const value = textIn(fields, 'title');
  return value === undefined ? undefined : { kind: looksLikeHtml(value) ? 'html' : 'text', value };
};

const linkIn = (fields: Fields, base: string | undefined, ...names: readonly string[]): string | undefined => {
  for (const name of names) {
    const reference = textIn(fields, name);
    const link = reference === undefined ? undefined : feedLink(reference, base);
    if (link !== undefined) return link;
  }
  return undefined;
};

const entryOf = (item: Fields, base: string | undefined): Entry => {
  const id = textIn(item, 'id');
  const content = [...markup('html', textIn(item, 'content_html')), ...markup('text', textIn(item, 'content_text'))];
  const pictures = [webLink(textIn(item, 'image'), base), webLink(textIn(item, 'banner_image'), base)];
  return {
    id,
    title: titleIn(item),
    link: linkIn(item, base, 'url', 'external_url') ?? (id !== undefined && /^https?:\/\//i.test(id) ? id : undefined),
    summary: markup('text', textIn(item, 'summary'))[0],
    content,
    author: authorIn(item),
    categories: listIn(item, 'tags').flatMap((tag) => (typeof tag === 'string' && cleanLine(tag.slice(0, 200))) || []),
    publishedAt: readDate(textIn(item, 'date_published')),
    updatedAt: readDate(textIn(item, 'date_modified')),
    pictures: pictures.filter((url) => url !== undefined).map((url) => ({ url })),
    language: textIn(item, 'language'),
    base,
  };
};

/** JSON Feed 1.0 and 1.1 (jsonfeed.org); wrong types count as absent. Nothing if the text is no JSON Feed. */
export const jsonFeed = (text: string, base: string | undefined): FeedDocument | undefined => {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (!isFields(parsed) || !Array.isArray(parsed.items)) return undefined;
  const version = textIn(parsed, 'version') ?? '';
  if (!/jsonfeed|^1(\.\d)?$/.test(version) && textIn(parsed, 'home_page_url') === undefined) return undefined;
  return {
    format: 'json',
    feed: {
      id: textIn(parsed, 'feed_url'),
      title: titleIn(parsed),
      link: linkIn(parsed, base, 'home_page_url'),
      description: markup('text', textIn(parsed, 'description'))[0],
      language: textIn(parsed, 'language'),
      author: authorIn(parsed),
      categories: [],
    },
    entries: parsed.items.filter(isFields).map((item) => entryOf(item, base)),
  };
};
