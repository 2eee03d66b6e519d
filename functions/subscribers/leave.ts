import type { Subscriber, SubscriberId } from '../model/subscriber.ts';
import { DAY, HOUR, type Instant } from '../model/time.ts';
import { changeSubscriber } from './change.ts';
import type { WebPorts } from './ports-of-web.ts';

/** What ending a subscription needs. */
export type LeavePorts = Pick<WebPorts, 'subscribers' | 'log'> & { cohorts: Pick<WebPorts['cohorts'], 'register'> };

/**
 * Ends a subscription at once. Repeatable; a subscriber who is gone is as good as one who left.
 * @returns `already` if this changed nothing
 */
export const leave = async (ports: LeavePorts, id: SubscriberId, now: Instant): Promise<'left' | 'already'> => {
  const changed = await changeSubscriber(ports, id, now, (current) =>
    current.status.kind === 'left' ? undefined : { ...current, status: { kind: 'left', at: now, why: 'unsubscribed' } },
  );
  if (!changed || changed.before === changed.after) return 'already';
  ports.log.info('subscriber.left', { subscriber: id });
  return 'left';
};

export type Comeback = 'same' | 'weekly' | 'pause';

/** How long the unsubscribe link, which never ends and may have been forwarded, can undo what it did. */
const UNDO_MS = HOUR;

/** True while the page after leaving may offer a way back: only a reader who left by choice, once confirmed, within the hour. */
export const canComeBack = ({ status, confirmedAt }: Subscriber, now: Instant): boolean =>
  status.kind === 'left' && status.why === 'unsubscribed' && confirmedAt !== undefined && now - status.at <= UNDO_MS;

/**
 * Undoes leaving, as it was or with less mail. A second press finds it undone and is answered alike. Nothing if it is too late or was
 * no choice of the reader's.
 */
export const comeBack = async (
  ports: WebPorts,
  id: SubscriberId,
  how: Comeback,
  now: Instant,
): Promise<Subscriber | undefined> => {
  const changed = await changeSubscriber(ports, id, now, (current) => {
    if (!canComeBack(current, now)) return undefined;
    const status: Subscriber['status'] =
      how === 'pause' ? { kind: 'paused', until: now + 30 * DAY } : { kind: 'active' };
    const preferences = how === 'weekly' ? { ...current.preferences, cadence: how } : current.preferences;
    return { ...current, status, preferences };
  });
  const kind = changed?.after.status.kind;
  return kind === 'active' || kind === 'paused' ? changed?.after : undefined;
};
