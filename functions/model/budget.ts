import * as z from 'zod';
import { instant } from './time.ts';

/** Digests and letters share the account's rate: each has a lane, so that neither waits behind the other. */
export const LANES = ['digests', 'letters'] as const;

export type Lane = (typeof LANES)[number];

/** What an account may send, as GetSendQuota says: mails a second, and in 24 hours (a negative number: as many as one likes). */
export const sendLimits = z.object({
  ratePerSecond: z.number(),
  maxPer24h: z.number(),
  sentLast24h: z.number(),
});

export type SendLimits = z.infer<typeof sendLimits>;

/** The account's rate and quota, and what is taken of them: one row, which all workers change under a condition. */
export const budget = z.object({
  v: z.literal(1),
  /** Grows by one with every write. */
  version: z.number().int().nonnegative(),
  /** When a worker last set out to ask SES. Noted before asking, so that nobody else does. */
  askedAt: instant,
  /** What SES said; nothing before its first answer. */
  limits: sendLimits.optional(),
  /** Mails that were leased since SES said so. */
  leased: z.number().int().nonnegative(),
  /** SES wanted fewer: the share of the digests' rate that was left at this instant. It grows back with time. */
  slowed: z.object({ share: z.number().positive().max(1), at: instant }).optional(),
  /** From when on each lane is free; fractions of a millisecond count. */
  freeAt: z.object({ digests: z.number(), letters: z.number() }),
});

export type Budget = z.infer<typeof budget>;
