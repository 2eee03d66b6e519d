import type { LocalStack } from '../local/stack.ts';
import { ownThreadTime, type ThreadTime } from '../local/thread-time.ts';

/** What two threads took: this process's, for functions and queues, and the tables'. */
export interface Busy {
  functions: ThreadTime;
  tables: ThreadTime;
}

const since = (before: ThreadTime, after: ThreadTime): ThreadTime => ({
  busyMs: after.busyMs - before.busyMs,
  cpuMs: after.cpuMs - before.cpuMs,
});

/** How many times as long as on a core of its own a thread was at work: others use the machine too. */
export const stretchOf = ({ busyMs, cpuMs }: ThreadTime): number => busyMs / cpuMs;

/** Starts to watch; the answer tells what came since. */
export const watchBusy = async ({ tablesTime }: Pick<LocalStack, 'tablesTime'>): Promise<() => Promise<Busy>> => {
  const before = { functions: ownThreadTime(), tables: await tablesTime() };
  return async () => ({
    functions: since(before.functions, ownThreadTime()),
    tables: since(before.tables, await tablesTime()),
  });
};
