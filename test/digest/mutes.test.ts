import { describe, expect, it } from 'vitest';
import { chosenInOrder } from '../../functions/model/digest.ts';
import { draw, drawAll, selectFrom, titlesOf } from './newsroom.ts';

describe('mutes', () => {
  const drawn = drawAll(
    { title: 'Élection: the count begins', sources: ['a', 'b'], topics: ['politics'] },
    { title: 'Selection of cheeses', sources: ['b'], topics: ['food'] },
    { title: 'Harbour reopens', sources: ['a', 'b'], topics: ['world'] },
  );
  const reader = { topics: ['politics', 'food', 'world'] as const };
  const left = (mutes: Parameters<typeof selectFrom>[1]['reader']) =>
    chosenInOrder(selectFrom(drawn, { reader: { ...reader, topics: [...reader.topics], ...mutes } }))
      .map(({ telling }) => `${telling.title} (${telling.source})`)
      .sort();

  it.each([
    ['a word, whatever case and accents', 'ELECTION', ['Harbour reopens (a)', 'Selection of cheeses (b)']],
    ['a phrase', 'the count', ['Harbour reopens (a)', 'Selection of cheeses (b)']],
    [
      'no part of a word',
      'lection',
      ['Harbour reopens (a)', 'Selection of cheeses (b)', 'Élection: the count begins (a)'],
    ],
  ])('%s', (_, words, expected) => {
    expect(left({ mutes: [{ kind: 'words', words }] })).toEqual(expected);
  });

  it('a source: its events are told by others, or not at all', () => {
    expect(left({ mutes: [{ kind: 'source', source: 'a' }] })).toEqual([
      'Harbour reopens (b)',
      'Selection of cheeses (b)',
      'Élection: the count begins (b)',
    ]);
    expect(left({ mutes: [{ kind: 'source', source: 'b' }] })).toEqual([
      'Harbour reopens (a)',
      'Élection: the count begins (a)',
    ]);
  });

  // wishes.ts: sourceShelves takes muted sources too; 'You follow The a' then stood beside what b told
  it('a source that is followed: nothing is there because it is', () => {
    const selection = selectFrom(drawn, { reader: { sources: ['a'], mutes: [{ kind: 'source', source: 'a' }] } });
    expect(chosenInOrder(selection).filter(({ reason }) => reason.because.kind === 'source')).toEqual([]);
  });

  it('a topic', () => {
    expect(left({ mutes: [{ kind: 'topic', topic: 'politics' }] })).toEqual([
      'Harbour reopens (a)',
      'Selection of cheeses (b)',
    ]);
  });

  it('a word that no title holds changes nothing, also where a free telling tells something else', () => {
    const told = draw({
      title: 'Ferry strike ends',
      sources: ['a', 'b'],
      titles: ['Ferry strike ends', 'What the ferry cost'],
      access: ['paid', 'free'],
    });
    const tellings = told.event.tellings.map((each) =>
      each.source === 'b' ? { ...each, apart: true as const } : each,
    );
    const drawn = [{ ...told, event: { ...told.event, tellings } }];
    const plain = selectFrom(drawn, { reader: { topics: ['world'] } });
    expect(plain.lead?.telling.source).toBe('a');
    for (const mute of [{ kind: 'words', words: 'hockey' } as const, { kind: 'source', source: 'c' } as const])
      expect(selectFrom(drawn, { reader: { topics: ['world'], mutes: [mute] } })).toEqual(plain);
  });

  it('a word in a script without spaces', () => {
    const japanese = drawAll({ title: '東京株式市場が反落', language: 'ja' }, { title: '大雪に注意', language: 'ja' });
    const titles = titlesOf(
      selectFrom(japanese, { reader: { topics: ['world'], reads: ['ja'], mutes: [{ kind: 'words', words: '株式' }] } }),
    );
    expect(titles).toEqual(['大雪に注意']);
  });
});
