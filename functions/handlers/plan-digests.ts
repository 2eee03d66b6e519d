import { countPlanned, tellOverdue } from '../digest/overdue.ts';
import { planDigests } from '../digest/plan.ts';
import { noteZoneData, tellOldZoneData } from '../digest/zone-data.ts';
import { tickOf } from '../model/time.ts';
import { type PlanPorts, wirePlan } from '../wiring.ts';
import { onFirstCall } from './on-first-call.ts';
import { scheduledAt } from './scheduled.ts';

/** tick -> every cohort that is due becomes chunks on the queue; what is long due and not settled is alarmed. */
export const planDigestsHandler = (ports: PlanPorts): ((event: unknown) => Promise<void>) => {
  noteZoneData(ports.log, ports.zoneData);
  return async (event) => {
    const at = scheduledAt(event);
    if (at === undefined) throw new Error('plan-digests takes scheduled events only: {"time": "<ISO>"}');
    await planDigests({ ...ports, digests: countPlanned(ports.digests, ports.control) }, tickOf(at));
    await tellOverdue(ports, tickOf(at));
    tellOldZoneData(ports.log, ports.zoneData, tickOf(at));
  };
};

export const handler = onFirstCall(async () => planDigestsHandler(await wirePlan()));
