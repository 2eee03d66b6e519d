import type { LocalStack } from '../local/stack.ts';

/**
 * How long threads were at work, in ms of real time: their event loops did not wait for anything. Where others use the machine too, the
 * time until a thread gets a core is in it.
 */
export interface Busy {
  /** This process: functions and queues. */
  functionsMs: number;
  tablesMs: number;
}

/** Starts to watch; the answer tells what came since. */
export const watchBusy = async ({ tablesBusyMs }: Pick<LocalStack, 'tablesBusyMs'>): Promise<() => Promise<Busy>> => {
  const tablesBefore = await tablesBusyMs();
  const before = performance.eventLoopUtilization().active;
  return async () => ({
    functionsMs: performance.eventLoopUtilization().active - before,
    tablesMs: (await tablesBusyMs()) - tablesBefore,
  });
};
