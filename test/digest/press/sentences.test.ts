import { expect, test } from 'vitest';
import { firstSentences } from '../../../functions/digest/press/sentences.ts';

const LONG = `Word ${'word '.repeat(70)}end.`;

test.each([
  ['One here. Two here. Three here.', 'One here. Two here.'],
  ['One here. Two here.', 'One here. Two here.'],
  [
    'The leader who U.S. President Smith said was seen. A second. A third.',
    'The leader who U.S. President Smith said was seen. A second.',
  ],
  ['It rained on Jan. 5 for 3.5 hours. Then not. Then again.', 'It rained on Jan. 5 for 3.5 hours. Then not.'],
  ['Dr. Ada and Mr. Bob met Gov. Cidra. They spoke. They left.', 'Dr. Ada and Mr. Bob met Gov. Cidra. They spoke.'],
  ['«Ja.» Er nickte. Dann ging er.', '«Ja.» Er nickte.'],
  ['¿Quién? ¡Nadie! Y ya.', '¿Quién? ¡Nadie!'],
  ['عاد الطائر. ثم طار؟ نعم. لا.', 'عاد الطائر. ثم طار؟'],
  ['Short one. A second that the feed cut in the mid…', 'Short one. A second that the feed cut in the mid…'],
  [`Short one. ${LONG} Third.`, 'Short one.'],
  [LONG, LONG],
  ['', ''],
])('%j is shown as %j', (text, shown) => {
  expect(firstSentences(text)).toBe(shown);
});
