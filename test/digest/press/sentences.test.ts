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
  ['It belongs to the USA. Enough of that. The end.', 'It belongs to the USA. Enough of that.'],
  ['EE. UU. Biden habló. Y ya. Fin.', 'EE. UU. Biden habló. Y ya.'],
  ['Prof. Ada spoke, ca. 50 heard. Then they ate. Then they slept.', 'Prof. Ada spoke, ca. 50 heard. Then they ate.'],
  ['He called “Dr. Bob” in. He came. He left.', 'He called “Dr. Bob” in. He came.'],
  ['It rose to 45. Critics spoke. Nobody heard.', 'It rose to 45. Critics spoke.'],
  ['首相は発表した。円安が続く。野党は批判した。', '首相は発表した。円安が続く。'],
  ['「はい。」と彼は言った。雨が降った。風が吹いた。', '「はい。」と彼は言った。雨が降った。'],
  ['यह पहला है। यह दूसरा है। यह तीसरा है।', 'यह पहला है। यह दूसरा है।'],
])('%j is shown as %j', (text, shown) => {
  expect(firstSentences(text)).toBe(shown);
});

test.each([
  [
    'de',
    'Das sagte sie am 3. Mai in Berlin. Mehr folgt. Nichts folgte.',
    'Das sagte sie am 3. Mai in Berlin. Mehr folgt.',
  ],
  ['de', 'Im 19. Jahrhundert war es 2026. Nun nicht. Nie.', 'Im 19. Jahrhundert war es 2026. Nun nicht.'],
  ['en', 'She came in on May 3. Berlin was cold. It snowed.', 'She came in on May 3. Berlin was cold.'],
])('in %s, %j is shown as %j', (language, text, shown) => {
  expect(firstSentences(text, language)).toBe(shown);
});
