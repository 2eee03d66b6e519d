import type { Subscriber, SubscriberId } from '../model/subscriber.ts';
import type { Instant } from '../model/time.ts';
import { changeSubscriber, followWishes } from './change.ts';
import type { WebPorts } from './ports-of-web.ts';

export type ConfirmOutcome = { kind: 'active'; subscriber: Subscriber } | { kind: 'inactive' };

/**
 * Makes a pending subscriber active. A second press (scanner first, person second) succeeds as well; every step is
 * repeatable, so one that crashed is completed by it. The first digest is asked for once per date by its own period.
 */
export const confirm = async (ports: WebPorts, id: SubscriberId, now: Instant): Promise<ConfirmOutcome> => {
  const changed = await changeSubscriber(ports, id, now, (current) => {
    // the button stands in a mail: what bounced before is over
    const { softBounces: _, ...rest } = current;
    return current.status.kind === 'pending' ? { ...rest, status: { kind: 'active' }, confirmedAt: now } : undefined;
  });
  const subscriber = changed?.after;
  if (!subscriber || subscriber.status.kind === 'left') return { kind: 'inactive' };
  await followWishes(ports, subscriber);
  const fresh = subscriber.confirmedAt !== undefined && now - subscriber.confirmedAt < WELCOME_REPAIR_MS;
  if (ports.welcome && fresh)
    await ports.letters.send([{ v: 1, kind: 'welcome', subscriber: id, askedAt: subscriber.confirmedAt ?? now }]);
  if (changed.before !== subscriber) ports.log.info('subscriber.confirmed', { subscriber: id });
  return { kind: 'active', subscriber };
};

/** A press this soon after the first one asks for the welcome again, in case the first crashed before it; the ledger sends one. */
const WELCOME_REPAIR_MS = 10 * 60_000;
