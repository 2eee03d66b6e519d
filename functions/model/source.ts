import * as z from 'zod';
import { instant } from './time.ts';
import { topic } from './topic.ts';

/** A source's id: the catalogue's own for a house source, `p` and a hash of the address for a private one. Safe in keys and URLs. */
export const sourceId = z.string().regex(/^[A-Za-z0-9_-]{1,64}$/, 'letters, digits, - and _, at most 64');

export type SourceId = z.infer<typeof sourceId>;

/** An ISO 639 language code without a region: `en`, `de`. Empty where nobody says. */
export const language = z.string().regex(/^([a-z]{2,3})?$/, 'a language code such as en');

/** The language part of any tag that feeds use (`en-US`, `EN_gb`): lower case, empty if it is none. */
export const languageOf = (tag: string | undefined): string =>
  /^([a-z]{2,3})\b/.exec((tag ?? '').trim().toLowerCase().replace('_', '-'))?.[1] ?? '';

/** How much of a source can be read without paying. */
export const access = z.enum(['free', 'metered', 'paid']);

/** House sources are in the operator's catalogue and rank for everybody; a private one was added by a subscriber and reaches its followers alone. */
export const standing = z.enum(['house', 'private']);

/** What a catalogue says of a source. */
export const catalogueEntry = z.object({
  id: sourceId,
  url: z.url({ protocol: /^https?$/ }),
  homePage: z.url({ protocol: /^https?$/ }),
  title: z.string().min(1).max(200),
  language,
  /** ISO 3166 alpha-2, upper case, where the source has a home country. */
  country: z
    .string()
    .regex(/^[A-Z]{2}$/)
    .optional(),
  /** The topic of nearly all its stories; absent for a general outlet. */
  topic: topic.optional(),
  access: access.default('free'),
});

export type CatalogueEntry = z.infer<typeof catalogueEntry>;

/** Why the last fetch of a source failed, as health lines and logs name it. */
export const fetchFailure = z.enum([
  'blocked',
  'unreachable',
  'timeout',
  'too-large',
  'too-many-redirects',
  'http-status',
  'rate-limited',
  'not-a-feed',
  'broken-feed',
  'gone',
]);

export type FetchFailure = z.infer<typeof fetchFailure>;

/** A source and the state of fetching it. Written only when something changed: a 304 writes nothing. */
export const source = catalogueEntry.extend({
  v: z.literal(1),
  standing,
  addedAt: instant,
  etag: z.string().max(1024).optional(),
  lastModified: z.string().max(128).optional(),
  /** Fetched every so many ticks; when it is due follows from id, interval and tick alone. */
  intervalTicks: z.number().int().min(1).max(96),
  /** Not asked before this instant: Retry-After, or back-off after failures. */
  notBeforeAt: instant.optional(),
  failing: z.object({ why: fetchFailure, sinceAt: instant, times: z.number().int().positive() }).optional(),
  /** Where permanent redirects lead, and how often in a row: the address changes only after repeats. */
  moved: z.object({ url: z.string().max(2048), times: z.number().int().positive() }).optional(),
  /** The address that it was added with, where a permanent redirect has led away from it. */
  movedFrom: z.string().max(2048).optional(),
  /** Given up, or 410 Gone, which is asked a few times more: never asked again after that until the operator says so. */
  endedAt: instant.optional(),
  lastNewsAt: instant.optional(),
});

export type Source = z.infer<typeof source>;

/** A private source whose address could not be read yet: where its feed is must still be found out. */
export const isUnread = ({ standing, failing, lastNewsAt, etag, lastModified }: Source): boolean =>
  standing === 'private' &&
  failing !== undefined &&
  lastNewsAt === undefined &&
  etag === undefined &&
  lastModified === undefined;

/** A source that ended because its server said that it is gone, which some say by mistake. */
export const saidGone = ({ endedAt, failing }: Source): boolean => endedAt !== undefined && failing?.why === 'gone';
