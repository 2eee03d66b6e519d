import { countPlanned } from '../digest/overdue.ts';
import { newReconciliation, nightlySpan, type ReconcilePorts } from '../digest/reconcile.ts';
import type { Clock, Control } from '../ports.ts';
import { type CensusPorts, takeCensus } from '../subscribers/census.ts';
import { wireCensus } from '../wiring.ts';
import { onFirstCall } from './on-first-call.ts';
import { scheduledAt } from './scheduled.ts';

/** night -> the registry says what the subscribers say; who was due is compared with the ledger. One scan serves both. */
export const takeCensusHandler =
  (ports: CensusPorts & ReconcilePorts & { clock: Clock; control: Pick<Control, 'count'> }) =>
  async (event: unknown): Promise<void> => {
    const at = scheduledAt(event);
    if (at === undefined) throw new Error('take-census takes scheduled events only: {"time": "<ISO>"}');
    const digests = countPlanned(ports.digests, ports.control);
    const reconciliation = newReconciliation({ ...ports, digests }, nightlySpan(at));
    const { lost } = await takeCensus(ports, ports.clock.now(), reconciliation.take);
    const shards = new Map(lost.map((each) => [each.cohort, each.shards]));
    await reconciliation.finish(ports.clock.now(), shards);
  };

export const handler = onFirstCall(async () => takeCensusHandler(await wireCensus()));
