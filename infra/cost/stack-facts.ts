/** What the stack has that costs without being used, and the memory of its functions. */
export interface StackFacts {
  memoryMiB: Record<string, number>;
  polledQueues: number;
  /** Our own metrics that an ordinary day feeds; and those whose first line is an alarm. */
  metrics: number;
  rareMetrics: number;
  alarms: number;
  dashboards: number;
  keys: number;
  /** Invocations of schedules, a day. */
  schedulesPerDay: number;
  logDays: number;
}

/** Memory of a function by its handler's name: `send-digests` is the resource `Workerssenddigests...`. */
export const memoryOf = ({ memoryMiB }: StackFacts, name: string): number => {
  const part = name.replaceAll('-', '').toLowerCase();
  const [, memory] = Object.entries(memoryMiB).find(([id]) => id.toLowerCase().includes(part)) ?? [];
  if (memory === undefined) throw new Error(`the stack has no function ${name}`);
  return memory;
};
