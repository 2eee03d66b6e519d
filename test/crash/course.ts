import type { Instant } from '../../functions/model/time.ts';
import { BASE_AT } from '../builders.ts';
import type { Emulators } from './emulators.ts';
import { CONSUMED, type Consumed, type Held, type Queues } from './queues.ts';
import { type Ended, isDone, type WorkerProcess } from './workers.ts';

/** The course of time: the one clock of all processes, and the worker that never dies working off what time brings. */
export const openCourse = (queues: Queues, safe: WorkerProcess, tellSes: Emulators['tellSes']) => {
  let now: Instant = BASE_AT;
  let waiting: Held[] = [];
  const setNow = (at: Instant): void => {
    now = Math.max(now, at);
    tellSes({ now });
  };
  const onSafe = (fn: string, event: unknown): Promise<Ended> => safe.run(fn, event, now);

  /** Works off what is on the queues, on the worker that never dies; each message twice. */
  const pump = async (only: readonly Consumed[] = CONSUMED): Promise<void> => {
    for (let idle = 0; idle < 1; ) {
      idle = 1;
      for (const queue of only) {
        for (let taken = await queues.take(queue); taken; taken = await queues.take(queue)) {
          idle = 0;
          await onSafe(taken.fn, taken.event);
          if (isDone(await onSafe(taken.fn, taken.event))) await taken.done();
          else await taken.back();
        }
      }
    }
  };

  return {
    now: () => now,
    setNow,
    onSafe,
    pump,
    /** Works everything off, moving the clock to what waits, until nothing is left. */
    async settle(until: Instant): Promise<void> {
      for (;;) {
        await pump();
        waiting.push(...(await queues.heldBack()));
        const [next] = waiting.sort((a, b) => a.dueAt - b.dueAt);
        if (!next || next.dueAt > until) return setNow(until);
        waiting = waiting.filter((each) => each !== next);
        setNow(next.dueAt);
        await queues.release(next);
      }
    },
    /** Nothing on the queues, nothing waiting, the clock at its start. */
    async restart(): Promise<void> {
      await queues.purge();
      await queues.heldBack();
      waiting = [];
      now = BASE_AT;
      tellSes({ now, mode: 'normal' });
    },
  };
};
