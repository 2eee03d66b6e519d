import type { Units } from '../local/meter.ts';
import type { VirtualTime } from './virtual-time.ts';

/** How long things take, in ms; where each is from stands in the report. */
export interface Durations {
  /** SES's answer, beyond what a processor works for it. */
  sesMs: number;
  /** A processor of functions: for a call of a table, for an invocation, and for all else of a digest. */
  callMs: number;
  invocationMs: number;
  digestMs: number;
  /** A table's answer. */
  tableMs: number;
  /** Calls for a digest by others than the sender, at the same tables. */
  otherCalls: number;
  /**
   * All functions share one processor and all tables another, as on this machine: each call waits for those before it. In the cloud every
   * worker has its own, and tables answer any number of calls side by side.
   */
  oneMachine: boolean;
}

/** Takes time of a processor. */
export type Spend = (ms: number) => Promise<void>;

/** What work waits for in a simulation, and what it consumes. */
export interface SimulatedMachine {
  /** A worker's processor. */
  processor(): Spend;
  /** One call of a table, of so many units. */
  call(units: Partial<Units>): Promise<void>;
  /** What others ask of the tables for a digest; nobody waits for it. */
  others(): void;
  units(): Units;
}

/** One processor: who wants it waits for those before. Says when it is free again. */
const processorOf = (time: VirtualTime): ((ms: number) => number) => {
  let freeAt = 0;
  return (ms) => {
    freeAt = Math.max(freeAt, time.now()) + ms;
    return freeAt;
  };
};

export const simulatedMachine = (time: VirtualTime, durations: Durations): SimulatedMachine => {
  const { callMs, tableMs, otherCalls, oneMachine } = durations;
  const spendOf =
    (processor: (ms: number) => number): Spend =>
    (ms) =>
      time.wait(processor(ms) - time.now());
  const shared = spendOf(processorOf(time));
  const tables = processorOf(time);
  const units: Units = { read: 0, write: 0 };
  return {
    processor: () => (oneMachine ? shared : spendOf(processorOf(time))),
    async call({ read = 0, write = 0 }) {
      units.read += read;
      units.write += write;
      if (!oneMachine) return time.wait(tableMs);
      await shared(callMs);
      await time.wait(tables(tableMs) - time.now());
    },
    others() {
      if (oneMachine) tables(otherCalls * tableMs);
    },
    units: () => ({ ...units }),
  };
};
