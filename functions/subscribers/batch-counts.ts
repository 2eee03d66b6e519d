import type { Instant } from '../model/time.ts';
import type { Control } from '../ports.ts';

/** Counts of one batch of events, written together: a write for each of a million mails would cost more than all else that feedback does. */
export interface BatchCounts {
  count: Control['count'];
  /** Names of what was counted. */
  counters(): string[];
  /** One write a counter and window. @throws what the store throws: the batch then comes again and is counted again */
  write(): Promise<void>;
}

/** Adds up what is counted until it is written. */
export const batchCounts = (control: Pick<Control, 'count'>): BatchCounts => {
  const sums = new Map<string, { counter: string; windowAt: Instant; by: number }>();
  return {
    async count(counter, windowAt, by) {
      const key = `${counter} ${windowAt}`;
      sums.set(key, { counter, windowAt, by: (sums.get(key)?.by ?? 0) + by });
    },
    counters: () => [...new Set([...sums.values()].map(({ counter }) => counter))],
    async write() {
      for (const { counter, windowAt, by } of sums.values()) await control.count(counter, windowAt, by);
    },
  };
};
