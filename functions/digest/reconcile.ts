import { type Delivery, deliveryId } from '../model/delivery.ts';
import type { SettleMessage } from '../model/messages.ts';
import type { Subscriber } from '../model/subscriber.ts';
import { type Instant, MINUTE } from '../model/time.ts';
import type { Deliveries, Queue } from '../ports.ts';
import { errorName, isBrokenRow } from './broken.ts';
import { type CatchUpPorts, type CaughtUp, catchUp, type Missing, missingOf } from './catch-up.ts';
import { datesOf, isConcerned, judge, type Span, type Verdict } from './owed.ts';

export interface ReconcilePorts extends CatchUpPorts {
  deliveries: Pick<Deliveries, 'between' | 'byPeriod' | 'claim'>;
  settle: Queue<SettleMessage>;
}

/** Who was due in a span, and what became of them; lists hold delivery ids. */
export interface ReconcileReport extends CaughtUp {
  /** Always sent + skipped + failed + unsettled + missing. */
  due: number;
  sent: number;
  skipped: Record<string, number>;
  failed: Record<string, number>;
  missing: string[];
  stray: string[];
  unsettled: string[];
}

/** A reconciliation under way: it is shown subscribers, all or a part of them, then asked about these. */
export interface Reconciliation {
  take(page: readonly Subscriber[]): Promise<void>;
  finish(now: Instant): Promise<ReconcileReport>;
}

/** Queries under way at once. */
const AT_ONCE = 16;

/** So many readers may be broken each for themselves; more means that nobody can be judged, and the night must come again. */
const MOST_BROKEN = 100;

/** Names in the log; the report has all. */
const NAMED = 100;

/** After so long both looks of the settle queue are over, and a claim that still stands was never put there. */
const CLAIM_IS_STUCK = 45 * MINUTE;

const idOf = ({ subscriber, period }: Delivery): string => deliveryId(subscriber, period);

const countBy = (reasons: readonly string[]): Record<string, number> =>
  Object.fromEntries([...Map.groupBy(reasons, (reason) => reason)].map(([reason, all]) => [reason, all.length]));

interface Found {
  sent: number;
  skipped: string[];
  failed: string[];
  claims: Delivery[];
  stray: string[];
  missing: Missing[];
  /** Readers who could not be judged. */
  broken: number;
}

const countEntry = (found: Found, entry: Delivery): void => {
  const { state } = entry;
  switch (state.kind) {
    case 'sent':
      found.sent++;
      return;
    case 'skipped':
      found.skipped.push(state.reason);
      return;
    case 'failed':
      found.failed.push(state.reason);
      return;
    case 'claimed':
      found.claims.push(entry);
      return;
    default:
      state satisfies never;
  }
};

const lookAt = async (
  { deliveries }: ReconcilePorts,
  reader: Subscriber,
  span: Span,
): Promise<Verdict & { late: Delivery[] }> => {
  const verdict = judge(reader, await deliveries.between(reader.id, ...datesOf(reader, span)), span);
  // the list may lag behind; nobody is alarmed before a consistent look
  const looked = await Promise.all(
    verdict.missing.map(async (owed) => ({ owed, entry: await deliveries.byPeriod(reader.id, owed.period) })),
  );
  const late = looked.flatMap(({ entry }) => entry ?? []);
  return { ...verdict, missing: looked.flatMap(({ owed, entry }) => (entry ? [] : owed)), late };
};

const takeReader = async (ports: ReconcilePorts, reader: Subscriber, span: Span, found: Found): Promise<void> => {
  try {
    const { entries, late, missing, stray } = await lookAt(ports, reader, span);
    for (const entry of [...entries, ...late]) countEntry(found, entry);
    found.stray.push(...stray.map(idOf));
    found.missing.push(...missing.map((owed) => missingOf(reader, owed)));
  } catch (error) {
    // a zone that this runtime does not know, or a row that cannot be read: one reader's. What a store throws is nobody's: the night
    // comes again, or what it would have found stays open
    if (!(error instanceof RangeError || isBrokenRow(error)) || ++found.broken > MOST_BROKEN) throw error;
    ports.log.error('reconcile.broken', { subscriber: reader.id, error: errorName(error) });
  }
};

/** Alarms by name. */
const tell = ({ log }: ReconcilePorts, missing: readonly string[], stray: readonly string[]): void => {
  for (const delivery of missing.slice(0, NAMED)) log.error('reconcile.missing', { delivery });
  for (const delivery of stray.slice(0, NAMED)) log.error('reconcile.stray', { delivery });
  const unnamed = Math.max(0, missing.length - NAMED) + Math.max(0, stray.length - NAMED);
  if (unnamed > 0) log.error('reconcile.more', { digests: unnamed });
};

const settleStuck = async ({ settle, log }: ReconcilePorts, claims: readonly Delivery[], now: Instant) => {
  const stuck = claims.filter(({ state }) => now - state.at > CLAIM_IS_STUCK).map(idOf);
  for (const delivery of stuck.slice(0, NAMED)) log.warn('reconcile.unsettled', { delivery });
  if (stuck.length > 0) {
    await settle.send(stuck.map((delivery) => ({ v: 1, kind: 'settle', delivery, look: 2, lookAt: now })));
  }
};

/**
 * Compares who was due in a span, by the calendar and the subscribers alone, with the ledger. What is missing is alarmed by name and
 * caught up on; claims that nobody settled go to the settle queue.
 */
export const newReconciliation = (ports: ReconcilePorts, span: Span): Reconciliation => {
  const found: Found = { sent: 0, skipped: [], failed: [], claims: [], stray: [], missing: [], broken: 0 };
  return {
    async take(page) {
      const left = page.filter((reader) => isConcerned(reader, span));
      const work = async (): Promise<void> => {
        for (let reader = left.shift(); reader; reader = left.shift()) await takeReader(ports, reader, span, found);
      };
      await Promise.all(Array.from({ length: AT_ONCE }, work));
    },
    async finish(now) {
      const missing = found.missing.map(({ delivery }) => delivery).sort();
      const stray = found.stray.sort();
      const unsettled = found.claims.map(idOf).sort();
      const settled = { sent: found.sent, skipped: found.skipped.length, failed: found.failed.length };
      const due = settled.sent + settled.skipped + settled.failed + unsettled.length + missing.length;
      tell(ports, missing, stray);
      await settleStuck(ports, found.claims, now);
      const caughtUp = await catchUp(ports, found.missing, { due, now });
      const open = { missing: missing.length, stray: stray.length, unsettled: unsettled.length };
      ports.log.info('reconcile.done', { ...span, due, ...settled, ...open, ...caughtUp });
      const reasons = { skipped: countBy(found.skipped), failed: countBy(found.failed) };
      return { due, sent: found.sent, ...reasons, missing, stray, unsettled, ...caughtUp };
    },
  };
};
