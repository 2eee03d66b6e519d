import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { CreateQueueCommand, SQSClient } from '@aws-sdk/client-sqs';
import * as z from 'zod';
import { createTables } from '../../infra/local/dynamo.ts';
import { startDynamoApart } from '../../infra/local/dynamo-apart.ts';
import { localEnvironment } from '../../infra/local/environment.ts';
import { LOCAL_CREDENTIALS } from '../../infra/local/queues.ts';
import { LOCAL_TABLES } from '../../infra/tables.ts';
import { openTurnstile } from './turnstile.ts';

const startEmulator = async <Told>(
  told: z.ZodType<Told>,
  args: string[],
): Promise<{ child: ChildProcess; told: Told }> => {
  const child = fork(new URL('emulator.ts', import.meta.url), args);
  const [message] = await once(child, 'message');
  return { child, told: told.parse(message) };
};

const endOf = async (child: ChildProcess): Promise<void> => {
  const gone = once(child, 'exit');
  child.disconnect();
  await gone;
};

/** Tables, queues and SES in a process each, and the turnstile before them. SES writes what it takes into `dir`. */
export const startEmulators = async (dir: string) => {
  const [dynamo, queues] = await Promise.all([
    startDynamoApart(undefined),
    startEmulator(z.object({ endpoint: z.string(), urls: z.record(z.string(), z.string()) }), ['queues']),
  ]);
  const { endpoint, urls } = queues.told;
  const sqs = new SQSClient({ endpoint, region: 'eu-west-1', credentials: LOCAL_CREDENTIALS });
  const { QueueUrl: waitingUrl = '' } = await sqs.send(new CreateQueueCommand({ QueueName: 'waiting' }));
  const ses = await startEmulator(z.object({ endpoint: z.string() }), ['ses', dir, urls.events ?? '']);
  await createTables(dynamo.client, LOCAL_TABLES);
  const turnstile = await openTurnstile({ dynamo: dynamo.endpoint, sqs: endpoint, ses: ses.told.endpoint });
  return {
    tables: dynamo.client,
    sqs,
    urls,
    /** The queue of what is to be sent later, in the service's stead. */
    waitingUrl,
    turnstile,
    environment: localEnvironment({
      dir: undefined,
      publicUrl: 'http://127.0.0.1:1',
      queues: { endpoint, url: (name) => urls[name] ?? '' },
      dynamo: dynamo.endpoint,
      ses: ses.told.endpoint,
      allow: [],
      welcome: true,
    }),
    tellSes: (wish: { now?: number; mode?: 'normal' | 'noevents' }): void => {
      ses.child.send(wish);
    },
    async close(): Promise<void> {
      turnstile.close();
      for (const { child } of [queues, ses]) await endOf(child);
      await dynamo.close();
      sqs.destroy();
    },
  };
};

export type Emulators = Awaited<ReturnType<typeof startEmulators>>;
