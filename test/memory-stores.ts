import { type Brake, brake } from '../functions/model/brake.ts';
import { type Budget, budget } from '../functions/model/budget.ts';
import { type Cohort, cohortId, cohortOf, shardOf } from '../functions/model/cohort.ts';
import { type Delivery, delivery, periodId } from '../functions/model/delivery.ts';
import type { NewsEvent } from '../functions/model/event.ts';
import { evidenceWindow } from '../functions/model/evidence.ts';
import type { EditionPointer, Pick, Shelf } from '../functions/model/shelf.ts';
import { type Source, source } from '../functions/model/source.ts';
import { idFloor, type Story, story } from '../functions/model/story.ts';
import { type Subscriber, type SubscriberId, subscriber } from '../functions/model/subscriber.ts';
import { DAY } from '../functions/model/time.ts';
import type {
  Cohorts,
  Control,
  Deliveries,
  Editions,
  Follow,
  LastTick,
  Sources,
  Stories,
  Subscribers,
} from '../functions/ports.ts';

/** Twins of the stores: maps that hold deep copies, so that nobody can change a stored item by holding on to it. */

const PAGE = 100;

const sorted = <Value>(map: Map<string, Value>): [string, Value][] =>
  [...map].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));

export const memorySources = (): Sources => {
  const sources = new Map<string, Source>();
  const known = new Map<string, Uint8Array>();
  const requests = new Map<string, { url: string; at: number }>();
  return {
    async *all() {
      for (const [, each] of sorted(sources)) yield structuredClone(each);
    },
    byId: async (id) => structuredClone(sources.get(id)),
    async save(each) {
      sources.set(each.id, source.parse(each));
    },
    known: async (id) => known.get(id)?.slice() ?? new Uint8Array(),
    async saveKnown(id, packed) {
      known.set(id, packed.slice());
    },
    async request(id, url, at) {
      requests.set(id, { url, at });
    },
    requested: async (id) => structuredClone(requests.get(id)),
  };
};

export const memoryStories = (): Stories => {
  const stories = new Map<string, Story>();
  return {
    async save(some) {
      for (const each of some) stories.set(each.id, story.parse(each));
    },
    async since(from, until) {
      const first = [from, idFloor(until - 60 * DAY)].sort().at(-1) ?? from;
      return sorted(stories)
        .filter(([id, { firstSeenAt }]) => id >= first && firstSeenAt <= until)
        .map(([, each]) => structuredClone(each));
    },
    async byIds(ids) {
      const found = ids.flatMap((id) => stories.get(id) ?? []);
      return new Map(found.map((each) => [each.id, structuredClone(each)]));
    },
  };
};

export const memoryEditions = (): Editions => {
  let pointer: EditionPointer | undefined;
  const events = new Map<string, NewsEvent>();
  const shelves = new Map<string, Shelf[]>();
  const picks = new Map<string, Pick>();
  return {
    current: async () => structuredClone(pointer),
    async write(_edition, changes) {
      for (const event of changes.events) events.set(`${event.id}/${event.version}`, structuredClone(event));
      for (const shelf of changes.shelves) {
        const others = (shelves.get(shelf.id) ?? []).filter(({ edition }) => edition !== shelf.edition);
        shelves.set(shelf.id, [...others, structuredClone(shelf)]);
      }
    },
    async publish(next) {
      if ((pointer?.number ?? 0) !== Math.max(0, next.number - 1)) return false;
      if (pointer && next.number === 0) return false;
      pointer = structuredClone(next);
      return true;
    },
    async shelf(id, edition) {
      const versions = (shelves.get(id) ?? []).filter((each) => each.edition <= edition);
      return structuredClone(versions.sort((a, b) => b.edition - a.edition)[0]);
    },
    events: async (refs) => refs.flatMap(([id, version]) => structuredClone(events.get(`${id}/${version}`)) ?? []),
    picks: async () => sorted(picks).map(([, pick]) => structuredClone(pick)),
    async savePick(pick) {
      picks.set(pick.event, structuredClone(pick));
    },
  };
};

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
    scan: () => pages(sorted(subscribers).map(([, each]) => each)),
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
  return {
    async register(key, shard, at) {
      const id = cohortId(key);
      const { idle: _, ...before } = cohorts.get(id) ?? { ...key, v: 1, id, shards: [], registeredAt: at };
      const shards = [...new Set([...before.shards, shard])].sort((a, b) => a - b);
      cohorts.set(id, { ...before, shards });
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
    followed: async () => ({ sources: followed('source'), keywords: followed('keyword') }),
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

/** The table packs hashes; what would not fit there is no entry here either. */
const parseEntry = (entry: Delivery): Delivery => {
  for (const { story, event, url } of entry.stories)
    for (const hash of [story, event, url])
      if (!/^[A-Za-z0-9_-]{8}$/.test(hash))
        throw new Error('a mailed story is kept by hashes of six bytes in base64url');
  return delivery.parse(entry);
};

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
      deliveries.set(key, parseEntry(next));
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
      deliveries.set(key, parseEntry(next));
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
    counted: async (counter, windowAt) => counts.get(tenMinutes(counter, windowAt)) ?? 0,
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
