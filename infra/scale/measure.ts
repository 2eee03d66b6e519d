import { setTimeout as sleep } from 'node:timers/promises';
import { dueInstants, periodAt } from '../../functions/digest/due.ts';
import { cohortOf } from '../../functions/model/cohort.ts';
import { deliveryId } from '../../functions/model/delivery.ts';
import { HOUR, type Instant, iso, TICK } from '../../functions/model/time.ts';
import { watchCalls } from '../local/call-times.ts';
import { createClock } from '../local/clock.ts';
import { createConsumption, type Used } from '../local/consumption.ts';
import { invoke } from '../local/invoke.ts';
import type { Consumed } from '../local/meter.ts';
import { createPassingMails, type PassingMails } from '../local/passing-mails.ts';
import { type LocalStack, startLocal } from '../local/stack.ts';
import { serveSamples } from '../soak/news.ts';
import { fillReaders } from './fill.ts';
import { watchMemory } from './memory.ts';
import { scaleReader } from './readers.ts';

/** Monday, midnight UTC: a workday, and one on which weekly digests are due. */
export const DAY_OF_RUN = Date.UTC(2026, 10, 23);

export interface ScaleWishes {
  subscribers: number;
  /** What the SES endpoint takes a second. */
  ratePerSecond: number;
  /** The part of the day that is lived through: whole hours after midnight UTC. */
  from: number;
  hours: number;
  /** Told after each tick that had digests due. */
  progress: (line: string) => void;
  onError: (error: unknown) => void;
}

/** A tick at which digests were due. */
export interface SentTick {
  at: string;
  digests: number;
  /** From the planner's start to the last mail. */
  seconds: number;
}

/** What a day of a readership took. */
export interface MeasuredDay {
  subscribers: number;
  due: number;
  mails: number;
  /** Due, and not settled or not mailed exactly once. */
  wrong: number;
  ratePerSecond: number;
  ticks: SentTick[];
  /** All ticks together. */
  sendingSeconds: number;
  memory: { residentMiB: number; heapMiB: number };
  /** Processor time of this process for a digest: functions, queues and SES endpoint; the tables are another process. */
  cpuMsPerDigest: number;
  /** Mean time of a call, as the functions saw it. */
  tableMs: number;
  sesMs: number;
  consumed: Consumed;
  used: Used;
  mailBytes: number;
}

/** The newsroom works and readers sign up an hour before the first tick, so that nothing older is due. */
const startOf = ({ from }: ScaleWishes): Instant => DAY_OF_RUN + (from - 1) * HOUR;

/** Waits until nothing is on a queue, nor on its way back to one. */
const drained = async (stack: LocalStack): Promise<void> => {
  await stack.settle();
  while (stack.delayed.waiting() > 0) {
    await sleep(100);
    await stack.settle();
  }
};

const startStack = (wishes: ScaleWishes, mails: PassingMails, allow: string[]) => {
  const consumption = createConsumption();
  const stack = startLocal({
    tablesApart: true,
    clock: createClock({ at: startOf(wishes) }),
    mails,
    publicUrl: 'https://broadsheet.example',
    allow,
    welcome: false,
    log: consumption.log({
      info: () => undefined,
      warn: () => undefined,
      error: (event, fields) => wishes.onError(`${event} ${JSON.stringify(fields)}`),
    }),
    onError: wishes.onError,
    sesLimits: { ratePerSecond: wishes.ratePerSecond, maxPer24h: 10_000_000 },
    consumption,
  });
  return { consumption, stack };
};

const less = (all: Consumed, before: Consumed): Consumed => {
  const of = (kind: keyof Consumed): Consumed['table'] =>
    Object.fromEntries(
      Object.entries(all[kind]).map(([name, { read, write }]) => [
        name,
        { read: read - (before[kind][name]?.read ?? 0), write: write - (before[kind][name]?.write ?? 0) },
      ]),
    );
  return { table: of('table'), index: of('index') };
};

/** Delivery ids that must be mailed once, by the calendar and the readers alone, and the ticks they are due at. */
const dueOf = (wishes: ScaleWishes, sources: readonly string[]) => {
  const ids = new Set<string>();
  const ticks = new Set<Instant>();
  const begin = DAY_OF_RUN + wishes.from * HOUR;
  for (let number = 0; number < wishes.subscribers; number++) {
    const reader = scaleReader(number, sources, DAY_OF_RUN);
    const cohort = cohortOf(reader.preferences);
    for (const at of dueInstants(cohort, begin, begin + wishes.hours * HOUR)) {
      ids.add(deliveryId(reader.id, periodAt(cohort, at)));
      ticks.add(Math.ceil(at / TICK) * TICK);
    }
  }
  return { ids, ticks: [...ticks].sort((a, b) => a - b) };
};

