import * as z from 'zod';
import { keyword } from '../model/keyword.ts';
import type { Source, SourceId } from '../model/source.ts';
import { cadence, chromeLanguage, format, type Preferences, pictures } from '../model/subscriber.ts';
import { TOPICS, type Topic, topic } from '../model/topic.ts';
import { readMutes, withoutFollowed } from './mutes.ts';
import { feedsInOpml, isOpml, wordsBesideOpml } from './opml.ts';
import { holdsPassword, isPrivateId, privateSourceId, readSourceAddress } from './own-source.ts';
import { typedKeywords, uniqueKeywords } from './typed-keywords.ts';
import type { FaultKey } from './words/words.ts';
import { canonicalZone } from './zone.ts';

/** What a form held: every field with all its values, in order. */
export type FormValues = Readonly<Record<string, readonly string[]>>;

/** What is wrong with one field; `value` is what was typed. */
export interface Fault {
  field: string;
  key: FaultKey;
  value?: string;
}

export type ReadWishes =
  | {
      ok: true;
      preferences: Preferences /** Addresses that become private sources. */;
      own: { id: SourceId; url: string }[];
    }
  | { ok: false; faults: Fault[] };

/** The catalogue, and what this reader follows already: private sources, and some that the catalogue has no more. */
export interface KnownSources {
  house: ReadonlyMap<SourceId, Source>;
  followed: ReadonlySet<string>;
}

/** What a new reader gets who changes nothing. */
export const defaultWishes = (zone: string, language: Preferences['language']): Preferences => ({
  cadence: 'daily',
  weekday: 1,
  hour: 7,
  zone,
  topics: [],
  sources: [],
  keywords: [],
  mutes: [],
  votes: [],
  reads: [language],
  language,
  format: 'full',
  pictures: 'lead',
  maxStories: 15,
});

const wholeNumber = (least: number, most: number) =>
  z
    .string()
    .trim()
    .regex(/^\d{1,2}$/)
    .transform(Number)
    .pipe(z.number().min(least).max(most));

const SINGLES = {
  cadence,
  weekday: wholeNumber(1, 7),
  hour: wholeNumber(0, 23),
  zone: z.string().transform((name, context) => {
    const zone = canonicalZone(name.trim());
    if (zone === undefined) context.addIssue('unknown zone');
    return zone ?? z.NEVER;
  }),
  language: chromeLanguage,
  format,
  pictures,
  stories: wholeNumber(5, 40),
  country: z
    .string()
    .trim()
    .toUpperCase()
    .regex(/^([A-Z]{2})?$/),
} as const;

const reads = z
  .array(z.string().regex(/^[a-z]{2,3}$/))
  .min(1)
  .max(5);

const unique = <T>(values: readonly T[]): T[] => [...new Set(values)];

const filled = (values: readonly string[] | undefined): string[] =>
  unique((values ?? []).map((value) => value.trim()).filter(Boolean));

/** Values of one list field, each parsed; what fails becomes a fault. */
const parsedList = <T>(
  values: readonly string[],
  schema: z.ZodType<T>,
  field: string,
  key: FaultKey,
  faults: Fault[],
): T[] =>
  unique(
    values.flatMap((value) => {
      const read = schema.safeParse(value);
      if (!read.success) faults.push({ field, key, value });
      return read.success ? [read.data] : [];
    }),
  );

/** An address without what people leave out: the scheme, `www.` and a slash at the end. */
const bareAddress = (url: string): string => url.replace(/^https?:\/\/(www\.)?/i, '').replace(/\/$/, '');

/** House sources by the addresses that a reader may know them by: the feed's, and the home page's where no other has it. */
const byAddress = (house: KnownSources['house']): ReadonlyMap<string, SourceId> => {
  const known = new Map<string, SourceId>();
  const homes = Map.groupBy(house.values(), ({ homePage }) => bareAddress(homePage));
  for (const [home, [one, other]] of homes) if (one && !other) known.set(home, one.id);
  for (const { url, id } of house.values()) known.set(bareAddress(url), id);
  return known;
};

/** What was typed or pasted as sources: one a line, or the subscription list of another reader. */
const addressesIn = (value: string, faults: Fault[]): string[] => {
  if (!isOpml(value)) return value.split(/\s+/);
  const feeds = feedsInOpml(value);
  if (feeds.length === 0) faults.push({ field: 'sources', key: 'sources/address', value: 'OPML' });
  return [...feeds, ...wordsBesideOpml(value)];
};

/** How many sources one may follow. */
const MOST_SOURCES = 50;

/** From here on we do not look what each is: some may be the same source by several addresses, but not so many. */
const FAR_TOO_MANY = 20 * MOST_SOURCES;

/** Says how many there are: a list of another reader is long, and nobody counts its lines. */
const tooMany = (count: number): Fault => ({ field: 'sources', key: 'sources/many', value: String(count) });

