import { deliverChunk } from '../../functions/digest/deliver.ts';
import { type Leftover, openPace } from '../../functions/digest/pace.ts';
import { planDigests } from '../../functions/digest/plan.ts';
import type { DigestPorts } from '../../functions/digest/ports-of-digest.ts';
import { cohortId } from '../../functions/model/cohort.ts';
import type { ChunkMessage } from '../../functions/model/messages.ts';
import type { Subscriber } from '../../functions/model/subscriber.ts';
import { HOUR, type Instant, iso } from '../../functions/model/time.ts';
import type { BenchEdition } from '../bench/edition.ts';
import { QUEUES } from '../queues.ts';
import type { SentTick } from './measure.ts';
import { openReadership } from './readership.ts';
import { simulatedQueue } from './simulated-queue.ts';
import { simulatedSes } from './simulated-ses.ts';
import { simulatedStores } from './simulated-stores.ts';
import { createVirtualTime } from './virtual-time.ts';

/** How long things take; where each is from stands in the report. */
export interface Durations {
  /** One SES call. */
  sesMs: number;
  /** One call of a table. */
  tableMs: number;
  /** What a digest takes of a worker's processor. */
  cpuMs: number;
  /** Whether all workers share one processor, as on this machine; in the cloud each has its own. */
  oneProcessor: boolean;
}

export interface SimulationWishes {
  subscribers: number;
  readerOf: (number: number) => Subscriber;
  /** Instants at which the planner runs, ascending. */
  ticks: readonly Instant[];
  ratePerSecond: number;
  durations: Durations;
  edition: BenchEdition;
  progress: (line: string) => void;
}

export interface SimulatedDay {
  subscribers: number;
  mails: number;
  ratePerSecond: number;
  throttled: number;
  ticks: SentTick[];
  sendingSeconds: number;
  invocations: number;
  /** Billed time of all workers. */
  workerSeconds: number;
}

/** A function's own: its processor, and the places of the rate that it has left. */
interface Worker {
  cpu: (ms: number) => Promise<void>;
  leftover: Leftover;
}

const SILENT = { info: () => undefined, warn: () => undefined, error: () => undefined };
const FINISHED = { raw: new Uint8Array(), subject: '', htmlBytes: 0, textBytes: 0 };
/** As in the handler: work stops this long before the function would be killed. */
const RESERVE_MS = 15_000;

/**
 * A day in virtual time with the product's own planner, chunks, rate and sender; tables, queue and SES are twins that take the time that
 * they are told. Nothing is rendered: the processor's time for that is among `cpuMs`.
 */
export const simulateDay = async (wishes: SimulationWishes): Promise<SimulatedDay> => {
  const { subscribers, readerOf, ticks, ratePerSecond, durations, edition } = wishes;
  const start = (ticks[0] ?? 0) - HOUR;
  const time = createVirtualTime(start);
  const readership = openReadership(subscribers, readerOf);
  const stores = simulatedStores({ time, readership, tableMs: durations.tableMs, edition: edition.number });
  const ses = simulatedSes({ time, ratePerSecond, sesMs: durations.sesMs });
  const queue = simulatedQueue<ChunkMessage>(time);
  for (const { key, shards } of readership.cohorts)
    stores.register({ ...key, v: 1, id: cohortId(key), shards, registeredAt: start });
  const shared = processor(time);
  // what a function keeps from one invocation to the next
  const workers: Worker[] = Array.from({ length: QUEUES.digests.concurrency }, () => ({
    cpu: durations.oneProcessor ? shared : processor(time),
    leftover: {},
  }));
  let workerMs = 0;
  let invocations = 0;

  const work = async (message: ChunkMessage, { cpu, leftover }: Worker): Promise<void> => {
    const begun = time.now();
    const mailer = {
      ...ses,
      send: async (mail: Parameters<typeof ses.send>[0]) => {
        await cpu(durations.cpuMs);
        return ses.send(mail);
      },
    };
    const pace = openPace(
      { control: stores.control, mailer, clock: time, wait: time.wait, log: SILENT },
      'digests',
      leftover,
    );
    const ports: DigestPorts = {
      ...stores,
      clock: time,
      log: SILENT,
      mailer,
      pace,
      digests: queue,
      settle: never('nothing is unknown'),
      letters: never('no source has stopped'),
      news: edition.news,
      press: { digest: () => FINISHED },
      links: { digest: () => ({ manage: '', pause: '', unsubscribe: '', web: '' }) },
    };
    await deliverChunk(ports, message, begun + QUEUES.digests.timeoutSeconds * 1000 - RESERVE_MS);
    invocations += 1;
    workerMs += time.now() - begun;
  };

  const day = async (): Promise<SentTick[]> => {
    const done: SentTick[] = [];
    for (const at of ticks) {
      await time.wait(at - time.now());
      const begun = time.now();
      const before = ses.sent();
      await planDigests({ ...stores, digests: queue, log: SILENT }, at);
      await Promise.all(workers.map((worker) => queue.drain((message) => work(message, worker))));
      const digests = ses.sent() - before;
      done.push({ at: iso(at), digests, seconds: digests === 0 ? 0 : (ses.lastAt() - begun) / 1000 });
      wishes.progress(`simulated ${iso(at)}: ${digests} digests in ${done.at(-1)?.seconds.toFixed(1)} s`);
    }
    return done;
  };
  const done = await time.run(day());
  return {
    subscribers,
    mails: ses.sent(),
    ratePerSecond,
    throttled: ses.throttled(),
    ticks: done,
    sendingSeconds: done.reduce((sum, { seconds }) => sum + seconds, 0),
    invocations,
    workerSeconds: workerMs / 1000,
  };
};

/** A queue that gets nothing. */
const never = (why: string): { send(): Promise<void> } => ({
  async send() {
    throw new Error(`a message nobody counted on: ${why} in the simulation`);
  },
});

/** One processor: who wants it waits for those before. */
const processor = (time: { now(): Instant; wait(ms: number): Promise<void> }) => {
  let freeAt = 0;
  return (ms: number): Promise<void> => {
    freeAt = Math.max(freeAt, time.now()) + ms;
    return time.wait(freeAt - time.now());
  };
};
