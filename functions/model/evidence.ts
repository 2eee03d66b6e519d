import { type Instant, MINUTE } from './time.ts';

/**
 * Counters in Control that tell whether SES events still arrive, by windows of ten minutes. `accepted`: mails that SES took, by the
 * sender, once a batch. `evidenced`: the first event seen of a mail, by feedback, in the window of the event's `mail.timestamp`.
 * `resent`: second attempts.
 */
export type EvidenceCounter = 'accepted' | 'evidenced' | 'resent';

export const EVIDENCE_WINDOW = 10 * MINUTE;

/** The ten-minute window that an instant falls in, by its start. */
export const evidenceWindow = (at: Instant): Instant => Math.floor(at / EVIDENCE_WINDOW) * EVIDENCE_WINDOW;
