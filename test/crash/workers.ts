import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import * as z from 'zod';

const said = z.union([
  z.object({ line: z.string() }),
  z.object({ answer: z.unknown() }).refine((message) => 'answer' in message),
  z.object({ error: z.string() }),
]);

/** How one event ended: with an answer, an error, or the worker's death. */
export type Ended = { kind: 'answered'; answer: unknown } | { kind: 'threw' } | { kind: 'died' };

const batch = z.object({ batchItemFailures: z.array(z.unknown()) });

/** True if AWS would not give the event again: there was an answer, and no message of a batch failed. */
export const isDone = (ended: Ended): boolean => {
  if (ended.kind !== 'answered') return false;
  const read = batch.safeParse(ended.answer);
  return !read.success || read.data.batchItemFailures.length === 0;
};

/** A worker process: one event at a time. */
export interface WorkerProcess {
  run(fn: string, event: unknown, now: number): Promise<Ended>;
  /** SIGKILL; resolves once it is gone. */
  kill(): Promise<void>;
  alive(): boolean;
}

export const forkWorker = (
  script: string,
  env: Record<string, string>,
  onLine: (line: string) => void,
): WorkerProcess => {
  const child: ChildProcess = fork(script, [], { env: { ...process.env, ...env }, execArgv: ['--enable-source-maps'] });
  const ready = Promise.race([once(child, 'message'), once(child, 'exit')]);
  let waiting: ((ended: Ended) => void) | undefined;
  const end = (ended: Ended): void => {
    waiting?.(ended);
    waiting = undefined;
  };
  child.on('message', (message) => {
    const read = said.safeParse(message);
    if (!read.success) return;
    if ('line' in read.data) onLine(read.data.line);
    else if ('error' in read.data) end({ kind: 'threw' });
    else end({ kind: 'answered', answer: read.data.answer });
  });
  child.on('exit', () => end({ kind: 'died' }));
  const alive = (): boolean => child.exitCode === null && child.signalCode === null;
  return {
    alive,
    async run(fn, event, now) {
      await ready;
      if (!alive()) return { kind: 'died' };
      const ended = new Promise<Ended>((done) => {
        waiting = done;
      });
      child.send({ fn, event, now });
      return ended;
    },
    async kill() {
      if (!alive()) return;
      const gone = once(child, 'exit');
      child.kill('SIGKILL');
      await gone;
    },
  };
};
