import { setImmediate as turn } from 'node:timers/promises';
import type { Clock, Wait } from '../../functions/ports.ts';
import { BASE_AT } from '../builders.ts';

/** Time that passes only where everybody waits: the clock then stands at the first instant that somebody waits for. */
export interface VirtualTime {
  clock: Clock;
  wait: Wait;
  /** Lets time pass until the work is done. */
  run<Result>(work: Promise<Result>): Promise<Result>;
}

export const virtualTime = (start = BASE_AT): VirtualTime => {
  let now = start;
  const sleepers: { until: number; wake: () => void }[] = [];
  return {
    clock: { now: () => now },
    wait: (ms) => new Promise((wake) => sleepers.push({ until: now + Math.max(0, ms), wake })),
    async run(work) {
      let done = false;
      const end = (): void => {
        done = true;
      };
      work.then(end, end);
      while (!done) {
        await turn();
        sleepers.sort((a, b) => a.until - b.until);
        const first = sleepers.shift();
        if (!first) continue;
        now = Math.max(now, first.until);
        first.wake();
      }
      return work;
    },
  };
};
