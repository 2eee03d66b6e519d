import { type Cohort, type CohortKey, cohortId, cohortOf, shardOf } from '../../functions/model/cohort.ts';
import { keywordKey } from '../../functions/model/keyword.ts';
import { type Subscriber, type SubscriberId, subscriber } from '../../functions/model/subscriber.ts';
import type { Instant } from '../../functions/model/time.ts';
import type { Cohorts, Follow, LastTick, Subscribers } from '../../functions/ports.ts';
import { sorted } from './sorted.ts';

/** Twins of the stores of who subscribes and what is due, as copies. */

const PAGE = 100;

const getsMail = ({ status }: Subscriber): boolean => status.kind === 'active' || status.kind === 'paused';

async function* pages<Item>(items: readonly Item[]): AsyncGenerator<Item[]> {
  for (let start = 0; start < items.length; start += PAGE) yield structuredClone(items.slice(start, start + PAGE));
}

export const memorySubscribers = (): Subscribers => {
  const subscribers = new Map<SubscriberId, Subscriber>();
  const addresses = new Map<string, SubscriberId>();
  return {
    byId: async (id) => structuredClone(subscribers.get(id)),
    idOfAddress: async (key) => addresses.get(key),
    async claimAddress(key, id) {
      if ((addresses.get(key) ?? id) !== id) return false;
      addresses.set(key, id);
      return true;
    },
    async releaseAddress(key, id) {
      if (addresses.get(key) === id) addresses.delete(key);
    },
    async save(next) {
      if ((subscribers.get(next.id)?.version ?? 0) !== next.version - 1) return false;
      subscribers.set(next.id, subscriber.parse(next));
      return true;
    },
    async delete(id) {
      subscribers.delete(id);
    },
    forget: async ({ id, version }) => subscribers.get(id)?.version === version && subscribers.delete(id),
    ofCohort: (cohort, shard, after = '') =>
      pages(
        sorted(subscribers)
          .map(([, each]) => each)
          .filter((each) => getsMail(each) && each.id > after && shardOf(each.id) === shard)
          .filter((each) => cohortId(cohortOf(each.preferences)) === cohort),
      ),
    scan: ({ part, of } = { part: 0, of: 1 }) =>
      pages(
        sorted(subscribers)
          .map(([, each]) => each)
          .filter(({ id }) => shardOf(id) % of === part),
      ),
    addresses: () => pages(sorted(addresses).map(([addressKey, id]) => ({ addressKey, id }))),
  };
};

const sameShards = (a: readonly number[], b: readonly number[]): boolean =>
  [...a].sort().join() === [...b].sort().join();

export const memoryCohorts = (): Cohorts => {
  const cohorts = new Map<string, Cohort>();
  const follows = new Map<string, Follow>();
  let tick: LastTick | undefined;
  const followOf = (kind: Follow['kind'], what: string) => follows.set(`${kind}#${what}`, { kind, what });
  const followed = (kind: Follow['kind']) =>
    sorted(follows).flatMap(([, each]) => (each.kind === kind ? each.what : []));
  const add = (key: CohortKey, shards: readonly number[], at: Instant): Cohort => {
    const id = cohortId(key);
    const { idle: _, ...before } = cohorts.get(id) ?? { ...key, v: 1, id, shards: [], registeredAt: at };
    const cohort: Cohort = { ...before, shards: [...new Set([...before.shards, ...shards])].sort((a, b) => a - b) };
    cohorts.set(id, cohort);
    return cohort;
  };
  return {
    register: async (key, shard, at) => void add(key, [shard], at),
    async restore(key, shards, at) {
      const cohort = add(key, shards, at);
      cohorts.set(cohort.id, { ...cohort, restored: { shards: [...shards].sort((a, b) => a - b), at } });
    },
    all: async () => sorted(cohorts).map(([, each]) => structuredClone(each)),
    async planned(id, at) {
      const before = cohorts.get(id);
      if (before && (before.plannedAt ?? Number.NEGATIVE_INFINITY) < at) cohorts.set(id, { ...before, plannedAt: at });
    },
    async follow(what) {
      for (const id of what.sources) followOf('source', id);
      for (const words of what.keywords) followOf('keyword', words);
    },
    followed: async () => ({
      sources: followed('source'),
      keywords: [...new Set(followed('keyword').map(keywordKey))],
    }),
    async noteIdle(id, shards, at) {
      const { idle, ...before } = cohorts.get(id) ?? {};
      if (!('id' in before)) return;
      const sinceAt = idle && sameShards(idle.shards, shards) ? idle.sinceAt : at;
      const sortedShards = [...shards].sort((a, b) => a - b);
      cohorts.set(id, shards.length > 0 ? { ...before, idle: { shards: sortedShards, sinceAt } } : before);
    },
    async retire(id, shards, before) {
      const { idle, ...cohort } = cohorts.get(id) ?? {};
      if (!('id' in cohort) || !idle || !sameShards(idle.shards, shards) || idle.sinceAt > before) return false;
      const left = cohort.shards.filter((shard) => !shards.includes(shard));
      if (left.length === 0) return cohorts.delete(id);
      cohorts.set(id, { ...cohort, shards: left });
      return true;
    },
    follows: async () => sorted(follows).map(([, each]) => structuredClone(each)),
    async noteUnfollowed({ kind, what }, at) {
      const follow = follows.get(`${kind}#${what}`);
      if (follow) follow.idleSinceAt ??= at;
    },
    unfollow: async ({ kind, what }, before) =>
      (follows.get(`${kind}#${what}`)?.idleSinceAt ?? Number.POSITIVE_INFINITY) <= before &&
      follows.delete(`${kind}#${what}`),
    lastTick: async () => structuredClone(tick),
    async ticked(next) {
      if (!tick || tick.at <= next.at) tick = { ...tick, ...structuredClone(next) };
    },
  };
};
