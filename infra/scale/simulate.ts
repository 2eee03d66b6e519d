import { deliverChunk } from '../../functions/digest/deliver.ts';
import { type Leftover, openPace } from '../../functions/digest/pace.ts';
import { planDigests } from '../../functions/digest/plan.ts';
import type { DigestPorts } from '../../functions/digest/ports-of-digest.ts';
import { cohortId } from '../../functions/model/cohort.ts';
import type { ChunkMessage } from '../../functions/model/messages.ts';
import type { Subscriber } from '../../functions/model/subscriber.ts';
import { HOUR, type Instant, iso } from '../../functions/model/time.ts';
import type { BenchEdition } from '../bench/edition.ts';
import type { Units } from '../local/meter.ts';
import { QUEUES } from '../queues.ts';
import type { SentTick } from './measure.ts';
import { openReadership } from './readership.ts';
import { type Durations, type SimulatedMachine, type Spend, simulatedMachine } from './simulated-machine.ts';
import { type SimulatedQueue, simulatedQueue } from './simulated-queue.ts';
import { type SimulatedSes, simulatedSes } from './simulated-ses.ts';
import { type SimulatedStores, simulatedStores } from './simulated-stores.ts';
import { createVirtualTime, type VirtualTime } from './virtual-time.ts';

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
  /** Units that planner and sender consumed, by the rules of DynamoDB. */
  units: Units;
}

/** A function's own: its processor, and the places of the rate that it has left. */
interface Worker {
  cpu: Spend;
  leftover: Leftover;
}

/** All that a simulated day is made of. */
interface World {
  wishes: SimulationWishes;
  time: VirtualTime;
  machine: SimulatedMachine;
  stores: SimulatedStores;
  ses: SimulatedSes;
  queue: SimulatedQueue<ChunkMessage>;
  workers: Worker[];
  /** Counted as it goes. */
  done: { invocations: number; workerMs: number };
}

const SILENT = { info: () => undefined, warn: () => undefined, error: () => undefined };
const FINISHED = { raw: '', subject: '', htmlBytes: 0, textBytes: 0 };
/** As in the handler: work stops this long before the function would be killed. */
const RESERVE_MS = 15_000;

/** A queue that gets nothing. */
const never = (why: string): { send(): Promise<void> } => ({
  async send() {
    throw new Error(`a message nobody counted on: ${why} in the simulation`);
  },
});

const openWorld = (wishes: SimulationWishes): World => {
  const { subscribers, readerOf, ticks, ratePerSecond, durations, edition } = wishes;
  const start = (ticks[0] ?? 0) - HOUR;
  const time = createVirtualTime(start);
  const machine = simulatedMachine(time, durations);
  const readership = openReadership(subscribers, readerOf);
  const stores = simulatedStores({ time, readership, call: machine.call, edition: edition.number });
  for (const { key, shards } of readership.cohorts)
    stores.register({ ...key, v: 1, id: cohortId(key), shards, registeredAt: start });
  return {
    wishes,
    time,
    machine,
    stores,
    ses: simulatedSes({ time, ratePerSecond, sesMs: durations.sesMs }),
    queue: simulatedQueue<ChunkMessage>(time),
    // what a function keeps from one invocation to the next
    workers: Array.from({ length: QUEUES.digests.concurrency }, () => ({ cpu: machine.processor(), leftover: {} })),
    done: { invocations: 0, workerMs: 0 },
  };
};

/** What the sender asks of the world in one invocation. */
const portsOf = ({ wishes, time, machine, stores, ses, queue }: World, { cpu, leftover }: Worker): DigestPorts => {
  const { durations, edition } = wishes;
  const mailer: DigestPorts['mailer'] & Pick<SimulatedSes, 'quota'> = {
    quota: ses.quota,
    async send(mail) {
      await cpu(durations.digestMs);
      const outcome = await ses.send(mail);
      machine.others();
      return outcome;
    },
  };
  const pacing = { control: stores.control, mailer, clock: time, wait: time.wait, log: SILENT };
  return {
    ...stores,
    clock: time,
    log: SILENT,
    mailer,
    pace: openPace(pacing, 'digests', leftover),
    digests: queue,
    settle: never('nothing is unknown'),
    letters: never('no source has stopped'),
    news: edition.news,
    press: { digest: () => FINISHED },
    links: { digest: () => ({ manage: '', pause: '', unsubscribe: '', web: '' }) },
  };
};

const work = async (world: World, worker: Worker, message: ChunkMessage): Promise<void> => {
  const { time, done, wishes } = world;
  const begun = time.now();
  await worker.cpu(wishes.durations.invocationMs);
  const deadlineAt = begun + QUEUES.digests.timeoutSeconds * 1000 - RESERVE_MS;
  await deliverChunk(portsOf(world, worker), message, deadlineAt);
  done.invocations += 1;
  done.workerMs += time.now() - begun;
};

const tick = async (world: World, at: Instant): Promise<SentTick> => {
  const { time, ses, stores, queue, workers } = world;
  await time.wait(at - time.now());
  const begun = time.now();
  const before = ses.sent();
  await planDigests({ ...stores, digests: queue, log: SILENT }, at);
  await Promise.all(workers.map((worker) => queue.drain((message) => work(world, worker, message))));
  const digests = ses.sent() - before;
  return { at: iso(at), digests, seconds: digests === 0 ? 0 : (ses.lastAt() - begun) / 1000 };
};

const day = async (world: World): Promise<SentTick[]> => {
  const ticks: SentTick[] = [];
  for (const at of world.wishes.ticks) {
    const sent = await tick(world, at);
    ticks.push(sent);
    if (sent.digests > 0)
      world.wishes.progress(`simulated ${sent.at}: ${sent.digests} digests in ${sent.seconds.toFixed(1)} s`);
  }
  return ticks;
};

/**
 * A day in virtual time with the product's own planner, chunks, rate and sender; tables, queue and SES are twins that take the time that
 * they are told. Nothing is rendered: the processor's time for that is among `digestMs`.
 */
export const simulateDay = async (wishes: SimulationWishes): Promise<SimulatedDay> => {
  const world = openWorld(wishes);
  const ticks = await world.time.run(day(world));
  const { ses, done, machine } = world;
  return {
    subscribers: wishes.subscribers,
    mails: ses.sent(),
    ratePerSecond: wishes.ratePerSecond,
    throttled: ses.throttled(),
    ticks,
    sendingSeconds: ticks.reduce((sum, { seconds }) => sum + seconds, 0),
    invocations: done.invocations,
    workerSeconds: done.workerMs / 1000,
    units: machine.units(),
  };
};
