import { nightlySpan, partOfNight } from '../digest/night.ts';
import { countPlanned } from '../digest/overdue.ts';
import { newReconciliation, type ReconcilePorts } from '../digest/reconcile.ts';
import type { Clock } from '../ports.ts';
import { type CensusPorts, takeCensus } from '../subscribers/census.ts';
import { wireCensus } from '../wiring.ts';
import { onFirstCall } from './on-first-call.ts';
import { scheduledAt } from './scheduled.ts';

/**
 * A quarter of the night -> who was due is compared with the ledger, for an eighth of the readers. Before the first one the registry is made
 * to say what the subscribers say, all of them, so that what it had lost is known to every quarter.
 */
export const takeCensusHandler =
  (ports: CensusPorts & ReconcilePorts & { clock: Clock }) =>
  async (event: unknown): Promise<void> => {
    const at = scheduledAt(event);
    if (at === undefined) throw new Error('take-census takes scheduled events only: {"time": "<ISO>"}');
    const readers = partOfNight(at);
    if (readers.part === 0) await takeCensus(ports, ports.clock.now());
    const digests = countPlanned(ports.digests, ports.control);
    const reconciliation = newReconciliation({ ...ports, digests }, nightlySpan(at));
    for await (const page of ports.subscribers.scan(readers)) await reconciliation.take(page);
    await reconciliation.finish(ports.clock.now());
  };

export const handler = onFirstCall(async () => takeCensusHandler(await wireCensus()));
