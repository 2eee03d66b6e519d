import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { capsOf } from '../../functions/digest/caps.ts';
import { emptyView } from '../../functions/digest/edition-view.ts';
import { mailedStory, memoryOf } from '../../functions/digest/memory.ts';
import { select } from '../../functions/digest/select.ts';
import { folded, sameTitle, titleWords } from '../../functions/digest/words.ts';
import { chosenInOrder } from '../../functions/model/digest.ts';
import type { Preferences } from '../../functions/model/subscriber.ts';
import { TOPICS } from '../../functions/model/topic.ts';
import { aDelivery, aPick, BASE_AT, somePreferences } from '../builders.ts';
import { type Drawn, draw, type Sketch, shelvesOf, viewOf } from './newsroom.ts';

/** Rules that hold whatever the news and the reader. Beside each: the one-line change of the code that makes it fail. */

const WORDS = 'flood vote fire court strike rocket market ferry bridge doctor school storm'.split(' ');
const SOURCES = 'a b c d e f g'.split(' ');

const sketches: fc.Arbitrary<Sketch[]> = fc.array(
  fc.record({
    title: fc.array(fc.constantFrom(...WORDS), { minLength: 3, maxLength: 6 }).map((words) => words.join(' ')),
    sources: fc.uniqueArray(fc.constantFrom(...SOURCES), { minLength: 1, maxLength: 5 }),
    topics: fc.uniqueArray(fc.constantFrom(...TOPICS.slice(0, 4)), { maxLength: 2 }),
    language: fc.constantFrom('en', 'en', 'en', 'de'),
    score: fc.integer({ min: 1, max: 20 }),
    turn: fc.integer({ min: 0, max: 1 }),
    titles: fc.array(
      fc.array(fc.constantFrom(...WORDS), { minLength: 3, maxLength: 6 }).map((words) => words.join(' ')),
      { minLength: 5, maxLength: 5 },
    ),
    firstSeenAt: fc.integer({ min: BASE_AT - 10_000_000, max: BASE_AT }),
  }),
  { minLength: 5, maxLength: 60 },
);

const readers: fc.Arbitrary<Preferences> = fc
  .record({
    topics: fc.uniqueArray(fc.constantFrom(...TOPICS.slice(0, 4))),
    sources: fc.oneof(fc.constant(['*'] as ['*']), fc.uniqueArray(fc.constantFrom(...SOURCES), { maxLength: 4 })),
    reads: fc.constantFrom<string[]>(['en'], ['en', 'de']),
    maxStories: fc.integer({ min: 5, max: 20 }),
    mutes: fc.array(
      fc.oneof(
        fc.record({ kind: fc.constant('words' as const), words: fc.constantFrom(...WORDS) }),
        fc.record({ kind: fc.constant('source' as const), source: fc.constantFrom(...SOURCES) }),
        fc.record({ kind: fc.constant('topic' as const), topic: fc.constantFrom(...TOPICS.slice(0, 4)) }),
      ),
      { maxLength: 2 },
    ),
    votes: fc.array(
      fc.record({
        on: fc.record({ kind: fc.constant('source' as const), source: fc.constantFrom(...SOURCES) }),
        weight: fc.integer({ min: -2, max: 2 }),
      }),
      { maxLength: 2 },
    ),
  })
  .map(somePreferences);

const cases = fc.record({ sketches, reader: readers, had: fc.nat(6), picked: fc.boolean() });

type Case = typeof cases extends fc.Arbitrary<infer Value> ? Value : never;

const distinct = (drawn: readonly Drawn[]): Drawn[] => [
  ...new Map(drawn.map((each) => [each.event.id, each])).values(),
];

const stage = ({ sketches: of, reader, had, picked }: Case) => {
  const drawn = distinct(of.map(draw));
  const [first] = drawn;
  const picks = picked && first ? [aPick({ event: first.event.id })] : [];
  // every other one was part of another event when it was mailed
  const shown = drawn
    .slice(0, had)
    .map(({ event }, at) => ({ ...event, id: at % 2 ? event.id : `${event.id.slice(0, 12)}~`, turn: 0 }));
  const memory = memoryOf([
    aDelivery({
      dueAt: BASE_AT - 86_400_000,
      state: { kind: 'sent', at: BASE_AT - 86_400_000 },
      stories: shown.flatMap((event) => event.tellings.slice(0, 1).map((telling) => mailedStory(event, telling))),
    }),
  ]);
  return { drawn, reader, memory, picks, shown };
};

const chosenFor = (of: Case) => {
  const staged = stage(of);
  const { drawn, reader, memory, picks } = staged;
  const view = viewOf(drawn, picks);
  const selection = select({ view, reader, memory, picks, at: BASE_AT, sourceTitles: new Map() });
  return { ...staged, selection, chosen: chosenInOrder(selection) };
};

const RUNS = { numRuns: 150 };

