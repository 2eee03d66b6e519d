import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DeleteItemCommand, paginateScan } from '@aws-sdk/client-dynamodb';
import {
  ChangeMessageVisibilityCommand,
  CreateQueueCommand,
  DeleteMessageCommand,
  PurgeQueueCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { build } from 'esbuild';
import * as z from 'zod';
import { createStores } from '../../functions/adapters/dynamo/stores.ts';
import { readKey } from '../../functions/adapters/ssm.ts';
import { HOUR, type Instant } from '../../functions/model/time.ts';
import { createTables } from '../../infra/local/dynamo.ts';
import { startDynamoApart } from '../../infra/local/dynamo-apart.ts';
import { localEnvironment } from '../../infra/local/environment.ts';
import { LOCAL_CREDENTIALS } from '../../infra/local/queues.ts';
import type { QueueName } from '../../infra/queues.ts';
import { LOCAL_TABLES } from '../../infra/tables.ts';
import { BASE_AT } from '../builders.ts';
import { draw, publish } from '../digest/newsroom.ts';
import { openTurnstile } from './turnstile.ts';
import { type Ended, forkWorker, type WorkerProcess } from './workers.ts';

const CONSUMERS: Record<Exclude<QueueName, 'fetch'>, string> = {
  digests: 'send-digests',
  letters: 'send-letters',
  events: 'handle-feedback',
};
const CONSUMED = ['digests', 'letters', 'events'] as const;

export type Consumed = (typeof CONSUMED)[number];

/** A message as a worker got it; it stays on its queue until it is dealt with. */
export interface Taken {
  queue: Consumed;
  fn: string;
  event: unknown;
  done(): Promise<void>;
  back(): Promise<void>;
}

const startEmulator = async <Told>(
  told: z.ZodType<Told>,
  args: string[],
): Promise<{ child: ChildProcess; told: Told }> => {
  const child = fork(new URL('emulator.ts', import.meta.url), args);
  const [message] = await once(child, 'message');
  return { child, told: told.parse(message) };
};

/** The worker as one file: a process that is killed a hundred times must start fast. */
const bundle = async (dir: string): Promise<string> => {
  const outfile = join(dir, 'worker.mjs');
  const banner = "import { createRequire as __of } from 'node:module'; const require = __of(import.meta.url);";
  await build({
    entryPoints: [new URL('worker.ts', import.meta.url).pathname],
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node24',
    outfile,
    banner: { js: banner },
    logLevel: 'error',
  });
  return outfile;
};

const held = z.object({ url: z.string(), body: z.string(), dueAt: z.number() });
const mailLine = z.object({ to: z.array(z.string()), tags: z.record(z.string(), z.string()), id: z.string() });

/**
 * Tables, queues and SES in a process each, and workers that may die. The one who holds the rig delivers messages, moves the clock and
 * counts what SES wrote into its own file.
 */
export const openRig = async () => {
  const dir = mkdtempSync(join(tmpdir(), 'broadsheet-crash-'));
  const [dynamo, queues, script] = await Promise.all([
    startDynamoApart(undefined),
    startEmulator(z.object({ endpoint: z.string(), urls: z.record(z.string(), z.string()) }), ['queues']),
    bundle(dir),
  ]);
  const urls = queues.told.urls;
  const sqs = new SQSClient({ endpoint: queues.told.endpoint, region: 'eu-west-1', credentials: LOCAL_CREDENTIALS });
  const { QueueUrl: waitingUrl = '' } = await sqs.send(new CreateQueueCommand({ QueueName: 'waiting' }));
  const ses = await startEmulator(z.object({ endpoint: z.string() }), ['ses', dir, urls.events ?? '']);
  await createTables(dynamo.client, LOCAL_TABLES);
  const turnstile = await openTurnstile({ dynamo: dynamo.endpoint, sqs: queues.told.endpoint, ses: ses.told.endpoint });

  const environment = localEnvironment({
    dir: undefined,
    publicUrl: 'http://127.0.0.1:1',
    queues: { endpoint: queues.told.endpoint, url: (name) => urls[name] ?? '' },
    dynamo: dynamo.endpoint,
    ses: ses.told.endpoint,
    allow: [],
    welcome: true,
  });
  const stores = createStores(dynamo.client, LOCAL_TABLES, readKey('PEPPER', environment.PEPPER));
  let edition = 0;
  /** A new edition, of stories that nobody has seen. */
  const news = async (at: Instant): Promise<void> => {
    edition++;
    const titles = [1, 2, 3].map((n) => `Bulletin ${edition} item ${n}`);
    await publish(
      stores,
      edition,
      titles.map((title, n) => draw({ title, sources: [`outlet-${n}`], firstSeenAt: at - HOUR })),
    );
  };
  await news(BASE_AT);

  const lines: string[] = [];
  const direct = { ...environment, QUEUE_WAITING: waitingUrl };
  const through = {
    ...direct,
    ENDPOINT_DYNAMODB: turnstile.dynamo,
    ENDPOINT_SQS: turnstile.sqs,
    ENDPOINT_SES: turnstile.ses,
  };
  const spawn = (env: Record<string, string>): WorkerProcess => forkWorker(script, env, (line) => lines.push(line));
  const safe = spawn(direct);
  let doomed = spawn(through);
  let spare = spawn(through);

  let now: Instant = BASE_AT;
  let waiting: z.infer<typeof held>[] = [];
  let mailsBefore = 0;
  const setNow = (at: Instant): void => {
    now = Math.max(now, at);
    ses.child.send({ now });
  };
  const mailsInAll = () =>
    readFileSync(join(dir, 'mails.jsonl'), { encoding: 'utf8', flag: 'a+' })
      .split('\n')
      .filter(Boolean)
      .map((line) => mailLine.parse(JSON.parse(line)));

  const take = async (queue: Consumed): Promise<Taken | undefined> => {
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
  };
  const isDone = (ended: Ended): boolean => {
    if (ended.kind !== 'answered') return false;
    const read = z.object({ batchItemFailures: z.array(z.unknown()) }).safeParse(ended.answer);
    return !read.success || read.data.batchItemFailures.length === 0;
  };
  const onSafe = (fn: string, event: unknown): Promise<Ended> => safe.run(fn, event, now);

  /** Works off what is on the queues, on the worker that never dies; each message twice. */
  const pump = async (only: readonly Consumed[] = CONSUMED): Promise<void> => {
    for (let idle = 0; idle < 1; ) {
      idle = 1;
      for (const queue of only) {
        for (let taken = await take(queue); taken; taken = await take(queue)) {
          idle = 0;
          await onSafe(taken.fn, taken.event);
          if (isDone(await onSafe(taken.fn, taken.event))) await taken.done();
          else await taken.back();
        }
      }
    }
  };
  const collectWaiting = async (): Promise<void> => {
    for (;;) {
      const { Messages = [] } = await sqs.send(
        new ReceiveMessageCommand({ QueueUrl: waitingUrl, MaxNumberOfMessages: 10 }),
      );
      if (Messages.length === 0) return;
      for (const { Body = '', ReceiptHandle } of Messages) {
        waiting.push(held.parse(JSON.parse(Body)));
        await sqs.send(new DeleteMessageCommand({ QueueUrl: waitingUrl, ReceiptHandle }));
      }
    }
  };
  /** Works everything off, moving the clock to what waits, until nothing is left. */
  const settle = async (until: Instant): Promise<void> => {
    for (;;) {
      await pump();
      await collectWaiting();
      const [next] = waiting.sort((a, b) => a.dueAt - b.dueAt);
      if (!next || next.dueAt > until) return setNow(until);
      waiting = waiting.filter((each) => each !== next);
      setNow(next.dueAt);
      await sqs.send(new SendMessageCommand({ QueueUrl: next.url, MessageBody: next.body }));
    }
  };
  const empty = async (table: string): Promise<void> => {
    for await (const { Items = [] } of paginateScan({ client: dynamo.client }, { TableName: table }))
      for (const { pk, sk } of Items) {
        const Key = { ...(pk && { pk }), ...(table === 'Deliveries' || table === 'Cohorts' ? sk && { sk } : {}) };
        if (table === 'Control' && pk?.S === 'EDITION') continue;
        await dynamo.client.send(new DeleteItemCommand({ TableName: table, Key }));
      }
  };

  return {
    stores,
    environment,
    turnstile,
    lines,
    now: () => now,
    setNow,
    news,
    mode: (mode: 'normal' | 'noevents') => ses.child.send({ mode }),
    take,
    isDone,
    onSafe,
    pump,
    settle,
    /** Acceptances since the case began, from the file of the SES process. */
    mails: () => mailsInAll().slice(mailsBefore),
    body: (id: string): string => readFileSync(join(dir, 'mails', `${id}.eml`), 'utf8'),
    onDoomed: (fn: string, event: unknown): Promise<Ended> => doomed.run(fn, event, now),
    killDoomed: () => doomed.kill(),
    send: async (queue: Consumed, message: unknown) => {
      await sqs.send(new SendMessageCommand({ QueueUrl: urls[queue], MessageBody: JSON.stringify(message) }));
    },
    /** A new case: nobody in the tables, nothing on the queues, a worker that lives, the clock at its start. */
    async begin(fresh: boolean): Promise<void> {
      if (fresh) await doomed.kill();
      if (!doomed.alive()) {
        doomed = spare;
        spare = spawn(through);
      }
      for (const queue of CONSUMED) await sqs.send(new PurgeQueueCommand({ QueueUrl: urls[queue] }));
      await collectWaiting();
      waiting = [];
      for (const table of ['Subscribers', 'Deliveries', 'Cohorts', 'Control']) await empty(table);
      lines.length = 0;
      mailsBefore = mailsInAll().length;
      now = BASE_AT;
      ses.child.send({ now, mode: 'normal' });
      turnstile.set(undefined);
    },
    async close(): Promise<void> {
      await Promise.all([safe.kill(), doomed.kill(), spare.kill()]);
      turnstile.close();
      for (const { child } of [queues, ses]) {
        const gone = once(child, 'exit');
        child.disconnect();
        await gone;
      }
      await dynamo.close();
      sqs.destroy();
      rmSync(dir, { recursive: true, force: true });
    },
  };
};

export type Rig = Awaited<ReturnType<typeof openRig>>;
