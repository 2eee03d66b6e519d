import type { Budget, Lane, SendLimits } from '../model/budget.ts';
import { DAY, type Instant, MINUTE } from '../model/time.ts';

/**
 * Rules of sending under an account's limits. A lane is time, at its rate; a lease takes the next piece of it, in mails, and uses
 * them up over a second. So workers side by side never mail more than the account may, whatever their number and strength, and a
 * clock that is wrong makes mail slower, not faster.
 */

/** Each lane's share of the rate. Letters keep a fifth: a flood of digests must not hold up a confirmation. */
const RATE_SHARES: Readonly<Record<Lane, number>> = { digests: 0.8, letters: 0.2 };

/** Each lane stops at this share of the 24 hours' quota: the last twentieth is for letters alone. */
const QUOTA_SHARES: Readonly<Record<Lane, number>> = { digests: 0.95, letters: 1 };

/** GetSendQuota is asked at most so often, over all workers: AWS takes one such call a second from a whole account. */
const ASK_EVERY = MINUTE;

/** Throttle answers that come this soon after one another are one event: the mails were under way together. */
const ONE_EVENT = 5_000;

/** Halved again and again, the rate stays at this share of itself. */
const LEAST_SHARE = 1 / 16;

/** From nothing to the full rate takes so long; from half of it, half as long. */
const RECOVERY = 10 * MINUTE;

/** A lease is for the mails of a second, one after the other over that second. */
const LEASED_MS = 1000;

/** SES's day rolls on all the time, but slowly. */
const QUOTA_WAIT = 15 * MINUTE;

/** The first answer of SES is on its way to another worker. */
const UNKNOWN_WAIT = 1000;

/** Nobody mailed yet, and nothing is stored: the first write makes version 1. */
export const newBudget = (): Budget => ({
  v: 1,
  version: 0,
  askedAt: 0,
  leased: 0,
  freeAt: { digests: 0, letters: 0 },
});

const changed = (before: Budget, change: Partial<Budget>): Budget => ({
  ...before,
  ...change,
  version: before.version + 1,
});

/** Whether it is time to ask SES again. */
export const mustAsk = ({ askedAt }: Budget, now: Instant): boolean => now - askedAt >= ASK_EVERY;

/** Who can write this is the one who asks. */
export const asking = (before: Budget, now: Instant): Budget => changed(before, { askedAt: now });

/** What SES answered. It counts what it took, so what was leased until now is counted too. */
export const answered = (before: Budget, limits: SendLimits): Budget => changed(before, { limits, leased: 0 });

/** SES did not answer for so long: all go on by what it said before, of whose 24 hours a part is over. */
export const unanswered = (before: Budget, forMs: number): Budget => {
  const { limits, leased } = before;
  if (!limits) return changed(before, {});
  const over = (Math.max(0, limits.maxPer24h) * forMs) / DAY;
  return changed(before, {
    limits: { ...limits, sentLast24h: Math.max(0, limits.sentLast24h + leased - over) },
    leased: 0,
  });
};

/** The share of its rate that the lane of digests has now: all of it, or what SES's last refusal left and time gave back. */
const shareNow = ({ slowed }: Budget, now: Instant): number =>
  slowed ? Math.min(1, slowed.share + Math.max(0, now - slowed.at) / RECOVERY) : 1;

/** SES said that mails come too fast: half the rate from now on, growing back in minutes. Undefined if that was heard already. */
export const slowedDown = (before: Budget, now: Instant): Budget | undefined => {
  if (before.slowed && now - before.slowed.at < ONE_EVENT) return undefined;
  return changed(before, { slowed: { share: Math.max(LEAST_SHARE, shareNow(before, now) / 2), at: now } });
};

/** SES said that the day's quota is used up, whatever we counted. Undefined if that was known. */
export const usedUp = (before: Budget): Budget | undefined => {
  const { limits } = before;
  if (!limits || limits.maxPer24h < 0 || limits.sentLast24h >= limits.maxPer24h) return undefined;
  return changed(before, { limits: { ...limits, sentLast24h: limits.maxPer24h } });
};

/** A lane's rate now, in mails a second. Only digests slow down: letters are few, and somebody waits for each. */
export const rateOf = (of: Budget, lane: Lane, now: Instant): number =>
  Math.max(0, of.limits?.ratePerSecond ?? 0) * RATE_SHARES[lane] * (lane === 'digests' ? shareNow(of, now) : 1);

/** The share of the day's quota that is used; 0 where there is none. */
export const quotaUsed = ({ maxPer24h, sentLast24h }: SendLimits): number =>
  maxPer24h > 0 ? sentLast24h / maxPer24h : 0;

/** From this share on the operator is told: AWS takes a day or two to raise a quota. */
export const QUOTA_HIGH = 0.8;

const quotaLeft = ({ limits, leased }: Budget, lane: Lane): number => {
  if (!limits || limits.maxPer24h < 0) return Number.POSITIVE_INFINITY;
  return Math.floor(Math.floor(limits.maxPer24h * QUOTA_SHARES[lane]) - limits.sentLast24h - leased);
};

/** Places for some mails: the first at `fromAt`, the others `gapMs` after one another. */
export interface Lease {
  kind: 'lease';
  fromAt: number;
  gapMs: number;
  count: number;
  /** To be written on condition that nobody else did. */
  budget: Budget;
}

/** There is no place now: who waits so long may find one. */
export interface NoLease {
  kind: 'none';
  why: 'rate' | 'quota';
  waitMs: number;
}

export interface Wish {
  lane: Lane;
  /** As many as the worker can send in a second; a lease is never more. */
  wanted: number;
  /** How far ahead a first place may lie. */
  patienceMs: number;
}

/** Letters take the places of digests while nobody mails digests: in the sandbox a fifth of the rate is one mail in five seconds. */
const placesFor = ({ freeAt }: Budget, lane: Lane, now: Instant): Lane =>
  lane === 'letters' && freeAt.letters > now && freeAt.digests <= now ? 'digests' : lane;

/** Takes the next places of a lane. */
export const lease = (before: Budget, { lane, wanted, patienceMs }: Wish, now: Instant): Lease | NoLease => {
  if (!before.limits) return { kind: 'none', why: 'rate', waitMs: UNKNOWN_WAIT };
  const places = placesFor(before, lane, now);
  const rate = rateOf(before, places, now);
  const left = quotaLeft(before, lane);
  if (left < 1 || rate === 0) return { kind: 'none', why: 'quota', waitMs: QUOTA_WAIT };
  const fromAt = Math.max(now, before.freeAt[places]);
  if (fromAt - now > patienceMs) return { kind: 'none', why: 'rate', waitMs: fromAt - now };
  const count = Math.max(1, Math.min(wanted, left, Math.floor((rate * LEASED_MS) / 1000)));
  const budget = changed(before, {
    leased: before.leased + count,
    freeAt: { ...before.freeAt, [places]: fromAt + (count * 1000) / rate },
  });
  return { kind: 'lease', fromAt, gapMs: LEASED_MS / count, count, budget };
};
