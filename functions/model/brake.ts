import * as z from 'zod';
import { HOUR, type Instant, instant } from './time.ts';

/**
 * Counters in Control by windows of six hours, all by when a digest left: a complaint of Tuesday about Monday's mail is set against
 * Monday's mails. `mailed`: digests that SES took, by the sender, once a chunk. `bounced`, `complained`: by feedback, once a mail.
 */
export type ReputationCounter = 'mailed' | 'bounced' | 'complained';

export const REPUTATION_WINDOW = 6 * HOUR;

/** The six-hour window that an instant falls in, by its start. */
export const reputationWindow = (at: Instant): Instant => Math.floor(at / REPUTATION_WINDOW) * REPUTATION_WINDOW;

/** The brake stops digests, not letters. Only the operator releases it. */
export const brake = z.discriminatedUnion('kind', [
  z.object({
    v: z.literal(1),
    kind: z.literal('on'),
    at: instant,
    why: z.enum(['bounces', 'complaints', 'operator']),
    /** What was counted, of how many mails; none where the operator pulled it. */
    events: z.number().int().nonnegative(),
    mails: z.number().int().nonnegative(),
  }),
  z.object({ v: z.literal(1), kind: z.literal('off'), at: instant }),
]);

export type Brake = z.infer<typeof brake>;
