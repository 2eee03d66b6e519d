import type { Span } from '../../functions/digest/owed.ts';
import { newReconciliation, type ReconcileReport } from '../../functions/digest/reconcile.ts';
import { cohortOf, shardOf } from '../../functions/model/cohort.ts';
import { type Delivery, deliveryId } from '../../functions/model/delivery.ts';
import type { Subscriber } from '../../functions/model/subscriber.ts';
import { DAY, HOUR, MINUTE } from '../../functions/model/time.ts';
import { aDelivery, aPointer, aSubscriber, BASE_AT } from '../builders.ts';
import { memoryPorts } from '../fakes.ts';

/** Berlin, daily at 07:00: due at BASE_AT (Monday, 06:00 UTC) and 24 hours before and after. */
export const TUESDAY = BASE_AT + DAY;
const DATES = new Map([
  [BASE_AT - DAY, '2026-01-04'],
  [BASE_AT, '2026-01-05'],
  [TUESDAY, '2026-01-06'],
]);
export const DAY_OF: Span = { from: BASE_AT - HOUR, to: BASE_AT + 4 * HOUR };
export const NOON = BASE_AT + 6 * HOUR;

export const SENT = { kind: 'sent', at: BASE_AT + MINUTE } as const;

const long = { signedUpAt: BASE_AT - 90 * DAY, confirmedAt: BASE_AT - 90 * DAY, movedAt: BASE_AT - 90 * DAY };

/** Readers, cohorts and a ledger in memory, and the nightly reconciliation over them. */
export const aNight = async () => {
  const memory = memoryPorts({ now: NOON });
  await memory.editions.publish(aPointer({ number: 1 }));

  const reader = async (over: Parameters<typeof aSubscriber>[0] = {}): Promise<Subscriber> => {
    const one = aSubscriber({ ...long, ...over });
    await memory.subscribers.save(one);
    await memory.cohorts.register(cohortOf(one.preferences), shardOf(one.id), long.confirmedAt);
    return one;
  };

  const enter = (of: Subscriber, dueAt = BASE_AT, over: Partial<Delivery> = {}) =>
    memory.deliveries.claim(
      aDelivery({
        subscriber: of.id,
        dueAt,
        period: { kind: 'day', date: DATES.get(dueAt) ?? '' },
        state: SENT,
        ...over,
      }),
    );

  const reconcile = async (span = DAY_OF, now = NOON, more: object = {}): Promise<ReconcileReport> => {
    const ports = { ...memory, digests: memory.queues.digests, settle: memory.queues.settle, ...more };
    const reconciliation = newReconciliation(ports, span);
    for await (const page of memory.subscribers.scan()) await reconciliation.take(page);
    return reconciliation.finish(now);
  };

  const named = (event: string) =>
    memory.log.lines.filter((line) => line.event === event).map(({ fields }) => fields.delivery);

  return { memory, reader, enter, reconcile, named };
};

export type Night = Awaited<ReturnType<typeof aNight>>;

/** The delivery that was due on the day of `DAY_OF`. */
export const todays = (of: Subscriber) => deliveryId(of.id, { kind: 'day', date: '2026-01-05' });
