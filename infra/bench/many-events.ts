import { createHash } from 'node:crypto';
import { type EditionView, emptyView } from '../../functions/digest/edition-view.ts';
import type { NewsEvent, Telling } from '../../functions/model/event.ts';
import { type ShelfEntry, shelfId } from '../../functions/model/shelf.ts';
import { makeStoryId } from '../../functions/model/story.ts';
import { HOUR, type Instant } from '../../functions/model/time.ts';
import { TOPICS } from '../../functions/model/topic.ts';

/** Of a day with so many stories, in events of one outlet up to sixty, from so many sources. */
const STORIES = 50_000;
const SOURCES = 500;
const VOCABULARY = 8_000;
const MOST_PLACES = 100;
const LANGUAGES = ['en', 'en', 'en', 'en', 'en', 'en', 'en', 'de', 'pl', 'fr'];

/** Numbers that are the same in every run, from 0 to 1. */
const numbersFrom = (seed: number): (() => number) => {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
};

/** Small numbers come often, large ones rarely, as words and outlets do. */
const skewed = (chance: number, count: number): number => Math.floor(count ** chance) - 1;

export const SOURCE_IDS = Array.from({ length: SOURCES }, (_, at) => `source-${at}`);

const idOf = (number: number, at: Instant): string =>
  makeStoryId(at - (number % 1440) * 60_000, createHash('sha256').update(`story ${number}`).digest('hex'));

const titleOf = (about: readonly number[], chance: () => number): string =>
  about
    .map((word) => (chance() < 0.7 ? word : skewed(chance(), VOCABULARY)))
    .map((word) => `w${word.toString(36)}ord`)
    .join(' ');

/** An event as the editor would have written it, and how important it is, 0 to 1. */
export interface BenchEvent {
  event: NewsEvent;
  importance: number;
  /** How many stories tell it. */
  stories: number;
}

const tellingsOf = (first: number, count: number, at: Instant, chance: () => number): Telling[] => {
  const about = Array.from({ length: 9 }, () => skewed(chance(), VOCABULARY));
  const begin = Math.floor(chance() * SOURCES);
  return Array.from({ length: Math.min(12, count) }, (_, place): Telling => {
    const number = (begin + place * 37) % SOURCES;
    const access = (['free', 'free', 'free', 'metered', 'paid'] as const)[number % 5] ?? 'free';
    const source = SOURCE_IDS[number] ?? '';
    const title = titleOf(about, chance);
    return {
      story: idOf(first + place, at),
      source,
      sourceTitle: `Source ${number}`,
      outlet: `${source}.example`,
      title,
      url: `https://www.${source}.example/news/${first + place}?utm_source=rss`,
      access,
      publishedAt: at - (first % 1440) * 60_000,
    };
  });
};

/** The events of one day of news, invented but the same in every run. */
export const manyEvents = (at: Instant): BenchEvent[] => {
  const chance = numbersFrom(1);
  const events: BenchEvent[] = [];
  for (let story = 0; story < STORIES; ) {
    const count = Math.min(STORIES - story, 1 + skewed(chance() ** 5, 60));
    const topics = [chance(), chance()].map((each) => TOPICS[Math.floor(each * TOPICS.length)] ?? 'world');
    const tellings = tellingsOf(story, count, at, chance);
    const event: NewsEvent = {
      v: 1,
      id: tellings[0]?.story ?? '',
      version: 1,
      topics: [...new Set(topics)].slice(0, chance() < 0.7 ? 1 : 2),
      language: LANGUAGES[Math.floor(chance() * LANGUAGES.length)] ?? 'en',
      outlets: count,
      tellings,
      turn: 0,
      firstSeenAt: at - 20 * HOUR,
      lastNewsAt: at - HOUR,
      private: false,
    };
    events.push({ event, stories: count, importance: 1 - Math.exp(-(Math.log1p(count) + 0.4 * chance()) / 2.5) });
    story += count;
  }
  return events;
};

const shelvesOf = ({ topics, language, tellings }: NewsEvent): string[] => [
  ...['all', language].map((each) => shelfId({ of: 'top', language: each, span: 'day' })),
  ...topics.map((topic) => shelfId({ of: 'topic', topic, language, span: 'day' })),
  ...tellings.map(({ source }) => shelfId({ of: 'source', source, span: 'day' })),
];

/** The shelves of such a day, of 100 places each, as a worker holds them. */
export const viewOfMany = (events: readonly BenchEvent[]): EditionView => {
  const shelves = new Map<string, ShelfEntry[]>();
  for (const { event, importance } of events) {
    for (const id of new Set(shelvesOf(event))) {
      const entry: ShelfEntry = [event.id, event.version, Math.round(importance * 1e6)];
      const list = shelves.get(id);
      if (list) list.push(entry);
      else shelves.set(id, [entry]);
    }
  }
  const view = emptyView(1);
  const byId = new Map(events.map(({ event }) => [event.id, event]));
  for (const [id, all] of shelves) {
    const entries = all.sort((a, b) => b[2] - a[2] || (a[0] < b[0] ? -1 : 1)).slice(0, MOST_PLACES);
    view.add(
      id,
      { v: 1, id, edition: 1, entries },
      entries.flatMap(([event]) => byId.get(event) ?? []),
    );
  }
  return view;
};
