import type { Subscriber } from '../model/subscriber.ts';
import { type Instant, MINUTE } from '../model/time.ts';
import { errorName } from './broken.ts';
import type { DigestPorts } from './ports-of-digest.ts';
import { type Job, type Outcome, sendDigest } from './send.ts';

/**
 * So many mails are under way at once: of the 100 ms that one takes, all but two or three are spent waiting for SES and the tables. Two
 * workers of 24 fill the digests' share of 500 mails a second even so (`npm run scale`).
 */
const AT_ONCE = 24;

/** Why a worker stops before its work is done, and how long the rest should wait. */
export interface Stop {
  why: 'deadline' | 'rate' | 'brake' | 'throttled' | 'quota' | 'paused' | 'misconfigured';
  waitMs: number;
}

/** A rate recovers in seconds; a quota, a paused account or a wrong policy in many minutes. 15 minutes is what SQS can wait. */
export const WAITS: Readonly<Record<Exclude<Stop['why'], 'rate' | 'brake'>, number>> = {
  deadline: 0,
  throttled: 10_000,
  quota: 15 * MINUTE,
  paused: 15 * MINUTE,
  misconfigured: 15 * MINUTE,
};

/** What an outcome says of the mails behind it; nothing if they may go. */
export const stopOf = (outcome: Outcome): Stop | undefined => {
  switch (outcome.kind) {
    case 'held':
      return { why: outcome.why, waitMs: outcome.waitMs };
    case 'refused':
      return { why: outcome.error, waitMs: WAITS[outcome.error] };
    default:
      return undefined;
  }
};

export interface PageReport {
  outcomes: Outcome[];
  /** What the stores threw, one each for a reader who is still due. */
  errors: unknown[];
  /** Set if some readers of the page were left. */
  stop: Stop | undefined;
  /** How many readers from the start of the page are settled without a gap. */
  done: number;
}

/**
 * Sends the digests of one page of readers, several at once and begun in order. Stops beginning new ones at the deadline and when SES
 * wants no more; what was begun is ended.
 */
export const deliverPage = async (
  ports: DigestPorts,
  page: readonly Subscriber[],
  job: Job,
  deadlineAt: Instant,
): Promise<PageReport> => {
  const settled: boolean[] = page.map(() => false);
  const report: PageReport = { outcomes: [], errors: [], stop: undefined, done: 0 };
  let next = 0;

  const stopFor = (stop: Stop): void => {
    report.stop ??= stop;
  };
  const deliver = async (reader: Subscriber, at: number): Promise<void> => {
    try {
      const outcome = await sendDigest(ports, reader, job);
      report.outcomes.push(outcome);
      const stop = stopOf(outcome);
      settled[at] = stop === undefined;
      if (stop) {
        stopFor(stop);
      }
    } catch (error) {
      ports.log.error('send.error', { subscriber: reader.id, error: errorName(error) });
      report.errors.push(error);
    }
  };
  const work = async (): Promise<void> => {
    for (let at = next++; !report.stop; at = next++) {
      const reader = page[at];
      if (!reader) {
        return;
      }
      if (ports.clock.now() >= deadlineAt) {
        return stopFor({ why: 'deadline', waitMs: WAITS.deadline });
      }
      await deliver(reader, at);
    }
  };

  await Promise.all(Array.from({ length: AT_ONCE }, work));
  const open = settled.indexOf(false);
  return { ...report, done: open < 0 ? page.length : open };
};
