import type { Instant } from '../model/time.ts';
import type { Control } from '../ports.ts';

/** Counts of one batch of events, written together: a write for each of a million mails would cost more than all else that feedback does. */
export interface BatchCounts extends Pick<Control, 'count' | 'countOnce'> {
  /** Names of what was counted. */
  counters(): string[];
  /** One write a counter and window. @throws what the store throws: the batch then comes again and is counted again */
  write(): Promise<void>;
}

/** Adds up what is counted until it is written. What is counted once is rare, and written at once. */
export const batchCounts = (control: Pick<Control, 'count' | 'countOnce'>): BatchCounts => {
  const once = new Set<string>();
  const sums = new Map<string, { counter: string; windowAt: Instant; by: number }>();
  return {
    async count(counter, windowAt, by) {
      const key = `${counter} ${windowAt}`;
      sums.set(key, { counter, windowAt, by: (sums.get(key)?.by ?? 0) + by });
    },
    async countOnce(counter, windowAt, name) {
      await control.countOnce(counter, windowAt, name);
      once.add(counter);
    },
    counters: () => [...new Set([...sums.values()].map(({ counter }) => counter)).union(once)],
    async write() {
      for (const { counter, windowAt, by } of sums.values()) await control.count(counter, windowAt, by);
    },
  };
};