describe('select, whatever the news and the reader', () => {
  // basket.ts: isFull compares with > in place of >=
  it('never exceeds the number of stories', () => {
    fc.assert(
      fc.property(cases, (of) => {
        const { chosen, reader } = chosenFor(of);
        expect(chosen.length).toBeLessThanOrEqual(reader.maxStories);
      }),
      RUNS,
    );
  });

  // caps.ts: Counted.take pushes to #full at most + 1
  it('never exceeds the caps of sources and topics', () => {
    fc.assert(
      fc.property(cases, (of) => {
        const { chosen, reader } = chosenFor(of);
        const caps = capsOf(reader);
        const most = (keys: (string | null)[]): number =>
          Math.max(
            0,
            ...[
              ...Map.groupBy(
                keys.filter((key) => key !== null),
                (key) => key,
              ),
            ].map(([, all]) => all.length),
          );
        expect(most(chosen.map(({ telling }) => telling.source))).toBeLessThanOrEqual(caps.source);
        expect(most(chosen.map(({ topic }) => topic))).toBeLessThanOrEqual(caps.topic);
      }),
      RUNS,
    );
  });

  // basket.ts: leave out #taken.push, or #shown.push
  it('never holds an event twice, nor two titles that say the same', () => {
    fc.assert(
      fc.property(cases, (of) => {
        const { chosen } = chosenFor(of);
        expect(new Set(chosen.map(({ event }) => event.id)).size).toBe(chosen.length);
        const titles = chosen.map(({ telling }) => titleWords(telling.title));
        expect(titles.flatMap((a, at) => titles.slice(at + 1).filter((b) => sameTitle(a, b)))).toEqual([]);
      }),
      RUNS,
    );
  });

  // taste.ts: noveltyOf compares turns with >= in place of >, or its last line always says 'new'
  it('never repeats what was mailed: no story, no address, and an event only with a later turn', () => {
    fc.assert(
      fc.property(cases, (of) => {
        const { chosen, shown } = chosenFor(of);
        const stories = new Set(shown.flatMap(({ tellings }) => tellings.slice(0, 1).map(({ story }) => story)));
        const events = new Set(shown.map(({ id }) => id));
        for (const { event, telling, update } of chosen) {
          expect(stories.has(telling.story)).toBe(false);
          expect(update).toBe(events.has(event.id));
          expect(update && event.turn === 0).toBe(false);
        }
      }),
      RUNS,
    );
  });

  // taste.ts: mayTell leaves out isMuted or holdsMuted; isOut leaves out mutedTopics
  it('never shows what is muted, not even as another outlet’s line', () => {
    fc.assert(
      fc.property(cases, (of) => {
        const { chosen, reader } = chosenFor(of);
        for (const mute of reader.mutes) {
          const shown = chosen.flatMap(({ event, telling, also }) =>
            [telling, ...also].map((each) => ({ event, ...each })),
          );
          const offending = shown.filter(({ event, source, title }) => {
            if (mute.kind === 'source') return source === mute.source;
            if (mute.kind === 'topic') return event.topics.includes(mute.topic);
            return folded(title).includes(folded(mute.words));
          });
          expect(offending).toEqual([]);
        }
      }),
      RUNS,
    );
  });

  // ranked-shelf.ts: byValue leaves out the event id; merge.ts: of equal heads the first input comes first, not the lower id
  it('is the same whatever the order in which events and shelves were read, and wishes were written', () => {
    fc.assert(
      fc.property(cases, fc.infiniteStream(fc.nat()), (of, stream) => {
        const { drawn, reader, memory, picks, selection } = chosenFor(of);
        const shuffled = <Item>(items: readonly Item[]): Item[] =>
          items
            .map((item) => ({ item, at: stream.next().value }))
            .sort((a, b) => a.at - b.at)
            .map(({ item }) => item);
        const view = emptyView(1);
        const events = shuffled(drawn.map(({ event }) => event));
        for (const shelf of shuffled(shelvesOf(drawn, picks)))
          view.add(shelf.id, { ...shelf, entries: shuffled(shelf.entries) }, events);
        const again = select({
          view,
          reader: {
            ...reader,
            sources: reader.sources[0] === '*' ? ['*'] : shuffled(reader.sources),
            reads: shuffled(reader.reads),
          },
          memory,
          picks,
          at: BASE_AT,
          sourceTitles: new Map(),
        });
        expect(again).toEqual(selection);
      }),
      RUNS,
    );
  });

  // because.ts: topicFor leaves out the topics that are followed
  it('gives reasons that are true', () => {
    fc.assert(
      fc.property(cases, (of) => {
        const { chosen, reader, picks } = chosenFor(of);
        for (const { event, telling, reason } of chosen) {
          expect(reason.outlets).toBe(Math.max(1, event.outlets));
          const { because } = reason;
          if (because.kind === 'topic') {
            expect(reader.topics).toContain(because.topic);
            expect(event.topics).toContain(because.topic);
          } else if (because.kind === 'source') {
            expect(event.tellings.map(({ source }) => source)).toContain(because.source);
            expect(reader.sources[0] === '*' || reader.sources.some((id) => id === because.source)).toBe(true);
          } else if (because.kind === 'pick') {
            expect(picks.map((pick) => pick.event)).toContain(event.id);
          }
          expect(event.tellings).toContainEqual(telling);
        }
      }),
      RUNS,
    );
  });
});
