import { createEditionCache, type EditionCache } from '../../functions/digest/edition-cache.ts';
import type { NewsEvent } from '../../functions/model/event.ts';
import type { EditionPointer, Shelf } from '../../functions/model/shelf.ts';
import type { Source } from '../../functions/model/source.ts';
import type { Story } from '../../functions/model/story.ts';
import { HOUR, type Instant } from '../../functions/model/time.ts';
import { newDesk } from '../../functions/newsroom/desk.ts';
import { editShelves } from '../../functions/newsroom/edit.ts';
import { loadModel } from '../../functions/newsroom/model/load.ts';
import { newStories } from '../../functions/newsroom/new-stories.ts';
import { readFeed } from '../../functions/newsroom/read/read-feed.ts';
import type { Editions, Stories } from '../../functions/ports.ts';
import { sampleFeed } from '../samples/feed.ts';
import { sampleCatalogue } from '../samples/sources.ts';

const ORIGIN = 'https://samples.example';

/** Three days of the sample feeds, looked at every six hours as the fetcher would. */
const SPAN = 72 * HOUR;
const STEP = 6 * HOUR;

const readSamples = (sources: readonly Source[], until: Instant): Story[] => {
  const known = new Map<string, Uint8Array>();
  const stories: Story[] = [];
  for (let at = until - SPAN; at <= until; at += STEP) {
    for (const source of sources) {
      const text = sampleFeed(source.id, at, ORIGIN);
      const feed = readFeed(Buffer.from(text ?? ''), {
        headers: { 'content-type': 'application/xml' },
        url: source.url,
      });
      if ('kind' in feed && feed.kind === 'broken') throw new Error(`sample feed ${source.id} is broken`);
      if (!('entries' in feed)) continue;
      const brought = newStories(source, feed, known.get(source.id) ?? new Uint8Array(), at);
      known.set(source.id, brought.known);
      stories.push(...brought.stories);
    }
  }
  return stories;
};

const editionsInMemory = (): Editions => {
  const shelves = new Map<string, Shelf>();
  const events = new Map<string, NewsEvent>();
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

/** An edition made by the newsroom itself from the sample feeds, as a worker reads it. */
export interface BenchEdition {
  news: EditionCache;
  number: number;
  stories: ReadonlyMap<string, Story>;
  sources: readonly Source[];
  /** The instant that digests of it are due. */
  at: Instant;
}

/** Reads the sample feeds and edits them once. */
export const benchEdition = async (at: Instant): Promise<BenchEdition> => {
  const sources = sampleCatalogue(ORIGIN).map(
    (entry): Source => ({
      ...entry,
      v: 1,
      standing: 'house',
      addedAt: at - 2 * SPAN,
      intervalTicks: 4,
    }),
  );
  const all = readSamples(sources, at);
  const byId = new Map(all.map((story) => [story.id, story]));
  const editions = editionsInMemory();
  const stories: Stories = {
    save: async () => {},
    since: async (from) => all.filter(({ id }) => id >= from).sort((a, b) => (a.id < b.id ? -1 : 1)),
    byIds: async (ids) => new Map(all.flatMap((story) => (ids.includes(story.id) ? [[story.id, story] as const] : []))),
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
  const cohorts = { followed: async () => ({ sources: [], keywords: [] }) };
  const report = await editShelves({ sources: everySource, stories, editions, cohorts, log }, newDesk(loadModel()), at);
  return {
    news: createEditionCache({ editions, stories, sources: everySource }),
    number: report.edition,
    stories: byId,
    sources,
    at,
  };
};
