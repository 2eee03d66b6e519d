import type { Delivery, DeliveryState, FailReason, SkipReason } from '../model/delivery.ts';
import { periodId } from '../model/delivery.ts';
import type { Subscriber } from '../model/subscriber.ts';
import { HOUR } from '../model/time.ts';
import { errorName, isBrokenRow, isPoison, pure } from './broken.ts';
import { type HandedOver, handOver, queueLook } from './hand-over.ts';
import { memoryOf, REMEMBERED } from './memory.ts';
import type { Held, Permit } from './pace.ts';
import type { DigestPorts, Due } from './ports-of-digest.ts';
import { ledgerEntry, type Prepared, prepare } from './prepare.ts';
import { writeOfStopped } from './stopped-sources.ts';
import { standingOf, whyNotInTime, whyNotNow } from './why-not.ts';

/** What became of one due digest. */
export type Outcome =
  /** The ledger says so now, by this call. */
  | { kind: 'settled'; state: DeliveryState }
  /** The ledger said so before: a repeat. */
  | { kind: 'met'; delivery: Delivery }
  /** Handed over; the settle queue finds out. */
  | { kind: 'unknown' }
  /** SES would not take it now, and the ledger is as before: try later. */
  | { kind: 'refused'; error: 'throttled' | 'quota' | 'paused' | 'misconfigured' }
  /** The account's rate or quota has no place for it now; the ledger is as before: try later. */
  | Held
  /** The ledger has an entry that cannot be read: what became of it an operator must see, and nothing is mailed. */
  | { kind: 'unreadable' }
  /** Nothing is due to this reader here: they left for good, or another cohort serves them later. */
  | { kind: 'not-due' };

/** A digest, and the cohort it is due by; none for `welcome` and `now`. */
export interface Job {
  due: Due;
  cohort: string | undefined;
}

/** Digests wait so long for the operator to release the brake; then they are skipped, before the next ones are due. */
const BRAKE_PATIENCE = 20 * HOUR;

const GO: Permit = { kind: 'go' };

/** Whoever meets an unsettled claim sees to it that somebody looks; the claim itself is left alone. */
const meet = async (ports: DigestPorts, delivery: Delivery): Promise<Outcome> => {
  if (delivery.state.kind === 'claimed') {
    await queueLook(ports, delivery);
  }
  return { kind: 'met', delivery };
};

/**
 * Enters a delivery in the ledger. What to answer instead, if the ledger has one: an entry that cannot be read is passed over, as trying
 * again would not help, and would hold up all who come after.
 */
const enter = async (ports: DigestPorts, entry: Delivery): Promise<Outcome | undefined> => {
  try {
    const claimed = await ports.deliveries.claim(entry);
    return claimed.kind === 'claimed' ? undefined : await meet(ports, claimed.delivery);
  } catch (error) {
    if (!isBrokenRow(error)) {
      throw error;
    }
    ports.log.error('send.unreadable', { subscriber: entry.subscriber, period: periodId(entry.period) });
    return { kind: 'unreadable' };
  }
};

const record = async (ports: DigestPorts, reader: Subscriber, due: Due, state: DeliveryState): Promise<Outcome> =>
  (await enter(ports, ledgerEntry(reader, due, state))) ?? { kind: 'settled', state };

const skip = (ports: DigestPorts, reader: Subscriber, due: Due, reason: SkipReason): Promise<Outcome> =>
  record(ports, reader, due, { kind: 'skipped', at: ports.clock.now(), reason });

const fail = (ports: DigestPorts, reader: Subscriber, due: Due, reason: FailReason): Promise<Outcome> =>
  record(ports, reader, due, { kind: 'failed', at: ports.clock.now(), reason });

