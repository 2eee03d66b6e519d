import * as fc from 'fast-check';
import { mailedStory, memoryOf } from '../../functions/digest/memory.ts';
import { select } from '../../functions/digest/select.ts';
import { type Chosen, chosenInOrder } from '../../functions/model/digest.ts';
import type { Telling } from '../../functions/model/event.ts';
import type { Preferences } from '../../functions/model/subscriber.ts';
import { TOPICS } from '../../functions/model/topic.ts';
import { aDelivery, aPick, BASE_AT, somePreferences } from '../builders.ts';
import { type Drawn, draw, type Sketch, viewOf } from './newsroom.ts';

/** Any news and any reader, small enough that rules meet: few words, sources, topics and keywords. */

export const WORDS = 'flood vote fire court strike rocket market ferry bridge doctor school storm'.split(' ');
const SOURCES = 'a b c d e f g'.split(' ');
/** Two that readers added. */
const PRIVATE = ['p1', 'p2'];
const KEYWORDS = ['harbour', 'interest rates'];
const SOME_TOPICS = TOPICS.slice(0, 4);

const title = fc.array(fc.constantFrom(...WORDS), { minLength: 3, maxLength: 6 }).map((words) => words.join(' '));

type AnySketch = Sketch & { anew: number; isApart: boolean };

const sketch: fc.Arbitrary<AnySketch> = fc
  .record({
    title,
    sources: fc.uniqueArray(fc.constantFrom(...SOURCES), { minLength: 1, maxLength: 5 }),
    teller: fc.constantFrom(undefined, undefined, undefined, ...PRIVATE),
    topics: fc.uniqueArray(fc.constantFrom(...SOME_TOPICS), { maxLength: 2 }),
    keywords: fc.uniqueArray(fc.constantFrom(...KEYWORDS), { maxLength: 2 }),
    country: fc.constantFrom(undefined, 'PL', 'US'),
    language: fc.constantFrom('en', 'en', 'en', 'de', ''),
    score: fc.integer({ min: 1, max: 20 }),
    turn: fc.integer({ min: 0, max: 2 }),
    anew: fc.integer({ min: 0, max: 2 }),
    isApart: fc.boolean(),
    titles: fc.array(title, { minLength: 5, maxLength: 5 }),
    firstSeenAt: fc.integer({ min: BASE_AT - 10_000_000, max: BASE_AT }),
  })
  .map(({ teller, country, ...rest }) => ({
    ...rest,
    ...(country === undefined ? {} : { country }),
    ...(teller === undefined ? {} : { sources: [teller], private: true, keywords: [], turn: 0 }),
  }));

const source = fc.constantFrom(...SOURCES, ...PRIVATE);
const topic = fc.constantFrom(...SOME_TOPICS);

const reader: fc.Arbitrary<Preferences> = fc
  .record({
    cadence: fc.constantFrom('daily' as const, 'weekly' as const),
    topics: fc.uniqueArray(topic),
    named: fc.uniqueArray(source, { maxLength: 4 }),
    everything: fc.boolean(),
    keywords: fc.uniqueArray(fc.constantFrom(...KEYWORDS), { maxLength: 2 }),
    country: fc.constantFrom(undefined, 'PL'),
    reads: fc.constantFrom<string[]>(['en'], ['de'], ['en', 'de']),
    maxStories: fc.integer({ min: 5, max: 20 }),
    mutes: fc.array(
      fc.oneof(
        fc.record({ kind: fc.constant('words' as const), words: fc.constantFrom(...WORDS) }),
        fc.record({ kind: fc.constant('source' as const), source }),
        fc.record({ kind: fc.constant('topic' as const), topic }),
      ),
      { maxLength: 2 },
    ),
    votes: fc.array(
      fc.record({
        on: fc.oneof(
          fc.record({ kind: fc.constant('source' as const), source }),
          fc.record({ kind: fc.constant('topic' as const), topic }),
        ),
        weight: fc.integer({ min: -2, max: 2 }),
      }),
      { maxLength: 3 },
    ),
  })
  .map(({ named, everything, country, ...rest }) =>
    somePreferences({
      ...rest,
      sources: everything ? (['*', ...named] as Preferences['sources']) : named,
      ...(country === undefined ? {} : { country }),
    }),
  );

export const cases = fc.record({
  sketches: fc.array(sketch, { minLength: 5, maxLength: 60 }),
  reader,
  /** So many of the news were mailed before. */
  had: fc.nat(6),
  /** How the operator picked the first, second and third of the news. */
  picked: fc.constantFrom<('runs' | 'is over')[]>([], ['runs'], ['is over', 'runs'], ['runs', 'is over', 'runs']),
  /** The summary of each so-manyth holds what the reader muted; 0 for none. */
  hiddenEach: fc.constantFrom(0, 0, 3),
});

export type Case = typeof cases extends fc.Arbitrary<infer Value> ? Value : never;

/** What of the last telling the sketch says it is. */
const finish = (drawn: Drawn, { anew, isApart, turn = 0 }: AnySketch): Drawn => {
  const { tellings } = drawn.event;
  const apartFrom = isApart && tellings.length > 1 ? tellings.length - 1 : tellings.length;
  return {
    ...drawn,
    event: {
      ...drawn.event,
      ...(anew > 0 && anew <= turn ? { anew } : {}),
      outlets: apartFrom,
      tellings: tellings.map((each, at): Telling => (at < apartFrom ? each : { ...each, apart: true })),
    },
  };
};

const drawnFrom = (sketches: readonly AnySketch[]): Drawn[] => {
  const drawn = sketches.map((each, at) => finish(draw(each, at), each));
  return [...new Map(drawn.map((each) => [each.event.id, each])).values()];
};

const stage = ({ sketches, reader, had, picked, hiddenEach }: Case) => {
  const drawn = drawnFrom(sketches);
  const house = drawn.filter(({ event }) => !event.private);
  const picks = picked.flatMap((state, at) => {
    const event = house[at]?.event;
    return event ? [aPick({ event: event.id, until: state === 'runs' ? BASE_AT + 1 : BASE_AT })] : [];
  });
  // every other one was part of another event when it was mailed
  const shown = drawn
    .slice(0, had)
    .map(({ event }, at) => ({ ...event, id: at % 2 ? event.id : `${event.id.slice(0, 12)}~`, turn: at % 3 ? 0 : 1 }));
  const memory = memoryOf([
    aDelivery({
      dueAt: BASE_AT - 86_400_000,
      state: { kind: 'sent', at: BASE_AT - 86_400_000 },
      stories: shown.flatMap((event) => event.tellings.slice(0, 1).map((telling) => mailedStory(event, telling))),
    }),
  ]);
  const hidden = new Set(drawn.filter((_, at) => hiddenEach > 0 && at % hiddenEach === 0).map(({ event }) => event.id));
  return { drawn, reader, memory, picks, shown, hidden };
};

/** A case as it is set, and what is chosen in it. */
export const chosenFor = (of: Case) => {
  const staged = stage(of);
  const { drawn, reader, memory, picks, hidden } = staged;
  const view = viewOf(drawn, picks);
  const selection = select({ view, reader, memory, picks, at: BASE_AT, sourceTitles: new Map(), hidden });
  const chosen: Chosen[] = chosenInOrder(selection);
  return { ...staged, selection, chosen };
};
