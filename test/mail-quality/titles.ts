import fc from 'fast-check';

/** Titles of every script and habit, the same in each run: with emoji, marks, controls, quotes, words of any length. */
export const randomTitles = (count: number): string[] =>
  fc
    .sample(
      fc.oneof(
        fc.string({ unit: 'grapheme', minLength: 1, maxLength: 200 }),
        fc.string({ unit: 'binary', minLength: 1, maxLength: 120 }),
        fc
          .array(
            fc.constantFrom(
              'Regen',
              '"Ruhe"',
              'موضوع',
              '新聞',
              '🌧️',
              '👩🏽‍🚀',
              'é',
              'e\u0301',
              '=?utf-8?Q?x?=',
              '\\',
              ',',
            ),
            {
              minLength: 1,
              maxLength: 40,
            },
          )
          .map((words) => words.join(' ')),
      ),
      { numRuns: count, seed: 20261123 },
    )
    .map((title) => title.trim() || 'Rain');
