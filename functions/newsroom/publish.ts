import type { NewsEvent } from '../model/event.ts';
import type { Shelf, ShelfEntry } from '../model/shelf.ts';
import type { Source, SourceId } from '../model/source.ts';
import type { StoryId } from '../model/story.ts';
import { DAY, type Instant } from '../model/time.ts';
import { sumOf } from './best-first.ts';
import type { Desk, Published } from './desk.ts';
import type { Places } from './shelve.ts';
import type { Standing } from './standing.ts';
import { eventOf } from './tellings.ts';
import { storiesOfTurn, turnOf } from './turns.ts';
import { topTerms } from './week.ts';

/** A shelf is written anew after so long even if nothing changed, so that it never expires. */
const REWRITE_AFTER = 10 * DAY;
/** Scores may drift by this share before an otherwise equal shelf is written again. */
const DRIFT = 0.02;

/** Turns are counted in a byte. */
const MOST_TURNS = 255;

const signatureOf = (event: NewsEvent): string =>
  [
    event.topics,
    event.outlets,
    event.turn,
    event.country,
    event.language,
    event.tellings.map((telling) => telling.story),
  ].join('|');

const sameTopics = (a: Pick<Standing, 'topics'>, b: Pick<Standing, 'topics'>): boolean =>
  a.topics.join() === b.topics.join();

/** The event's next state, or undefined if readers would see no difference. */
const nextState = (
  desk: Desk,
  standing: Standing,
  about: { version: number; now: Instant; sources: ReadonlyMap<SourceId, Source>; followed: ReadonlySet<SourceId> },
): { event: NewsEvent; published: Published } | undefined => {
  const before = desk.published.get(standing.id);
  // what an event is about goes by who tells alike, which changes with the weights of outlets too; its shelves go by it at once
  if (before && !standing.cluster.dirty && sameTopics(before, standing)) return undefined;
  const startedAt = Math.min(...[...standing.cluster.members].map((story) => story.facts.seenAt));
  const taken = before && before.turn < MOST_TURNS ? turnOf(standing.cluster, before, standing.weights) : 'none';
  const turn = (before?.turn ?? 0) + (taken === 'none' ? 0 : 1);
  const anew = taken === 'another' ? turn : before?.anew;
  const event = eventOf(standing, { ...about, turn, anew });
  const signature = signatureOf(event);
  if (signature === before?.signature) return undefined;
  const lastTurnAt = taken === 'none' ? (before?.lastTurnAt ?? startedAt) : about.now;
  const ofTurn = storiesOfTurn(standing.cluster, lastTurnAt);
  const told = before && ofTurn.length === 0 ? before.about : topTerms(sumOf(ofTurn));
  return {
    event,
    published: { version: about.version, signature, topics: event.topics, turn, anew, lastTurnAt, about: told },
  };
};

/** New states of the events that stand on any shelf. Nothing is noted on the desk yet. */
export const changedEvents = (
  desk: Desk,
  standings: readonly Standing[],
  places: Places,
  about: { version: number; now: Instant; sources: ReadonlyMap<SourceId, Source>; followed: ReadonlySet<SourceId> },
): Map<StoryId, { event: NewsEvent; published: Published }> => {
  const wanted = new Set([...places.values()].flatMap((list) => list.map(({ id }) => id)));
  const changed = new Map<StoryId, { event: NewsEvent; published: Published }>();
  for (const standing of standings) {
    const next = wanted.has(standing.id) ? nextState(desk, standing, about) : undefined;
    if (next) changed.set(standing.id, next);
    if (wanted.has(standing.id)) standing.cluster.dirty = false;
  }
  return changed;
};

/** Entries with the versions to read; an event that was never written is left out. */
export const entriesOf = (places: Places, versionOf: (id: StoryId) => number | undefined): Map<string, ShelfEntry[]> =>
  new Map(
    [...places].map(([shelf, list]) => [
      shelf,
      list.flatMap(({ id, score }): ShelfEntry[] => {
        const version = versionOf(id);
        return version === undefined ? [] : [[id, version, Math.round(score * 1e6)]];
      }),
    ]),
  );

const sameShelf = (a: readonly ShelfEntry[], b: readonly ShelfEntry[]): boolean =>
  a.length === b.length &&
  a.every(([id, version, score], i) => {
    const [otherId, otherVersion, otherScore] = b[i] ?? ['', -1, 0];
    return (
      id === otherId && version === otherVersion && Math.abs(score - otherScore) <= DRIFT * Math.max(score, otherScore)
    );
  });

/** The shelves that must be written: changed, emptied, or old. */
export const changedShelves = (
  desk: Desk,
  entries: ReadonlyMap<string, ShelfEntry[]>,
  edition: number,
  now: Instant,
): Shelf[] => {
  const emptied = [...desk.shelves].filter(([id, { entries: before }]) => before.length > 0 && !entries.has(id));
  const all: (readonly [string, ShelfEntry[]])[] = [
    ...entries,
    ...emptied.map(([id]): [string, ShelfEntry[]] => [id, []]),
  ];
  return all
    .filter(([id, list]) => {
      const before = desk.shelves.get(id);
      if (!before) return list.length > 0;
      return !sameShelf(before.entries, list) || (list.length > 0 && now - before.writtenAt >= REWRITE_AFTER);
    })
    .map(([id, list]) => ({ v: 1, id, edition, entries: list }));
};
