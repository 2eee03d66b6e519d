import {
  ChangeMessageVisibilityCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  type Message,
  ReceiveMessageCommand,
  SendMessageCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import * as z from 'zod';
import type { QueueName } from '../queues.ts';
import { redactBody } from './redact.ts';

/** A message that failed too often, without what it says of a person. */
export interface DeadLetter {
  id: string;
  /** When it was first sent, epoch milliseconds. */
  sentAt: number;
  body: Record<string, unknown>;
}

export interface DeadLetters {
  /** At most 100; each stays where it is. */
  list(queue: QueueName): Promise<DeadLetter[]>;
  /** Sends all back to the queue they came from; says how many. */
  redrive(queue: QueueName): Promise<number>;
}

const MOST_LISTED = 100;

/** Long enough to look through a queue once, so that no message is met twice. */
const HELD_SECONDS = 60;

const redrivePolicy = z.object({ deadLetterTargetArn: z.string() });

/** Dead letters of the queues at these addresses, found by each queue's own redrive policy. */
export const createDeadLetters = (sqs: SQSClient, urlOf: (queue: QueueName) => string): DeadLetters => {
  const deadUrlOf = async (queue: QueueName): Promise<string> => {
    const { Attributes } = await sqs.send(
      new GetQueueAttributesCommand({ QueueUrl: urlOf(queue), AttributeNames: ['RedrivePolicy'] }),
    );
    const { deadLetterTargetArn } = redrivePolicy.parse(JSON.parse(Attributes?.RedrivePolicy ?? '{}'));
    const { QueueUrl = '' } = await sqs.send(
      new GetQueueUrlCommand({ QueueName: deadLetterTargetArn.split(':').at(-1) ?? '' }),
    );
    return QueueUrl;
  };

  async function* receive(QueueUrl: string): AsyncGenerator<Message> {
    for (;;) {
      const { Messages = [] } = await sqs.send(
        new ReceiveMessageCommand({
          QueueUrl,
          MaxNumberOfMessages: 10,
          WaitTimeSeconds: 1,
          VisibilityTimeout: HELD_SECONDS,
          MessageSystemAttributeNames: ['SentTimestamp'],
        }),
      );
      if (Messages.length === 0) return;
      yield* Messages;
    }
  }

  return {
    async list(queue) {
      const QueueUrl = await deadUrlOf(queue);
      const held: Message[] = [];
      for await (const message of receive(QueueUrl)) if (held.push(message) >= MOST_LISTED) break;
      // a second, not none: fauxqs loses a message on disk that is given back at once
      for (const { ReceiptHandle } of held)
        await sqs.send(new ChangeMessageVisibilityCommand({ QueueUrl, ReceiptHandle, VisibilityTimeout: 1 }));
      return held.map(({ MessageId = '', Body = '', Attributes }) => ({
        id: MessageId,
        sentAt: Number(Attributes?.SentTimestamp),
        body: redactBody(Body),
      }));
    },

    async redrive(queue) {
      const QueueUrl = await deadUrlOf(queue);
      let moved = 0;
      for await (const { Body, ReceiptHandle } of receive(QueueUrl)) {
        // sent before it is deleted: a crash between makes two of it, which every consumer bears
        await sqs.send(new SendMessageCommand({ QueueUrl: urlOf(queue), MessageBody: Body }));
        await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
        moved++;
      }
      return moved;
    },
  };
};
