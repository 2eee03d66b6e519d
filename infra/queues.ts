/** A standard queue as data: the CDK stack and local mode make the same ones from it, each with a dead-letter queue. */
export interface QueueSpec {
  name: string;
  /** The consuming function's file in functions/handlers. */
  consumer: string;
  /** The consumer's timeout; visibility is six times that, as AWS asks for SQS event sources. */
  timeoutSeconds: number;
  visibilitySeconds: number;
  /** After so many receipts a message is a dead letter. */
  maxReceiveCount: number;
  batchSize: number;
  /** How long a batch may wait to fill. */
  gatherSeconds: number;
  /** Most invocations at one time. AWS takes no less than 2; the sum stays under the 10 that a new account has, web included. */
  concurrency: number;
}

const queue = (name: string, consumer: string, timeoutSeconds: number, batchSize: number): QueueSpec => ({
  name,
  consumer,
  timeoutSeconds,
  visibilitySeconds: timeoutSeconds * 6,
  maxReceiveCount: 5,
  batchSize,
  gatherSeconds: 0,
  concurrency: 2,
});

/**
 * Claims that wait to be settled travel on `digests` too: a fifth polled queue would take the sum of concurrencies to 10,
 * and a new account's whole allowance with it (docs/decisions/0002).
 */
export const QUEUES = {
  fetch: queue('fetch', 'fetch-sources', 120, 2),
  digests: queue('digests', 'send-digests', 300, 1),
  letters: queue('letters', 'send-letters', 60, 5),
  // nobody waits for an event within seconds, and a batch is counted with one write however many it holds
  events: { ...queue('events', 'handle-feedback', 60, 100), gatherSeconds: 10 },
} as const satisfies Record<string, QueueSpec>;

/**
 * Mails that came, where the operator takes mail (off by default). A fifth polled queue takes the sum of concurrencies to 10, so a new
 * account needs a larger allowance first (docs/decisions/0011).
 */
export const MAIL_QUEUE: QueueSpec = queue('mail', 'handle-mail', 30, 5);

export type QueueName = keyof typeof QUEUES | 'mail';

export const QUEUE_NAMES = ['fetch', 'digests', 'letters', 'events', 'mail'] as const satisfies QueueName[];

export const specOf = (name: QueueName): QueueSpec => (name === 'mail' ? MAIL_QUEUE : QUEUES[name]);
