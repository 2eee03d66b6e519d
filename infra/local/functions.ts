import { editShelvesHandler } from '../../functions/handlers/edit-shelves.ts';
import { fetchSourcesHandler } from '../../functions/handlers/fetch-sources.ts';
import { handleFeedbackHandler } from '../../functions/handlers/handle-feedback.ts';
import { handleMailHandler } from '../../functions/handlers/handle-mail.ts';
import { planDigestsHandler } from '../../functions/handlers/plan-digests.ts';
import { sendDigestsHandler } from '../../functions/handlers/send-digests.ts';
import { sendLettersHandler } from '../../functions/handlers/send-letters.ts';
import { webHandler } from '../../functions/handlers/web.ts';
import type { createPorts } from '../../functions/wiring.ts';
import { MAIL_QUEUE, QUEUE_NAMES, QUEUES, specOf } from '../queues.ts';
import type { Mapping } from './event-source-mapping.ts';
import type { LocalFunction } from './invoke.ts';

/** The product's functions: those that ticks and requests call, and those that queues feed. */
export interface LocalFunctions {
  fetch: LocalFunction;
  edit: LocalFunction;
  plan: LocalFunction;
  web: LocalFunction;
  mappings: Mapping[];
}

const fn = (name: string, timeoutSeconds: number, handler: LocalFunction['handler']): LocalFunction => ({
  name,
  timeoutSeconds,
  handler,
});

/** The very handlers that run in the cloud, on ports whose clients point at the emulators. */
export const createFunctions = (ports: ReturnType<typeof createPorts>): LocalFunctions => {
  const fetch = fn('fetch-sources', QUEUES.fetch.timeoutSeconds, fetchSourcesHandler(ports));
  const consumers = {
    fetch,
    digests: fn('send-digests', QUEUES.digests.timeoutSeconds, sendDigestsHandler(ports)),
    letters: fn('send-letters', QUEUES.letters.timeoutSeconds, sendLettersHandler(ports)),
    events: fn('handle-feedback', QUEUES.events.timeoutSeconds, handleFeedbackHandler(ports)),
    mail: ports.mail && fn('handle-mail', MAIL_QUEUE.timeoutSeconds, handleMailHandler(ports.mail)),
  };
  return {
    fetch,
    edit: fn('edit-shelves', 300, editShelvesHandler(ports)),
    plan: fn('plan-digests', 60, planDigestsHandler(ports)),
    web: fn('web', 10, webHandler(ports)),
    mappings: QUEUE_NAMES.flatMap((queue) => {
      const { batchSize, gatherSeconds, concurrency } = specOf(queue);
      const consumer = consumers[queue];
      return consumer ? [{ queue, batchSize, gather: gatherSeconds > 0, concurrency, fn: consumer }] : [];
    }),
  };
};
