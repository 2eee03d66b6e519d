import { type Delivery, deliveryId, periodId } from '../model/delivery.ts';
import type { SendOutcome } from '../model/mail.ts';
import { type Instant, MINUTE } from '../model/time.ts';
import { errorName } from './broken.ts';
import type { DigestPorts } from './ports-of-digest.ts';
import type { Prepared } from './prepare.ts';

/** An unsettled claim is looked at when it is this old, and again when it is twice as old. */
export const LOOK_AFTER = 15 * MINUTE;

/** What became of one call of SES. */
export type HandedOver =
  | { kind: 'sent'; at: Instant }
  | { kind: 'failed'; at: Instant; reason: 'refused' | 'unknown' }
  /** Nobody knows: the settle queue will. */
  | { kind: 'unknown' }
  /** Provably not taken, and the claim stands: the caller decides. */
  | { kind: 'refused'; error: 'throttled' | 'quota' | 'paused' | 'misconfigured' };

/** Puts a claim on the settle queue, to be looked at 15 minutes after it was made. */
export const queueLook = async (
  { settle, clock }: Pick<DigestPorts, 'settle' | 'clock'>,
  { subscriber, period, state }: Delivery,
): Promise<void> => {
  const lookAt = state.at + LOOK_AFTER;
  const delayMs = Math.min(LOOK_AFTER, Math.max(0, lookAt - clock.now()));
  await settle.send([{ v: 1, kind: 'settle', delivery: deliveryId(subscriber, period), look: 1, lookAt }], delayMs);
};

/** One SES call; what the adapter throws proves nothing, so it counts as unknown. */
const call = async ({ mailer }: DigestPorts, { reader, mail, due }: Prepared): Promise<SendOutcome> => {
  try {
    return await mailer.send({
      to: reader.address,
      raw: mail.raw,
      // nearly all mails arrive: SES tells so only of those to readers whose last one bounced softly (docs/decisions/0020)
      tags: { delivery: deliveryId(reader.id, due.period), ...(reader.softBounces ? { watch: 'yes' } : {}) },
    });
  } catch (error) {
    return { kind: 'unknown', message: errorName(error) };
  }
};

const observe = ({ observe: tell, clock }: DigestPorts, { reader, due, selection, mail }: Prepared): void =>
  tell?.({
    delivery: deliveryId(reader.id, due.period),
    subscriber: reader,
    period: due.period,
    selection,
    subject: mail.subject,
    htmlBytes: mail.htmlBytes,
    textBytes: mail.textBytes,
    at: clock.now(),
  });

/** SES has the mail: whatever fails now must not lead to a second one. */
const settleSent = async (ports: DigestPorts, claim: Delivery, attempt: 1 | 2, messageId: string): Promise<Instant> => {
  const at = ports.clock.now();
  try {
    await ports.deliveries.settle(claim.subscriber, claim.period, attempt, { kind: 'sent', at, messageId });
  } catch (error) {
    ports.log.error('send.settle-failed', {
      delivery: deliveryId(claim.subscriber, claim.period),
      error: errorName(error),
    });
    await queueLook(ports, claim);
  }
  return at;
};

/** SES takes no mail of ours: the other workers slow down, or the operator must look. The line is the alarm. */
export const tellRefusal = async (
  { pace, log }: Pick<DigestPorts, 'pace' | 'log'>,
  error: Extract<HandedOver, { kind: 'refused' }>['error'],
  why: string,
): Promise<void> => {
  if (error === 'throttled' || error === 'quota') return pace.refused(error);
  log.error('mail.stopped', { error, why });
};

/** A refused second attempt says nothing of the first, which may have gone: then nobody knows, and the stories count as mailed. */
const settleRefused = async ({ log, clock, deliveries }: DigestPorts, claim: Delivery, attempt: 1 | 2) => {
  const { subscriber, period } = claim;
  const [at, reason] = [clock.now(), attempt === 1 ? 'refused' : 'unknown'] as const;
  if (reason === 'unknown') {
    log.error('settle.unknown', { delivery: deliveryId(subscriber, period), why: 'rejected' });
  }
  await deliveries.settle(subscriber, period, attempt, { kind: 'failed', at, reason });
  return { at, reason } as const;
};

/**
 * Hands a claimed digest to SES, once, and settles what is certain. The claim must be in the ledger already: it is what keeps
 * everybody else from mailing the same.
 */
export const handOver = async (
  ports: DigestPorts,
  prepared: Prepared,
  claim: Delivery,
  attempt: 1 | 2,
): Promise<HandedOver> => {
  const { log } = ports;
  const outcome = await call(ports, prepared);
  switch (outcome.kind) {
    case 'accepted': {
      observe(ports, prepared);
      return { kind: 'sent', at: await settleSent(ports, claim, attempt, outcome.messageId) };
    }
    case 'unknown':
      log.warn('send.unknown', { delivery: deliveryId(claim.subscriber, claim.period), attempt });
      observe(ports, prepared);
      await queueLook(ports, claim);
      return { kind: 'unknown' };
    case 'refused': {
      const { error, message } = outcome;
      if (error !== 'rejected') {
        await tellRefusal(ports, error, message);
        return { kind: 'refused', error };
      }
      log.warn('send.refused', { subscriber: claim.subscriber, period: periodId(claim.period), why: message });
      return { kind: 'failed', ...(await settleRefused(ports, claim, attempt)) };
    }
    default:
      return outcome satisfies never;
  }
};
