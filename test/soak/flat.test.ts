import { expect, test } from 'vitest';
import { judgeMemory, lineThrough } from '../../infra/soak/flat.ts';

const days = (heapOf: (day: number) => number): number[] => Array.from({ length: 30 }, (_, day) => heapOf(day));
/** Quiet week-ends: the news of six days comes again and again. */
const news = (day: number): number => [20, 22, 9, 8, 24, 21][day % 6] ?? 0;

test('a line through samples has their slope and mean', () => {
  expect(lineThrough([1, 3, 5, 7])).toEqual({ slope: 2, mean: 4 });
  expect(() => lineThrough([1])).toThrow('two samples');
});

test('memory that rises and falls with the news is flat', () => {
  expect(judgeMemory(days((day) => 100 + news(day)))).toMatchObject({ judged: true, flat: true, days: 18 });
});

test('memory that grows while windows fill, and no longer, is flat', () => {
  expect(judgeMemory(days((day) => 50 + Math.min(day, 8) * 10))).toMatchObject({ flat: true });
});

test('a leak of half a megabyte a day on a hundred is found', () => {
  expect(judgeMemory(days((day) => 100 + news(day) + day / 2))).toMatchObject({ judged: true, flat: false });
});

test('a run of a few days is not judged', () => {
  expect(judgeMemory([100, 200, 300])).toMatchObject({ judged: false });
});
