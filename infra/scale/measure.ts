import { DAY, HOUR, type Instant, iso } from '../../functions/model/time.ts';
import { watchCalls } from '../local/call-times.ts';
import type { Used } from '../local/consumption.ts';
import { invoke } from '../local/invoke.ts';
import type { Consumed, Units } from '../local/meter.ts';
import type { LocalStack } from '../local/stack.ts';
import { serveSamples } from '../soak/news.ts';
import { stretchOf, watchBusy } from './busy.ts';
import { calibrate, type Pieces } from './calibrate.ts';
import { DAY_OF_RUN, type Due, dueOf } from './due-of-run.ts';
import { fillReaders } from './fill.ts';
import { watchMemory } from './memory.ts';
import { measureNight, type Night } from './night.ts';
import { openStack, type ScaleStack } from './open-stack.ts';
import { scaleReader } from './readers.ts';

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

/**
 * How long pieces of work keep a thread of this machine on a core, in ms. Functions and queues share one thread and all tables another, so
 * what a call seems to take is mostly waiting for those before it: that is left to a simulation to find.
 */
export interface Machine {
  /** The functions' thread: for a call of a table, for an invocation of the sender, and for all else of a digest, feedback included. */
  callMs: number;
  invocationMs: number;
  digestMs: number;
  /** The tables' thread: for a call. */
  tableMs: number;
  /** Calls for a digest by others than the sender. */
  otherCalls: number;
  /** How many times as long the threads were at work in this run, as others used the machine too. */
  stretch: { functions: number; tables: number };
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
  /** Processor time of this process for a digest: functions, queues and feedback; tables and SES are other processes. */
  cpuMsPerDigest: number;
  /** The same of the sender alone, with neither queues nor feedback beside it. */
  senderMsPerDigest: number;
  /** What work took of this machine, for a simulation of it. */
  machine: Machine;
  night: Night;
  consumed: Consumed;
  /** Units of planner and sender alone. */
  sending: Units;
  used: Used;
  mailBytes: number;
}

/** The newsroom works and readers sign up an hour before the first tick, so that nothing older is due. */
const startOf = ({ from }: ScaleWishes): Instant => DAY_OF_RUN + (from - 1) * HOUR;

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

/** Plans one tick and waits for its last mail. Mails are taken out of the store, so that it holds one tick's at most. */
const sendTick = async (
  { stack, mails, drained }: ScaleStack,
  at: Instant,
): Promise<{ tick: SentTick; ids: string[] }> => {
  if (at > stack.clock.now()) stack.clock.set(at);
  const begun = performance.now();
  const last = mails.lastAt();
  await invoke(stack.functions.plan, { time: iso(at) });
  await drained();
  const taken = mails.take().map(({ tags }) => tags.delivery ?? '');
  const ended = mails.lastAt() === last ? begun : mails.lastAt();
  return { tick: { at: iso(at), digests: taken.length, seconds: (ended - begun) / 1000 }, ids: taken };
};

/** Every tick at which somebody is due; how many digests were mailed twice, or to somebody not due, or not at all. */
const sendAll = async (opened: ScaleStack, due: Due, progress: ScaleWishes['progress']) => {
  const { stack, mails, drained } = opened;
  const ticks: SentTick[] = [];
  const left = new Set(due.ids);
  let strange = 0;
  for (const at of due.ticks) {
    const { tick, ids } = await sendTick(opened, at);
    ticks.push(tick);
    // each id once: what is left at the end was not mailed, what is not there was mailed twice or was not due
    for (const id of ids) strange += left.delete(id) ? 0 : 1;
    progress(
      `${tick.at}: ${tick.digests} digests in ${tick.seconds.toFixed(1)} s; ${due.ids.size - left.size} of ${due.ids.size}`,
    );
  }
  // mails that SES did not answer for, if there were any
  for (let at = stack.delayed.nextAt(); at !== undefined; at = stack.delayed.nextAt()) {
    stack.clock.set(at);
    await drained();
  }
  for (const { tags } of mails.take()) strange += left.delete(tags.delivery ?? '') ? 0 : 1;
  return { ticks, wrong: strange + left.size };
};

