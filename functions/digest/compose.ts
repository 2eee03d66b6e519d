import { chosenInOrder, type Selection } from '../model/digest.ts';
import type { Source, SourceId } from '../model/source.ts';
import type { Story, StoryId } from '../model/story.ts';
import type { Preferences } from '../model/subscriber.ts';
import type { Instant } from '../model/time.ts';
import { pure } from './broken.ts';
import type { EditionCache } from './edition-cache.ts';
import type { Memory } from './memory.ts';
import { select } from './select.ts';
import { namedSources, shelvesToLoad } from './wishes.ts';
import { wordMutes } from './words.ts';

/** What to choose from, and what to spare the reader. */
export interface Asked {
  edition: number;
  dueAt: Instant;
  memory: Memory;
}

/** A selection with what is needed to show it. */
export interface Composed {
  selection: Selection;
  /** The full stories of the chosen tellings, as far as they are still stored. */
  stories: ReadonlyMap<StoryId, Story>;
  /** The sources that the reader follows by name. */
  sources: ReadonlyMap<SourceId, Source>;
}

/** Chosen events whose summaries hold what the reader muted: titles alone are known while selecting. */
const mutedBySummary = (reader: Preferences, { selection, stories }: Omit<Composed, 'sources'>): StoryId[] => {
  const muted = wordMutes(reader.mutes);
  return muted
    ? chosenInOrder(selection)
        .filter(({ telling }) => muted(stories.get(telling.story)?.summary ?? ''))
        .map(({ event }) => event.id)
    : [];
};

/**
 * Gathers and selects for one reader: the same for send, preview, dry run and replay. Reads the edition through the cache.
 * @throws BrokenDigest if selecting fails for this reader; what the cache throws if the tables do
 */
export const compose = async (news: EditionCache, reader: Preferences, asked: Asked): Promise<Composed> => {
  const { edition, dueAt: at, memory } = asked;
  const [view, picks, sources] = await Promise.all([
    news.view(edition, shelvesToLoad(reader)),
    news.picks(edition),
    news.sources(edition, namedSources(reader)),
  ]);
  const sourceTitles = new Map([...sources].map(([id, { title }]) => [id, title]));
  const hidden = new Set<StoryId>();
  for (;;) {
    const selection = pure(() => select({ view, reader, memory, picks, at, sourceTitles, hidden }));
    const wanted = chosenInOrder(selection).map(({ telling }) => telling.story);
    const stories = await news.stories(edition, wanted);
    const muted = pure(() => mutedBySummary(reader, { selection, stories }));
    if (muted.length === 0) {
      return { selection, stories, sources };
    }
    // Ends: every round hides at least one more event of a finite edition.
    for (const id of muted) {
      hidden.add(id);
    }
  }
};
