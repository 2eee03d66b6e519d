import { subscriberRow } from '../../functions/adapters/dynamo/subscribers.ts';
import type { DigestPorts } from '../../functions/digest/ports-of-digest.ts';
import type { Budget } from '../../functions/model/budget.ts';
import type { Cohort } from '../../functions/model/cohort.ts';
import { deliveryId } from '../../functions/model/delivery.ts';
import type { Subscriber } from '../../functions/model/subscriber.ts';
import type { Cohorts, Control, Deliveries, Editions, Subscribers } from '../../functions/ports.ts';
import { itemSize } from '../local/item-size.ts';
import type { Units } from '../local/meter.ts';
import type { Readership } from './readership.ts';
import type { SimulatedMachine } from './simulated-machine.ts';
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

type Call = SimulatedMachine['call'];

/** What DynamoDB bills for a row of at most 1 KB, or 4 KB read: half where a slightly old answer will do. */
const WRITE: Partial<Units> = { write: 1 };
const READ: Partial<Units> = { read: 1 };
const READ_MAYBE_OLD: Partial<Units> = { read: 0.5 };

/** A query bills what its rows hold together. */
const queryOf = (rows: readonly Subscriber[]): Partial<Units> => {
  const bytes = rows.reduce((sum, row) => sum + itemSize(subscriberRow(row)), 0);
  return { read: Math.max(1, Math.ceil(bytes / 4096)) / 2 };
};

const ledgerOf = (call: Call, { served }: Readership): Deliveries => {
  const claimed = new Set<string>();
  return only<Deliveries>({
    async last() {
      await call(READ_MAYBE_OLD);
      return [];
    },
    async claim({ subscriber, period, state, ...rest }) {
      await call(WRITE);
      const id = deliveryId(subscriber, period);
      if (claimed.has(id))
        return { kind: 'exists', delivery: { subscriber, period, state: { ...state, kind: 'sent' }, ...rest } };
      claimed.add(id);
      return { kind: 'claimed' };
    },
    async settle(subscriber) {
      await call(WRITE);
      served(subscriber);
      return true;
    },
    async release(subscriber, period) {
      await call(WRITE);
      return claimed.delete(deliveryId(subscriber, period));
    },
  });
};

const controlOf = (call: Call): SimulatedStores['control'] => {
  let spent: Budget | undefined;
  return only<SimulatedStores['control']>({
    async suppressed() {
      await call(READ_MAYBE_OLD);
      return undefined;
    },
    count: () => call(WRITE),
    async brake() {
      await call(READ);
      return undefined;
    },
    async budget() {
      await call(READ);
      return spent;
    },
    async saveBudget(next) {
      await call(WRITE);
      if ((spent?.version ?? 0) !== next.version - 1) return false;
      spent = next;
      return true;
    },
  });
};

export const simulatedStores = (of: {
  time: VirtualTime;
  readership: Readership;
  call: Call;
  edition: number;
}): SimulatedStores => {
  const { time, readership, call, edition } = of;
  const cohorts = new Map<string, Cohort>();
  const { byId, ofCohort } = readership.subscribers;
  return {
    subscribers: only<Subscribers>({
      async byId(id) {
        await call(READ);
        return byId(id);
      },
      async *ofCohort(cohort, shard, after) {
        for await (const page of ofCohort(cohort, shard, after)) {
          await call(queryOf(page));
          yield page;
        }
      },
    }),
    deliveries: ledgerOf(call, readership),
    control: controlOf(call),
    cohorts: only<Cohorts>({
      async all() {
        await call(READ);
        return [...cohorts.values()];
      },
      async planned(id, at) {
        await call(WRITE);
        const cohort = cohorts.get(id);
        if (cohort) cohorts.set(id, { ...cohort, plannedAt: at });
      },
      ticked: () => call(WRITE),
      async lastTick() {
        await call(READ);
        return undefined;
      },
    }),
    editions: {
      async current() {
        await call(READ);
        return { v: 1, number: edition, at: time.now(), languages: ['en'] };
      },
    },
    register: (cohort) => void cohorts.set(cohort.id, cohort),
  };
};
