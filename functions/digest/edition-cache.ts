import type { Pick, Shelf } from '../model/shelf.ts';
import type { Source, SourceId } from '../model/source.ts';
import type { Story, StoryId } from '../model/story.ts';
import type { Editions, Sources, Stories } from '../ports.ts';
import { isBrokenRow } from './broken.ts';
import { type EditionView, emptyView } from './edition-view.ts';

/** What a worker keeps of the newsroom's work between readers: each shelf, event, story and source is read once an edition. */
export interface EditionCache {
  /** The edition with at least these shelves loaded. */
  view(edition: number, shelfIds: readonly string[]): Promise<EditionView>;
  stories(edition: number, ids: readonly StoryId[]): Promise<ReadonlyMap<StoryId, Story>>;
  sources(edition: number, ids: readonly SourceId[]): Promise<ReadonlyMap<SourceId, Source>>;
  picks(edition: number): Promise<readonly Pick[]>;
}

/** Two are in use around a tick; a third is for replays. */
const MAX_EDITIONS = 3;

/** Beyond these an edition is dropped and read anew: some 100 MB at the worst. */
const MAX_SHELVES = 4_000;
const MAX_STORIES = 8_000;

interface Kept {
  view: EditionView;
  shelves: Map<string, Promise<void>>;
  stories: Map<StoryId, Story>;
  sources: Map<SourceId, Source | undefined>;
  picks: Promise<Pick[]> | undefined;
}

const keep = (edition: number): Kept => ({
  view: emptyView(edition),
  shelves: new Map(),
  stories: new Map(),
  sources: new Map(),
  picks: undefined,
});

const isFull = ({ shelves, stories }: Kept): boolean => shelves.size > MAX_SHELVES || stories.size > MAX_STORIES;

type Newsroom = { editions: Editions; stories: Stories; sources: Sources };

/**
 * A source whose row cannot be read is named by nobody, and its stories are still told: it must not cost its followers their digests. The
 * editor, who reads all sources at each tick, says which it is.
 */
const noneIfBroken = (error: unknown): undefined => {
  if (!isBrokenRow(error)) throw error;
};

/** Loads shelves together, so that the events they share are asked for once. */
const loadShelves = async ({ view }: Kept, ids: readonly string[], { editions }: Newsroom): Promise<void> => {
  const stored = await Promise.all(ids.map((id) => editions.shelf(id, view.edition)));
  const refs = new Map<string, [string, number]>();
  for (const shelf of stored.filter((each): each is Shelf => each !== undefined)) {
    for (const ref of view.missing(shelf)) {
      refs.set(ref.join('@'), ref);
    }
  }
  const events = refs.size > 0 ? await editions.events([...refs.values()]) : [];
  ids.forEach((id, at) => {
    view.add(id, stored[at], events);
  });
};

/** The editions in use, by number: a full one begins anew, and the one unused for longest gives way. */
const keepEditions = (): ((edition: number) => Kept) => {
  const editions = new Map<number, Kept>();
  return (edition) => {
    const known = editions.get(edition);
    const kept = known && !isFull(known) ? known : keep(edition);
    editions.delete(edition);
    editions.set(edition, kept);
    for (const oldest of [...editions.keys()].slice(0, -MAX_EDITIONS)) {
      editions.delete(oldest);
    }
    return kept;
  };
};

/** A cache over the newsroom's tables, for as long as the worker lives. */
export const createEditionCache = (newsroom: Newsroom): EditionCache => {
  const keptOf = keepEditions();

  return {
    async view(edition, shelfIds) {
      const kept = keptOf(edition);
      const missing = [...new Set(shelfIds)].filter((id) => !kept.shelves.has(id));
      if (missing.length > 0) {
        const loading = loadShelves(kept, missing, newsroom);
        for (const id of missing) {
          kept.shelves.set(id, loading);
        }
        loading.catch(() => {
          for (const id of missing) {
            kept.shelves.delete(id);
          }
        });
      }
      await Promise.all(shelfIds.map((id) => kept.shelves.get(id)));
      return kept.view;
    },
    async stories(edition, ids) {
      const { stories } = keptOf(edition);
      const missing = [...new Set(ids)].filter((id) => !stories.has(id));
      const read = missing.length > 0 ? await newsroom.stories.byIds(missing) : new Map<StoryId, Story>();
      for (const [id, story] of read) {
        stories.set(id, story);
      }
      return stories;
    },
    async sources(edition, ids) {
      const { sources } = keptOf(edition);
      const missing = ids.filter((id) => !sources.has(id));
      const read = await Promise.all(missing.map((id) => newsroom.sources.byId(id).catch(noneIfBroken)));
      missing.forEach((id, at) => {
        sources.set(id, read[at]);
      });
      return new Map(
        ids.flatMap((id) => {
          const source = sources.get(id);
          return source ? [[id, source]] : [];
        }),
      );
    },
    picks(edition) {
      const kept = keptOf(edition);
      if (!kept.picks) {
        const reading = newsroom.editions.picks();
        kept.picks = reading;
        // a call that failed once must not fail all digests of the edition
        reading.catch(() => {
          kept.picks = undefined;
        });
      }
      return kept.picks;
    },
  };
};
