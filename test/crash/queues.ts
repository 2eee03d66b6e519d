import {
  ChangeMessageVisibilityCommand,
  DeleteMessageCommand,
  PurgeQueueCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
} from '@aws-sdk/client-sqs';
import * as z from 'zod';
import type { QueueName } from '../../infra/queues.ts';
import type { Emulators } from './emulators.ts';

const CONSUMERS: Record<Exclude<QueueName, 'fetch' | 'mail'>, string> = {
  digests: 'send-digests',
  letters: 'send-letters',
  events: 'handle-feedback',
};
export const CONSUMED = ['digests', 'letters', 'events'] as const;

export type Consumed = (typeof CONSUMED)[number];

/** A message as a worker got it; it stays on its queue until it is dealt with. */
export interface Taken {
  queue: Consumed;
  fn: string;
  event: unknown;
  done(): Promise<void>;
  back(): Promise<void>;
}

const held = z.object({ url: z.string(), body: z.string(), dueAt: z.number() });

/** A message that waits for its time, and the queue it will go to. */
export type Held = z.infer<typeof held>;

/** What AWS does with the queues by itself: hands messages to functions, and keeps those that are for later. */
export const openQueues = ({ sqs, urls, waitingUrl }: Pick<Emulators, 'sqs' | 'urls' | 'waitingUrl'>) => {
  const put = async (url: string | undefined, body: string): Promise<void> => {
    await sqs.send(new SendMessageCommand({ QueueUrl: url, MessageBody: body }));
  };

  return {
    send: (queue: Consumed, message: unknown): Promise<void> => put(urls[queue], JSON.stringify(message)),
    release: ({ url, body }: Held): Promise<void> => put(url, body),

    async take(queue: Consumed): Promise<Taken | undefined> {
      const QueueUrl = urls[queue];
      const { Messages: [message] = [] } = await sqs.send(
        new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 1 }),
      );
      if (!message) return undefined;
      const { ReceiptHandle, MessageId = '', Body = '' } = message;
      return {
        queue,
        fn: CONSUMERS[queue],
        event: { Records: [{ messageId: MessageId, body: Body }] },
        async done() {
          await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
        },
        async back() {
          await sqs.send(new ChangeMessageVisibilityCommand({ QueueUrl, ReceiptHandle, VisibilityTimeout: 0 }));
        },
      };
    },

    /** Takes what was put aside for later since the last time. */
    async heldBack(): Promise<Held[]> {
      const found: Held[] = [];
      for (;;) {
        const { Messages = [] } = await sqs.send(
          new ReceiveMessageCommand({ QueueUrl: waitingUrl, MaxNumberOfMessages: 10 }),
        );
        if (Messages.length === 0) return found;
        for (const { Body = '', ReceiptHandle } of Messages) {
          found.push(held.parse(JSON.parse(Body)));
          await sqs.send(new DeleteMessageCommand({ QueueUrl: waitingUrl, ReceiptHandle }));
        }
      }
    },

    async purge(): Promise<void> {
      for (const queue of CONSUMED) await sqs.send(new PurgeQueueCommand({ QueueUrl: urls[queue] }));
    },
  };
};

export type Queues = ReturnType<typeof openQueues>;
