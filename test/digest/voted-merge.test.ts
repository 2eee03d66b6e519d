import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { EditionView } from '../../functions/digest/edition-view.ts';
import { memoryOf } from '../../functions/digest/memory.ts';
import type { MergeInput, Walk } from '../../functions/digest/merge.ts';
import { tasteOf } from '../../functions/digest/taste.ts';
import { factorFor, votedMerge } from '../../functions/digest/voted-merge.ts';
import type { Preferences } from '../../functions/model/subscriber.ts';
import { somePreferences } from '../builders.ts';
import { draw, viewOf } from './newsroom.ts';

const SOURCES = 'a b c d e f'.split(' ');
const SHELVES = ['topic/world/en/day', 'top/en/day', ...SOURCES.map((source) => `source/${source}/day`)];

const news = fc.array(
  fc.record({
    title: fc.stringMatching(/^[a-z]{4,9} [a-z]{4,9}$/),
    sources: fc.uniqueArray(fc.constantFrom(...SOURCES), { minLength: 1, maxLength: 4 }),
    score: fc.integer({ min: 1, max: 1000 }),
  }),
  { minLength: 1, maxLength: 40 },
);

const source = fc.constantFrom(...SOURCES);

const voters: fc.Arbitrary<Preferences> = fc
  .record({
    sources: fc.uniqueArray(source, { maxLength: 3 }),
    mutes: fc.array(fc.record({ kind: fc.constant('source' as const), source }), { maxLength: 1 }),
    votes: fc.uniqueArray(
      fc.record({
        on: fc.record({ kind: fc.constant('source' as const), source }),
        weight: fc.integer({ min: -2, max: 2 }),
      }),
      { minLength: 1, maxLength: 3, selector: ({ on }) => on.source },
    ),
  })
  .map(somePreferences);

interface Step {
  place: number;
  from: number;
  value: number;
}

const stepsOf = (walk: Walk): Step[] => {
  const steps: Step[] = [];
  while (walk.next()) steps.push({ place: walk.place, from: walk.from, value: walk.value });
  return steps;
};

/** Every entry of every input, each with its value after the votes. */
const allSteps = (view: EditionView, inputs: readonly MergeInput[], factor: (place: number) => number): Step[] =>
  inputs.flatMap(({ shelf, weight }, from) =>
    Array.from(shelf.places, (place, at) => ({
      place,
      from,
      value: (shelf.values[at] ?? 0) * weight * factor(view.candidates[place]?.place ?? -1),
    })),
  );

const inOrder = (steps: readonly Step[]): Step[] =>
  [...steps].sort((a, b) => b.value - a.value || a.from - b.from || a.place - b.place);

describe('a walk with votes', () => {
  // voted-merge.ts: #next gives voted places too; or Voted begins at 1, or #sink does nothing; or the factor of the others is 1
  it('gives every entry once, each lowered by its own vote, in falling order', () => {
    fc.assert(
      fc.property(news, voters, fc.array(fc.integer({ min: 1, max: 4 })), (sketches, reader, weights) => {
        const view = viewOf(sketches.map(draw));
        const inputs = SHELVES.map((id, at) => ({ shelf: view.shelf(id), weight: (weights[at] ?? 2) / 2 }));
        const taste = tasteOf(view, reader, memoryOf([]), new Set());
        const factor = factorFor(taste, taste.bestVote ?? 0);
        const expected = allSteps(view, inputs, (place) => factor({ place }));
        const steps = stepsOf(votedMerge(taste, inputs, view.candidates));
        expect(steps.map(({ value }) => value)).toEqual(steps.map(({ value }) => value).sort((a, b) => b - a));
        expect(inOrder(steps)).toEqual(inOrder(expected));
      }),
    );
  });
});
