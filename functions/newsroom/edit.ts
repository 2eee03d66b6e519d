import type { NewsEvent } from '../model/event.ts';
import { type Shelf, type ShelfEntry, shelfId } from '../model/shelf.ts';
import type { Source, SourceId } from '../model/source.ts';
import { idFloor, type Story } from '../model/story.ts';
import { HOUR, type Instant } from '../model/time.ts';
import type { Cohorts, Editions, Log, Sources, Stories } from '../ports.ts';
import { clearDesk, type Desk } from './desk.ts';
import { factsOf, newsAt } from './facts.ts';
import { tellFailing } from './failing-sources.ts';
import { fetchOnlyFollowed } from './followed.ts';
import { OVERLAP } from './lateness.ts';
import { type PrivateStory, privateEvent, privateShelves } from './private-stories.ts';
import { changedEvents, changedShelves, entriesOf } from './publish.ts';
import { batchesOf, recallEdition } from './rebuild.ts';
import { shelvesAt, type Wishes } from './shelve.ts';
import { standingsAt } from './standing.ts';
import { prunePeaks } from './week.ts';

/** What the editor reads and writes. */
export interface EditPorts {
  sources: Pick<Sources, 'all' | 'save' | 'saveKnown'>;
  stories: Pick<Stories, 'since'>;
  editions: Editions;
  cohorts: Pick<Cohorts, 'followed'>;
  log: Log;
}

/** What one edit did. `edition` is the one that readers see now; `changed` counts events and shelves written. */
export interface EditReport {
  edition: number;
  /** New stories met. */
  stories: number;
  /** Events of the last 72 hours, house sources only. */
  events: number;
  changed: number;
}

/** How far back events reach. */
const WINDOW = 72 * HOUR;
/** How long private stories stay on the week's shelf. */
const WEEK = 168 * HOUR;

/**
 * One run of the editor: takes in the stories since its last mark, and publishes an edition if a shelf changed. Reads only; nothing
 * is seen by readers before the pointer moves. If another editor was faster, the desk is emptied and the next edit rebuilds it.
 */
export const editShelves = async (ports: EditPorts, desk: Desk, tick: Instant): Promise<EditReport> => {
  const pointer = await ports.editions.current();
  const last = pointer?.number ?? 0;
  const wishes = await readWishes(ports.cohorts);
  const sources = new Map<SourceId, Source>();
  for await (const source of ports.sources.all()) sources.set(source.id, source);
  tellFailing(ports.log, [...sources.values()]);
  await fetchOnlyFollowed(ports, sources.values(), { followed: wishes.sources, tick });
  const cold = desk.edition !== last;
  if (cold) clearDesk(desk);
  const found = await ports.stories.since(idFloor(cold ? tick - WINDOW : desk.markAt - OVERLAP), tick);
  const house = takeIn(desk, found, sources, tick);
  if (cold && pointer) await recallEdition(desk, ports.editions, pointer, wishes, tick);
  prunePeaks(desk, tick);
  lookAgain(desk, wishes.sources);
  desk.edition = last;
  desk.markAt = tick;
  const written = await publish(ports, desk, { tick, edition: last + 1, sources, wishes, stories: found });
  const events = [...desk.window.clusters()].length;
  const report = { edition: desk.edition ?? last, stories: house, events, changed: written };
  ports.log.info('edited', { ...report, cold });
  return report;
};

const readWishes = async (cohorts: EditPorts['cohorts']): Promise<Wishes> => {
  const { sources, keywords } = await cohorts.followed();
  return { sources: new Set(sources), keywords };
};

/** Puts new stories of house sources into the window, batch by batch, and lets old ones go. Returns how many were new. */
const takeIn = (desk: Desk, found: readonly Story[], sources: ReadonlyMap<SourceId, Source>, tick: Instant): number => {
  const facts = found.flatMap((story) => {
    const source = sources.get(story.source);
    const isOurs = source?.standing === 'house' && !desk.window.has(story.id) && newsAt(story) >= tick - WINDOW;
    return isOurs ? [factsOf(story, source)] : [];
  });
  for (const batch of batchesOf(facts)) desk.window.add(batch);
  desk.window.forget(tick - WINDOW);
  return facts.length;
};

