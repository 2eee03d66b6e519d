import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import * as z from 'zod';
import { readConfig } from '../../functions/config.ts';
import { handleFeedbackHandler } from '../../functions/handlers/handle-feedback.ts';
import { planDigestsHandler } from '../../functions/handlers/plan-digests.ts';
import { sendDigestsHandler } from '../../functions/handlers/send-digests.ts';
import { sendLettersHandler } from '../../functions/handlers/send-letters.ts';
import { takeCensusHandler } from '../../functions/handlers/take-census.ts';
import { webHandler } from '../../functions/handlers/web.ts';
import { createLog } from '../../functions/log.ts';
import { createPorts } from '../../functions/wiring.ts';
import { invoke, type LocalFunction } from '../../infra/local/invoke.ts';

// A process that runs the shipped handlers, one event at a time, until somebody kills it. Nothing here knows when.
const call = z.object({ fn: z.string(), event: z.unknown(), now: z.number() });
const region = 'eu-west-1';
const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
const endpoint = process.env.ENDPOINT_SQS ?? '';
const sqs = new SQSClient({ endpoint, region, credentials });
let now = 0;

const ports = createPorts(readConfig(process.env), {
  clock: { now: () => now },
  log: createLog((line) => process.send?.({ line })),
  credentials,
  region,
  // waits of the product run on the driver's clock: it holds what this queue holds
  hold: async (url, body, delayMs) => {
    const MessageBody = JSON.stringify({ url, body, dueAt: now + delayMs });
    await sqs.send(new SendMessageCommand({ QueueUrl: process.env.QUEUE_WAITING, MessageBody }));
  },
});
const handlers: Record<string, LocalFunction['handler']> = {
  'plan-digests': planDigestsHandler(ports),
  'send-digests': sendDigestsHandler(ports),
  'send-letters': sendLettersHandler(ports),
  'handle-feedback': handleFeedbackHandler(ports),
  'take-census': takeCensusHandler(ports),
  web: webHandler(ports),
};

process.on('message', async (message) => {
  const { fn: name, event, now: at } = call.parse(message);
  now = at;
  const handler = handlers[name];
  try {
    if (!handler) throw new Error(`no function ${name}`);
    process.send?.({ answer: (await invoke({ name, timeoutSeconds: 300, handler }, event)) ?? null });
  } catch (error) {
    process.send?.({ error: error instanceof Error ? error.name : 'unknown' });
  }
});
process.on('disconnect', () => process.exit(0));
process.send?.({ ready: true });
