import type { NewsEvent } from '../model/event.ts';
import { type Shelf, shelfId } from '../model/shelf.ts';
import { firstSeenOf, type StoryId } from '../model/story.ts';
import { DAY, type Instant, tickOf } from '../model/time.ts';
import { TOPICS } from '../model/topic.ts';
import type { Editions } from '../ports.ts';
import type { Desk } from './desk.ts';
import { fitBetween } from './fit.ts';
import type { Cluster, StoryFacts } from './held.ts';
import type { Wishes } from './shelve.ts';
import { type Vector, vectorOfText } from './vector.ts';

/** Groups stories by the tick they were first seen at, oldest first: the batches in which a warm desk met them. */
export const batchesOf = (facts: readonly StoryFacts[]): StoryFacts[][] => {
  const byTick = Map.groupBy(facts, ({ seenAt }) => tickOf(seenAt));
  return [...byTick].sort(([a], [b]) => a - b).map(([, batch]) => batch);
};

const PICKS = shelfId({ of: 'picks' });

/** Every shelf that the last edition may hold. */
const shelfIds = (languages: readonly string[], wishes: Wishes): string[] => [
  PICKS,
  ...(['day', 'week'] as const).flatMap((span) => [
    ...[...languages, 'all'].map((language) => shelfId({ of: 'top', language, span })),
    ...languages.flatMap((language) => TOPICS.map((topic) => shelfId({ of: 'topic', topic, language, span }))),
    ...[...wishes.sources].map((source) => shelfId({ of: 'source', source, span })),
    ...wishes.keywords.map((keyword) => shelfId({ of: 'keyword', keyword, span })),
  ]),
];

/** Queries under way at once: who follows what makes tens of thousands of shelves, and one after the other they outlast any timeout. */
const AT_ONCE = 32;

const shelvesOf = async (editions: Editions, edition: number, ids: readonly string[]): Promise<Shelf[]> => {
  const shelves: (Shelf | undefined)[] = new Array(ids.length);
  let next = 0;
  const work = async (): Promise<void> => {
    for (let at = next++; at < ids.length; at = next++) shelves[at] = await editions.shelf(ids[at] ?? '', edition);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return shelves.filter((shelf) => shelf !== undefined);
};

const aboutOf = (desk: Desk, { tellings, language }: NewsEvent): Vector =>
  vectorOfText(tellings.map(({ title }) => title).join(' . '), language, desk.window.counts);

/** The cluster that holds most of an event's tellings, and how many. */
const clusterOf = (desk: Desk, { id, tellings }: NewsEvent): { id: StoryId; cluster: Cluster; held: number }[] => {
  const held = tellings.map((telling) => desk.window.story(telling.story)).filter((story) => story !== undefined);
  const clusters = [...Map.groupBy(held, (story) => story.cluster)].sort(([, a], [, b]) => b.length - a.length);
  return clusters.slice(0, 1).map(([cluster, stories]) => ({ id, cluster, held: stories.length }));
};

/** Gives the rebuilt clusters the ids under which most of their stories were published: each one id, and of two events in one that of the larger. */
const nameClusters = (desk: Desk, events: readonly NewsEvent[]): void => {
  const claims = events.flatMap((event) => clusterOf(desk, event));
  const named = new Set<Cluster>();
  for (const { id, cluster } of claims.sort((a, b) => b.held - a.held || (a.id < b.id ? -1 : 1))) {
    if (!named.has(cluster)) desk.window.rename(cluster, id);
    named.add(cluster);
  }
};

/** Remembers the turns and versions of what was published. */
const adopt = (desk: Desk, event: NewsEvent): void => {
  desk.published.set(event.id, {
    version: event.version,
    signature: '',
    topics: event.topics,
    turn: event.turn,
    anew: event.anew,
    lastTurnAt: event.turn > 0 ? event.lastNewsAt : event.firstSeenAt,
    about: aboutOf(desk, event),
  });
};

/** Its best score counts for the last day on which it can have stood on the day's shelves: a day after its last story. */
const recallPeak = (
  desk: Desk,
  event: NewsEvent,
  { top, onTopic, elsewhere, keywords }: Recalled,
  now: Instant,
): void => {
  const score = top || onTopic || elsewhere;
  if (score === 0) return;
  const day = Math.floor(Math.min(now, event.lastNewsAt + DAY - 1) / DAY);
  desk.peaks.set(event.id, {
    id: event.id,
    language: event.language,
    topics: event.topics,
    fit: fitBetween(top, onTopic),
    isNews: top + onTopic > 0,
    sources: new Set(event.tellings.map((telling) => telling.source)),
    keywords: new Set(keywords),
    about: aboutOf(desk, event),
    days: new Map([[day, score]]),
  });
};

const recallPrivate = (desk: Desk, event: NewsEvent): void => {
  const source = event.tellings[0]?.source;
  if (!source) return;
  const stories = desk.privates.get(source) ?? new Map();
  desk.privates.set(
    source,
    stories.set(event.id, { version: event.version, seenAt: firstSeenOf(event.id), position: 20 }),
  );
};

/** What the shelves of the last edition say of an event. */
interface Recalled {
  version: number;
  /** Its best score among the top stories, and on the shelf of a topic; 0 where it stands on none. */
  top: number;
  onTopic: number;
  /** On the shelves of sources and keywords: all there is of what was never among the first hundred of all. */
  elsewhere: number;
  keywords: string[];
}

const KEYWORD = /^keyword\/(.*)\/(?:day|week)$/;

/** What a shelf says of one event, added to what others said. */
const recall = (before: Recalled | undefined, shelf: string, version: number, score: number): Recalled => {
  const known = before ?? { version, top: 0, onTopic: 0, elsewhere: 0, keywords: [] };
  const keyword = KEYWORD.exec(shelf)?.[1];
  const place =
    shelf === PICKS
      ? undefined
      : shelf.startsWith('topic/')
        ? 'onTopic'
        : shelf.startsWith('top/')
          ? 'top'
          : 'elsewhere';
  return {
    ...known,
    version: Math.max(known.version, version),
    ...(place ? { [place]: Math.max(known[place], score) } : {}),
    keywords: keyword === undefined ? known.keywords : [...known.keywords, keyword],
  };
};

/** Restores what stories alone cannot tell from the last edition: ids, turns, versions, and the week's peaks. */
export const recallEdition = async (
  desk: Desk,
  editions: Editions,
  pointer: { number: number; languages: readonly string[] },
  wishes: Wishes,
  now: Instant,
): Promise<void> => {
  const scores = new Map<StoryId, Recalled>();
  for (const shelf of await shelvesOf(editions, pointer.number, shelfIds(pointer.languages, wishes))) {
    const { id } = shelf;
    desk.shelves.set(id, { entries: shelf.entries, writtenAt: now });
    for (const [event, version, millionths] of shelf.entries)
      scores.set(event, recall(scores.get(event), id, version, millionths / 1e6));
  }
  const refs = [...scores].map(([id, { version }]) => [id, version] as const);
  const events = await editions.events(refs);
  nameClusters(desk, events);
  for (const event of events) {
    if (event.private) {
      recallPrivate(desk, event);
      continue;
    }
    adopt(desk, event);
    const recalled = scores.get(event.id);
    if (recalled) recallPeak(desk, event, recalled, now);
  }
};
