import { expect, it } from 'vitest';
import { ByLanguage } from '../../functions/newsroom/by-language.ts';

it('makes one for each language, and keeps few however many are named', () => {
  let made = 0;
  const words = new ByLanguage((language) => {
    made++;
    return { language };
  });
  const english = words.of('en');
  for (let n = 0; n < 20; n++) words.of(`a${n % 10}`);
  expect([words.of('en'), made]).toEqual([english, 11]);
  // fails if nothing is ever let go: then the first would still be the one made before
  for (let n = 0; n < 18_000; n++) words.of(`b${n}`);
  const before = made;
  expect(words.of('b0')).toEqual({ language: 'b0' });
  expect(made).toBe(before + 1);
  expect(words.of('en')).not.toBe(english);
});
