import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { capsOf } from '../../functions/digest/caps.ts';
import { emptyView } from '../../functions/digest/edition-view.ts';
import { select } from '../../functions/digest/select.ts';
import { folded, sameTitle, titleWords } from '../../functions/digest/words.ts';
import type { Chosen } from '../../functions/model/digest.ts';
import type { Preferences } from '../../functions/model/subscriber.ts';
import { BASE_AT } from '../builders.ts';
import { cases, chosenFor } from './any-news.ts';
import { shelvesOf } from './newsroom.ts';

/** Rules that hold whatever the news and the reader. Beside each: the one-line change of the code that makes it fail. */

const RUNS = { numRuns: 150 };

type Setting = ReturnType<typeof chosenFor>;

const always = (rule: (setting: Setting) => void): void => {
  fc.assert(
    fc.property(cases, (of) => rule(chosenFor(of))),
    RUNS,
  );
};

const isNamed = ({ sources }: Preferences, source: string): boolean => sources.some((id) => id === source);

const mostOf = (keys: readonly (string | null)[]): number => {
  const counts = Map.groupBy(
    keys.filter((key) => key !== null),
    (key) => key,
  );
  return Math.max(0, ...[...counts].map(([, all]) => all.length));
};

const because = (chosen: readonly Chosen[], kind: Chosen['reason']['because']['kind']): Chosen[] =>
  chosen.filter(({ reason }) => reason.because.kind === kind);

