import { planDigests } from '../../functions/digest/plan.ts';
import { cohortId } from '../../functions/model/cohort.ts';
import type { ChunkMessage } from '../../functions/model/messages.ts';
import { type Instant, TICK } from '../../functions/model/time.ts';
import { invoke, type LocalFunction } from '../local/invoke.ts';
import type { LocalStack } from '../local/stack.ts';
import { watchBusy } from './busy.ts';
import type { ScaleStack } from './open-stack.ts';

/** What pieces of the work take, each done alone and often. */
export interface Pieces {
  /** Of this process's thread, in ms on a core: a call of a table, and an invocation of the sender with nothing to send. */
  callMs: number;
  invocationMs: number;
  /** Processor time of a digest in ms, all that the sender does for it, with neither queues nor feedback beside it. */
  digestCpuMs: number;
}

const CALLS = 2_000;
const INVOCATIONS = 50;
/** Digests of the sender alone, at least. */
const DIGESTS = 300;

const SILENT = { info: () => undefined, warn: () => undefined, error: () => undefined };

const senderOf = ({ functions }: LocalStack): LocalFunction => {
  const mapping = functions.mappings.find(({ queue }) => queue === 'digests');
  if (!mapping) throw new Error('nothing works on the digests queue');
  return mapping.fn;
};

const eventOf = (message: ChunkMessage) => ({ Records: [{ messageId: 'alone', body: JSON.stringify(message) }] });

/** As many under way as the sender has. */
const callTables = async ({ ports }: LocalStack): Promise<void> => {
  let left = CALLS;
  const work = async (): Promise<void> => {
    while (left-- > 0) await ports.control.suppressed('nobody');
  };
  await Promise.all(Array.from({ length: 24 }, work));
};

const cpuOf = async (stack: LocalStack, work: () => Promise<unknown>): Promise<number> => {
  const busy = await watchBusy(stack);
  await work();
  return (await busy()).functions.cpuMs;
};

/** The chunks of the first tick from an instant on at which digests are due, by the planner itself. */
const nextChunks = async ({ ports }: LocalStack, from: Instant): Promise<{ at: Instant; chunks: ChunkMessage[] }> => {
  const chunks: ChunkMessage[] = [];
  const digests = { send: async (messages: readonly ChunkMessage[]) => void chunks.push(...messages) };
  for (let at = from; ; at += TICK) {
    await planDigests({ cohorts: ports.cohorts, editions: ports.editions, digests, log: SILENT }, at);
    if (chunks.length > 0) return { at, chunks };
  }
};

const nobodysChunk = ({ dueAt, period, edition }: ChunkMessage): ChunkMessage => {
  const cohort = cohortId({ cadence: 'daily', hour: 3, zone: 'Pacific/Chatham' });
  return { v: 1, kind: 'chunk', cohort, dueAt, period, shards: [0], edition };
};

/** Takes the readers who are due after an instant for it: nothing that is counted may come later. */
export const calibrate = async ({ stack, mails, loseEvents }: ScaleStack, after: Instant): Promise<Pieces> => {
  loseEvents();
  const { at, chunks } = await nextChunks(stack, after);
  stack.clock.set(at);
  const [first] = chunks;
  if (!first) throw new Error('nobody is due');
  const sender = senderOf(stack);
  const callMs = (await cpuOf(stack, () => callTables(stack))) / CALLS;
  const empty = eventOf(nobodysChunk(first));
  const invocationsMs = await cpuOf(stack, async () => {
    for (let n = 0; n < INVOCATIONS; n++) await invoke(sender, empty);
  });
  const before = mails.passed().mails;
  const sent = (): number => mails.passed().mails - before;
  const cpu = process.cpuUsage();
  for (const chunk of chunks) {
    if (sent() < DIGESTS) await invoke(sender, eventOf(chunk));
  }
  const { user, system } = process.cpuUsage(cpu);
  return {
    callMs,
    invocationMs: invocationsMs / INVOCATIONS,
    digestCpuMs: (user + system) / 1000 / Math.max(1, sent()),
  };
};
