import { setTimeout as sleep } from 'node:timers/promises';
import {
  ChangeMessageVisibilityBatchCommand,
  DeleteMessageBatchCommand,
  type Message,
  ReceiveMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import type { SQSEvent, SQSMessageAttributes, SQSRecord } from 'aws-lambda';
import * as z from 'zod';
import type { Log } from '../../functions/ports.ts';
import type { QueueName } from '../queues.ts';
import { invoke, type LocalFunction } from './invoke.ts';
import { LOCAL_CREDENTIALS, type LocalQueues } from './queues.ts';

/** One queue that feeds one function. */
export interface Mapping {
  queue: QueueName;
  batchSize: number;
  /** Whether a batch waits a moment to fill. */
  gather?: boolean;
  concurrency: number;
  fn: LocalFunction;
}

/** The pollers of all mappings; they run until stopped. */
export interface EventSources {
  /** Resolves once every mapped queue is empty: nothing ready, nothing being worked on, nothing waiting for a retry. */
  settled(): Promise<void>;
  /** Takes no more messages, waits up to two seconds for those being worked on, and leaves the rest on their queues. */
  stop(): Promise<void>;
}

const attributesOf = (message: Message): SQSMessageAttributes =>
  Object.fromEntries(
    Object.entries(message.MessageAttributes ?? {}).map(([name, value]) => [
      name,
      { stringValue: value.StringValue, dataType: value.DataType ?? 'String' },
    ]),
  );

const recordOf = (message: Message, queues: LocalQueues, queue: QueueName): SQSRecord => ({
  messageId: message.MessageId ?? '',
  receiptHandle: message.ReceiptHandle ?? '',
  body: message.Body ?? '',
  attributes: {
    ApproximateReceiveCount: message.Attributes?.ApproximateReceiveCount ?? '1',
    SentTimestamp: message.Attributes?.SentTimestamp ?? '',
    SenderId: message.Attributes?.SenderId ?? '',
    ApproximateFirstReceiveTimestamp: message.Attributes?.ApproximateFirstReceiveTimestamp ?? '',
  },
  messageAttributes: attributesOf(message),
  md5OfBody: message.MD5OfBody ?? '',
  eventSource: 'aws:sqs',
  eventSourceARN: queues.arn(queue),
  awsRegion: queues.region,
});

const batchResponse = z.object({
  batchItemFailures: z.array(z.object({ itemIdentifier: z.string().min(1) })),
});

/**
 * Which records failed, by Lambda's rules for ReportBatchItemFailures: nothing returned means none; an answer of
 * another form, or an id that was not in the batch, means all.
 */
const failuresOf = (answer: unknown, sent: readonly string[]): Set<string> => {
  if (answer === undefined || answer === null) return new Set();
  const read = batchResponse.safeParse(answer);
  const failed = read.success ? read.data.batchItemFailures.map((failure) => failure.itemIdentifier) : sent;
  return new Set(failed.every((id) => sent.includes(id)) ? failed : sent);
};

interface Poller {
  sqs: SQSClient;
  queues: LocalQueues;
  log: Log;
  onError: (error: unknown) => void;
  signal: AbortSignal;
}

/** SQS takes ten entries a batch. */
const inTens = <Item>(items: readonly Item[]): Item[][] =>
  Array.from({ length: Math.ceil(items.length / 10) }, (_, n) => items.slice(n * 10, n * 10 + 10));

const settle = async ({ sqs, queues }: Poller, { queue }: Mapping, messages: Message[], failed: Set<string>) => {
  const QueueUrl = queues.url(queue);
  const done = messages.filter(({ MessageId }) => !failed.has(MessageId ?? ''));
  const again = messages.filter(({ MessageId }) => failed.has(MessageId ?? ''));
  const entry = ({ ReceiptHandle }: Message, index: number) => ({ Id: String(index), ReceiptHandle });
  for (const some of inTens(done))
    await sqs.send(new DeleteMessageBatchCommand({ QueueUrl, Entries: some.map(entry) }));
  for (const some of inTens(again)) {
    // fauxqs on disk loses a message that is made visible after 0 seconds, so: 1
    const Entries = some.map((message, index) => ({ ...entry(message, index), VisibilityTimeout: 1 }));
    await sqs.send(new ChangeMessageVisibilityBatchCommand({ QueueUrl, Entries }));
  }
};

const work = async (poller: Poller, mapping: Mapping, messages: Message[]): Promise<void> => {
  const event: SQSEvent = { Records: messages.map((message) => recordOf(message, poller.queues, mapping.queue)) };
  const ids = event.Records.map(({ messageId }) => messageId);
  let failed = new Set(ids);
  try {
    failed = failuresOf(await invoke(mapping.fn, event), ids);
  } catch (error) {
    poller.log.error('invocation-failed', {
      function: mapping.fn.name,
      error: error instanceof Error ? error.name : 'unknown',
    });
    poller.onError(error);
  }
  await settle(poller, mapping, messages, failed);
};

/** SQS gives ten messages a call at most. */
const RECEIVED_AT_ONCE = 10;

const receiveUpTo = async (
  { sqs, queues, signal }: Poller,
  queue: QueueName,
  most: number,
  waitSeconds: number,
): Promise<Message[]> => {
  const command = new ReceiveMessageCommand({
    QueueUrl: queues.url(queue),
    MaxNumberOfMessages: Math.min(most, RECEIVED_AT_ONCE),
    WaitTimeSeconds: waitSeconds,
    MessageSystemAttributeNames: ['All'],
    MessageAttributeNames: ['All'],
  });
  try {
    return (await sqs.send(command, { abortSignal: signal })).Messages ?? [];
  } catch (error) {
    if (signal.aborted) return [];
    throw error;
  }
};

/** In the cloud seconds are waited for a batch to fill; here events come at once, and tests wait for them. */
const GATHER_MS = 25;

/** One batch; empty after a while without messages. */
const receive = async (poller: Poller, { queue, batchSize, gather }: Mapping): Promise<Message[]> => {
  const messages = await receiveUpTo(poller, queue, batchSize, 5);
  while (gather && messages.length > 0 && messages.length < batchSize && !poller.signal.aborted) {
    await sleep(GATHER_MS);
    const more = await receiveUpTo(poller, queue, batchSize - messages.length, 0);
    if (more.length === 0) break;
    messages.push(...more);
  }
  return messages;
};

const poll = async (poller: Poller, mapping: Mapping): Promise<void> => {
  while (!poller.signal.aborted) {
    const messages = await receive(poller, mapping);
    if (messages.length > 0) await work(poller, mapping, messages);
  }
};

/** Starts polling: as many loops for each mapping as its concurrency, each one invocation at a time. */
export const startEventSources = (options: {
  queues: LocalQueues;
  mappings: readonly Mapping[];
  log: Log;
  /** Sees what a handler threw: the log names only its kind, as messages may hold addresses. */
  onError?: (error: unknown) => void;
}): EventSources => {
  const { queues, mappings, log, onError = () => undefined } = options;
  const sqs = new SQSClient({ endpoint: queues.endpoint, region: queues.region, credentials: LOCAL_CREDENTIALS });
  const ending = new AbortController();
  const poller = { sqs, queues, log, onError, signal: ending.signal };
  const loops = mappings.flatMap((mapping) =>
    Array.from({ length: mapping.concurrency }, async () => {
      await poll(poller, mapping);
    }),
  );
  const ended = Promise.all(loops);
  let broken: { by: unknown } | undefined;
  ended.catch((by) => {
    broken = { by };
  });
  const busy = (): boolean =>
    mappings.some(({ queue }) => {
      const { ready, inFlight } = queues.depth(queue);
      return ready + inFlight > 0;
    });
  return {
    async settled() {
      // a poller that broke would leave its queue full for ever: let the caller hear of it instead
      while (busy()) {
        // looked at, not raced with: a promise keeps whatever was ever hung on it until it is settled, and this one lives as long as we
        if (broken) throw broken.by;
        await sleep(3);
      }
    },
    async stop() {
      ending.abort();
      await Promise.race([ended.catch(() => undefined), sleep(2000, undefined, { ref: false })]);
      sqs.destroy();
    },
  };
};
