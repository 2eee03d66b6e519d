import { createEditionCache, type EditionCache } from '../../functions/digest/edition-cache.ts';
import type { NewsEvent } from '../../functions/model/event.ts';
import type { EditionPointer, Shelf } from '../../functions/model/shelf.ts';
import type { Source } from '../../functions/model/source.ts';
import type { Story } from '../../functions/model/story.ts';
import type { Instant } from '../../functions/model/time.ts';
import { newDesk } from '../../functions/newsroom/desk.ts';
import { editShelves } from '../../functions/newsroom/edit.ts';
import { loadModel } from '../../functions/newsroom/model/load.ts';
import type { Editions, Stories } from '../../functions/ports.ts';
import type { BenchNews } from './news.ts';

/** Rows as text: a worker makes its own objects of what it reads, and shares none with the editor, whose window is no part of it. */
class Rows<Row> {
  readonly #texts = new Map<string, string>();

  set(key: string, row: Row): void {
    this.#texts.set(key, JSON.stringify(row));
  }

  get(key: string): Row | undefined {
    const text = this.#texts.get(key);
    return text === undefined ? undefined : JSON.parse(text);
  }
}

const editionsInMemory = (): Editions => {
  const shelves = new Rows<Shelf>();
  const events = new Rows<NewsEvent>();
  let pointer: EditionPointer | undefined;
  return {
    current: async () => pointer,
    write: async (_, changes) => {
      for (const event of changes.events) events.set(`${event.id}@${event.version}`, event);
      for (const shelf of changes.shelves) shelves.set(shelf.id, shelf);
    },
    publish: async (next) => {
      pointer = next;
      return true;
    },
    shelf: async (id) => shelves.get(id),
    events: async (refs) => refs.flatMap((ref) => events.get(ref.join('@')) ?? []),
    picks: async () => [],
    savePick: async () => {},
  };
};

/** An edition made by the newsroom itself, as a worker reads it. */
export interface BenchEdition {
  news: EditionCache;
  number: number;
  sources: readonly Source[];
  /** The instant that digests of it are due. */
  at: Instant;
}

/** Edits some news once. */
export const benchEdition = async ({ sources, stories: all, at }: BenchNews): Promise<BenchEdition> => {
  const rows = new Rows<Story>();
  for (const story of all) rows.set(story.id, story);
  const editions = editionsInMemory();
  const stories: Stories = {
    save: async () => {},
    since: async (from) => all.filter(({ id }) => id >= from).sort((a, b) => (a.id < b.id ? -1 : 1)),
    byIds: async (ids) =>
      new Map(
        ids.flatMap((id) => {
          const story = rows.get(id);
          return story ? [[id, story] as const] : [];
        }),
      ),
  };
  const everySource = {
    async *all() {
      yield* sources;
    },
    byId: async (id: string) => sources.find((source) => source.id === id),
    save: async () => {},
    known: async () => new Uint8Array(),
    saveKnown: async () => {},
    request: async () => {},
    requested: async () => undefined,
  };
  const log = { info: () => {}, warn: () => {}, error: () => {} };
  const cohorts = { followed: async () => ({ sources: sources.map(({ id }) => id), keywords: [] }) };
  const report = await editShelves({ sources: everySource, stories, editions, cohorts, log }, newDesk(loadModel()), at);
  return {
    news: createEditionCache({ editions, stories, sources: everySource }),
    number: report.edition,
    sources,
    at,
  };
};
