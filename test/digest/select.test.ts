import { describe, expect, it } from 'vitest';
import { mailedStory, memoryOf } from '../../functions/digest/memory.ts';
import { chosenInOrder } from '../../functions/model/digest.ts';
import { DAY } from '../../functions/model/time.ts';
import { aDelivery, BASE_AT } from '../builders.ts';
import { chosenTitled, drawAll, mailed, many, selectFrom, titlesOf } from './newsroom.ts';

describe('what is chosen', () => {
  it('leads with the biggest of the followed topics and keeps the sections in the reader’s order', () => {
    const drawn = drawAll(
      { title: 'Parliament votes on budget', sources: ['a', 'b', 'c'], topics: ['politics'] },
      { title: 'Comet seen over desert', sources: ['a', 'b'], topics: ['science'] },
      { title: 'Cabinet minister steps down', sources: ['d'], topics: ['politics'] },
      { title: 'Vaccine trial ends early', sources: ['e'], topics: ['science'] },
      { title: 'Striker signs new contract', sources: ['f'], topics: ['sport'] },
    );
    const selection = selectFrom(drawn, { reader: { topics: ['science', 'politics'], maxStories: 10 } });
    expect(selection.lead?.telling.title).toBe('Parliament votes on budget');
    expect(selection.sections.map(({ heading }) => heading)).toEqual([
      { kind: 'topic', topic: 'science' },
      { kind: 'topic', topic: 'politics' },
      { kind: 'fill' },
    ]);
    expect(chosenTitled(selection, 'Comet seen over desert').reason).toEqual({
      outlets: 2,
      because: { kind: 'topic', topic: 'science' },
    });
  });

  it('gives one story an event, told by the reader’s own source, with one more line for each other outlet', () => {
    const [drawn] = drawAll({ title: 'Harbour reopens', sources: ['a', 'b', 'c'] });
    if (!drawn) throw new Error('nothing drawn');
    drawn.event.tellings = drawn.event.tellings.map((each) =>
      each.source === 'c' ? { ...each, outlet: 'a.example' } : each,
    );
    const selection = selectFrom([drawn], { reader: { topics: ['world'], sources: ['b'] } });
    const [chosen, ...more] = chosenInOrder(selection);
    expect(more).toEqual([]);
    expect(chosen?.telling.source).toBe('b');
    expect(chosen?.also.map(({ source }) => source)).toEqual(['a']);
  });

  it('a telling apart is for the followers of its source, and covers nothing', () => {
    const [drawn] = drawAll({ title: 'Harbour reopens', sources: ['a', 'b', 'odd'], access: ['paid', 'paid', 'free'] });
    if (!drawn) throw new Error('nothing drawn');
    drawn.event.tellings = drawn.event.tellings.map((each) =>
      each.source === 'odd' ? { ...each, apart: true } : each,
    );
    const by = (sources: string[]) => chosenInOrder(selectFrom([drawn], { reader: { topics: ['world'], sources } }))[0];
    expect(by([])?.telling.source).toBe('a');
    expect(by([])?.also.map(({ source }) => source)).toEqual(['b']);
  });

  // edition-view.ts: addEvent adds the event as it is: what the own source tells beside it then stands for the day's biggest event
  it('what a followed source tells beside an event does not take its place, in this digest or a later one', () => {
    const [drawn] = drawAll({
      title: 'Harbour reopens',
      sources: ['a', 'b', 'odd'],
      titles: ['Harbour reopens', 'Port opens again', 'Choir sings'],
    });
    if (!drawn) throw new Error('nothing drawn');
    drawn.event.tellings = drawn.event.tellings.map((each) =>
      each.source === 'odd'
        ? { ...each, apart: true, story: drawn.event.id }
        : { ...each, url: `${each.url}/${each.source}` },
    );
    const reader = { topics: ['world' as const], sources: ['odd'] };
    const both = chosenInOrder(selectFrom([drawn], { reader }));
    expect(
      both.map(({ telling, topic, reason, also }) => [telling.source, topic, reason.outlets, also.length]),
    ).toEqual([
      ['a', 'world', drawn.event.outlets, 1],
      ['odd', null, 1, 0],
    ]);
    expect(new Set(both.map(({ event }) => event.id)).size).toBe(2);
    const had = (at: number) =>
      memoryOf([
        aDelivery({
          dueAt: BASE_AT - DAY,
          stories: both.slice(at, at + 1).map(({ event, telling }) => mailedStory(event, telling)),
        }),
      ]);
    const later = (at: number) => titlesOf(selectFrom([drawn], { reader, memory: had(at) }));
    expect(later(0)).toEqual(['Choir sings']);
    expect(later(1)).toEqual(['Harbour reopens']);
  });

  it('prefers a free telling to a paid one, and the own source to both', () => {
    const drawn = drawAll({ title: 'Harbour reopens', sources: ['a', 'b', 'c'], access: ['paid', 'metered', 'free'] });
    const by = (sources: string[]) =>
      selectFrom(drawn, { reader: { topics: ['world'], sources } }).lead?.telling.source;
    expect(by([])).toBe('c');
    expect(by(['a'])).toBe('a');
    expect(by(['a', 'b'])).toBe('b');
  });

  it('serves who follows only sources from them, though nobody else covers the stories', () => {
    const drawn = drawAll(
      ...many(6, { sources: ['small'], topics: [] }).map((each, at) => ({ ...each, score: 1000 - at })),
      ...many(9, { sources: ['a', 'b', 'c'], topics: ['world'] }),
    );
    const selection = selectFrom(drawn, { reader: { sources: ['small'], maxStories: 12 } });
    const own = chosenInOrder(selection).filter(({ telling }) => telling.source === 'small');
    expect(own).toHaveLength(6);
    expect(own[0]?.reason.because).toEqual({ kind: 'source', source: 'small', title: 'The small' });
    expect(selection.lead?.telling.source).toBe('small');
    expect(selection.filled).toBe(false);
  });

  it('sorts the digest of who follows everything by topic, the top event first', () => {
    const drawn = drawAll(
      { title: 'Ceasefire holds overnight', sources: ['a', 'b', 'c', 'd'], topics: ['world'] },
      { title: 'Final goes to penalties', sources: ['a', 'b'], topics: ['sport'] },
      { title: 'Bank raises rates', sources: ['c'], topics: ['business'] },
    );
    const selection = selectFrom(drawn, { reader: { sources: ['*'] } });
    expect(selection.lead?.telling.title).toBe('Ceasefire holds overnight');
    expect(selection.sections.map(({ heading }) => heading)).toEqual([
      { kind: 'topic', topic: 'business' },
      { kind: 'topic', topic: 'sport' },
    ]);
  });

  it('keeps an event of two followed topics under the better one, and out when that has no room', () => {
    const drawn = drawAll(
      ...many(9, { topics: ['world', 'politics'] }).map((each, at) => ({ ...each, sources: [`s${at}`] })),
    );
    const { lead, sections } = selectFrom(drawn, {
      reader: { topics: ['politics', 'world', 'sport'], maxStories: 10 },
    });
    expect([lead, ...sections.flatMap(({ chosen }) => chosen)].map((each) => each?.topic)).toEqual(
      Array(4).fill('world'),
    );
  });

  it('reads only the languages that the reader reads, but a followed source in any', () => {
    const drawn = drawAll(
      { title: 'Brücke gesperrt', sources: ['de'], language: 'de' },
      { title: 'Pont fermé', sources: ['fr'], language: 'fr' },
      { title: 'Bridge closed', sources: ['en'], language: 'en' },
    );
    const titles = (sources: string[] | ['*']) =>
      titlesOf(selectFrom(drawn, { reader: { topics: ['world'], reads: ['en'], sources } })).sort();
    expect(titles(['*'])).toEqual(['Bridge closed']);
    expect(titles(['fr'])).toEqual(['Bridge closed', 'Pont fermé']);
  });

  it('lifts the reader’s own country in politics, business and sport, and nowhere else', () => {
    const drawn = drawAll(
      { title: 'Derby ends level', topics: ['sport'], sources: ['a'], country: 'GB' },
      { title: 'Skier wins again', topics: ['sport'], sources: ['b'], country: 'AT' },
      { title: 'Telescope finds ice', topics: ['science'], sources: ['c'], country: 'GB' },
      { title: 'Fossil found nearby', topics: ['science'], sources: ['d'], country: 'AT' },
    );
    const sections = (country: string | undefined) =>
      selectFrom(drawn, {
        reader: { topics: ['sport', 'science'], ...(country ? { country } : {}) },
      }).sections.map(({ chosen }) => chosen.map(({ telling }) => telling.title));
    expect(sections('AT')).toEqual([['Derby ends level'], ['Telescope finds ice', 'Fossil found nearby']]);
    expect(sections(undefined)).toEqual([['Skier wins again'], ['Telescope finds ice', 'Fossil found nearby']]);
  });

  // ranked-shelf.ts: LEAD_LIFT is 1.5; isOwnOf asks for no topic
  it('leads with the biggest of all, not with the fifth because it is the reader’s country’s; the world’s news is nobody’s', () => {
    const drawn = drawAll(
      { title: 'War breaks out', topics: ['world'], sources: ['a', 'b'] },
      ...[1, 2, 3].map((at) => ({
        title: `Storm ${at} hits coast`,
        topics: ['world' as const],
        sources: [`w${at}`, `x${at}`],
      })),
      { title: 'Envoys meet at the lake', topics: ['world', 'politics'], sources: ['c', 'd'], country: 'AT' },
      { title: 'Chancellor names a minister', topics: ['politics'], sources: ['e', 'f'], country: 'AT' },
    );
    const { lead, sections } = selectFrom(drawn, { reader: { topics: ['politics', 'world'], country: 'AT' } });
    expect(lead?.telling.title).toBe('War breaks out');
    expect(sections.map(({ chosen }) => chosen[0]?.telling.title)).toEqual([
      'Chancellor names a minister',
      'Storm 1 hits coast',
    ]);
  });

  it('finds keyword topics whatever their capitals, and says which as the reader typed it', () => {
    const drawn = drawAll(
      { title: 'Rates held again', topics: ['business'], keywords: ['interest rates'] },
      { title: 'Market slips', topics: ['business'] },
    );
    const selection = selectFrom(drawn, { reader: { keywords: ['Interest Rates'] } });
    expect(chosenTitled(selection, 'Rates held again').reason.because).toEqual({
      kind: 'keyword',
      keyword: 'Interest Rates',
    });
  });

  it('lets a vote move a topic and a source up or down', () => {
    const drawn = drawAll(
      { title: 'Alpha market', topics: ['business'], sources: ['a'] },
      { title: 'Beta match', topics: ['sport'], sources: ['b'] },
      { title: 'Gamma merger', topics: ['business'], sources: ['c'] },
      { title: 'Delta marathon', topics: ['sport'], sources: ['d'] },
    );
    const order = (votes: Parameters<typeof selectFrom>[1]['reader']) =>
      chosenInOrder(selectFrom(drawn, { reader: { topics: ['business', 'sport'], maxStories: 5, ...votes } }))
        .toSorted((x, y) => y.score - x.score)
        .map(({ telling }) => telling.source);
    expect(order({ votes: [{ on: { kind: 'topic', topic: 'sport' }, weight: 2 }] })).toEqual(['b', 'd', 'a', 'c']);
    expect(order({ votes: [{ on: { kind: 'source', source: 'a' }, weight: -2 }] })[0]).toBe('b');
    expect(order({ votes: [{ on: { kind: 'source', source: 'c' }, weight: 2 }] })[0]).toBe('c');
  });
});

