import { type Brake, REPUTATION_WINDOW, type ReputationCounter, reputationWindow } from '../model/brake.ts';
import { DAY, type Instant } from '../model/time.ts';
import type { Control, Log } from '../ports.ts';

/** From which share on a kind of event brakes, over which span, and as how many mails fewer ones count. */
interface Rule {
  why: 'bounces' | 'complaints';
  counter: ReputationCounter;
  above: number;
  overMs: number;
  atLeast: number;
}

/**
 * Braked before SES reviews an account (5 % bounces, 0.1 % complaints) and Gmail turns mail away (0.3 % complaints). Few mails prove
 * little: fewer than `atLeast` count as so many, so it always takes more than six bounces of a day or more than two complaints of a
 * week, and one of ten brakes nobody. Only digests count, here and there: confirmations bounce because strangers mistype addresses,
 * and holding back digests would not mend that.
 */
const RULES: readonly Rule[] = [
  { why: 'bounces', counter: 'bounced', above: 0.03, overMs: DAY, atLeast: 200 },
  { why: 'complaints', counter: 'complained', above: 0.0008, overMs: 7 * DAY, atLeast: 2_500 },
];

/** Whether so many events of so many mails are above a rule. */
const isAbove = ({ above, atLeast }: Rule, events: number, mails: number): boolean =>
  events > above * Math.max(mails, atLeast);

/** Windows of a span up to now; after a release only those that began since, or the same events would brake again at once. */
const windowsOf = ({ overMs }: Rule, stored: Brake | undefined, now: Instant): Instant[] => {
  const since = stored?.kind === 'off' ? stored.at : Number.NEGATIVE_INFINITY;
  const last = reputationWindow(now);
  return Array.from({ length: overMs / REPUTATION_WINDOW + 1 }, (_, back) => last - back * REPUTATION_WINDOW).filter(
    (at) => at >= since,
  );
};

const sumOf = async (
  control: Pick<Control, 'counted'>,
  counter: ReputationCounter,
  windows: readonly Instant[],
): Promise<number> => {
  const counts = await Promise.all(windows.map((at) => control.counted(counter, at)));
  return counts.reduce((sum, count) => sum + count, 0);
};

/**
 * Brakes if what was just counted is too much. For feedback, after it counted bounces or complaints.
 * @param counters what was counted: the others cannot have crossed their share
 */
export const brakeIfNeeded = async (
  { control, log }: { control: Pick<Control, 'counted' | 'brake' | 'setBrake'>; log: Log },
  counters: readonly string[],
  now: Instant,
): Promise<void> => {
  const rules = RULES.filter(({ counter }) => counters.includes(counter));
  if (rules.length === 0) return;
  const stored = await control.brake();
  if (stored?.kind === 'on') return;
  for (const rule of rules) {
    const windows = windowsOf(rule, stored, now);
    const events = await sumOf(control, rule.counter, windows);
    // the mails are looked up only where so many events could matter
    if (!isAbove(rule, events, 0)) continue;
    const mails = await sumOf(control, 'mailed', windows);
    if (!isAbove(rule, events, mails)) continue;
    await control.setBrake({ v: 1, kind: 'on', at: now, why: rule.why, events, mails });
    // this line is the alarm
    log.error('brake.on', { why: rule.why, events, mails });
    return;
  }
};
