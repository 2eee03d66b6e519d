import { type ReputationCounter, reputationWindow } from '../model/brake.ts';
import { parseDeliveryId } from '../model/delivery.ts';
import { type EvidenceCounter, evidenceWindow } from '../model/evidence.ts';
import type { SesEvent } from '../model/ses-event.ts';
import type { Subscriber, SubscriberId } from '../model/subscriber.ts';
import { DAY, type Instant } from '../model/time.ts';
import type { Cohorts, Control, Deliveries, Log, Subscribers } from '../ports.ts';
import { readAddress } from './address.ts';
import { changeSubscriber } from './change.ts';

/** What taking SES events needs. */
export interface FeedbackPorts {
  subscribers: Pick<Subscribers, 'byId' | 'save'>;
  cohorts: Pick<Cohorts, 'register'>;
  deliveries: Pick<Deliveries, 'evidence'>;
  control: Pick<Control, 'suppress' | 'count' | 'countOnce' | 'withinLimit'>;
  log: Log;
}

const EVIDENCED: EvidenceCounter = 'evidenced';

/** A full mailbox is given this long, and this many mails, to be emptied. */
const SOFT = { times: 5, overMs: 14 * DAY };

/**
 * So many permanent bounces that name another address, each of a mail of its own, end a subscription. SES takes the name from the bounce (the
 * DSN's Final-Recipient), and a mailbox that forwards to a dead one has that one named: no other address would ever be stopped for it.
 */
const FORWARDED = { times: 5, withinMs: 56 * DAY };

const LETTER = /^([a-z-]+)_([a-z0-9]{16})$/;

/** Whom the mail was for, by the tag that it carried. */
const subscriberOf = ({ tags }: SesEvent['mail']): SubscriberId | undefined =>
  parseDeliveryId(tags.delivery?.[0] ?? '')?.subscriber ?? LETTER.exec(tags.letter?.[0] ?? '')?.[2];

const recipientsOf = (event: SesEvent): string[] => {
  switch (event.eventType) {
    case 'Bounce':
      return event.bounce.bouncedRecipients.map(({ emailAddress }) => emailAddress);
    case 'Complaint':
      return event.complaint.complainedRecipients.map(({ emailAddress }) => emailAddress);
    case 'Send':
    case 'Delivery':
    case 'DeliveryDelay':
    case 'Reject':
      return event.mail.destination;
    default:
      return event satisfies never;
  }
};

const keysOf = (addresses: readonly string[]): string[] =>
  addresses.flatMap((address) => {
    const read = readAddress(address, { allowReserved: true });
    return read.ok ? [read.key] : [];
  });

/** True if the event is about the address that the subscriber has now; one about any other address changes nothing. */
const isAbout = (event: SesEvent, { addressKey }: Subscriber): boolean =>
  keysOf(recipientsOf(event)).includes(addressKey);

/** What came back of a mail to the subscriber's address alone, and to whom it went on from there nobody knows. */
const isForwarded = ({ mail: { destination } }: SesEvent, { addressKey }: Subscriber): boolean =>
  destination.length === 1 && keysOf(destination)[0] === addressKey;

const takenAt = ({ timestamp }: SesEvent['mail'], now: Instant): Instant => {
  const at = Date.parse(timestamp);
  return Number.isNaN(at) ? now : at;
};

/**
 * Ends a subscription and marks the address. The reader comes first: their row is read consistently before each mail. The mark outlives
 * it, and stops mail to the address also where the table of readers is restored to a time before.
 */
const stop = async (
  ports: FeedbackPorts,
  subscriber: Subscriber,
  why: 'bounced' | 'complained',
  now: Instant,
): Promise<void> => {
  await changeSubscriber(ports, subscriber.id, now, (current) =>
    current.status.kind === 'left' || current.addressKey !== subscriber.addressKey
      ? undefined
      : { ...current, status: { kind: 'left', at: now, why } },
  );
  await ports.control.suppress(subscriber.addressKey, why === 'bounced' ? 'bounce' : 'complaint', now);
  ports.log.warn('subscriber.stopped', { subscriber: subscriber.id, why });
};

/** Counts a transient bounce, once for each mail. */
const countSoft = async (ports: FeedbackPorts, id: SubscriberId, event: SesEvent, now: Instant): Promise<void> => {
  if (!(await ports.control.withinLimit(`soft/${event.mail.messageId}`, 1, 3 * DAY, now))) return;
  const changed = await changeSubscriber(ports, id, now, (current) => {
    const { times, sinceAt } = current.softBounces ?? { times: 0, sinceAt: now };
    return { ...current, softBounces: { times: times + 1, sinceAt } };
  });
  const soft = changed?.after.softBounces;
  if (changed && soft && soft.times >= SOFT.times && now - soft.sinceAt >= SOFT.overMs)
    await stop(ports, changed.after, 'bounced', now);
};