/** Events keep a telling of each followed source: what a source told that is followed since is looked at again, though no story came. */
const lookAgain = (desk: Desk, followed: ReadonlySet<SourceId>): void => {
  const anew = followed.difference(desk.followed);
  for (const { facts, cluster } of anew.size > 0 ? desk.window.stories : []) {
    if (anew.has(facts.source)) cluster.dirty = true;
  }
  desk.followed = followed;
};

interface Edit {
  tick: Instant;
  edition: number;
  sources: ReadonlyMap<SourceId, Source>;
  wishes: Wishes;
  stories: readonly Story[];
}

/** Writes what changed under the next edition and moves the pointer. Returns how many events and shelves were written. */
const publish = async (ports: EditPorts, desk: Desk, edit: Edit): Promise<number> => {
  const { tick, edition, sources, wishes } = edit;
  const standings = standingsAt(desk.window, tick);
  const places = shelvesAt(desk, standings, wishes, tick);
  places.set(
    shelfId({ of: 'picks' }),
    (await pickedNow(ports.editions, tick)).map((id, i) => ({ id, score: 1 - i / 1000 })),
  );
  const changed = changedEvents(desk, standings, places, {
    version: edition,
    now: tick,
    sources,
    followed: wishes.sources,
  });
  const entries = entriesOf(
    places,
    (id) => (changed.get(id) ?? { published: desk.published.get(id) }).published?.version,
  );
  const secret = takePrivate(desk, edit);
  for (const [id, list] of privateEntries(desk, wishes, tick)) entries.set(id, list);
  const events = [...[...changed.values()].map(({ event }) => event), ...secret];
  const shelves = changedShelves(desk, entries, edition, tick);
  if (events.length + shelves.length === 0) return 0;
  desk.edition = undefined;
  // rows of an edition that another editor has published meanwhile must stay: readers see them, and replays will
  const isNext = ((await ports.editions.current())?.number ?? 0) === edition - 1;
  if (isNext) await ports.editions.write(edition, { events, shelves });
  if (!isNext || !(await ports.editions.publish({ v: 1, number: edition, at: tick, languages: languagesOf(desk) }))) {
    ports.log.warn('another editor was faster', { edition });
    clearDesk(desk);
    return 0;
  }
  note(
    desk,
    edition,
    tick,
    shelves,
    [...changed].map(([id, { published }]) => [id, published]),
  );
  return events.length + shelves.length;
};

/** Languages that have shelves, most stories first; last those of which the week remembers more than the window. */
const languagesOf = ({ window, peaks }: Desk): string[] => {
  const counts = new Map<string, number>();
  for (const { language } of window.stories) counts.set(language, (counts.get(language) ?? 0) + 1);
  for (const { language } of peaks.values()) counts.set(language, counts.get(language) ?? 0);
  return [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).map(([language]) => language);
};

const note = (
  desk: Desk,
  edition: number,
  tick: Instant,
  shelves: readonly Shelf[],
  published: Iterable<[string, NonNullable<ReturnType<Desk['published']['get']>>]>,
): void => {
  desk.edition = edition;
  for (const [id, state] of published) desk.published.set(id, state);
  for (const { id, entries } of shelves) desk.shelves.set(id, { entries, writtenAt: tick });
};

const pickedNow = async (editions: Editions, now: Instant): Promise<string[]> =>
  (await editions.picks()).filter(({ until }) => until > now).map(({ event }) => event);

/** Notes new stories of private sources; returns their events, to be written. */
const takePrivate = (desk: Desk, { stories, sources, edition, tick }: Edit): NewsEvent[] => {
  const events: NewsEvent[] = [];
  for (const story of stories) {
    const source = sources.get(story.source);
    if (source?.standing !== 'private') continue;
    const held = desk.privates.get(source.id) ?? new Map<string, PrivateStory>();
    desk.privates.set(source.id, held);
    if (held.has(story.id)) continue;
    held.set(story.id, { version: edition, seenAt: story.firstSeenAt, position: story.position });
    events.push(privateEvent(story, source, edition, desk.model));
  }
  for (const held of desk.privates.values()) {
    for (const [id, { seenAt }] of held) if (seenAt < tick - WEEK) held.delete(id);
  }
  return events;
};

const privateEntries = (desk: Desk, wishes: Wishes, tick: Instant): [string, ShelfEntry[]][] =>
  [...desk.privates].flatMap(([source, stories]) =>
    wishes.sources.has(source)
      ? privateShelves(source, stories, tick).map(({ id, entries }): [string, ShelfEntry[]] => [id, entries])
      : [],
  );
