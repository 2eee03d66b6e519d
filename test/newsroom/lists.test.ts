import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Lists } from '../../functions/newsroom/lists.ts';

type Entry = [number: number, weight: number];

const LISTS = 1500;

const step = fc.record({
  list: fc.oneof(fc.integer({ min: 0, max: 5 }), fc.integer({ min: 0, max: LISTS - 1 })),
  number: fc.integer({ min: 0, max: 30 }),
  act: fc.oneof(
    { weight: 12, arbitrary: fc.constant('push' as const) },
    { weight: 3, arbitrary: fc.constant('remove' as const) },
    { weight: 1, arbitrary: fc.constantFrom('drop' as const, 'clear' as const, 'reserve' as const) },
  ),
});

/** The same done to plain arrays. */
const change = (known: Entry[], { act, number }: { act: string; number: number }, weight: number): Entry[] => {
  const at = known.findIndex(([each]) => each === number);
  if (act === 'push') return [...known, [number, weight]];
  if (act === 'remove') return known.filter((_, i) => i !== at);
  if (act === 'reserve') return known;
  return act === 'drop' ? known.slice(2) : [];
};

describe('many lists in flat arrays', () => {
  // fails if a block is given to two lists, if a list forgets where it moved, or if taking out changes the order
  it('hold what as many arrays hold', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 4000, size: 'max' }), (steps) => {
        const lists = new Lists(Float64Array);
        const known = new Map<number, Entry[]>();
        steps.forEach((each, weight) => {
          const { list, number, act } = each;
          const before = known.get(list) ?? [];
          if (act === 'push') lists.push(list, number, weight);
          if (act === 'remove') lists.remove(list, number);
          if (act === 'drop' && before.length >= 2) lists.drop(list, 2);
          if (act === 'clear') lists.clear(list);
          if (act === 'reserve') lists.reserve(list, number);
          if (act !== 'drop' || before.length >= 2) known.set(list, change(before, each, weight));
        });
        for (const [list, entries] of known) {
          const start = lists.starts[list] ?? 0;
          const held = Array.from(
            { length: lists.lengths[list] ?? 0 },
            (_, i): Entry => [lists.numbers[start + i] ?? -1, lists.weights[start + i] ?? -1],
          );
          expect(held).toEqual(entries);
        }
      }),
      { numRuns: 30 },
    );
  });
});