const forgetSoft = (ports: FeedbackPorts, id: SubscriberId, now: Instant) =>
  changeSubscriber(ports, id, now, (current) => {
    const { softBounces, ...rest } = current;
    return softBounces ? rest : undefined;
  });

/** A mail that left before the reader last confirmed: it did arrive, whatever a late or repeated event says. */
const isBeforeConfirming = (event: SesEvent, { confirmedAt }: Subscriber, now: Instant): boolean =>
  confirmedAt !== undefined && takenAt(event.mail, now) < confirmedAt;

const isHard = (event: SesEvent): boolean => event.eventType === 'Bounce' && event.bounce.bounceType === 'Permanent';

/** Counts a permanent bounce from behind the subscriber's address, once for each mail: one alone stops nobody. */
const countForwarded = async (ports: FeedbackPorts, event: SesEvent, subscriber: Subscriber, now: Instant) => {
  const { withinLimit } = ports.control;
  if (!(await withinLimit(`forwarded/${event.mail.messageId}`, 1, FORWARDED.withinMs, now))) return;
  const { addressKey, confirmedAt = 0 } = subscriber;
  const few = await withinLimit(`forwarded/${addressKey}/${confirmedAt}`, FORWARDED.times - 1, FORWARDED.withinMs, now);
  if (!few) await stop(ports, subscriber, 'bounced', now);
};

/**
 * A letter to an address that a reader wants to move to came back, or was complained of: that address gets no more, and the reader
 * stays as they are.
 */
const markNewAddress = async ({ control, log }: FeedbackPorts, event: SesEvent, now: Instant): Promise<void> => {
  const [, letter, subscriber = ''] = LETTER.exec(event.mail.tags.letter?.[0] ?? '') ?? [];
  const why = event.eventType === 'Complaint' ? 'complaint' : isHard(event) ? 'bounce' : undefined;
  if (letter !== 'address-change' || why === undefined) return;
  for (const key of keysOf(event.mail.destination)) await control.suppress(key, why, now);
  log.warn('address.stopped', { subscriber, why });
};

const act = async (ports: FeedbackPorts, event: SesEvent, subscriber: Subscriber, now: Instant): Promise<void> => {
  if (event.eventType === 'Complaint') return stop(ports, subscriber, 'complained', now);
  if (event.eventType === 'Delivery') {
    if (subscriber.softBounces) await forgetSoft(ports, subscriber.id, now);
    return;
  }
  if (event.eventType !== 'Bounce' || isBeforeConfirming(event, subscriber, now)) return;
  if (isHard(event)) return stop(ports, subscriber, 'bounced', now);
  return countSoft(ports, subscriber.id, event, now);
};

/** The sub-type of bounces and complaints that SES makes up itself, for addresses on the account's own suppression list: it mailed nobody. */
const HELD_BACK = 'OnAccountSuppressionList';

/** What an event means for the sender's reputation. SES does not count what it held back itself. */
const reputationOf = (event: SesEvent): ReputationCounter | undefined => {
  if (event.eventType === 'Complaint') return event.complaint.complaintSubType === HELD_BACK ? undefined : 'complained';
  return event.eventType === 'Bounce' && isHard(event) && event.bounce.bounceSubType !== HELD_BACK
    ? 'bounced'
    : undefined;
};

/** Counts a bounce or complaint about a digest, once a mail however often and after whatever crash it comes, by when the mail left. */
const countForBrake = async ({ control }: FeedbackPorts, event: SesEvent, now: Instant): Promise<void> => {
  const counter = reputationOf(event);
  if (counter) await control.countOnce(counter, reputationWindow(takenAt(event.mail, now)), event.mail.messageId);
};

/**
 * Takes one SES event, at least once, in any order. Whatever it says, it proves that SES took the mail; bounces and complaints
 * also stop what must be stopped, but only for the subscriber that the mail's own tag names and only if the recipient is theirs.
 */
export const takeFeedback = async (ports: FeedbackPorts, event: SesEvent, now: Instant): Promise<void> => {
  const delivery = parseDeliveryId(event.mail.tags.delivery?.[0] ?? '');
  if (delivery) {
    await ports.deliveries.evidence(delivery.subscriber, delivery.period, now, event.mail.messageId);
    // of the events of one mail, Send alone is counted: each mail has one, and counting too few only makes us send less
    if (event.eventType === 'Send') await ports.control.count(EVIDENCED, evidenceWindow(takenAt(event.mail, now)), 1);
    await countForBrake(ports, event, now);
  }
  if (event.eventType === 'Reject') ports.log.warn('mail.rejected', { message: event.mail.messageId });
  const id = subscriberOf(event.mail);
  if (id === undefined || event.eventType === 'Send' || event.eventType === 'DeliveryDelay') return;
  const subscriber = await ports.subscribers.byId(id);
  if (!subscriber) return;
  if (isAbout(event, subscriber)) return act(ports, event, subscriber, now);
  if (isForwarded(event, subscriber) && isHard(event)) return countForwarded(ports, event, subscriber, now);
  await markNewAddress(ports, event, now);
};
