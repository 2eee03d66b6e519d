import type { Budget, Lane, SendLimits } from '../model/budget.ts';
import { type Instant, MINUTE } from '../model/time.ts';
import type { Clock, Control, Log, Mailer, Wait } from '../ports.ts';
import { errorName } from './broken.ts';
import {
  answered,
  asking,
  type Lease,
  lease,
  mustAsk,
  type NoLease,
  newBudget,
  QUOTA_HIGH,
  quotaUsed,
  slowedDown,
  unanswered,
  usedUp,
} from './rate.ts';

/** Why no mail may leave now, and when to try again. */
export interface Held {
  kind: 'held';
  why: 'rate' | 'quota' | 'brake';
  waitMs: number;
}

/** Leave to hand one mail to SES. */
export type Permit = { kind: 'go' } | Held;

/** A worker's way to stay under the account's limits, together with all others. */
export interface Pace {
  /** Waits for the place of one mail, at most a few seconds. @throws what the store throws */
  take(): Promise<Permit>;
  /** Tells all workers what SES said. Never throws: the mail's own fate matters more. */
  refused(why: 'throttled' | 'quota'): Promise<void>;
}

export interface PacePorts {
  control: Pick<Control, 'budget' | 'saveBudget' | 'brake'>;
  mailer: Pick<Mailer, 'quota'>;
  /** The clock that SES's rate runs on: real time, also where the product's clock is set. */
  clock: Clock;
  wait: Wait;
  log: Log;
}

/** SES took nothing for now, or would not have, or there is nothing to mail yet: what asked for the mail must come again after this wait. */
export class NotNow extends Error {
  readonly waitMs: number;
  constructor(why: string, waitMs: number) {
    super(`not now: ${why}`);
    this.name = 'NotNow';
    this.waitMs = waitMs;
  }
}

/** A function that waits longer than this for a place is paid for nothing: the work goes back to its queue. */
const PATIENCE: Readonly<Record<Lane, number>> = { digests: 3_000, letters: 8_000 };

/** Work that goes back stays away for so long at least: coming back at once would find no place either. */
const AWAY = 5_000;

/** The brake stays on until the operator has looked. */
const BRAKED: Held = { kind: 'held', why: 'brake', waitMs: 15 * MINUTE };

/** A place that was not used by now is given up: places saved up would be a burst. */
const SPOILT = 1_000;

/** Mails of a first lease and at least of every other: more workers than there are places for must not write for each mail. */
const LEAST = 4;

/** A worker that used up all its places may be able to send more. */
const GROWTH = 2;

/** Others write at the same time, but each of them is done with one write. */
const TRIES = 20;

/** Changes the stored budget, whoever else does so too; undefined if there is nothing to change, or no end of others. */
const change = async (
  control: PacePorts['control'],
  known: Budget | undefined,
  next: (stored: Budget) => Budget | undefined,
): Promise<Budget | undefined> => {
  let stored = known ?? (await control.budget());
  for (let tried = 0; tried < TRIES; tried++) {
    const changed = next(stored ?? newBudget());
    if (!changed) return undefined;
    if (await control.saveBudget(changed)) return changed;
    stored = await control.budget();
  }
  return undefined;
};

/** What every account may send: taken for granted while SES has never answered, for example because a policy forbids to ask. */
const SANDBOX: SendLimits = { ratePerSecond: 1, maxPer24h: 200, sentLast24h: 0 };

/**
 * Asks SES what it allows. If SES does not answer, all go on by what it said before, for another minute.
 * @param forMs since it was asked before
 */
const ask = async ({ control, mailer, log }: PacePorts, asked: Budget, forMs: number): Promise<Budget | undefined> => {
  try {
    const limits = await mailer.quota();
    const used = quotaUsed(limits);
    log.info('rate.read', { ...limits, quotaUsed: used });
    if (used > QUOTA_HIGH) log.warn('rate.quota-high', { quotaUsed: used });
    return await change(control, asked, (stored) => answered(stored, limits));
  } catch (error) {
    log.error('rate.unread', { error: errorName(error) });
    return change(control, asked, (stored) => (stored.limits ? unanswered(stored, forMs) : answered(stored, SANDBOX)));
  }
};

const CONTENDED: NoLease = { kind: 'none', why: 'rate', waitMs: AWAY };

