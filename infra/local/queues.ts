import net from 'node:net';
import { ChangeMessageVisibilityCommand, SQSClient } from '@aws-sdk/client-sqs';
import { type FauxqsServer, startFauxqs } from 'fauxqs';
import { QUEUE_NAMES, type QueueName, type QueueSpec, specOf } from '../queues.ts';

/** How many messages a queue holds: ready, being worked on, and dead. */
export interface QueueDepth {
  ready: number;
  inFlight: number;
  dead: number;
}

/** SQS on this machine. */
export interface LocalQueues {
  endpoint: string;
  region: string;
  url(queue: QueueName): string;
  arn(queue: QueueName): string;
  depth(queue: QueueName): QueueDepth;
  /** Bodies of the dead letters of a queue, oldest first. */
  dead(queue: QueueName): string[];
  /** Puts a message on a queue as another AWS service would (EventBridge for SES events), past our own clients. */
  put(queue: QueueName, body: string): void;
  stop(): Promise<void>;
}

/** The name of a queue's dead-letter queue. */
const deadLetterOf = (queue: QueueName): string => `${queue}-dlq`;

const REGION = 'eu-west-1';

/** Any credentials do: the emulators only look that a request is signed. */
export const LOCAL_CREDENTIALS = { accessKeyId: 'local', secretAccessKey: 'local' };

const listen = net.Server.prototype.listen;

const loopbackListen = new Proxy(listen, {
  apply(target, self, [first, ...rest]) {
    const everywhere = typeof first === 'object' && first !== null && 'host' in first && first.host === '0.0.0.0';
    return Reflect.apply(target, self, [everywhere ? { ...first, host: '127.0.0.1' } : first, ...rest]);
  },
});

let starting = 0;

/** fauxqs 2.4.1 binds 0.0.0.0 and has no option for it; while one starts, that address means loopback. */
const onLoopback = async <Result>(start: () => Promise<Result>): Promise<Result> => {
  starting++;
  net.Server.prototype.listen = loopbackListen;
  try {
    return await start();
  } finally {
    starting--;
    if (starting === 0) net.Server.prototype.listen = listen;
  }
};

const attributesOf = (spec: QueueSpec, deadLetterArn: string): Record<string, string> => ({
  VisibilityTimeout: String(spec.visibilitySeconds),
  RedrivePolicy: JSON.stringify({ deadLetterTargetArn: deadLetterArn, maxReceiveCount: spec.maxReceiveCount }),
});

const ensure = (server: FauxqsServer, name: string, attributes: Record<string, string>): string => {
  const there = server.inspectQueue(name);
  return there ? there.arn : server.createQueue(name, { region: REGION, attributes }).queueArn;
};

/** Whoever held a message when the process ended is gone: it is ready again after a second, not after its time-out. */
const freeHeld = async (server: FauxqsServer, endpoint: string, urlOf: (queue: QueueName) => string): Promise<void> => {
  const held = QUEUE_NAMES.flatMap((queue) =>
    (server.inspectQueue(queue)?.messages.inflight ?? []).map(({ receiptHandle }) => ({ queue, receiptHandle })),
  );
  if (held.length === 0) return;
  const sqs = new SQSClient({ endpoint, region: REGION, credentials: LOCAL_CREDENTIALS });
  for (const { queue, receiptHandle } of held) {
    await sqs.send(
      new ChangeMessageVisibilityCommand({
        QueueUrl: urlOf(queue),
        ReceiptHandle: receiptHandle,
        VisibilityTimeout: 1,
      }),
    );
  }
  sqs.destroy();
};

/**
 * Starts SQS on 127.0.0.1 with all our queues and their dead-letter queues.
 * @param options.dir where messages are kept; absent: in memory
 * @param options.specs other time-outs and counts, for tests
 */
export const startQueues = async (
  options: { dir?: string | undefined; specs?: Partial<Record<QueueName, QueueSpec>> } = {},
): Promise<LocalQueues> => {
  const { dir, specs = {} } = options;
  const server = await onLoopback(() =>
    startFauxqs({ port: 0, logger: false, defaultRegion: REGION, ...(dir === undefined ? {} : { dataDir: dir }) }),
  );
  const endpoint = `http://127.0.0.1:${server.port}`;
  const arns = new Map<QueueName, string>();
  for (const queue of QUEUE_NAMES) {
    const deadLetterArn = ensure(server, deadLetterOf(queue), {});
    arns.set(queue, ensure(server, queue, attributesOf(specs[queue] ?? specOf(queue), deadLetterArn)));
  }
  const url = (queue: QueueName): string => `${endpoint}/000000000000/${queue}`;
  await freeHeld(server, endpoint, url);
  const messagesOf = (name: string) => server.inspectQueue(name)?.messages;
  return {
    endpoint,
    region: REGION,
    url,
    arn: (queue) => arns.get(queue) ?? '',
    depth(queue) {
      const messages = messagesOf(queue);
      return {
        ready: (messages?.ready.length ?? 0) + (messages?.delayed.length ?? 0),
        inFlight: messages?.inflight.length ?? 0,
        dead: messagesOf(deadLetterOf(queue))?.ready.length ?? 0,
      };
    },
    dead: (queue) => (messagesOf(deadLetterOf(queue))?.ready ?? []).map((message) => message.body),
    put: (queue, body) => {
      server.sendMessage(queue, body, { region: REGION });
    },
    stop: () => server.stop(),
  };
};