describe('a thin digest', () => {
  it('is filled up to five with the day’s biggest, and says so', () => {
    const drawn = drawAll(
      { title: 'Soup of the year', topics: ['food'] },
      ...many(8, { topics: ['world'], sources: ['a'] }),
    );
    const selection = selectFrom(drawn, { reader: { topics: ['food'] } });
    expect(selection.filled).toBe(true);
    expect(selection.lead?.telling.title).toBe('Soup of the year');
    // the cap of three stories a source holds for what fills, too
    expect(chosenInOrder(selection)).toHaveLength(5);
  });

  it('is empty where nothing came since the last digest', () => {
    const old = drawAll(...many(10, { lastNewsAt: BASE_AT - 3 * DAY }));
    const memory = mailed(old.slice(0, 2), BASE_AT - DAY);
    expect(selectFrom(old, { reader: { topics: ['world'] }, memory })).toEqual({
      lead: null,
      sections: [],
      filled: false,
    });
    expect(selectFrom(old, { reader: { topics: ['world'] } }).lead).not.toBeNull();
  });
});

describe('private sources', () => {
  it('reach their followers alone', () => {
    const drawn = drawAll(
      { title: 'A rumour', sources: ['pmine'], topics: [], private: true, score: 9_000_000 },
      { title: 'Harbour reopens', sources: ['a'] },
    );
    expect(titlesOf(selectFrom(drawn, { reader: { topics: ['world'], sources: ['*'] } }))).toEqual(['Harbour reopens']);
    expect(titlesOf(selectFrom(drawn, { reader: { sources: ['pmine'] } }))).toContain('A rumour');
  });
});