/** Takes a lease, after asking SES if it is time: one conditional write, if nobody else writes. */
const takeLease = async (
  ports: PacePorts,
  known: Budget | undefined,
  wish: { lane: Lane; wanted: number },
): Promise<Lease | NoLease> => {
  const { control, clock } = ports;
  let stored = known;
  for (let tried = 0; tried < TRIES; tried++) {
    stored ??= await control.budget();
    const before = stored ?? newBudget();
    const now = clock.now();
    stored = undefined;
    if (mustAsk(before, now)) {
      const asked = asking(before, now);
      if (await control.saveBudget(asked)) stored = await ask(ports, asked, now - before.askedAt);
      continue;
    }
    const result = lease(before, { ...wish, patienceMs: PATIENCE[wish.lane] }, now);
    // what a worker remembers may be old: only what is stored now sends work away
    if (result.kind === 'none' && before !== known) return result;
    if (result.kind === 'lease' && (await control.saveBudget(result.budget))) return result;
  }
  return CONTENDED;
};

/** A lease while it is used. */
interface Places extends Lease {
  /** Places gone, and those of them that a mail took. */
  used: number;
  taken: number;
  since: Instant;
}

/** What a worker can send in a second, by what it sent with its last lease, waiting for it included. */
const strengthOf = (last: Places | undefined, now: Instant): number => {
  if (!last) return LEAST;
  const perSecond = (last.taken * 1000) / Math.max(1, now - last.since);
  return Math.max(LEAST, Math.ceil(last.taken < last.count ? perSecond : perSecond * GROWTH));
};

/** The next place that is not spoilt; undefined once all are gone. */
const nextPlace = (places: Places | undefined, now: Instant): number | undefined => {
  while (places && places.used < places.count) {
    const at = places.fromAt + places.used++ * places.gapMs;
    if (at >= now - SPOILT) return at;
  }
  return undefined;
};

/** What a worker keeps from one invocation to the next: chunks of a reader or two come one after the other. */
export interface Leftover {
  places?: Places | undefined;
  /** Nobody else wrote between the last two leases: the budget is taken as it was left, which saves a read. */
  alone?: boolean;
}

/** The worker's own time is over. Its work goes on elsewhere, at once. */
const OVER: Held = { kind: 'held', why: 'rate', waitMs: 0 };

/**
 * One worker's pace on a lane, for one invocation.
 * @param until no place is given later: where places are few, those who wait in line would be killed in the midst of a mail
 */
export const openPace = (
  ports: PacePorts,
  lane: Lane,
  leftover: Leftover = {},
  until: Instant = Number.POSITIVE_INFINITY,
): Pace => {
  const { control, clock, wait, log } = ports;
  let held: { as: Held; until: Instant } | undefined;
  let line: Promise<unknown> = Promise.resolve();

  const renew = async (): Promise<Held | undefined> => {
    if (lane === 'digests' && (await control.brake())?.kind === 'on') return BRAKED;
    const patientUntil = clock.now() + PATIENCE[lane];
    for (;;) {
      const { places } = leftover;
      const wanted = strengthOf(places, clock.now());
      // with others at work what was left is old, and a write that is refused costs five reads
      const taken = await takeLease(ports, leftover.alone ? places?.budget : undefined, { lane, wanted });
      if (taken.kind === 'lease') {
        leftover.alone = taken.budget.version - 1 === places?.budget.version;
        leftover.places = { ...taken, used: 0, taken: 0, since: clock.now() };
        return undefined;
      }
      const { why, waitMs } = taken;
      if (clock.now() + waitMs > patientUntil) return { kind: 'held', why, waitMs: Math.ceil(Math.max(AWAY, waitMs)) };
      await wait(Math.ceil(waitMs));
    }
  };
  const next = async (): Promise<Permit> => {
    for (;;) {
      if (clock.now() >= until) return OVER;
      if (held && clock.now() < held.until) return held.as;
      const { places } = leftover;
      const at = nextPlace(places, clock.now());
      if (places && at !== undefined) {
        await wait(Math.max(0, Math.ceil(at - clock.now())));
        places.taken++;
        return { kind: 'go' };
      }
      const as = await renew();
      held = as && { as, until: clock.now() + SPOILT };
    }
  };
  return {
    // one after the other: mails under way at once would each take a lease, one behind the other
    take() {
      const turn = line.then(next);
      line = turn.catch(() => undefined);
      return turn;
    },
    async refused(why) {
      try {
        const changed = await change(control, undefined, (stored) =>
          why === 'quota' ? usedUp(stored) : slowedDown(stored, clock.now()),
        );
        if (changed) log.warn('rate.refused', { why, share: changed.slowed?.share ?? 1 });
        // what was leased at the old rate is given up
        leftover.places = undefined;
      } catch (error) {
        log.error('rate.untold', { why, error: errorName(error) });
      }
    },
  };
};
