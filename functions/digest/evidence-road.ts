import { EVIDENCE_WINDOW, type EvidenceCounter, evidenceWindow } from '../model/evidence.ts';
import { HOUR, type Instant } from '../model/time.ts';
import type { Control } from '../ports.ts';

/** Events must have arrived for this share of what SES took in the same ten minutes, or silence says nothing. */
const ALIVE = 0.99;

/** At most so many second attempts an hour, or this share of the hour's mails. */
const RESENDS = 10;
const RESENT_SHARE = 0.005;

const counted = (control: Control, counter: EvidenceCounter, at: Instant): Promise<number> =>
  control.counted(counter, evidenceWindow(at));

const inLastHour = async (control: Control, counter: EvidenceCounter, now: Instant): Promise<number> => {
  const windows = Array.from({ length: HOUR / EVIDENCE_WINDOW }, (_, back) => now - back * EVIDENCE_WINDOW);
  const counts = await Promise.all(windows.map((at) => counted(control, counter, at)));
  return counts.reduce((sum, count) => sum + count, 0);
};

/** Whether SES events arrived for the mails that were taken around a claim: only then does its silence mean that SES never had it. */
export const roadIsAlive = async (control: Control, claimedAt: Instant): Promise<boolean> => {
  const [accepted, evidenced] = await Promise.all([
    counted(control, 'accepted', claimedAt),
    counted(control, 'evidenced', claimedAt),
  ]);
  return evidenced >= ALIVE * accepted;
};

/**
 * Takes one of the hour's second attempts; false if they are used up. Counts first and looks then, so that workers side by side may
 * give one up too many but never take one.
 */
export const takeResend = async (control: Control, now: Instant): Promise<boolean> => {
  const counter: EvidenceCounter = 'resent';
  await control.count(counter, evidenceWindow(now), 1);
  const [resent, accepted] = await Promise.all([
    inLastHour(control, counter, now),
    inLastHour(control, 'accepted', now),
  ]);
  return resent <= Math.max(RESENDS, RESENT_SHARE * accepted);
};
