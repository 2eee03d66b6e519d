import type { Instant } from '../../functions/model/time.ts';
import type { Clock } from '../../functions/ports.ts';

/** Time that passes only when nobody has anything left to do: then it jumps to the next instant somebody waits for. */
export interface VirtualTime extends Clock {
  wait(ms: number): Promise<void>;
  /** Lets time pass until the work is done. @throws if it waits for something that never comes */
  run<Result>(work: Promise<Result>): Promise<Result>;
}

interface Waiter {
  at: Instant;
  order: number;
  wake: () => void;
}

const isBefore = (a: Waiter, b: Waiter): boolean => a.at < b.at || (a.at === b.at && a.order < b.order);

/** A heap of waiters: the next one first, those of one instant in the order in which they came. */
const createHeap = () => {
  const heap: Waiter[] = [];
  const at = (place: number): Waiter => heap[place] as Waiter;
  const swap = (a: number, b: number): void => {
    [heap[a], heap[b]] = [at(b), at(a)];
  };
  const sink = (): void => {
    for (let place = 0; ; ) {
      const [left, right] = [2 * place + 1, 2 * place + 2];
      let least = place;
      if (left < heap.length && isBefore(at(left), at(least))) least = left;
      if (right < heap.length && isBefore(at(right), at(least))) least = right;
      if (least === place) return;
      swap(place, least);
      place = least;
    }
  };
  return {
    push(waiter: Waiter): void {
      let place = heap.push(waiter) - 1;
      for (let parent = (place - 1) >> 1; place > 0 && isBefore(at(place), at(parent)); parent = (place - 1) >> 1) {
        swap(place, parent);
        place = parent;
      }
    },
    pop(): Waiter | undefined {
      const first = heap[0];
      const last = heap.pop();
      if (first && last && first !== last) {
        heap[0] = last;
        sink();
      }
      return first;
    },
  };
};

/** Everything that is ready to run has run: promises first, then one turn of the event loop. */
const idle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** @param start where the clock stands at first */
export const createVirtualTime = (start: Instant): VirtualTime => {
  const waiters = createHeap();
  let now = start;
  let order = 0;
  return {
    now: () => now,
    wait: (ms) =>
      new Promise((wake) => {
        waiters.push({ at: now + Math.max(0, ms), order: order++, wake });
      }),
    async run(work) {
      let done = false;
      const end = (): void => {
        done = true;
      };
      work.then(end, end);
      await idle();
      while (!done) {
        const next = waiters.pop();
        if (!next) throw new Error('the simulation waits for something that never comes');
        now = Math.max(now, next.at);
        next.wake();
        await idle();
      }
      return work;
    },
  };
};