const afterHandOver = async (ports: DigestPorts, claim: Delivery, handed: HandedOver): Promise<Outcome> => {
  switch (handed.kind) {
    case 'sent':
      return { kind: 'settled', state: { kind: 'sent', at: handed.at } };
    case 'failed':
      return { kind: 'settled', state: handed };
    case 'unknown':
      return handed;
    case 'refused':
      // A crash before this leaves a claim that the next receipt puts on the settle queue.
      await ports.deliveries.release(claim.subscriber, claim.period);
      return handed;
    default:
      return handed satisfies never;
  }
};

const claimAndSend = async (ports: DigestPorts, prepared: Prepared): Promise<Outcome> => {
  const { reader, due, selection } = prepared;
  const claim = ledgerEntry(reader, due, { kind: 'claimed', at: ports.clock.now(), attempt: 1 }, selection);
  const met = await enter(ports, claim);
  return met ?? afterHandOver(ports, claim, await handOver(ports, prepared, claim, 1));
};

/** The reader as they are now, consistently read, and why they get nothing; nothing at all if they are gone. */
const readAgain = async (ports: DigestPorts, reader: Subscriber, { due, cohort }: Job) => {
  const fresh = await ports.subscribers.byId(reader.id);
  if (!fresh) {
    return undefined;
  }
  const suppressed = (await ports.control.suppressed(fresh.addressKey)) !== undefined;
  const standing = cohort === undefined ? 'due' : pure(() => standingOf(fresh, cohort, due));
  const reason = whyNotNow(fresh, due, ports.clock.now(), suppressed);
  return { fresh, standing, reason };
};

const attempt = async (ports: DigestPorts, reader: Subscriber, job: Job): Promise<Outcome> => {
  const { due } = job;
  const deliveries = await ports.deliveries.last(reader.id, REMEMBERED);
  const there = deliveries.find(({ period }) => periodId(period) === periodId(due.period));
  if (there) {
    return meet(ports, there);
  }
  const outOfTime = pure(() => whyNotInTime(reader, due, ports.clock.now(), deliveries));
  const prepared = outOfTime ? undefined : await prepare(ports, reader, due, memoryOf(deliveries));
  // before the look at what the reader wants now: a place may take seconds to come
  const permit = prepared ? await ports.pace.take() : GO;
  const again = await readAgain(ports, reader, job);
  if (!again || again.standing === 'due-later') {
    return { kind: 'not-due' };
  }
  const { fresh, standing, reason } = again;
  const why = reason ?? (standing === 'moved' ? 'not-in-cohort' : outOfTime);
  if (why) {
    return skip(ports, fresh, due, why);
  }
  if (fresh.version !== reader.version) {
    // Chosen by wishes they no longer have: once more, by the ones just read.
    return attempt(ports, fresh, job);
  }
  if (!prepared) {
    return skip(ports, fresh, due, 'nothing-new');
  }
  if (permit.kind === 'go') {
    return claimAndSend(ports, prepared);
  }
  const isOver = permit.why === 'brake' && ports.clock.now() - due.dueAt > BRAKE_PATIENCE;
  return isOver ? skip(ports, fresh, due, 'brake') : permit;
};

/**
 * Settles one due digest: select and render, read status and suppression, claim, one SES call, settle ('Sending once' of design.md).
 * Calling it again for the same digest mails nothing. Broken data of one reader ends as failed(broken),
 * an entry of the ledger that cannot be read as `unreadable`.
 * @throws what the stores and queues throw; the digest is then due as before, or claimed and found by the next call
 */
export const sendDigest = async (ports: DigestPorts, reader: Subscriber, job: Job): Promise<Outcome> => {
  try {
    const outcome = await attempt(ports, reader, job);
    if (outcome.kind === 'settled' && job.cohort !== undefined) await writeOfStopped(ports, reader, job.due);
    return outcome;
  } catch (error) {
    if (!isPoison(error)) {
      throw error;
    }
    ports.log.error('send.broken', {
      subscriber: reader.id,
      period: periodId(job.due.period),
      error: errorName(error),
    });
    return fail(ports, reader, job.due, 'broken');
  }
};
