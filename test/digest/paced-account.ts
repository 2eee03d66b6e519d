import { openPace, type PacePorts } from '../../functions/digest/pace.ts';
import type { Lane } from '../../functions/model/budget.ts';
import type { Control } from '../../functions/ports.ts';
import { recordingLog } from '../fakes.ts';
import { memoryControl } from '../memory-stores/digest.ts';
import { type VirtualTime, virtualTime } from './virtual-time.ts';

export interface Account {
  mailer: PacePorts['mailer'];
  /** What SES makes of one mail; takes as long as a call does. */
  mail(): Promise<'accepted' | 'throttled' | 'quota'>;
  taken: number[];
  throttled: number;
  asked: number[];
}

/** An account as SES keeps it: a second's burst, then its rate; and a quota. */
const anAccount = (time: VirtualTime, ratePerSecond: number, maxPer24h = 1_000_000, callMs = 60): Account => {
  let tokens = ratePerSecond;
  let at = time.clock.now();
  const account: Account = {
    taken: [],
    throttled: 0,
    asked: [],
    mailer: {
      async quota() {
        account.asked.push(time.clock.now());
        return { ratePerSecond, maxPer24h, sentLast24h: account.taken.length };
      },
    },
    async mail() {
      const now = time.clock.now();
      tokens = Math.min(ratePerSecond, tokens + ((now - at) / 1000) * ratePerSecond);
      at = now;
      await time.wait(callMs);
      if (account.taken.length >= maxPer24h) return 'quota';
      if (tokens < 1) {
        account.throttled++;
        return 'throttled';
      }
      tokens--;
      account.taken.push(now);
      return 'accepted';
    },
  };
  return account;
};

const counting = (control: Control) => {
  const counts = { reads: 0, writes: 0, refused: 0 };
  const counted: PacePorts['control'] = {
    brake: control.brake,
    async budget() {
      counts.reads++;
      return control.budget();
    },
    async saveBudget(budget) {
      counts.writes++;
      const saved = await control.saveBudget(budget);
      if (!saved) counts.refused++;
      return saved;
    },
  };
  return { control: counted, counts };
};

export const office = (ratePerSecond: number, options: { maxPer24h?: number; callMs?: number } = {}) => {
  const time = virtualTime();
  const account = anAccount(time, ratePerSecond, options.maxPer24h, options.callMs);
  const memory = memoryControl();
  const { control, counts } = counting(memory);
  const log = recordingLog();
  const ports: PacePorts = { control, mailer: account.mailer, clock: time.clock, wait: time.wait, log };
  return {
    time,
    account,
    memory,
    counts,
    log,
    ports,
    open: (lane: Lane, until?: number) => openPace(ports, lane, {}, until),
  };
};

type Office = ReturnType<typeof office>;

/** A worker as `deliverPage` is one: eight mails under way at once; when it is held, it comes back after the wait. */
export const work = async (
  { time, account, open }: Office,
  lane: Lane,
  mails: number,
  atOnce = 8,
): Promise<number[]> => {
  const waits: number[] = [];
  let left = mails;
  while (left > 0) {
    const pace = open(lane);
    let waitMs = 0;
    const one = async (): Promise<void> => {
      while (left > 0 && waitMs === 0) {
        const since = time.clock.now();
        left--;
        const permit = await pace.take();
        if (permit.kind === 'held') {
          left++;
          waitMs = permit.waitMs;
          return;
        }
        waits.push(time.clock.now() - since);
        const answer = await account.mail();
        if (answer === 'accepted') continue;
        await pace.refused(answer);
        left++;
        waitMs = 10_000;
      }
    };
    await Promise.all(Array.from({ length: atOnce }, one));
    await time.wait(waitMs);
  }
  return waits;
};

export const seconds = ({ taken }: Account): number => ((taken.at(-1) ?? 0) - (taken[0] ?? 0)) / 1000;
