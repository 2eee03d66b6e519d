import * as z from 'zod';
import { keyword } from './keyword.ts';
import { language, sourceId } from './source.ts';
import { type Instant, instant } from './time.ts';
import { topic } from './topic.ts';

/** Canonical IANA zone names only; `subscribers/zone.ts` makes them. */
export const zone = z.string().min(1).max(64);

/** How often, and when in the reader's own zone. ISO weekdays: 1 is Monday. */
export const cadence = z.enum(['daily', 'workdays', 'weekly']);

export type Cadence = z.infer<typeof cadence>;

/** The languages of pages and mails. */
export const CHROME_LANGUAGES = ['en', 'de', 'fr', 'es', 'ar'] as const;

export const chromeLanguage = z.enum(CHROME_LANGUAGES);

export type ChromeLanguage = z.infer<typeof chromeLanguage>;

/** Never show: a word or phrase in title or summary, a source, or a topic. */
export const mute = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('words'), words: z.string().trim().min(2).max(60) }),
  z.object({ kind: z.literal('source'), source: sourceId }),
  z.object({ kind: z.literal('topic'), topic }),
]);

export type Mute = z.infer<typeof mute>;

export const format = z.enum(['full', 'brief', 'text']);

export const pictures = z.enum(['lead', 'none', 'all']);

/** Everything a reader chooses. `*`, the first of `sources`, means every house source; private ones may follow it. */
export const preferences = z.object({
  cadence,
  /** Used by weekly readers; kept for the others so that switching back loses nothing. */
  weekday: z.number().int().min(1).max(7),
  hour: z.number().int().min(0).max(23),
  zone,
  topics: z.array(topic).max(12),
  sources: z.union([z.tuple([z.literal('*')], sourceId), z.array(sourceId)]).refine(({ length }) => length <= 51),
  keywords: z.array(keyword).max(10),
  mutes: z.array(mute).max(50),
  /** Weights a reader gave by 'more' and 'less': -2 to 2. */
  votes: z
    .array(
      z.object({
        on: z.discriminatedUnion('kind', [
          z.object({ kind: z.literal('topic'), topic }),
          z.object({ kind: z.literal('source'), source: sourceId }),
        ]),
        weight: z.number().int().min(-2).max(2),
      }),
    )
    .max(60),
  /** Languages of the stories, apart from the language of the chrome. */
  reads: z.array(language).min(1).max(5),
  country: z
    .string()
    .regex(/^[A-Z]{2}$/)
    .optional(),
  language: chromeLanguage,
  format,
  pictures,
  maxStories: z.number().int().min(5).max(40),
});

export type Preferences = z.infer<typeof preferences>;

/** Where a subscription stands. Only `active`, and `paused` once its time is over, get mail. */
export const status = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('pending') }),
  z.object({ kind: z.literal('active') }),
  z.object({ kind: z.literal('paused'), until: instant }),
  z.object({ kind: z.literal('left'), at: instant, why: z.enum(['unsubscribed', 'bounced', 'complained', 'erased']) }),
]);

export type Status = z.infer<typeof status>;

export const subscriberId = z.string().regex(/^[a-z0-9]{16}$/, 'sixteen base-36 digits');

export type SubscriberId = z.infer<typeof subscriberId>;

export const subscriber = z.object({
  v: z.literal(1),
  id: subscriberId,
  /** As typed; mail goes here. */
  address: z.string().max(254),
  /** The address's identity: lower case, ASCII domain. */
  addressKey: z.string().max(254),
  status,
  preferences,
  /** Counts saves; a save is conditional on it. */
  version: z.number().int().nonnegative(),
  /** Raised to end every manage link given out before. */
  generation: z.number().int().nonnegative(),
  signedUpAt: instant,
  confirmedAt: instant.optional(),
  /** Since when the cohort and kind of status are these: the calendar of today says nothing of the time before. */
  movedAt: instant.optional(),
  /** Transient bounces in a row. */
  softBounces: z.object({ times: z.number().int().positive(), sinceAt: instant }).optional(),
});

export type Subscriber = z.infer<typeof subscriber>;

/** Whether a subscriber gets mail at an instant: a pause that is over stays in the status until somebody changes it. */
export const getsMailAt = ({ status }: Pick<Subscriber, 'status'>, at: Instant): boolean =>
  status.kind === 'active' || (status.kind === 'paused' && status.until <= at);
