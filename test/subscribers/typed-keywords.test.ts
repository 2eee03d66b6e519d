import { describe, expect, it } from 'vitest';
import { typedKeywords, uniqueKeywords } from '../../functions/subscribers/typed-keywords.ts';

describe('keywords as they were typed', () => {
  it.each([
    ['"interest rates"', ['interest rates']],
    ["“Iran”, «ECB», „Bundestag“, ‘Rome’, 'Paris'", ['Iran', 'ECB', 'Bundestag', 'Rome', 'Paris']],
    ['"Iran, ECB"', ['Iran', 'ECB']],
    ['«\u202fÉlysée\u202f»', ['Élysée']],
    ['「中国」，「東京」', ['中国', '東京']],
    ['"", Iran', ['Iran']],
  ])('lose the quotes around them: %s', (field, keywords) => {
    expect(typedKeywords([field])).toEqual(keywords);
  });

  it.each([
    ['Quillon., Iran?, tea: ', ['Quillon', 'Iran', 'tea']],
    ['“Iran.”, U.S., Yahoo!, C++, .', ['Iran', 'U.S.', 'Yahoo!', 'C++']],
    ['Ir\u200ban\u202e, می\u200cخواهم', ['Iran', 'می\u200cخواهم']],
  ])('lose what ends a sentence, and signs that nobody sees: %j', (field, keywords) => {
    expect(typedKeywords([field])).toEqual(keywords);
  });

  it('keep an apostrophe that is part of a name', () => {
    const names = ['’t Hooft', 'Rock ’n’ Roll', 'O’Hara', 'Hawai‘i', 'Ballets Russes’'];
    expect(typedKeywords([names.join(', ')])).toEqual(names);
  });

  it('are in plain letters, though a keyboard wrote them wide', () => {
    expect(typedKeywords(['ＩＲＡＮ，Ｃ＃；５Ｇ，カタカナ'])).toEqual(['IRAN', 'C#', '5G', 'カタカナ']);
  });

  it('are one where only capitals or the composition of letters differ: the first stays', () => {
    expect(uniqueKeywords(['Iran', 'IRAN', 'caf\u00e9', 'Cafe\u0301', 'iran'])).toEqual(['Iran', 'caf\u00e9']);
  });

  // without `tidied`'s two bounds 16,000 signs, as a form holds, take half an hour, and these days
  it('are read as soon as others, whatever a stranger fills the field with', () => {
    for (const sign of [' ', '"', '.', " '", '" '])
      expect(typedKeywords([`'${sign.repeat(60_000)}x`, `x${sign.repeat(60_000)}x`]).length).toBeLessThanOrEqual(2);
    expect(typedKeywords([`"interest${' '.repeat(60_000)}rates"`])).toEqual(['interest rates']);
  });
});
