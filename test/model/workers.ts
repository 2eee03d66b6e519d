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

/**
 * Three workers that take turns at every call of a port, as the history says: one stands before or after a call while others go on,
 * time passes, and messages come. The clock is the true one; workers see it through their own skew.
 */
export const createWorkers = <Work>(of: History, start: Instant, perform: (run: Run<Work>) => Promise<unknown>) => {
  let now = start;
  let step = 0;
  let turn = 0;
  let failure: unknown;
  const gates: Gate<Work>[] = [];
  const runs = new Set<Run<Work>>();
  const waiting: Waiting<Work>[] = [];
  const deadLetters: Work[] = [];
  const faults = new Map(of.faults.map(({ step: at, kind }) => [at, kind]));

  const comesAgain = ({ work, receipts }: Run<Work>): void => {
    if (receipts >= RECEIPTS) deadLetters.push(work);
    else waiting.push({ work, readyAt: now + of.returnsAfter, receipts });
  };
  let deaths = 0;
  const kill = (run: Run<Work>): void => {
    deaths++;
    run.dead = true;
    runs.delete(run);
    for (let at = gates.length - 1; at >= 0; at--) if (gates[at]?.run === run) gates.splice(at, 1);
    comesAgain(run);
  };
  const begin = ({ work, receipts }: Waiting<Work>): void => {
    const busy = new Set([...runs].map(({ worker }) => worker));
    const worker = Array.from({ length: WORKERS }, (_, n) => n).find((n) => !busy.has(n)) ?? 0;
    const run: Run<Work> = { worker, work, receipts: receipts + 1, startedAt: now, dead: false };
    runs.add(run);
    perform(run).then(
      () => runs.delete(run),
      (error: unknown) => {
        if (!isFault(error)) failure ??= error;
        runs.delete(run);
        comesAgain(run);
      },
    );
  };
  const pass = (gate: Gate<Work>): void => {
    const fault = faults.get(step++);
    if (fault === 'kill') {
      kill(gate.run);
      return;
    }
    gates.splice(gates.indexOf(gate), 1);
    if (fault === 'throw') gate.fail(new Fault(gate.where));
    else gate.open();
  };
  const moveTo = (at: Instant): void => {
    now = Math.max(now, at);
    for (const run of [...runs]) if (now - run.startedAt > LIFE) kill(run);
  };
  const ready = (): Waiting<Work>[] =>
    runs.size < WORKERS ? waiting.filter(({ readyAt }) => readyAt <= now).sort((a, b) => a.readyAt - b.readyAt) : [];
  const nextAt = (): Instant | undefined =>
    waiting.length > 0 ? Math.min(...waiting.map(({ readyAt }) => readyAt)) : undefined;

  /** All that could happen next, the ordinary first. */
  const options = (): (() => void)[] => {
    const going = gates.map((gate) => () => pass(gate));
    const coming = ready().map((message) => () => {
      waiting.splice(waiting.indexOf(message), 1);
      begin(message);
    });
    const next = nextAt();
    if (going.length + coming.length === 0) return next === undefined ? [] : [() => moveTo(next)];
    return [...going, ...coming, () => moveTo(now + (MOMENTS[step % MOMENTS.length] ?? 0))];
  };

  return {
    now: () => now,
    step: () => step,
    /** Workers that died, by a fault or because their time was over. */
    deaths: () => deaths,
    skewed: (run: Run<Work>): Instant => now + (of.skews[run.worker] ?? 0),
    put: (work: Work, readyAt: Instant): void => {
      waiting.push({ work, readyAt, receipts: 0 });
    },
    deadLetters: (): Work[] => deadLetters.splice(0),
    /** Stands until the history lets it go on; never comes back in a worker that died. */
    gate: (run: Run<Work>, where: string): Promise<void> =>
      new Promise((open, fail) => {
        if (!run.dead) gates.push({ run, where, open, fail });
      }),
    /** Until nothing is left to do. @throws what a worker threw that was no fault of the history's */
    async drain(): Promise<void> {
      for (let turns = 0; turns < TOO_LONG; turns++) {
        await idle();
        if (failure !== undefined) throw failure;
        const all = options();
        if (all.length === 0 && runs.size === 0) return;
        if (all.length === 0) throw new Error('a worker waits for something that is no port');
        all[(of.turns[turn++] ?? 0) % all.length]?.();
      }
      throw new Error('the queues never ran empty');
    },
  };
};

export type Workers<Work> = ReturnType<typeof createWorkers<Work>>;
