import { keywordKey } from '../model/keyword.ts';

/** What stands between keywords: commas and semicolons of Latin, Arabic and East Asian keyboards, and line ends. */
const SEPARATORS = /[,;\u060c\u061b\u3001\uff0c\uff1b\r\n]+/;

/** The letters, digits and signs that East Asian keyboards also write as wide as a syllable. */
const FULL_WIDTH = /[\uff01-\uff5e]/g;

const FROM_FULL_WIDTH_TO_ASCII = 0xfee0;

const narrow = (words: string): string =>
  words.replace(FULL_WIDTH, (sign) => String.fromCharCode(sign.charCodeAt(0) - FROM_FULL_WIDTH_TO_ASCII));

/** Quotes that open or close; one left alone had its twin beyond a comma. An apostrophe alone is part of a name: ’t Hooft. */
const OUTER_QUOTES = /^["“”„«»「『《]+\s*|\s*["“”„«»」』》]+$/gu;

const SINGLE_QUOTES = /^['‘‚‹›]\s*(.+?)\s*['’‘‹›]$/u;

const withoutQuotes = (words: string): string => words.replace(OUTER_QUOTES, '').replace(SINGLE_QUOTES, '$1');

/** Signs that nobody sees, and that a copied text brings along: none of those that join letters (Persian, emoji). */
const UNSEEN = /[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]/g;

/** What ends a sentence is no part of a keyword, unless it has other points: U.S. */
const withoutEnd = (words: string): string => {
  const bare = words.replace(/[.:?…。？]+$/u, '').trim();
  return bare.includes('.') ? words : bare;
};

/** Much longer than any keyword may be, quotes and all: what is longer is refused as it stands, as taking off its rims takes ever longer. */
const LONGEST = 200;

const tidied = (words: string): string => {
  const line = narrow(words).trim().replace(/\s+/g, ' ');
  return line.length > LONGEST ? line : withoutQuotes(withoutEnd(withoutQuotes(line)));
};

/** The keywords of a form's field in plain letters, without quotes around them: every keyword is a phrase, as quotes make one elsewhere. */
export const typedKeywords = (values: readonly string[]): string[] => {
  const typed = values.flatMap((value) => value.replace(UNSEEN, '').split(SEPARATORS));
  return [...new Set(typed.map(tidied).filter(Boolean))];
};

/** Of keywords that are one but for capitals the first stays: it is where the reader put it. */
export const uniqueKeywords = (words: readonly string[]): string[] => {
  const byKey = new Map<string, string>();
  for (const each of words) if (!byKey.has(keywordKey(each))) byKey.set(keywordKey(each), each);
  return [...byKey.values()];
};
