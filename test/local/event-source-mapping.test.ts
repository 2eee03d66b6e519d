import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'vitest';
import { createLog } from '../../functions/log.ts';
import { type EventSources, startEventSources } from '../../infra/local/event-source-mapping.ts';
import { type LocalQueues, startQueues } from '../../infra/local/queues.ts';
import { QUEUES } from '../../infra/queues.ts';

interface Batch {
  Records: { messageId: string; body: string; eventSource: string; eventSourceARN: string }[];
}

const specs = { ...QUEUES, letters: { ...QUEUES.letters, maxReceiveCount: 2 } };

const start = async (
  { onTestFinished }: TestContext,
  handler: (event: Batch) => Promise<unknown>,
  options: { dir?: string; batchSize?: number; timeoutSeconds?: number } = {},
): Promise<{ queues: LocalQueues; sources: EventSources; lines: string[] }> => {
  const queues = await startQueues({ dir: options.dir, specs });
  onTestFinished(() => queues.stop());
  const lines: string[] = [];
  const sources = startEventSources({
    queues,
    log: createLog((line) => lines.push(line)),
    mappings: [
      {
        queue: 'letters',
        batchSize: options.batchSize ?? 1,
        concurrency: 1,
        fn: { name: 'f', timeoutSeconds: options.timeoutSeconds ?? 10, handler: (event) => handler(event as Batch) },
      },
    ],
  });
  onTestFinished(() => sources.stop());
  return { queues, sources, lines };
};

const dataDir = ({ onTestFinished }: TestContext): string => {
  const dir = mkdtempSync(join(tmpdir(), 'broadsheet-test-'));
  onTestFinished(() => rmSync(dir, { recursive: true }));
  return dir;
};

const counting = (): { seen: Record<string, number>; count: (event: Batch) => void } => {
  const seen: Record<string, number> = {};
  return {
    seen,
    count: (event) => {
      for (const { body } of event.Records) seen[body] = (seen[body] ?? 0) + 1;
    },
  };
};

test.concurrent.for(['memory', 'disk'])(
  'one poison message costs only itself and ends as a dead letter (%s)',
  async (where, context) => {
    const { seen, count } = counting();
    const handler = async (event: Batch) => {
      count(event);
      const failed = event.Records.filter(({ body }) => body === 'poison');
      return { batchItemFailures: failed.map(({ messageId }) => ({ itemIdentifier: messageId })) };
    };
    const dir = where === 'disk' ? { dir: dataDir(context) } : {};
    const { queues, sources } = await start(context, handler, { batchSize: 10, ...dir });
    for (const body of ['a', 'poison', 'b']) queues.put('letters', body);
    await sources.settled();
    context.expect(seen).toEqual({ a: 1, poison: 2, b: 1 });
    context.expect(queues.dead('letters')).toEqual(['poison']);
    context.expect(queues.depth('letters')).toEqual({ ready: 0, inFlight: 0, dead: 1 });
  },
);

const bad: [name: string, answer: (event: Batch) => Promise<unknown>][] = [
  ['a throw', () => Promise.reject(new Error('no'))],
  ['an id that was not in the batch', async () => ({ batchItemFailures: [{ itemIdentifier: 'other' }] })],
  ['an empty id', async () => ({ batchItemFailures: [{ itemIdentifier: '' }] })],
  ['another form', async () => ({ failures: [] })],
  ['running out of time', () => new Promise(() => undefined)],
];

test.concurrent.for(bad)('%s fails the whole batch', async ([, answer], context) => {
  const { seen, count } = counting();
  const handler = (event: Batch): Promise<unknown> => {
    count(event);
    return answer(event);
  };
  const { queues, sources } = await start(context, handler, { batchSize: 10, timeoutSeconds: 0.2 });
  queues.put('letters', 'a');
  queues.put('letters', 'b');
  await sources.settled();
  context.expect(seen).toEqual({ a: 2, b: 2 });
  context.expect(queues.dead('letters').sort()).toEqual(['a', 'b']);
});

test.concurrent('a handler gets a true SQS event of its own', async (context) => {
  const events: Batch[] = [];
  const { queues, sources } = await start(context, async (event) => {
    events.push(event);
  });
  queues.put('letters', '{"v":1}');
  await sources.settled();
  context.expect(events).toMatchObject([
    {
      Records: [
        {
          body: '{"v":1}',
          eventSource: 'aws:sqs',
          eventSourceARN: context.expect.stringMatching(/^arn:aws:sqs:.*:letters$/),
          attributes: { ApproximateReceiveCount: '1' },
        },
      ],
    },
  ]);
});

test.concurrent('what was being worked on when the process ended is worked on after the next start', async (context) => {
  const dir = dataDir(context);
  const first = await start(context, () => new Promise(() => undefined), { dir, timeoutSeconds: 60 });
  first.queues.put('letters', 'kept');
  await context.expect.poll(() => first.queues.depth('letters').inFlight).toBe(1);
  await first.sources.stop();
  await first.queues.stop();
  const { seen, count } = counting();
  const second = await start(context, async (event) => count(event), { dir });
  await second.sources.settled();
  context.expect(seen).toEqual({ kept: 1 });
});
