import { setTimeout as wait } from 'node:timers/promises';
import { SendMessageBatchCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type * as z from 'zod';
import type { Queue } from '../ports.ts';

/** Limits of SQS: messages a batch, and bytes of all bodies in it and of each. */
const MESSAGES = 10;
const BYTES = 256 * 1024;
const TRIES = 4;
const MAX_DELAY_MS = 15 * 60_000;

/** Keeps a message that has to wait, where the queue's own delay runs on another clock than the product's (local mode). */
export type HoldMessage = (url: string, body: string, delayMs: number) => void | Promise<void>;

/** Bodies in batches that SQS takes. @throws for a body that no batch can hold */
const batchesOf = (bodies: readonly string[]): string[][] => {
  const batches: string[][] = [];
  let room = 0;
  for (const body of bodies) {
    const bytes = Buffer.byteLength(body);
    if (bytes > BYTES) throw new Error(`a message of ${bytes} bytes is more than SQS takes (${BYTES})`);
    const batch = batches.at(-1);
    if (batch && batch.length < MESSAGES && bytes <= room) {
      batch.push(body);
      room -= bytes;
    } else {
      batches.push([body]);
      room = BYTES - bytes;
    }
  }
  return batches;
};

const sendBatch = async (sqs: SQSClient, url: string, batch: string[], delaySeconds: number): Promise<void> => {
  let left = batch;
  for (let tried = 1; ; tried++) {
    const { Failed = [] } = await sqs.send(
      new SendMessageBatchCommand({
        QueueUrl: url,
        Entries: left.map((MessageBody, n) => ({ Id: String(n), MessageBody, DelaySeconds: delaySeconds })),
      }),
    );
    if (Failed.length === 0) return;
    const worthwhile = Failed.filter(({ SenderFault }) => !SenderFault);
    if (worthwhile.length < Failed.length || tried === TRIES) {
      throw new Error(`SQS took ${left.length - Failed.length} of ${left.length} messages: ${Failed[0]?.Code}`);
    }
    left = Failed.flatMap(({ Id }) => left[Number(Id)] ?? []);
    await wait(50 * 2 ** tried);
  }
};

/**
 * A queue of JSON messages, each checked before it is sent: what a consumer cannot read is found where it was made.
 * @param options.hold takes messages with a delay instead of SQS
 * @throws if SQS still refuses a message after four tries; those before it have been sent, and may come twice after a repeat
 */
export const createQueue = <Message>(
  sqs: SQSClient,
  url: string,
  schema: z.ZodType<Message>,
  options: { hold?: HoldMessage } = {},
): Queue<Message> => ({
  async send(messages, delayMs = 0) {
    if (delayMs < 0 || delayMs > MAX_DELAY_MS) throw new Error(`SQS delays by at most 15 minutes, not ${delayMs} ms`);
    const bodies = messages.map((message) => JSON.stringify(schema.parse(message)));
    if (delayMs > 0 && options.hold) {
      for (const body of bodies) await options.hold(url, body, delayMs);
      return;
    }
    for (const batch of batchesOf(bodies)) await sendBatch(sqs, url, batch, Math.ceil(delayMs / 1000));
  },
});
