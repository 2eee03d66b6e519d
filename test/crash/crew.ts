import { join } from 'node:path';
import { build } from 'esbuild';
import type { Emulators } from './emulators.ts';
import { forkWorker, type WorkerProcess } from './workers.ts';

/** The worker as one file: a process that is killed a hundred times must start fast. */
const bundle = async (dir: string): Promise<string> => {
  const outfile = join(dir, 'worker.mjs');
  const banner = "import { createRequire as __of } from 'node:module'; const require = __of(import.meta.url);";
  await build({
    entryPoints: [new URL('worker.ts', import.meta.url).pathname],
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node24',
    outfile,
    banner: { js: banner },
    logLevel: 'error',
  });
  return outfile;
};

/** A worker that never dies and goes straight to the emulators; one that may die and goes through the turnstile; and its successor. */
export const startCrew = async (dir: string, { environment, waitingUrl, turnstile }: Emulators) => {
  const script = await bundle(dir);
  const lines: string[] = [];
  const direct = { ...environment, QUEUE_WAITING: waitingUrl };
  const through = {
    ...direct,
    ENDPOINT_DYNAMODB: turnstile.dynamo,
    ENDPOINT_SQS: turnstile.sqs,
    ENDPOINT_SES: turnstile.ses,
  };
  const spawn = (env: Record<string, string>): WorkerProcess => forkWorker(script, env, (line) => lines.push(line));
  const safe = spawn(direct);
  let doomed = spawn(through);
  let spare = spawn(through);
  return {
    /** What all of them logged. */
    lines,
    safe,
    doomed: () => doomed,
    /** The spare steps in for a doomed worker that died. */
    replace(): void {
      if (doomed.alive()) return;
      doomed = spare;
      spare = spawn(through);
    },
    async close(): Promise<void> {
      await Promise.all([safe.kill(), doomed.kill(), spare.kill()]);
    },
  };
};
