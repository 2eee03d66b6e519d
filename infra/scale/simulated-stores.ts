import type { DigestPorts } from '../../functions/digest/ports-of-digest.ts';
import type { Budget } from '../../functions/model/budget.ts';
import type { Cohort } from '../../functions/model/cohort.ts';
import { deliveryId } from '../../functions/model/delivery.ts';
import type { Cohorts, Control, Deliveries, Editions, Subscribers } from '../../functions/ports.ts';
import type { Readership } from './readership.ts';
import type { VirtualTime } from './virtual-time.ts';

/** What planner and sender ask of the tables, in virtual time. Only what they use is there: anything else ends the simulation. */
export interface SimulatedStores {
  subscribers: DigestPorts['subscribers'];
  deliveries: DigestPorts['deliveries'];
  control: DigestPorts['control'] & Pick<Control, 'budget' | 'saveBudget' | 'brake'>;
  cohorts: Pick<Cohorts, 'all' | 'planned' | 'ticked' | 'lastTick'> & Cohorts;
  editions: Pick<Editions, 'current'>;
  register(cohort: Cohort): void;
}

/** Fails for what a part lacks, by name. */
const only = <Whole extends object>(part: Partial<Whole>): Whole =>
  new Proxy(part as Whole, {
    get(target, name, self) {
      if (!(name in target)) throw new Error(`the simulation has no ${String(name)}`);
      return Reflect.get(target, name, self);
    },
  });

const ledgerOf = (call: () => Promise<void>, { served }: Readership): Deliveries => {
  const claimed = new Set<string>();
  return only<Deliveries>({
    async last() {
      await call();
      return [];
    },
    async claim({ subscriber, period, state, ...rest }) {
      await call();
      const id = deliveryId(subscriber, period);
      if (claimed.has(id))
        return { kind: 'exists', delivery: { subscriber, period, state: { ...state, kind: 'sent' }, ...rest } };
      claimed.add(id);
      return { kind: 'claimed' };
    },
    async settle(subscriber) {
      await call();
      served(subscriber);
      return true;
    },
    async release(subscriber, period) {
      await call();
      return claimed.delete(deliveryId(subscriber, period));
    },
  });
};

const controlOf = (call: () => Promise<void>): SimulatedStores['control'] => {
  let spent: Budget | undefined;
  return only<SimulatedStores['control']>({
    async suppressed() {
      await call();
      return undefined;
    },
    count: call,
    async brake() {
      await call();
      return undefined;
    },
    async budget() {
      await call();
      return spent;
    },
    async saveBudget(next) {
      await call();
      if ((spent?.version ?? 0) !== next.version - 1) return false;
      spent = next;
      return true;
    },
  });
};

export const simulatedStores = (of: {
  time: VirtualTime;
  readership: Readership;
  tableMs: number;
  edition: number;
}): SimulatedStores => {
  const { time, readership, tableMs, edition } = of;
  const call = (): Promise<void> => time.wait(tableMs);
  const cohorts = new Map<string, Cohort>();
  const { byId, ofCohort } = readership.subscribers;
  return {
    subscribers: only<Subscribers>({
      async byId(id) {
        await call();
        return byId(id);
      },
      async *ofCohort(cohort, shard, after) {
        await call();
        yield* ofCohort(cohort, shard, after);
      },
    }),
    deliveries: ledgerOf(call, readership),
    control: controlOf(call),
    cohorts: only<Cohorts>({
      all: async () => [...cohorts.values()],
      async planned(id, at) {
        const cohort = cohorts.get(id);
        if (cohort) cohorts.set(id, { ...cohort, plannedAt: at });
      },
      ticked: async () => undefined,
      lastTick: async () => undefined,
    }),
    editions: { current: async () => ({ v: 1, number: edition, at: time.now(), languages: ['en'] }) },
    register: (cohort) => void cohorts.set(cohort.id, cohort),
  };
};
