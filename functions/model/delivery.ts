import * as z from 'zod';
import { type SubscriberId, subscriberId } from './subscriber.ts';
import { instant, localDate } from './time.ts';

/**
 * What one digest is for. Daily ones are named by the reader's local date, weekly ones by the Monday of their ISO week.
 * `welcome` and `now` are kinds of their own, at most one each a local date, and never due.
 */
export const period = z.object({ kind: z.enum(['day', 'week', 'welcome', 'now']), date: localDate });

export type Period = z.infer<typeof period>;

/** A period as it stands in keys, tags and file names: `2026-01-05_day`. */
export const periodId = ({ kind, date }: Period): string => `${date}_${kind}`;

/** The delivery id that SES events carry back: letters, digits, `_` and `-` only (SES message tags), no address in it. */
export const deliveryId = (subscriber: SubscriberId, of: Period): string => `${subscriber}_${periodId(of)}`;

const DELIVERY_ID = /^([a-z0-9]{16})_(\d{4}-\d{2}-\d{2})_(day|week|welcome|now)$/;

/** The parts of a delivery id, or nothing if it is none. */
export const parseDeliveryId = (id: string): { subscriber: SubscriberId; period: Period } | undefined => {
  const [, subscriber, date, kind] = DELIVERY_ID.exec(id) ?? [];
  const parsed = period.safeParse({ kind, date });
  return subscriber && parsed.success ? { subscriber, period: parsed.data } : undefined;
};

/** Why a due digest was not mailed, from a closed list. */
export const skipReason = z.enum([
  'nothing-new',
  'paused',
  'left',
  'suppressed',
  'too-soon',
  'too-late',
  'not-in-cohort',
  'brake',
]);

export type SkipReason = z.infer<typeof skipReason>;

/** Why a digest could not be mailed, from a closed list. */
export const failReason = z.enum(['refused', 'unknown', 'too-late', 'broken']);

export type FailReason = z.infer<typeof failReason>;

/** Where a delivery stands. */
export const deliveryState = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('claimed'), at: instant, attempt: z.union([z.literal(1), z.literal(2)]) }),
  z.object({ kind: z.literal('sent'), at: instant, messageId: z.string().optional() }),
  z.object({ kind: z.literal('skipped'), at: instant, reason: skipReason }),
  z.object({ kind: z.literal('failed'), at: instant, reason: failReason }),
]);

export type DeliveryState = z.infer<typeof deliveryState>;

const hash = z.number().int().min(0).max(0xffffffff);

/** What was mailed of one event: hashes and a byte a word only, so that twenty stories fit the ledger's 1,000 bytes. */
export const mailedStory = z.object({
  event: hash,
  /** Of the canonical address. A story's row never changes, so this knows the story too. */
  url: hash,
  turn: z.number().int().min(0).max(255),
  /** The words of its title, a byte each, as characters 0 to 255; empty where it is not kept. */
  title: z.string(),
});

export type MailedStory = z.infer<typeof mailedStory>;

/** The ledger entry of one digest. */
export const delivery = z.object({
  v: z.literal(1),
  subscriber: subscriberId,
  period,
  dueAt: instant,
  state: deliveryState,
  /** The edition and preference version it was made from: with these, replay. */
  edition: z.number().int().nonnegative(),
  preferences: z.number().int().nonnegative(),
  /** In the order mailed. */
  stories: z.array(mailedStory),
  /** Some SES event for it was seen: proof that SES took it. */
  evidenceAt: instant.optional(),
});

export type Delivery = z.infer<typeof delivery>;
