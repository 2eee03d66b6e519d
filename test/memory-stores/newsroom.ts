import type { NewsEvent } from '../../functions/model/event.ts';
import type { EditionPointer, Pick, Shelf } from '../../functions/model/shelf.ts';
import { type Source, source } from '../../functions/model/source.ts';
import { idFloor, type Story, story } from '../../functions/model/story.ts';
import { DAY } from '../../functions/model/time.ts';
import type { Editions, Sources, Stories } from '../../functions/ports.ts';
import { sorted } from './sorted.ts';

/** Twins of the newsroom’s stores: maps that hold deep copies, so that nobody can change a stored item by holding on to it. */

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
