import type { Consumption, Used } from '../local/consumption.ts';
import type { Consumed } from '../local/meter.ts';
import type { LocalStack } from '../local/stack.ts';
import type { Part } from './measured.ts';
import { less } from './parts.ts';

/** Reads off meters before and after a piece of work. */
export interface Phases {
  /** Does the work and says what it consumed; only what the functions named did is counted. */
  of(functions: readonly string[], work: () => Promise<number>): Promise<Part>;
}

const merged = (stack: LocalStack, functions: readonly string[]): Consumed => {
  const all: Consumed = { table: {}, index: {} };
  for (const name of functions) {
    const one = stack.meter.byFunction()[name];
    for (const kind of ['table', 'index'] as const) {
      for (const [of, { read, write }] of Object.entries(one?.[kind] ?? {})) {
        const there = all[kind][of] ?? { read: 0, write: 0 };
        all[kind][of] = { read: there.read + read, write: there.write + write };
      }
    }
  }
  return all;
};

const sent = ({ queues }: Used): { requests: number; messages: number } => ({
  requests: Object.values(queues).reduce((sum, { requests }) => sum + requests, 0),
  messages: Object.values(queues).reduce((sum, { messages }) => sum + messages, 0),
});

const invoked = ({ functions }: Used, names: readonly string[]): number =>
  names.reduce((sum, name) => sum + (functions[name]?.invocations ?? 0), 0);

export const openPhases = (stack: LocalStack, consumption: Consumption): Phases => ({
  async of(functions, work) {
    const before = { units: merged(stack, functions), used: consumption.used(), cpu: process.cpuUsage() };
    const count = await work();
    const cpu = process.cpuUsage(before.cpu);
    const used = consumption.used();
    return {
      count,
      consumed: less(merged(stack, functions), before.units),
      invocations: invoked(used, functions) - invoked(before.used, functions),
      sends: sent(used).requests - sent(before.used).requests,
      messages: sent(used).messages - sent(before.used).messages,
      cpuMs: (cpu.user + cpu.system) / 1000,
      logBytes: used.log.bytes - before.used.log.bytes,
    };
  },
});
