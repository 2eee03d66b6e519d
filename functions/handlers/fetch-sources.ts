import { fetchMessage } from '../model/messages.ts';
import { tickOf } from '../model/time.ts';
import { queueDueSources } from '../newsroom/due-sources.ts';
import { fetchHost, takeRequests } from '../newsroom/host.ts';
import { type FetchPorts, wireFetch } from '../wiring.ts';
import { onFirstCall } from './on-first-call.ts';
import { type BatchAnswer, eachRecord } from './records.ts';
import { scheduledAt } from './scheduled.ts';

/** tick -> the due sources are queued by host; queue -> their new stories are stored. */
export const fetchSourcesHandler =
  (ports: FetchPorts) =>
  async (event: unknown): Promise<BatchAnswer | undefined> => {
    const at = scheduledAt(event);
    if (at === undefined) {
      return eachRecord(event, fetchMessage, ports.log, (message) =>
        message.kind === 'fetch'
          ? fetchHost(ports, message, ports.clock.now())
          : takeRequests(ports, message, ports.clock.now()),
      );
    }
    await queueDueSources(ports, tickOf(at));
    return undefined;
  };

export const handler = onFirstCall(async () => fetchSourcesHandler(await wireFetch()));
