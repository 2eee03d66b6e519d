import { describe, expect, it } from 'vitest';
import { chosenInOrder } from '../../functions/model/digest.ts';
import { aPick, BASE_AT } from '../builders.ts';
import { chosenTitled, drawAll, many, selectFrom } from './newsroom.ts';

describe('reserved places', () => {
  it('keeps one for the biggest event, whatever the reader follows', () => {
    const drawn = drawAll(
      { title: 'Earthquake off the coast', sources: ['a', 'b', 'c'], topics: ['world'] },
      ...many(12, { topics: ['food'], sources: ['cook'] }),
    );
    const selection = selectFrom(drawn, { reader: { topics: ['food'], maxStories: 5 } });
    expect(chosenTitled(selection, 'Earthquake off the coast').reason.because).toEqual({ kind: 'biggest' });
    expect(selection.lead?.topic).toBe('food');
  });

  // select.ts: claimOfBiggest gives { kind: 'biggest' } alone
  it('lets the biggest event lead where it is one of the reader’s keyword', () => {
    const drawn = drawAll(
      { title: 'Earthquake off the coast', sources: ['a', 'b', 'c'], topics: ['world'], keywords: ['earthquake'] },
      ...many(12, { topics: ['food'], sources: ['cook'] }),
    );
    const reader = { topics: ['food' as const], keywords: ['bakers', 'earthquake'], maxStories: 5 };
    const { lead } = selectFrom(drawn, { reader });
    expect(lead?.telling.title).toBe('Earthquake off the coast');
    expect(lead?.reason.because).toEqual({ kind: 'keyword', keyword: 'earthquake' });
  });

  it('keeps one for a pick that still runs, in a language of the reader’s', () => {
    const drawn = drawAll(
      { title: 'A long read' },
      { title: 'Ein langer Text', language: 'de' },
      { title: 'Too late now' },
    );
    const [read, text, late] = drawn.map(({ event }) => event.id);
    const picks = [
      aPick({ event: late ?? '', until: BASE_AT }),
      aPick({ event: text ?? '', language: 'de' }),
      aPick({ event: read ?? '', note: 'Worth it.' }),
    ];
    const selection = selectFrom(drawn, { reader: { topics: ['food'] }, picks });
    expect(chosenInOrder(selection).filter(({ reason }) => reason.because.kind === 'pick')).toMatchObject([
      { telling: { title: 'A long read' }, reason: { because: { note: 'Worth it.' } } },
    ]);
  });
});
