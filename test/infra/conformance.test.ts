import { describe, expect, it } from 'vitest';
import { meetsBar, resultOf } from '../../infra/conformance/case.ts';

const cases = (ok: number, ...failed: string[]) => [
  ...Array.from({ length: ok }, (_, i) => ({ id: `good/${i}`, ok: true })),
  ...failed.map((id) => ({ id, ok: false })),
];
const odd = [{ ids: /^odd\//, why: 'odd' }];

describe('the result of a group', () => {
  it('counts excluded cases in the total, and excludes failed ones only', () => {
    expect(resultOf('g', cases(98, 'odd/1', 'bad/1'), odd)).toEqual({
      group: 'g',
      total: 100,
      passed: 98,
      failed: ['bad/1'],
      excluded: [{ id: 'odd/1', why: 'odd' }],
    });
    expect(resultOf('g', [{ id: 'odd/1', ok: true }], odd)).toMatchObject({ passed: 1, excluded: [] });
  });

  it('excludes at most two in a hundred', () => {
    const { failed, excluded } = resultOf('g', cases(95, 'odd/1', 'odd/2', 'odd/3', 'odd/4', 'odd/5'), odd);
    expect([excluded.length, failed]).toEqual([2, ['odd/3', 'odd/4', 'odd/5']]);
  });

  it.each([
    ['feeds/feedparser', 95, 5, true],
    ['feeds/feedparser', 94, 6, false],
    ['dates', 99, 1, false],
    ['dates', 100, 0, true],
  ])('%s with %i passed and %i failed meets its bar: %s', (group, ok, bad, expected) => {
    const failed = Array.from({ length: bad }, (_, i) => `bad/${i}`);
    expect(meetsBar(resultOf(group, cases(ok, ...failed)))).toBe(expected);
  });
});
