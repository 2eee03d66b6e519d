import type { Consumed, Units } from '../local/meter.ts';
import { LOCAL_TABLES } from '../tables.ts';
import type { Part } from './measured.ts';

const NONE: Units = { read: 0, write: 0 };

const withUnits = (a: Consumed, b: Consumed, of: (a: number, b: number) => number): Consumed => {
  const each = (kind: keyof Consumed): Consumed['table'] =>
    Object.fromEntries(
      [...new Set([...Object.keys(a[kind]), ...Object.keys(b[kind])])].map((name) => {
        const [one, two] = [a[kind][name] ?? NONE, b[kind][name] ?? NONE];
        return [name, { read: of(one.read, two.read), write: of(one.write, two.write) }];
      }),
    );
  return { table: each('table'), index: each('index') };
};

/** What came to be between two readings of a meter. */
export const less = (after: Consumed, before: Consumed): Consumed => withUnits(after, before, (a, b) => a - b);

const combine = (a: Part, b: Part, of: (a: number, b: number) => number): Part => ({
  count: of(a.count, b.count),
  consumed: withUnits(a.consumed, b.consumed, of),
  invocations: of(a.invocations, b.invocations),
  sends: of(a.sends, b.sends),
  messages: of(a.messages, b.messages),
  cpuMs: of(a.cpuMs, b.cpuMs),
  logBytes: of(a.logBytes, b.logBytes),
});

/** Two runs of one kind of work as one. */
export const add = (a: Part | undefined, b: Part): Part => (a ? combine(a, b, (one, two) => one + two) : b);

/** What the digests of some ticks took beyond what these ticks take where nothing is due. */
export const beyondTicks = (digests: Part, idle: Part, ticks: number): Part => ({
  ...combine(digests, idle, (all, some) => Math.max(0, all - (some * ticks) / idle.count)),
  count: digests.count,
});

/** News is read once a worker and edition: it is told apart from what each digest takes. */
export const withoutNews = (part: Part): { part: Part; news: number } => {
  const { [LOCAL_TABLES.news]: news, ...table } = part.consumed.table;
  return { part: { ...part, consumed: { ...part.consumed, table } }, news: news?.read ?? 0 };
};
