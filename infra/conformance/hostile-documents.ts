import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';
import * as z from 'zod';
import { type GroupResult, type Judged, resultOf } from './case.ts';

const kitDocument = z.object({
  id: z.string(),
  expect: z.enum(['ok', 'error', 'bounded']),
  never: z.string().optional(),
  maxTitle: z.number().optional(),
});
type KitDocument = z.infer<typeof kitDocument>;

const answer = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('ready') }),
  z.object({
    kind: z.literal('read'),
    as: z.enum(['feed', 'broken']),
    /** Of the processor. */
    millis: z.number(),
    longest: z.number(),
    polluted: z.boolean(),
    words: z.string(),
  }),
]);
type Answer = Extract<z.infer<typeof answer>, { kind: 'read' }>;

/** Of the processor: what else runs on the machine says nothing of the reader. */
const TIME_LIMIT = 1000;
/** Of the wall: what never ends is ended. */
const WATCHDOG = 20_000;
const MEMORY_LIMIT = 256;
const NO_FEED_HAS_LONGER_TITLES = 300;

/** Has the worker read one document. Nothing if it did not end, needed more memory, or threw. */
const readIn = (worker: Worker, id: string): Promise<Answer | undefined> =>
  new Promise((done) => {
    let watchdog: NodeJS.Timeout | undefined;
    const end = (result: Answer | undefined) => {
      clearTimeout(watchdog);
      worker.off('message', hear);
      worker.off('error', fail);
      done(result);
    };
    const fail = () => end(undefined);
    const hear = (message: unknown) => {
      const told = answer.parse(message);
      if (told.kind === 'read') end(told);
      else watchdog = setTimeout(fail, WATCHDOG);
    };
    worker.on('message', hear);
    worker.on('error', fail);
    worker.postMessage(id);
  });

const holds = (document: KitDocument, read: Answer): boolean => {
  const as = document.expect === 'bounded' || (document.expect === 'ok') === (read.as === 'feed');
  const never = document.never === undefined || !read.words.includes(JSON.stringify(document.never).slice(1, -1));
  return (
    as &&
    never &&
    read.millis <= TIME_LIMIT &&
    !read.polluted &&
    read.longest <= (document.maxTitle ?? NO_FEED_HAS_LONGER_TITLES)
  );
};

const start = (tools: string): Worker =>
  new Worker(new URL('./hostile-worker.ts', import.meta.url), {
    workerData: { tools },
    resourceLimits: { maxOldGenerationSizeMb: MEMORY_LIMIT },
  });

/** Hostile documents, each read within a second of the processor and 256 MiB. */
export const runHostileDocuments = async (kit: string): Promise<GroupResult[]> => {
  const tools = pathToFileURL(join(resolve(kit), 'tools', 'hostile_documents.mjs')).href;
  const documents = z.array(kitDocument).parse((await import(tools)).documents);
  const judged: Judged[] = [];
  let worker = start(tools);
  for (const document of documents) {
    const read = await readIn(worker, document.id);
    judged.push({ id: document.id, ok: read !== undefined && holds(document, read) });
    if (read === undefined) {
      await worker.terminate();
      worker = start(tools);
    }
  }
  await worker.terminate();
  return [resultOf('hostile/documents', judged)];
};