const readSources = (form: FormValues, { house, followed }: KnownSources, faults: Fault[]) => {
  const typed = filled((form.sources ?? []).flatMap((value) => addressesIn(value, faults)));
  const known = byAddress(house);
  const requests = new Map<SourceId, string>();
  if (typed.length > FAR_TOO_MANY) {
    faults.push(tooMany(typed.length));
    return { chosen: [], requests };
  }
  const ids = typed.flatMap((value): SourceId[] => {
    if (value === '*' || house.has(value) || followed.has(value)) return [value];
    const looksLikeId = !/[.:/]/.test(value);
    const url = looksLikeId ? undefined : readSourceAddress(value);
    if (url === undefined) {
      const why = holdsPassword(value) ? 'sources/password' : 'sources/address';
      faults.push({ field: 'sources', key: looksLikeId ? 'sources/unknown' : why, value });
      return [];
    }
    const listed = known.get(bareAddress(url)) ?? known.get(bareAddress(value));
    if (listed !== undefined) return [listed];
    const id = privateSourceId(url);
    requests.set(id, url);
    return [id];
  });
  const named = unique(ids).filter((id) => id !== '*');
  // who follows all house sources need not name any
  const chosen = ids.includes('*') ? ['*', ...named.filter(isPrivateId)] : named;
  const count = chosen.filter((id) => id !== '*').length;
  if (count > MOST_SOURCES) faults.push(tooMany(count));
  return { chosen, requests };
};

/** What a vote is called in forms. */
export const voteName = ({ on }: Preferences['votes'][number]): string =>
  on.kind === 'topic' ? `topic:${on.topic}` : `source:${on.source}`;

/** Votes that a form showed and that were unticked. */
export const forgottenVotes = ({ shownVotes = [], votes = [] }: FormValues): ReadonlySet<string> =>
  new Set(shownVotes.filter((name) => !votes.includes(name)));

/** A single-valued field if the form has it, else what was there before. */
const single = <T>(
  form: FormValues,
  name: keyof typeof SINGLES,
  schema: z.ZodType<T>,
  before: T,
  faults: Fault[],
): T => {
  const value = form[name]?.[0];
  if (value === undefined) return before;
  const read = schema.safeParse(value);
  if (!read.success) faults.push({ field: name, key: name, value });
  return read.success ? read.data : before;
};

/**
 * Reads the fields of the sign-up and preferences forms. A single field that is absent keeps what was before; an absent list is
 * empty, because that is how browsers send one with nothing ticked (but for `reads`: nobody reads nothing). Nothing followed at all means all twelve topics.
 * `found` is what was wrong before it could be read.
 */
export const readWishes = (
  form: FormValues,
  before: Preferences,
  sources: KnownSources,
  found: readonly Fault[] = [],
): ReadWishes => {
  const faults: Fault[] = [...found];
  const topics: Topic[] = parsedList(filled(form.topics), topic, 'topics', 'topics', faults);
  const { chosen, requests } = readSources(form, sources, faults);
  const typed = typedKeywords(form.keywords ?? []);
  const keywords = uniqueKeywords(parsedList(typed, keyword, 'keywords', 'keywords/form', faults));
  if (keywords.length > 10) faults.push({ field: 'keywords', key: 'keywords/many' });
  const read = reads.safeParse(
    form.reads === undefined ? before.reads : filled(form.reads.flatMap((v) => v.split(','))),
  );
  if (!read.success) faults.push({ field: 'reads', key: 'reads' });
  const mutes = filled((form.mutes ?? []).flatMap((value) => value.split(/[\r\n]+/)));
  const { country: countryBefore = '', ...rest } = before;
  const country = single(form, 'country', SINGLES.country, countryBefore, faults);
  const nothing = topics.length + chosen.length + keywords.length === 0;
  const preferences: Preferences = {
    ...rest,
    cadence: single(form, 'cadence', SINGLES.cadence, before.cadence, faults),
    weekday: single(form, 'weekday', SINGLES.weekday, before.weekday, faults),
    hour: single(form, 'hour', SINGLES.hour, before.hour, faults),
    zone: single(form, 'zone', SINGLES.zone, before.zone, faults),
    language: single(form, 'language', SINGLES.language, before.language, faults),
    format: single(form, 'format', SINGLES.format, before.format, faults),
    pictures: single(form, 'pictures', SINGLES.pictures, before.pictures, faults),
    maxStories: single(form, 'stories', SINGLES.stories, before.maxStories, faults),
    topics: nothing ? [...TOPICS] : topics,
    sources: chosen,
    keywords,
    mutes: withoutFollowed(readMutes(mutes, faults), before, { topics, sources: chosen }),
    reads: read.success ? read.data : before.reads,
    ...(country ? { country } : {}),
  };
  const own = [...requests].map(([id, url]) => ({ id, url }));
  return faults.length > 0 ? { ok: false, faults } : { ok: true, preferences, own };
};

/** The private sources among those that preferences name. */
export const ownOf = (preferences: Preferences): SourceId[] => preferences.sources.filter(isPrivateId);
