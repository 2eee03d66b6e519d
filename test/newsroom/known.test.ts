import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { markOf, remember, unpackKnown } from '../../functions/newsroom/known.ts';

const marks = fc.array(
  fc.integer({ min: 0, max: 2000 }).map((n) => markOf(`${n}`)),
  { maxLength: 300 },
);
const NOTHING = new Uint8Array();

describe('what a source has brought before', () => {
  it('knows everything of the current document, whatever was before', () => {
    fc.assert(
      fc.property(marks, marks, (before, now) => {
        const known = new Set(unpackKnown(remember(remember(NOTHING, before), now)));
        expect(now.every((mark) => known.has(mark))).toBe(true);
      }),
    );
  });

  it('stays within 800 marks of six bytes, without doubles', () => {
    fc.assert(
      fc.property(fc.array(marks, { maxLength: 6 }), (documents) => {
        const packed = documents.reduce(remember, NOTHING);
        expect(packed.length).toBeLessThanOrEqual(4800);
        const list = unpackKnown(packed);
        expect(new Set(list).size).toBe(list.length);
      }),
    );
  });

  it('gives the same bytes back when nothing is new, so that nothing is written', () => {
    fc.assert(
      fc.property(marks, fc.integer({ min: 0, max: 300 }), (before, some) => {
        const packed = remember(NOTHING, before);
        expect(remember(packed, before.slice(some))).toBe(packed);
      }),
    );
  });

  it('remembers what left the feed for a while', () => {
    const packed = remember(remember(NOTHING, [markOf('old')]), [markOf('new')]);
    expect(unpackKnown(packed)).toContain(markOf('old'));
  });
});
