import { type Delivery, deliveryId } from '../../functions/model/delivery.ts';
import { evidenceWindow } from '../../functions/model/evidence.ts';
import type { SubscriberId } from '../../functions/model/subscriber.ts';
import type { Instant } from '../../functions/model/time.ts';
import type { Control, Deliveries, Subscribers } from '../../functions/ports.ts';
import type { memoryStores } from '../fakes.ts';
import type { Accepted } from './ses.ts';
import type { Run, Workers } from './workers.ts';
import type { Work } from './world.ts';

/** A second attempt, and whether events could be trusted at any moment since its worker began to look. */
interface Again {
  delivery: string;
  roadWasAlive: boolean;
}

/** How many mails were sent and evidenced, by windows, as it stood at each step. What was sent is counted here, not by the product. */
const watchCounts = (control: Control, workers: Workers<Work>) => {
  const counts: { step: number; window: Instant; accepted: number; evidenced: number }[] = [];
  const sent = new Map<Instant, number>();
  const look = async (window: Instant): Promise<void> => {
    const evidenced = await control.counted('evidenced', window);
    counts.push({ step: workers.step(), window, accepted: sent.get(window) ?? 0, evidenced });
  };
  return {
    look,
    async send(at: Instant): Promise<void> {
      const window = evidenceWindow(at);
      sent.set(window, (sent.get(window) ?? 0) + 1);
      await look(window);
    },
    wasAlive(window: Instant, sinceStep: number): boolean {
      const all = counts.filter((count) => count.window === window);
      const before = all.findLast(({ step }) => step <= sinceStep) ?? { accepted: 0, evidenced: 0 };
      return [before, ...all.filter(({ step }) => step > sinceStep)].some(
        ({ accepted, evidenced }) => evidenced >= 0.99 * accepted,
      );
    },
  };
};

/** Who left, and who was told so. */
const watchLeaving = (subscribers: Subscribers, workers: Workers<Work>) => {
  const left = new Map<SubscriberId, Instant>();
  const knew = new WeakMap<Run<Work>, SubscriberId>();
  const subscribersOf = (run: Run<Work>): Subscribers => ({
    ...subscribers,
    async byId(id) {
      const found = await subscribers.byId(id);
      if (found?.status.kind === 'left') knew.set(run, id);
      return found;
    },
    async save(next) {
      const saved = await subscribers.save(next);
      if (saved && next.status.kind === 'left') left.set(next.id, workers.now());
      return saved;
    },
  });
  return {
    /** Since when a reader has left, by the true clock. */
    left,
    /** The runs that read that a reader had left. */
    knew,
    subscribersOf,
  };
};

/** What an onlooker who sees everything writes down, for the judge. */
export const createRecord = (stores: ReturnType<typeof memoryStores>, workers: Workers<Work>) => {
  const mails: Accepted[] = [];
  /** When the first event of a mail had been taken in, by its message id. */
  const evidence = new Map<string, Instant>();
  /** When SES took what a run of a chunk settled as sent. */
  const settled = new WeakMap<Run<Work>, Instant[]>();
  const again: Again[] = [];
  const leaving = watchLeaving(stores.subscribers, workers);
  const counts = watchCounts(stores.control, workers);
  const begunAt = new WeakMap<Run<Work>, number>();

  const deliveriesOf = (run: Run<Work>): Deliveries => {
    begunAt.set(run, workers.step());
    return {
      ...stores.deliveries,
      async reclaim(entry) {
        const before: Delivery | undefined = await stores.deliveries.byPeriod(entry.subscriber, entry.period);
        const done = await stores.deliveries.reclaim(entry);
        const window = evidenceWindow(before?.state.at ?? 0);
        const roadWasAlive = counts.wasAlive(window, begunAt.get(run) ?? 0);
        if (done) again.push({ delivery: deliveryId(entry.subscriber, entry.period), roadWasAlive });
        return done;
      },
      async settle(subscriber, period, attempt, state) {
        const done = await stores.deliveries.settle(subscriber, period, attempt, state);
        if (done && state.kind === 'sent') settled.set(run, [...(settled.get(run) ?? []), state.at]);
        return done;
      },
    };
  };
  /** A piece of work is done: whatever it was for must have been written by now. */
  const finished = async (run: Run<Work>): Promise<void> => {
    const { work } = run;
    if (work.kind === 'chunk') for (const at of settled.get(run) ?? []) await counts.send(at);
    if (work.kind !== 'event') return;
    const { messageId } = work.event.mail;
    if (!evidence.has(messageId)) evidence.set(messageId, workers.now());
  };
  const control: Control = {
    ...stores.control,
    async count(counter, windowAt, by) {
      await stores.control.count(counter, windowAt, by);
      await counts.look(evidenceWindow(windowAt));
    },
  };
  return {
    mails,
    evidence,
    finished,
    again,
    ...leaving,
    deliveriesOf,
    control,
    accepted: (mail: Accepted) => mails.push(mail),
  };
};