describe('select, whatever the news and the reader', () => {
  // basket.ts: isFull compares with > in place of >=
  it('never exceeds the number of stories', () => {
    always(({ chosen, reader }) => {
      expect(chosen.length).toBeLessThanOrEqual(reader.maxStories);
    });
  });

  // caps.ts: Counted.take pushes to #full at most + 1
  it('never exceeds the caps of sources and topics', () => {
    always(({ chosen, reader }) => {
      const caps = capsOf(reader);
      expect(mostOf(chosen.map(({ telling }) => telling.source))).toBeLessThanOrEqual(caps.source);
      expect(mostOf(chosen.map(({ topic }) => topic))).toBeLessThanOrEqual(caps.topic);
    });
  });

  // basket.ts: leave out #taken.push, or #shown.push
  it('never holds an event twice, nor two titles that say the same', () => {
    always(({ chosen }) => {
      expect(new Set(chosen.map(({ event }) => event.id)).size).toBe(chosen.length);
      const titles = chosen.map(({ telling }) => titleWords(telling.title));
      expect(titles.flatMap((a, at) => titles.slice(at + 1).filter((b) => sameTitle(a, b)))).toEqual([]);
    });
  });

  // novelty.ts: noveltyOf compares turns with < in place of <=, its last line always says 'new', or anewOf is compared with >=
  it('never repeats what was mailed: no story, no address, and an event only with a later turn', () => {
    always(({ chosen, shown }) => {
      const stories = new Set(shown.flatMap(({ tellings }) => tellings.slice(0, 1).map(({ story }) => story)));
      const turns = new Map(shown.map(({ id, turn }) => [id, turn]));
      for (const { event, telling, update } of chosen) {
        expect(stories.has(telling.story)).toBe(false);
        const had = turns.get(event.id);
        expect(update).toBe(had !== undefined && (event.anew ?? 0) <= had);
        if (had !== undefined) expect(event.turn).toBeGreaterThan(had);
      }
    });
  });

  // taste.ts: mayTell leaves out isMuted or holdsMuted; isOut leaves out mutedTopics or isHidden
  it('never shows what is muted, not even as another outlet’s line', () => {
    always(({ chosen, reader, hidden }) => {
      expect(chosen.filter(({ event }) => hidden.has(event.id))).toEqual([]);
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
    });
  });

  // basket.ts: canRead is always true; #placeShown leaves ownOnly out: others then tell it, in a language that the reader does not read
  it('is in the languages that the reader reads, but for sources they follow', () => {
    always(({ chosen, reader }) => {
      const foreign = chosen.filter(({ event }) => event.language !== '' && !reader.reads.includes(event.language));
      expect(foreign).toEqual(because(foreign, 'source').filter(({ telling }) => isNamed(reader, telling.source)));
    });
  });

  // select.ts: takePick leaves out `until`
  it('keeps one place for a pick that runs, one for the biggest event, and fills up no more than thin digests', () => {
    always(({ chosen, picks, selection }) => {
      const running = picks.filter(({ until }) => until > BASE_AT).map(({ event }) => event);
      expect(because(chosen, 'pick').length).toBeLessThanOrEqual(1);
      for (const { event } of because(chosen, 'pick')) expect(running).toContain(event.id);
      expect(because(chosen, 'biggest').length).toBeLessThanOrEqual(1);
      expect(selection.filled).toBe(because(chosen, 'fill').length > 0);
      if (selection.filled) expect(chosen.length).toBeLessThanOrEqual(5);
    });
  });

  // edition-view.ts: addEvent keeps what is told apart with its event
  it('tells no story beside another’s, nor as another outlet’s line', () => {
    always(({ chosen, drawn }) => {
      const apart = new Set(
        drawn.flatMap(({ event }) => event.tellings.filter((each) => each.apart).map(({ story }) => story)),
      );
      for (const { telling, also, reason, topic } of chosen) {
        expect(also.filter(({ story }) => apart.has(story))).toEqual([]);
        if (apart.has(telling.story)) expect([also, reason.outlets, topic]).toEqual([[], 1, null]);
      }
    });
  });

  // ranked-shelf.ts: byValue leaves out the event id; merge.ts: of equal heads the first input comes first, not the lower id
  it('is the same whatever the order in which events and shelves were read, and wishes were written', () => {
    fc.assert(
      fc.property(cases, fc.infiniteStream(fc.nat()), (of, stream) => {
        const { drawn, reader, memory, picks, hidden, selection } = chosenFor(of);
        const shuffled = <Item>(items: readonly Item[]): Item[] =>
          items
            .map((item) => ({ item, at: stream.next().value }))
            .sort((a, b) => a.at - b.at)
            .map(({ item }) => item);
        const view = emptyView(1);
        const events = shuffled(drawn.map(({ event }) => event));
        for (const shelf of shuffled(shelvesOf(drawn, picks)))
          view.add(shelf.id, { ...shelf, entries: shuffled(shelf.entries) }, events);
        const [first, ...named] = reader.sources;
        const sources =
          first === '*' ? (['*', ...shuffled(named)] as Preferences['sources']) : shuffled(reader.sources);
        const again = select({
          view,
          reader: { ...reader, sources, reads: shuffled(reader.reads), mutes: shuffled(reader.mutes) },
          memory,
          picks: shuffled(picks),
          at: BASE_AT,
          sourceTitles: new Map(),
          hidden,
        });
        expect(again).toEqual(selection);
      }),
      RUNS,
    );
  });

  // because.ts: topicFor leaves out the topics that are followed; select.ts: claimOfBiggest answers with any keyword;
  // wishes.ts: sourceShelves takes muted sources too
  it('gives reasons that are true', () => {
    always(({ chosen, reader, picks, drawn }) => {
      const keywordsOf = new Map(drawn.map(({ event, keywords }) => [event.id, keywords]));
      for (const { event, telling, reason } of chosen) {
        expect(reason.outlets).toBe(Math.max(1, event.outlets));
        const { because: why } = reason;
        if (why.kind === 'topic') {
          expect(reader.topics).toContain(why.topic);
          expect(event.topics).toContain(why.topic);
        } else if (why.kind === 'source') {
          expect(event.tellings.map(({ source }) => source)).toContain(why.source);
          expect(reader.sources[0] === '*' || isNamed(reader, why.source)).toBe(true);
          expect(reader.mutes.some((mute) => mute.kind === 'source' && mute.source === why.source)).toBe(false);
        } else if (why.kind === 'keyword') {
          expect(reader.keywords).toContain(why.keyword);
          expect(keywordsOf.get(event.id)).toContain(why.keyword);
        } else if (why.kind === 'pick') {
          expect(picks.map((pick) => pick.event)).toContain(event.id);
        }
        if (event.private) expect(isNamed(reader, telling.source)).toBe(true);
        expect(event.tellings).toContainEqual(telling);
      }
    });
  });
});
