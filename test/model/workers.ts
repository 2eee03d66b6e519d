import { setImmediate as idle } from 'node:timers/promises';
import { type Instant, MINUTE } from '../../functions/model/time.ts';
import type { History } from './history.ts';

/** What a worker dies of, or is thrown: never the product's own error. */
export class Fault extends Error {
  constructor(where: string) {
    super(where);
    this.name = 'Fault';
  }
}

const isFault = (error: unknown): boolean =>
  error instanceof Fault || (error instanceof AggregateError && error.errors.every(isFault));

/** One message being worked on by one worker. */
export interface Run<Work> {
  worker: number;
  work: Work;
  receipts: number;
  startedAt: Instant;
  /** Killed: what it awaits never comes. */
  dead: boolean;
}

interface Gate<Work> {
  run: Run<Work>;
  where: string;
  open(): void;
  fail(error: Fault): void;
}

interface Waiting<Work> {
  work: Work;
  readyAt: Instant;
  receipts: number;
}

const WORKERS = 3;
/** A message that failed so often is a dead letter. */
const RECEIPTS = 5;
/** Lambda kills an invocation that runs longer. */
const LIFE = 5 * MINUTE;
/** Steps of time while work is under way. */
const MOMENTS = [1000, 10_000, 2 * MINUTE];
/** Far more turns than any history takes: a message that makes itself anew for ever is a fault too. */
const TOO_LONG = 5000;

/** Messages that wait for a worker, and those that failed too often. */
const createInbox = <Work>(returnsAfter: number) => {
  const waiting: Waiting<Work>[] = [];
  const deadLetters: Work[] = [];
  return {
    put(work: Work, readyAt: Instant): void {
      waiting.push({ work, readyAt, receipts: 0 });
    },
    /** A message whose worker failed or died. */
    putBack({ work, receipts }: Run<Work>, now: Instant): void {
      if (receipts >= RECEIPTS) deadLetters.push(work);
      else waiting.push({ work, readyAt: now + returnsAfter, receipts });
    },
    ready: (now: Instant): Waiting<Work>[] =>
      waiting.filter(({ readyAt }) => readyAt <= now).sort((a, b) => a.readyAt - b.readyAt),
    take(message: Waiting<Work>): void {
      waiting.splice(waiting.indexOf(message), 1);
    },
    nextAt: (): Instant | undefined =>
      waiting.length > 0 ? Math.min(...waiting.map(({ readyAt }) => readyAt)) : undefined,
    deadLetters: (): Work[] => deadLetters.splice(0),
  };
};

/** Takes one of the things that could happen next, again and again, until none is left. `busy` tells whether a worker has work. */
const untilQuiet = async (choose: () => (() => void) | undefined, busy: () => boolean): Promise<void> => {
  for (let turns = 0; turns < TOO_LONG; turns++) {
    await idle();
    const happens = choose();
    if (!happens && !busy()) return;
    if (!happens) throw new Error('a worker waits for something that is no port');
    happens();
  }
  throw new Error('the queues never ran empty');
};

/** Who works on what, and at which calls they stand. `now` tells the true time. */
const createCrew = <Work>(
  inbox: ReturnType<typeof createInbox<Work>>,
  now: () => Instant,
  perform: (run: Run<Work>) => Promise<unknown>,
) => {
  const gates: Gate<Work>[] = [];
  const runs = new Set<Run<Work>>();
  let deaths = 0;
  let failure: unknown;
  return {
    gates,
    runs,
    deaths: () => deaths,
    /** What a worker threw that was no fault of the history's. */
    failure: () => failure,
    kill(run: Run<Work>): void {
      deaths++;
      run.dead = true;
      runs.delete(run);
      for (let at = gates.length - 1; at >= 0; at--) if (gates[at]?.run === run) gates.splice(at, 1);
      inbox.putBack(run, now());
    },
    begin({ work, receipts }: Waiting<Work>): void {
      const busy = new Set([...runs].map(({ worker }) => worker));
      const worker = Array.from({ length: WORKERS }, (_, n) => n).find((n) => !busy.has(n)) ?? 0;
      const run: Run<Work> = { worker, work, receipts: receipts + 1, startedAt: now(), dead: false };
      runs.add(run);
      perform(run).then(
        () => runs.delete(run),
        (error: unknown) => {
          if (!isFault(error)) failure ??= error;
          runs.delete(run);
          inbox.putBack(run, now());
        },
      );
    },
  };
};

/**
 * Three workers that take turns at every call of a port, as the history says: one stands before or after a call while others go on,
 * time passes, and messages come. The clock is the true one; workers see it through their own skew.
 */
export const createWorkers = <Work>(of: History, start: Instant, perform: (run: Run<Work>) => Promise<unknown>) => {
  let now = start;
  let step = 0;
  let turn = 0;
  const inbox = createInbox<Work>(of.returnsAfter);
  const { gates, runs, ...crew } = createCrew(inbox, () => now, perform);
  const faults = new Map(of.faults.map(({ step: at, kind }) => [at, kind]));

  const pass = (gate: Gate<Work>): void => {
    const fault = faults.get(step++);
    if (fault === 'kill') {
      crew.kill(gate.run);
      return;
    }
    gates.splice(gates.indexOf(gate), 1);
    if (fault === 'throw') gate.fail(new Fault(gate.where));
    else gate.open();
  };
  const moveTo = (at: Instant): void => {
    now = Math.max(now, at);
    for (const run of [...runs]) if (now - run.startedAt > LIFE) crew.kill(run);
  };
  /** All that could happen next, the ordinary first. */
  const options = (): (() => void)[] => {
    const going = gates.map((gate) => () => pass(gate));
    const coming = (runs.size < WORKERS ? inbox.ready(now) : []).map((message) => () => {
      inbox.take(message);
      crew.begin(message);
    });
    const next = inbox.nextAt();
    if (going.length + coming.length === 0) return next === undefined ? [] : [() => moveTo(next)];
    return [...going, ...coming, () => moveTo(now + (MOMENTS[step % MOMENTS.length] ?? 0))];
  };
  const choose = (): (() => void) | undefined => {
    if (crew.failure() !== undefined) throw crew.failure();
    const all = options();
    return all.length === 0 ? undefined : all[(of.turns[turn++] ?? 0) % all.length];
  };

  return {
    now: () => now,
    step: () => step,
    /** Workers that died, by a fault or because their time was over. */
    deaths: crew.deaths,
    skewed: (run: Run<Work>): Instant => now + (of.skews[run.worker] ?? 0),
    put: inbox.put,
    deadLetters: inbox.deadLetters,
    /** Stands until the history lets it go on; never comes back in a worker that died. */
    gate: (run: Run<Work>, where: string): Promise<void> =>
      new Promise((open, fail) => {
        if (!run.dead) gates.push({ run, where, open, fail });
      }),
    /** Until nothing is left to do. @throws what a worker threw that was no fault of the history's */
    drain: (): Promise<void> => untilQuiet(choose, () => runs.size > 0),
  };
};

export type Workers<Work> = ReturnType<typeof createWorkers<Work>>;
