import * as z from 'zod';

/** Two signs are a word where they are words or syllables (中国, 서울), and an abbreviation elsewhere: AI, EU, 5G, C#. */
const TWO_SIGNS = /^[\p{L}\p{N}][\p{L}\p{N}#]$/u;

/** Two letters of a script that has capitals. */
const TWO_LETTERS = /^[\p{Ll}\p{Lu}\p{N}]{2}$/u;

/** Whether a keyword is told by its capitals: in small letters 'US' is a pronoun and 'AI' a French verb, and 'Xi' is no 'XI'. */
export const goesByCapitals = (words: string): boolean => TWO_LETTERS.test(words);

/** Two signs without a capital are an abbreviation typed in haste. */
const shown = (words: string): string => {
  const capitals = words.toUpperCase();
  const isHasty = TWO_SIGNS.test(words) && words === words.toLowerCase() && capitals.length === words.length;
  return isHasty ? capitals : words;
};

/**
 * A keyword topic as it was typed, for it is shown so: 'Iran', 'ECB'. 2 to 40 characters, at most 5 words, single spaces. Whatever compares
 * or counts goes by its key.
 */
export const keyword = z
  .string()
  .trim()
  .transform((words) => shown(words.normalize('NFC').replace(/\s+/g, ' ')))
  .pipe(
    z
      .string()
      .refine((words) => words.length >= 3 || TWO_SIGNS.test(words), 'at least 2 letters')
      .max(40, 'at most 40 characters')
      .refine((words) => words.split(' ').length <= 5, 'at most 5 words'),
  );

/** A keyword folded, told apart by its type from one that is shown. */
export type KeywordKey = string & z.$brand<'KeywordKey'>;

/** What 'Iran' and 'iran' have in common: shelves and the register of what is followed go by it. The key of a key is itself. */
export const keywordKey = (words: string): KeywordKey => {
  const composed = words.normalize('NFC');
  return (goesByCapitals(composed) ? composed : composed.toLowerCase()) as KeywordKey;
};
