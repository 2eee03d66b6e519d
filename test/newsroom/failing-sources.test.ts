import { expect, it } from 'vitest';
import type { Source } from '../../functions/model/source.ts';
import { tellFailing } from '../../functions/newsroom/failing-sources.ts';
import { aSource, BASE_AT } from '../builders.ts';
import { recordingLog } from '../fakes.ts';

const failed = (times: number): Source => aSource({ failing: { why: 'timeout', sinceAt: BASE_AT, times } });
const many = (count: number, source: Source): Source[] => Array.from({ length: count }, () => source);

it.each([
  ['none fails', many(100, aSource({})), 0],
  ['a quarter fails again and again', [...many(25, failed(2)), ...many(75, aSource({}))], 0],
  ['more than a quarter does', [...many(26, failed(2)), ...many(74, aSource({}))], 1],
  ['all failed once', many(100, failed(1)), 0],
  ['all four of a small catalogue fail', many(4, failed(9)), 0],
  ['all five do', many(5, failed(9)), 1],
  ['they are addresses that readers mistyped', many(9, { ...failed(9), standing: 'private' }), 0],
  ['those that failed have ended', [...many(60, { ...failed(9), endedAt: BASE_AT }), ...many(40, aSource({}))], 0],
])('%s', (_what, sources, lines) => {
  const log = recordingLog();
  tellFailing(log, sources);
  expect(log.lines.filter(({ event }) => event === 'sources.failing')).toHaveLength(lines);
});
