import type { NewsEvent } from '../model/event.ts';
import { type Shelf, shelfId } from '../model/shelf.ts';
import { firstSeenOf, type StoryId } from '../model/story.ts';
import { type Instant, tickOf } from '../model/time.ts';
import { TOPICS } from '../model/topic.ts';
import type { Editions } from '../ports.ts';
import type { Desk } from './desk.ts';
import { fitBetween } from './fit.ts';
import type { StoryFacts } from './held.ts';
import type { Wishes } from './shelve.ts';
import { type Vector, vectorOfText } from './vector.ts';

/** Groups stories by the tick they were first seen at, oldest first: the batches in which a warm desk met them. */
export const batchesOf = (facts: readonly StoryFacts[]): StoryFacts[][] => {
  const byTick = Map.groupBy(facts, ({ seenAt }) => tickOf(seenAt));
  return [...byTick].sort(([a], [b]) => a - b).map(([, batch]) => batch);
};

/** Every shelf that the last edition may hold. */
const shelfIds = (languages: readonly string[], wishes: Wishes): string[] =>
  (['day', 'week'] as const).flatMap((span) => [
    ...[...languages, 'all'].map((language) => shelfId({ of: 'top', language, span })),
    ...languages.flatMap((language) => TOPICS.map((topic) => shelfId({ of: 'topic', topic, language, span }))),
    ...[...wishes.sources].map((source) => shelfId({ of: 'source', source, span })),
    ...wishes.keywords.map((keyword) => shelfId({ of: 'keyword', keyword, span })),
  ]);

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

const DAY_MS = 86_400_000;

const aboutOf = (desk: Desk, { tellings, language }: NewsEvent): Vector =>
  vectorOfText(tellings.map(({ title }) => title).join(' . '), language, desk.window.counts);

/** Gives the rebuilt clusters the ids under which their stories were published, and remembers turns and versions. */
const adopt = (desk: Desk, event: NewsEvent): void => {
  const held = event.tellings.map((telling) => desk.window.story(telling.story)).filter((story) => story !== undefined);
  const clusters = Map.groupBy(held, (story) => story.cluster);
  const [largest] = [...clusters].sort(([, a], [, b]) => b.length - a.length);
  if (largest) desk.window.rename(largest[0], event.id);
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

const recallPeak = (desk: Desk, event: NewsEvent, { top, onTopic }: Recalled, now: Instant): void => {
  if (event.private) return;
  const known = desk.peaks.get(event.id);
  const day = Math.floor(Math.min(now, event.lastNewsAt) / DAY_MS);
  const days = known?.days ?? new Map<number, number>();
  days.set(day, Math.max(days.get(day) ?? 0, top || onTopic));
  desk.peaks.set(event.id, {
    id: event.id,
    language: event.language,
    topics: event.topics,
    fit: fitBetween(top, onTopic),
    isNews: top + onTopic > 0,
    sources: new Set(event.tellings.map((telling) => telling.source)),
    keywords: known?.keywords ?? new Set(),
    about: aboutOf(desk, event),
    days,
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
  keywords: string[];
}

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
    const keyword = /^keyword\/(.*)\/(?:day|week)$/.exec(id)?.[1];
    for (const [event, version, millionths] of shelf.entries) {
      const known = scores.get(event) ?? { version, top: 0, onTopic: 0, keywords: [] };
      if (keyword) known.keywords.push(keyword);
      else if (id.startsWith('topic/')) known.onTopic = Math.max(known.onTopic, millionths / 1e6);
      else if (!id.startsWith('source/')) known.top = Math.max(known.top, millionths / 1e6);
      scores.set(event, { ...known, version: Math.max(known.version, version) });
    }
  }
  const refs = [...scores].map(([id, { version }]) => [id, version] as const);
  for (const event of await editions.events(refs)) {
    const recalled = scores.get(event.id) ?? { version: event.version, top: 0, onTopic: 0, keywords: [] };
    if (event.private) recallPrivate(desk, event);
    else adopt(desk, event);
    recallPeak(desk, event, recalled, now);
    for (const keyword of recalled.keywords) desk.peaks.get(event.id)?.keywords.add(keyword);
  }
};
