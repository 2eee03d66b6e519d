import { expect, it } from 'vitest';
import { keyword, keywordKey } from '../../functions/model/keyword.ts';

it.each([
  ['  Interest   Rates ', 'Interest Rates', 'interest rates'],
  ['cafe\u0301', 'caf\u00e9', 'caf\u00e9'],
  ['ai', 'AI', 'AI'],
  ['Xi', 'Xi', 'Xi'],
  ['c#', 'C#', 'c#'],
  ['\u00df1', '\u00df1', '\u00df1'],
  ['中国', '中国', '中国'],
])('%j is shown as %s and counted as %s, which is its own key', (typed, shown, key) => {
  expect(keyword.parse(typed)).toBe(shown);
  expect(keyword.parse(shown)).toBe(shown);
  expect(keywordKey(shown)).toBe(key);
  expect(keywordKey(key)).toBe(key);
});