/** Units of planner and sender until now, less what was before. */
const sendingUnits = ({ meter }: LocalStack, before: Units = { read: 0, write: 0 }): Units => {
  const { 'plan-digests': plan, 'send-digests': send } = meter.byFunction();
  const all = [plan, send].flatMap((each) => (each ? [each.table, each.index] : [])).flatMap((of) => Object.values(of));
  return {
    read: all.reduce((sum, { read }) => sum + read, -before.read),
    write: all.reduce((sum, { write }) => sum + write, -before.write),
  };
};

/** What is watched while the day is lived through. */
const watchAll = async ({ stack, consumption }: ScaleStack) => {
  const before = stack.meter.consumed();
  const usedBefore = consumption.used();
  const sendingBefore = sendingUnits(stack);
  globalThis.gc?.();
  const memory = watchMemory();
  const calls = watchCalls();
  const busy = await watchBusy(stack);
  const cpu = process.cpuUsage();
  return async () => {
    const { user, system } = process.cpuUsage(cpu);
    calls.stop();
    return {
      cpuMs: (user + system) / 1000,
      busy: await busy(),
      memory: memory.stop(),
      calls: { all: calls.count(stack.dynamo), sender: calls.count(stack.dynamo, 'send-digests') },
      consumed: less(stack.meter.consumed(), before),
      sending: sendingUnits(stack, sendingBefore),
      used: usedSince(consumption.used(), usedBefore),
    };
  };
};

type Watched = Awaited<ReturnType<Awaited<ReturnType<typeof watchAll>>>>;

const machineOf = ({ busy, calls, used }: Watched, { callMs, invocationMs }: Pieces, mails: number): Machine => {
  const invocations = used.functions['send-digests']?.invocations ?? 0;
  return {
    callMs,
    invocationMs,
    digestMs: (busy.functions.cpuMs - callMs * calls.sender - invocationMs * invocations) / mails,
    tableMs: busy.tables.cpuMs / calls.all,
    otherCalls: (calls.all - calls.sender) / mails,
    stretch: { functions: stretchOf(busy.functions), tables: stretchOf(busy.tables) },
  };
};

/** Lives through one day of a readership of this size: planner, queue and sender as they are, on the emulators. */
export const measureDay = async (wishes: ScaleWishes): Promise<MeasuredDay> => {
  const { subscribers, ratePerSecond, from, hours, progress } = wishes;
  const { news, stop } = await serveSamples(startOf(wishes));
  const opened = await openStack({ ...wishes, at: startOf(wishes), allow: news.allow });
  const { stack, mails } = opened;
  try {
    const sources = news.entries.map(({ id }) => id);
    await stack.use(news);
    await stack.tick(startOf(wishes));
    await fillReaders(stack, subscribers, (n) => scaleReader(n, sources, DAY_OF_RUN), startOf(wishes), progress);
    const due = dueOf(wishes, sources);
    const watched = await watchAll(opened);
    const { ticks, wrong } = await sendAll(opened, due, progress);
    const { cpuMs, ...seen } = await watched();
    const passed = mails.passed();
    const night = await measureNight(stack, DAY_OF_RUN + DAY);
    const pieces = await calibrate(opened, DAY_OF_RUN + (from + hours) * HOUR);
    return {
      subscribers,
      due: due.ids.size,
      mails: passed.mails,
      wrong,
      ratePerSecond,
      ticks,
      sendingSeconds: ticks.reduce((sum, { seconds }) => sum + seconds, 0),
      memory: seen.memory,
      cpuMsPerDigest: cpuMs / Math.max(1, passed.mails),
      senderMsPerDigest: pieces.digestCpuMs,
      machine: machineOf({ cpuMs, ...seen }, pieces, Math.max(1, passed.mails)),
      night,
      consumed: seen.consumed,
      sending: seen.sending,
      used: seen.used,
      mailBytes: passed.bytes,
    };
  } finally {
    await opened.stop();
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
