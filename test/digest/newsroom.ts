import { type EditionView, emptyView } from '../../functions/digest/edition-view.ts';
import { type Memory, mailedStory, memoryOf } from '../../functions/digest/memory.ts';
import { select } from '../../functions/digest/select.ts';
import { type Chosen, chosenInOrder, type Selection } from '../../functions/model/digest.ts';
import type { NewsEvent } from '../../functions/model/event.ts';
import type { Pick, Shelf } from '../../functions/model/shelf.ts';
import type { Story } from '../../functions/model/story.ts';
import type { Preferences } from '../../functions/model/subscriber.ts';
import type { Topic } from '../../functions/model/topic.ts';
import type { Editions, Sources, Stories } from '../../functions/ports.ts';
import { aDelivery, anEvent, aShelf, aStory, BASE_AT, somePreferences } from '../builders.ts';

/** A newsroom's work in a few words: events, and the shelves that follow from their topics, languages and sources. */

export interface Sketch {
  title: string;
  /** The first leads. */
  sources?: readonly string[];
  topics?: readonly Topic[];
  /** Topics whose shelves it stands on, where it is not what it was when it came there. */
  stands?: readonly Topic[];
  language?: string;
  country?: string;
  /** Higher first; events have their place in the list else. */
  score?: number;
  turn?: number;
  summary?: string;
  access?: readonly ('free' | 'metered' | 'paid')[];
  titles?: readonly string[];
  keywords?: readonly string[];
  private?: boolean;
  firstSeenAt?: number;
  lastNewsAt?: number;
}

export interface Drawn {
  event: NewsEvent;
  stories: Story[];
  score: number;
  keywords: readonly string[];
  stands: readonly Topic[];
}

export const draw = (sketch: Sketch, place = 0): Drawn => {
  const { title, sources = ['daily-example'], language = 'en', access = [], titles = [], summary } = sketch;
  const firstSeenAt = sketch.firstSeenAt ?? BASE_AT - 3_600_000;
  const stories = sources.map((source, at) =>
    aStory({
      source,
      title: titles[at] ?? title,
      url: `https://${source}.example/${encodeURIComponent(title)}`,
      language,
      firstSeenAt,
      ...(summary === undefined ? {} : { summary }),
    }),
  );
  const event = anEvent(
    {
      topics: [...(sketch.topics ?? ['world'])],
      language,
      turn: sketch.turn ?? 0,
      lastNewsAt: sketch.lastNewsAt ?? firstSeenAt,
      private: sketch.private ?? false,
      ...(sketch.country === undefined ? {} : { country: sketch.country }),
    },
    stories,
  );
  event.tellings = event.tellings.map((each, at) => ({
    ...each,
    sourceTitle: `The ${each.source}`,
    access: access[at] ?? 'free',
  }));
  const score = sketch.score ?? 1_000_000 - place * 10_000;
  return { event, stories, score, keywords: sketch.keywords ?? [], stands: sketch.stands ?? event.topics };
};

export const drawAll = (...sketches: Sketch[]): Drawn[] => sketches.map(draw);

const shelfNames = ({ event, keywords, stands }: Drawn): string[] => {
  const house = event.private
    ? []
    : [
        ...stands.map((topic) => `topic/${topic}/${event.language}`),
        `top/${event.language}`,
        'top/all',
        ...keywords.map((keyword) => `keyword/${keyword}`),
      ];
  const sources = new Set(event.tellings.map(({ source }) => `source/${source}`));
  return [...house, ...sources].flatMap((name) => [`${name}/day`, `${name}/week`]);
};

/** The shelves that drawn events stand on, best first. */
export const shelvesOf = (drawn: readonly Drawn[], picks: readonly Pick[] = []): Shelf[] => {
  const entries = new Map<string, [string, number, number][]>();
  const put = (id: string, { event, score }: Drawn): void => {
    entries.set(id, [...(entries.get(id) ?? []), [event.id, event.version, score]]);
  };
  for (const each of drawn) {
    for (const name of shelfNames(each)) put(name, each);
    if (picks.some(({ event }) => event === each.event.id)) put('picks', each);
  }
  return [...entries].map(([id, list]) => aShelf({ id, entries: list.sort((a, b) => b[2] - a[2]).slice(0, 100) }));
};

export interface Setting {
  reader?: Partial<Preferences>;
  memory?: Memory;
  picks?: readonly Pick[];
  at?: number;
}

export const viewOf = (drawn: readonly Drawn[], picks: readonly Pick[] = []): EditionView => {
  const view = emptyView(1);
  for (const shelf of shelvesOf(drawn, picks))
    view.add(
      shelf.id,
      shelf,
      drawn.map(({ event }) => event),
    );
  return view;
};

/** Selects for a reader who, unless told otherwise, follows nothing. */
export const selectFrom = (drawn: readonly Drawn[], { reader, memory, picks = [], at = BASE_AT }: Setting): Selection =>
  select({
    view: viewOf(drawn, picks),
    reader: somePreferences({ topics: [], sources: [], ...reader }),
    memory: memory ?? memoryOf([]),
    picks,
    at,
    sourceTitles: new Map(),
  });

/** Memory of a digest that held these. */
export const mailed = (drawn: readonly Drawn[], dueAt = BASE_AT - 86_400_000): Memory =>
  memoryOf([
    aDelivery({
      dueAt,
      state: { kind: 'sent', at: dueAt },
      stories: drawn.flatMap(({ event }) => event.tellings.slice(0, 1).map((telling) => mailedStory(event, telling))),
    }),
  ]);

export const titlesOf = (selection: Selection): string[] =>
  chosenInOrder(selection).map(({ telling }) => telling.title);

export const chosenTitled = (selection: Selection, title: string): Chosen => {
  const found = chosenInOrder(selection).find((each) => each.telling.title === title);
  if (!found) throw new Error(`not chosen: ${title}`);
  return found;
};

/** Writes drawn events as an edition into stores and publishes it. */
export const publish = async (
  ports: { editions: Editions; stories: Stories; sources: Sources },
  edition: number,
  drawn: readonly Drawn[],
): Promise<void> => {
  await ports.stories.save(drawn.flatMap(({ stories }) => stories));
  const versioned = drawn.map((each) => ({ ...each, event: { ...each.event, version: edition } }));
  const shelves = shelvesOf(versioned).map((shelf) => ({ ...shelf, edition }));
  await ports.editions.write(edition, { events: versioned.map(({ event }) => event), shelves });
  await ports.editions.publish({ v: 1, number: edition, at: BASE_AT, languages: ['en'] });
};

/** Titles that no two share a word of. */
const WORDS = 'amber birch cedar dune ember fjord grove heath inlet jetty knoll larch marsh north ocean prairie'.split(
  ' ',
);
/** So many sketches, alike but for their titles. */
export const many = (count: number, of: Omit<Sketch, 'title'> = {}): Sketch[] =>
  Array.from({ length: count }, (_, at) => ({ title: `${WORDS[at]} ${(of.topics ?? ['any']).join(' ')}`, ...of }));
