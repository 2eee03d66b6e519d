import { type Brake, brake } from '../../functions/model/brake.ts';
import { type Budget, budget } from '../../functions/model/budget.ts';
import { type Delivery, delivery, periodId } from '../../functions/model/delivery.ts';
import { evidenceWindow } from '../../functions/model/evidence.ts';
import type { Control, Deliveries } from '../../functions/ports.ts';
import { sorted } from './sorted.ts';

/** Twins of the stores that sending writes, as copies. */

const isFirstClaimUnproven = (entry: Delivery | undefined): boolean =>
  entry?.state.kind === 'claimed' && entry.state.attempt === 1 && entry.evidenceAt === undefined;

export const memoryDeliveries = (): Deliveries => {
  const deliveries = new Map<string, Delivery>();
  const keyOf = (id: string, period: Delivery['period']) => `${id}/${periodId(period)}`;
  return {
    async claim(next) {
      const key = keyOf(next.subscriber, next.period);
      const there = deliveries.get(key);
      if (there) return { kind: 'exists', delivery: structuredClone(there) };
      deliveries.set(key, delivery.parse(next));
      return { kind: 'claimed' };
    },
    async settle(id, period, attempt, state) {
      const there = deliveries.get(keyOf(id, period));
      if (there?.state.kind !== 'claimed' || there.state.attempt !== attempt) return false;
      there.state = structuredClone(state);
      return true;
    },
    async reclaim(next) {
      const key = keyOf(next.subscriber, next.period);
      if (!isFirstClaimUnproven(deliveries.get(key))) return false;
      deliveries.set(key, delivery.parse(next));
      return true;
    },
    async release(id, period) {
      const key = keyOf(id, period);
      return isFirstClaimUnproven(deliveries.get(key)) && deliveries.delete(key);
    },
    byPeriod: async (id, period) => structuredClone(deliveries.get(keyOf(id, period))),
    last: async (id, count) =>
      sorted(deliveries)
        .filter(([key]) => key.startsWith(`${id}/`))
        .map(([, each]) => structuredClone(each))
        .reverse()
        .slice(0, count),
    between: async (id, from, to) =>
      sorted(deliveries)
        .filter(([key, { period }]) => key.startsWith(`${id}/`) && period.date >= from && period.date <= to)
        .map(([, each]) => structuredClone(each)),
    async evidence(id, period, at, messageId) {
      const there = deliveries.get(keyOf(id, period));
      if (!there) return false;
      if (there.state.kind === 'claimed') there.state = { kind: 'sent', at, messageId };
      else if (there.state.kind === 'sent') return true;
      there.evidenceAt ??= at;
      return true;
    },
  };
};

export const memoryControl = (): Control => {
  const suppressed = new Map<string, 'bounce' | 'complaint'>();
  const counts = new Map<string, number>();
  const named = new Map<string, Set<string>>();
  let spent: Budget | undefined;
  let braked: Brake | undefined;
  const add = (key: string, by: number): number => {
    const sum = (counts.get(key) ?? 0) + by;
    counts.set(key, sum);
    return sum;
  };
  const tenMinutes = (counter: string, at: number) => `${counter}/${evidenceWindow(at)}`;
  return {
    suppressed: async (key) => suppressed.get(key),
    async suppress(key, why) {
      if (suppressed.get(key) !== 'complaint') suppressed.set(key, why);
    },
    async unsuppress(key) {
      suppressed.delete(key);
    },
    withinLimit: async (key, limit, windowMs, at) =>
      add(`limit/${key}/${windowMs}/${Math.floor(at / windowMs)}`, 1) <= limit,
    async count(counter, windowAt, by) {
      add(tenMinutes(counter, windowAt), by);
    },
    async countOnce(counter, windowAt, name) {
      const key = tenMinutes(counter, windowAt);
      named.set(key, new Set(named.get(key)).add(name));
    },
    async counted(counter, windowAt) {
      const key = tenMinutes(counter, windowAt);
      return (counts.get(key) ?? 0) + (named.get(key)?.size ?? 0);
    },
    budget: async () => structuredClone(spent),
    async saveBudget(next) {
      if ((spent?.version ?? 0) !== next.version - 1) return false;
      spent = budget.parse(next);
      return true;
    },
    brake: async () => structuredClone(braked),
    async setBrake(next) {
      braked = brake.parse(next);
    },
  };
};