/** Plans one tick and waits for its last mail. Mails are taken out of the store, so that it holds one tick's at most. */
const sendTick = async (
  stack: LocalStack,
  mails: PassingMails,
  at: Instant,
): Promise<{ tick: SentTick; ids: string[] }> => {
  if (at > stack.clock.now()) stack.clock.set(at);
  const begun = performance.now();
  const last = mails.lastAt();
  await invoke(stack.functions.plan, { time: iso(at) });
  await drained(stack);
  const taken = mails.take().map(({ tags }) => tags.delivery ?? '');
  const ended = mails.lastAt() === last ? begun : mails.lastAt();
  return { tick: { at: iso(at), digests: taken.length, seconds: (ended - begun) / 1000 }, ids: taken };
};

/** Lives through one day of a readership of this size: planner, queue and sender as they are, on the emulators. */
export const measureDay = async (wishes: ScaleWishes): Promise<MeasuredDay> => {
  const { news, stop } = await serveSamples(startOf(wishes));
  const mails = createPassingMails({ raw: false });
  const { consumption, stack: starting } = startStack(wishes, mails, news.allow);
  const stack = await starting;
  try {
    const sources = news.entries.map(({ id }) => id);
    await stack.use(news);
    await stack.tick(startOf(wishes));
    await fillReaders(stack, wishes.subscribers, (n) => scaleReader(n, sources, DAY_OF_RUN), startOf(wishes));
    const due = dueOf(wishes, sources);
    const before = stack.meter.consumed();
    const usedBefore = consumption.used();
    globalThis.gc?.();
    const memory = watchMemory();
    const calls = watchCalls();
    const cpu = process.cpuUsage();
    const ticks: SentTick[] = [];
    let wrong = 0;
    for (const at of due.ticks) {
      const sent = await sendTick(stack, mails, at);
      ticks.push(sent.tick);
      // each id once: what is left at the end was not mailed, what is not there was mailed twice or was not due
      for (const id of sent.ids) wrong += due.ids.delete(id) ? 0 : 1;
      wishes.progress(`${sent.tick.at}: ${sent.tick.digests} digests in ${sent.tick.seconds.toFixed(1)} s`);
    }
    const { user, system } = process.cpuUsage(cpu);
    calls.stop();
    return {
      subscribers: wishes.subscribers,
      due: due.ids.size + mails.passed().mails - wrong,
      mails: mails.passed().mails,
      wrong: wrong + due.ids.size,
      ratePerSecond: wishes.ratePerSecond,
      ticks,
      sendingSeconds: ticks.reduce((sum, { seconds }) => sum + seconds, 0),
      memory: memory.stop(),
      cpuMsPerDigest: (user + system) / 1000 / Math.max(1, mails.passed().mails),
      tableMs: calls.meanMs(stack.dynamo),
      sesMs: calls.meanMs(stack.ses.url),
      consumed: less(stack.meter.consumed(), before),
      used: usedSince(consumption.used(), usedBefore),
      mailBytes: mails.passed().bytes,
    };
  } finally {
    await stack.stop();
    await stop();
  }
};

/** What was used between two looks. */
const usedSince = (after: Used, before: Used): Used => ({
  queues: Object.fromEntries(
    Object.entries(after.queues).map(([name, { requests, messages, bytes }]) => {
      const was = before.queues[name] ?? { requests: 0, messages: 0, bytes: 0 };
      return [name, { requests: requests - was.requests, messages: messages - was.messages, bytes: bytes - was.bytes }];
    }),
  ),
  functions: Object.fromEntries(
    Object.entries(after.functions).map(([name, { invocations, messages, ms }]) => {
      const was = before.functions[name] ?? { invocations: 0, messages: 0, ms: 0 };
      return [name, { invocations: invocations - was.invocations, messages: messages - was.messages, ms: ms - was.ms }];
    }),
  ),
  log: { lines: after.log.lines - before.log.lines, bytes: after.log.bytes - before.log.bytes },
});
