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
    longest: z.number(),
    polluted: z.boolean(),
    words: z.string(),
  }),
]);
type Answer = Extract<z.infer<typeof answer>, { kind: 'read' }>;

const TIME_LIMIT = 1000;
const MEMORY_LIMIT = 256;
const NO_FEED_HAS_LONGER_TITLES = 300;

/** Has the worker read one document. Nothing if it took longer than a second, needed more memory, or threw. */
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
      else watchdog = setTimeout(fail, TIME_LIMIT);
    };
    worker.on('message', hear);
    worker.on('error', fail);
    worker.postMessage(id);
  });

const holds = (document: KitDocument, read: Answer): boolean => {
  const as = document.expect === 'bounded' || (document.expect === 'ok') === (read.as === 'feed');
  const never = document.never === undefined || !read.words.includes(JSON.stringify(document.never).slice(1, -1));
  return as && never && !read.polluted && read.longest <= (document.maxTitle ?? NO_FEED_HAS_LONGER_TITLES);
};

const start = (tools: string): Worker =>
  new Worker(new URL('./hostile-worker.ts', import.meta.url), {
    workerData: { tools },
    resourceLimits: { maxOldGenerationSizeMb: MEMORY_LIMIT },
  });

/** Hostile documents, each read within a second and 256 MiB. */
export const runHostileDocuments = async (kit: string): Promise<GroupResult[]> => {
  const tools = pathToFileURL(join(resolve(kit), 'tools', 'hostile_documents.mjs')).href;
  const documents = z.array(kitDocument).parse((await import(tools)).documents);
  const judged: Judged[] = [];
  let worker = start(tools);
  /** Read once more if it took too long: something else may have had the processor. */
  const readTwice = async (id: string): Promise<Answer | undefined> => {
    for (let attempt = 0; attempt < 2; attempt++) {
      const read = await readIn(worker, id);
      if (read !== undefined) return read;
      await worker.terminate();
      worker = start(tools);
    }
    return undefined;
  };
  for (const document of documents) {
    const read = await readTwice(document.id);
    judged.push({ id: document.id, ok: read !== undefined && holds(document, read) });
  }
  await worker.terminate();
  return [resultOf('hostile/documents', judged)];
};
