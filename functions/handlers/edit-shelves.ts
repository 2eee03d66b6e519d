import { tickOf } from '../model/time.ts';
import { editShelves } from '../newsroom/edit.ts';
import { type EditPorts, wireEdit } from '../wiring.ts';
import { onFirstCall } from './on-first-call.ts';
import { scheduledAt } from './scheduled.ts';

/** tick -> new stories are classified, clustered, ranked and shelved as the next edition. */
export const editShelvesHandler =
  (ports: EditPorts) =>
  async (event: unknown): Promise<void> => {
    const at = scheduledAt(event);
    if (at === undefined) throw new Error('edit-shelves takes scheduled events only: {"time": "<ISO>"}');
    await editShelves(ports, ports.desk, tickOf(at));
  };

export const handler = onFirstCall(async () => editShelvesHandler(await wireEdit()));
