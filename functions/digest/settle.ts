import { type Delivery, deliveryId, parseDeliveryId, periodId } from '../model/delivery.ts';
import { evidenceWindow } from '../model/evidence.ts';
import type { SettleMessage } from '../model/messages.ts';
import type { Subscriber } from '../model/subscriber.ts';
import { type Instant, MINUTE } from '../model/time.ts';
import { errorName, isPoison, pure } from './broken.ts';
import { roadIsAlive, takeResend } from './evidence-road.ts';
import { handOver, LOOK_AFTER } from './hand-over.ts';
import { memoryBefore } from './memory.ts';
import type { DigestPorts } from './ports-of-digest.ts';
import { ledgerEntry, type Prepared, prepare } from './prepare.ts';
import { isTooLate, whyNotNow } from './why-not.ts';

type Claimed = Delivery & { state: { kind: 'claimed'; attempt: 1 | 2 } };

const isClaimed = (delivery: Delivery): delivery is Claimed => delivery.state.kind === 'claimed';

const giveUp = async ({ deliveries, clock, log }: DigestPorts, claim: Claimed, why: string): Promise<void> => {
  const state = { kind: 'failed', at: clock.now(), reason: 'unknown' } as const;
  // This line is the alarm: a reader may have got nothing. It comes first, or a crash between would settle in silence.
  log.error('settle.unknown', { delivery: deliveryId(claim.subscriber, claim.period), why });
  await deliveries.settle(claim.subscriber, claim.period, claim.state.attempt, state);
};

const lookLater = async ({ settle, clock }: DigestPorts, message: SettleMessage): Promise<void> => {
  const delayMs = Math.min(LOOK_AFTER, Math.max(0, message.lookAt - clock.now()));
  await settle.send([message], delayMs);
};

/** The claim's digest made anew, from the same edition and without its own stories in memory. */
const prepareAgain = async (ports: DigestPorts, claim: Claimed, reader: Subscriber): Promise<Prepared | undefined> => {
  const { subscriber, period, dueAt, edition } = claim;
  const memory = await memoryBefore(ports.deliveries, { subscriber, period, dueAt });
  return prepare(ports, reader, { period, dueAt, edition }, memory);
};

const sendAgain = async (ports: DigestPorts, prepared: Prepared): Promise<void> => {
  const { reader, due, selection } = prepared;
  const claim = ledgerEntry(reader, due, { kind: 'claimed', at: ports.clock.now(), attempt: 2 }, selection);
  if (!(await ports.deliveries.reclaim(claim))) {
    return;
  }
  ports.log.warn('settle.second-attempt', { delivery: deliveryId(reader.id, due.period) });
  const handed = await handOver(ports, prepared, claim, 2);
  if (handed.kind === 'sent') {
    await ports.control.count('accepted', evidenceWindow(handed.at), 1);
  }
  if (handed.kind === 'refused' && isClaimed(claim)) {
    await giveUp(ports, claim, handed.error);
  }
};

/** The reader as they are now, or why they must not be mailed again, whatever became of the first attempt. */
const readerOf = async (ports: DigestPorts, claim: Claimed): Promise<Subscriber | string> => {
  const now = ports.clock.now();
  const reader = await ports.subscribers.byId(claim.subscriber);
  if (!reader) {
    return 'reader gone';
  }
  if (pure(() => isTooLate(reader, claim, now))) {
    return 'too late';
  }
  const suppressed = (await ports.control.suppressed(reader.addressKey)) !== undefined;
  return whyNotNow(reader, claim, now, suppressed) ? 'reader stopped' : reader;
};

const decide = async (ports: DigestPorts, claim: Claimed, message: SettleMessage): Promise<void> => {
  if (claim.state.attempt === 2) {
    return giveUp(ports, claim, 'second attempt');
  }
  const asked = await readerOf(ports, claim);
  if (typeof asked === 'string') {
    return giveUp(ports, claim, asked);
  }
  if (!(await roadIsAlive(ports.control, claim.state.at))) {
    return giveUp(ports, claim, 'no events arrive');
  }
  const permit = await ports.pace.take();
  if (permit.kind === 'held') {
    return lookLater(ports, { ...message, lookAt: ports.clock.now() + permit.waitMs });
  }
  // once more: a place may take seconds to come, and who left or moved meanwhile must not be mailed as before
  const reader = await readerOf(ports, claim);
  if (typeof reader === 'string') {
    return giveUp(ports, claim, reader);
  }
  const prepared = await prepareAgain(ports, claim, reader);
  if (!prepared) {
    return giveUp(ports, claim, 'nothing left to mail');
  }
  return (await takeResend(ports.control, ports.clock.now()))
    ? sendAgain(ports, prepared)
    : giveUp(ports, claim, 'too many second attempts');
};

/**
 * An event has thirty minutes to arrive, from the moment at which SES takes the mail. A worker may stand still between its claim and SES
 * for as long as Lambda lets it live, five minutes; and its clock and the looker's may be two minutes wrong, each in its own way.
 */
const SILENCE_COUNTS_AFTER = 2 * LOOK_AFTER + 9 * MINUTE;

/** When a claim of this age is to be looked at next; nothing once both looks are over. */
const nextLook = (claimedAt: Instant, now: Instant): Pick<SettleMessage, 'look' | 'lookAt'> | undefined => {
  if (now < claimedAt + LOOK_AFTER) {
    return { look: 1, lookAt: claimedAt + LOOK_AFTER };
  }
  const lastAt = claimedAt + SILENCE_COUNTS_AFTER;
  return now < lastAt ? { look: 2, lookAt: lastAt } : undefined;
};

/**
 * Looks again at a claim that nobody settled. Evidence settles it as sent; after 30 minutes without, it is mailed a second and last
 * time if silence can be trusted (design.md, 'Sending once', 6), else it ends failed(unknown). Harmless however often it comes.
 */
export const lookAgain = async (ports: DigestPorts, message: SettleMessage): Promise<void> => {
  const named = parseDeliveryId(message.delivery);
  const delivery = named && (await ports.deliveries.byPeriod(named.subscriber, named.period));
  if (!delivery || !isClaimed(delivery)) {
    return;
  }
  const { subscriber, period, state, evidenceAt } = delivery;
  if (evidenceAt !== undefined) {
    await ports.deliveries.settle(subscriber, period, state.attempt, { kind: 'sent', at: evidenceAt });
    return;
  }
  const next = nextLook(state.at, ports.clock.now());
  if (next) {
    return lookLater(ports, { ...message, ...next });
  }
  try {
    await decide(ports, delivery, message);
  } catch (error) {
    if (!isPoison(error)) {
      throw error;
    }
    ports.log.error('settle.broken', { subscriber, period: periodId(period), error: errorName(error) });
    await giveUp(ports, delivery, 'broken');
  }
};
