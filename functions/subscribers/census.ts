import type { Subscriber } from '../model/subscriber.ts';
import { DAY, type Instant } from '../model/time.ts';
import type { Cohorts, Log, Subscribers } from '../ports.ts';
import { meet, mendAddressOf, readTaken, releaseOrphans } from './mend-addresses.ts';
import { type Mended, mendRegistry } from './mend-registry.ts';
import { countIn, newRecount } from './recount.ts';

export interface CensusPorts {
  subscribers: Subscribers;
  cohorts: Cohorts;
  log: Log;
}

export interface CensusReport extends Mended {
  subscribers: number;
  /** Addresses given back to their subscriber, and let go because nobody has them. */
  addresses: number;
  orphans: number;
  /** Sign-ups that nobody confirmed, readers who left long ago, and deletions that a crash left half done. */
  vanished: number;
}

/** What nobody used for so long goes: registered cohorts and follows, and sign-ups that were never confirmed. */
const KEPT = 7 * DAY;

/**
 * Who left can open no page of choices, so what they gave us must go by itself: when the last of their digests is forgotten too. The mark
 * on an address that bounced or complained stays.
 */
const LEFT_KEPT = 100 * DAY;

const isStale = ({ status, signedUpAt }: Subscriber, now: Instant): boolean => {
  switch (status.kind) {
    case 'pending':
      return now - signedUpAt > KEPT;
    case 'left':
      return status.why === 'erased' || now - status.at > LEFT_KEPT;
    case 'active':
    case 'paused':
      return false;
    default:
      return status satisfies never;
  }
};

/** The subscriber goes first, if nobody confirmed meanwhile; an address that a crash leaves behind is an orphan next night. */
const vanish = async ({ subscribers, log }: CensusPorts, subscriber: Subscriber): Promise<boolean> => {
  if (!(await subscribers.forget(subscriber))) return false;
  await subscribers.releaseAddress(subscriber.addressKey, subscriber.id);
  log.info('census.vanished', { subscriber: subscriber.id });
  return true;
};

/**
 * The nightly count of all subscribers, from the table itself and not from the index that planning relies on. Registers what the
 * registry lost, retires what nobody used for seven days, mends addresses, lets unconfirmed sign-ups vanish. Repeatable at any step.
 */
export const takeCensus = async (ports: CensusPorts, now: Instant): Promise<CensusReport> => {
  const taken = await readTaken(ports);
  const recount = newRecount();
  const seen = { subscribers: 0, addresses: 0, vanished: 0 };
  for await (const page of ports.subscribers.scan()) {
    for (const subscriber of page) {
      seen.subscribers++;
      countIn(recount, subscriber);
      const met = meet(taken, subscriber);
      if (isStale(subscriber, now)) seen.vanished += (await vanish(ports, subscriber)) ? 1 : 0;
      else if (!met) seen.addresses += (await mendAddressOf(ports, subscriber)) ? 1 : 0;
    }
  }
  const orphans = await releaseOrphans(ports, taken);
  const mended = await mendRegistry(ports, recount, { now, before: now - KEPT });
  const { lost, ...counts } = mended;
  ports.log.info('census.done', { ...seen, orphans, ...counts, lost: lost.length });
  return { ...seen, orphans, ...mended };
};
