import type { SendLimits } from '../../functions/model/budget.ts';
import type { Instant } from '../../functions/model/time.ts';
import type { Mailer } from '../../functions/ports.ts';
import type { VirtualTime } from './virtual-time.ts';

/** SES in virtual time: takes its rate and a second's burst of it, and throttles the rest. */
export interface SimulatedSes extends Mailer {
  sent(): number;
  throttled(): number;
  lastAt(): Instant;
}

export const simulatedSes = (of: { time: VirtualTime; ratePerSecond: number; sesMs: number }): SimulatedSes => {
  const { time, ratePerSecond, sesMs } = of;
  let tokens = ratePerSecond;
  let filledAt = time.now();
  let sent = 0;
  let throttled = 0;
  let lastAt = 0;
  const within = (): boolean => {
    tokens = Math.min(ratePerSecond, tokens + ((time.now() - filledAt) / 1000) * ratePerSecond);
    filledAt = time.now();
    if (tokens < 1) return false;
    tokens -= 1;
    return true;
  };
  return {
    async send() {
      const taken = within();
      if (taken) {
        sent += 1;
        lastAt = time.now();
      } else throttled += 1;
      await time.wait(sesMs);
      return taken
        ? { kind: 'accepted', messageId: `simulated-${sent}` }
        : { kind: 'refused', error: 'throttled', message: 'Throttling' };
    },
    async quota(): Promise<SendLimits> {
      await time.wait(sesMs);
      return { ratePerSecond, maxPer24h: 10_000_000, sentLast24h: sent };
    },
    sent: () => sent,
    throttled: () => throttled,
    lastAt: () => lastAt,
  };
};
