import { countPlanned, tellOverdue } from '../digest/overdue.ts';
import { planDigests } from '../digest/plan.ts';
import { tickOf } from '../model/time.ts';
import { type PlanPorts, wirePlan } from '../wiring.ts';
import { onFirstCall } from './on-first-call.ts';
import { scheduledAt } from './scheduled.ts';

/** tick -> every cohort that is due becomes chunks on the queue; what is long due and not settled is alarmed. */
export const planDigestsHandler =
  (ports: PlanPorts) =>
  async (event: unknown): Promise<void> => {
    const at = scheduledAt(event);
    if (at === undefined) throw new Error('plan-digests takes scheduled events only: {"time": "<ISO>"}');
    await planDigests({ ...ports, digests: countPlanned(ports.digests, ports.control) }, tickOf(at));
    await tellOverdue(ports, tickOf(at));
  };

export const handler = onFirstCall(async () => planDigestsHandler(await wirePlan()));
