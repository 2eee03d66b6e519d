import { createHash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import type { EditionView } from '../../functions/digest/edition-view.ts';
import { type Memory, mailedStory, memoryOf, NO_MEMORY } from '../../functions/digest/memory.ts';
import type { Walk } from '../../functions/digest/merge.ts';
import { type SelectInput, select, selectBy, type Walker } from '../../functions/digest/select.ts';
import { factorFor } from '../../functions/digest/voted-merge.ts';
import { namedSources, type Wish } from '../../functions/digest/wishes.ts';
import { chosenInOrder, type Selection } from '../../functions/model/digest.ts';
import { shelfId } from '../../functions/model/shelf.ts';
import type { SourceId } from '../../functions/model/source.ts';
import type { Preferences } from '../../functions/model/subscriber.ts';
import { DAY } from '../../functions/model/time.ts';
import { TOPICS, type Topic } from '../../functions/model/topic.ts';
import { type BenchEvent, manyEvents, SOURCE_IDS, viewOfMany } from './many-events.ts';
import { type Measure, median } from './measure.ts';

/** Monday 23 November 2026, 07:00 in Berlin. */
const AT = Date.UTC(2026, 10, 23, 6);
const READERS = 2_000;
/** The peer is so slow that a few readers a round are enough. */
const READERS_OF_PEER = 40;
const ROUNDS = 7;

const TITLES = new Map(SOURCE_IDS.map((id) => [id, `Source ${id}`]));

/** Four topics and ten sources each; every eighth mutes a word, every eighth voted. */
const readerOf = (number: number): Preferences => {
  const chances = createHash('sha256').update(`reader ${number}`).digest();
  const chance = (at: number): number => chances[at] ?? 0;
  const sourceAt = (at: number): string => SOURCE_IDS[(chance(at) * 7 + at * 31) % SOURCE_IDS.length] ?? '';
  return {
    cadence: 'daily',
    weekday: 1,
    hour: 7,
    zone: 'Europe/Berlin',
    topics: [...new Set([0, 1, 2, 3].map((at) => TOPICS[chance(at) % TOPICS.length] ?? 'world'))],
    sources: [...new Set(Array.from({ length: 10 }, (_, at) => sourceAt(4 + at)))],
    keywords: [],
    mutes: chance(20) < 32 ? [{ kind: 'words', words: 'w5ord' }] : [],
    votes: chance(21) < 32 ? [{ on: { kind: 'source', source: sourceAt(4) }, weight: 1 }] : [],
    reads: ['en'],
    country: 'DE',
    language: 'en',
    format: 'full',
    pictures: 'lead',
    maxStories: 20,
  };
};

interface BenchReader {
  reader: Preferences;
  memory: Memory;
}

type Select = (input: SelectInput) => Selection;

const selectFor = (choose: Select, view: EditionView, { reader, memory }: BenchReader): Selection =>
  choose({ view, reader, memory, picks: [], at: AT, sourceTitles: TITLES });

/** Half of the readers remember the digest before. */
const benchReaders = (view: EditionView): BenchReader[] =>
  Array.from({ length: READERS }, (_, number): BenchReader => {
    const reader = readerOf(number);
    if (number % 2 === 0) return { reader, memory: NO_MEMORY };
    const before = chosenInOrder(selectFor(select, view, { reader, memory: NO_MEMORY }));
    const dueAt = AT - DAY;
    const memory = memoryOf([
      {
        v: 1,
        subscriber: number.toString(36).padStart(16, 'r'),
        period: { kind: 'day', date: '2026-11-22' },
        dueAt,
        state: { kind: 'sent', at: dueAt },
        edition: 0,
        preferences: 1,
        stories: before.map(({ event, telling }) => mailedStory(event, telling)),
      },
    ]);
    return { reader, memory };
  });

/** A story as the usual code holds it: an object in one long list, with its values on the shelves of its topics and of its source. */
interface Row {
  place: number;
  event: string;
  language: string;
  topics: readonly { topic: Topic; value: number }[];
  source: SourceId;
  sourceValue: number;
}

const rowsOf = (view: EditionView, events: readonly BenchEvent[]): Row[] => {
  const places = new Map(view.candidates.map(({ event }, place) => [event.id, place]));
  return events.flatMap(({ event, stories }) => {
    const { id, language, tellings } = event;
    const place = places.get(id) ?? -1;
    const number = view.table.numberOf(place);
    const topics = event.topics.map((topic) => {
      const shelf = view.shelf(shelfId({ of: 'topic', topic, language, span: 'day' }));
      return { topic, value: shelf.valueOf(number) };
    });
    return Array.from({ length: stories }, (_, at): Row => {
      const source = tellings[at % tellings.length]?.source ?? '';
      const sourceValue = view.shelf(shelfId({ of: 'source', source, span: 'day' })).valueOf(number);
      return { place, event: id, language, topics, source, sourceValue };
    });
  });
};

interface Ranked {
  place: number;
  event: string;
  from: number;
  value: number;
}

/** The usual code: filters all stories by the reader's topics, sources and languages, and sorts what is left. */
const filterAndSort =
  (rows: readonly Row[]): Walker =>
  (taste, inputs, candidates) => {
    const { reader, bestVote } = taste;
    const topics = new Set(reader.topics);
    const own = new Set(namedSources(reader));
    const wanted = rows.filter(
      (row) =>
        own.has(row.source) ||
        (reader.reads.includes(row.language) && row.topics.some(({ topic }) => topics.has(topic))),
    );
    const weights = inputs.map(({ wish, weight, shelf }, from) => ({ wish, weight, from, id: shelf.id }));
    const lowered = bestVote === undefined ? () => 1 : factorFor(taste, bestVote);
    const worth = (row: Row, wish: Wish): number => {
      if (wish.kind === 'source') return wish.source === row.source ? row.sourceValue : 0;
      if (wish.kind !== 'topic' || !reader.reads.includes(row.language)) return 0;
      const own = row.topics.find(({ topic }) => topics.has(topic));
      return own?.topic === wish.topic ? own.value : 0;
    };
    const ranked = wanted.map((row): Ranked => {
      let best = { from: 0, value: 0 };
      for (const { wish, weight, from, id } of weights) {
        const value = worth(row, wish) * weight;
        const isFirst = value === best.value && id < (weights[best.from]?.id ?? '');
        if (value > best.value || isFirst) best = { from, value };
      }
      const candidate = candidates[row.place];
      return { ...best, place: row.place, event: row.event, value: best.value * (candidate ? lowered(candidate) : 1) };
    });
    ranked.sort((a, b) => b.value - a.value || (a.event < b.event ? -1 : 1));
    return walkOver(ranked);
  };

const walkOver = (ranked: readonly Ranked[]): Walk => {
  let at = 0;
  const walk: Walk = {
    place: 0,
    from: 0,
    value: 0,
    next() {
      const next = ranked[at++];
      if (next) Object.assign(walk, { place: next.place, from: next.from, value: next.value });
      return next !== undefined && next.value > 0;
    },
  };
  return walk;
};

/** Processor time of this thread for each of `count` calls, in microseconds: what others do on the machine counts less. */
const timed = (count: number, work: (at: number) => unknown): number => {
  const before = process.threadCpuUsage();
  for (let at = 0; at < count; at++) work(at);
  const { user, system } = process.threadCpuUsage(before);
  return (user + system) / count;
};

const idsOf = (selection: Selection): string[] => chosenInOrder(selection).map(({ event }) => event.id);

/** Selecting for one reader from a day of 50,000 stories, against filtering and sorting the same stories under the same rules. */
export const selectMeasures = (): Measure[] => {
  const events = manyEvents(AT);
  const view = viewOfMany(events);
  const readers = benchReaders(view);
  const peer = selectBy(filterAndSort(rowsOf(view, events)));
  for (const of of readers.slice(0, 100)) {
    const ours = selectFor(select, view, of);
    if (!isDeepStrictEqual(idsOf(ours), idsOf(selectFor(peer, view, of))))
      throw new Error('bench: the peer chose others');
  }
  const times: { ours: number; peer: number }[] = [];
  const readerAt = (at: number): BenchReader => readers[at % READERS] ?? { reader: readerOf(0), memory: NO_MEMORY };
  for (let round = 0; round < ROUNDS; round++) {
    times.push({
      ours: timed(READERS, (at) => selectFor(select, view, readerAt(at))),
      peer: timed(READERS_OF_PEER, (at) => selectFor(peer, view, readerAt(round * READERS_OF_PEER + at))),
    });
  }
  return [
    {
      name: 'select for one reader: times faster than filter and sort over 50,000 story objects',
      ours: median(times.map(({ ours }) => ours)),
      peer: median(times.map((each) => each.peer)),
      ratio: median(times.map((each) => each.peer / each.ours)),
    },
  ];
};
