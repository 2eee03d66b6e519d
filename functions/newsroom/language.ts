import { kindsOfCharacters } from './characters.ts';
import { STOP_WORDS } from './stop-words.ts';
import { WordTable } from './word-table.ts';

const SCRIPTS: readonly (readonly [RegExp, string])[] = [
  [/[\p{Script=Hiragana}\p{Script=Katakana}]/u, 'ja'],
  [/\p{Script=Hangul}/u, 'ko'],
  [/\p{Script=Han}/u, 'zh'],
  [/\p{Script=Arabic}/u, 'ar'],
  [/\p{Script=Hebrew}/u, 'he'],
  [/\p{Script=Greek}/u, 'el'],
  [/\p{Script=Devanagari}/u, 'hi'],
  [/\p{Script=Thai}/u, 'th'],
  [/[іїєґ]/iu, 'uk'],
  [/\p{Script=Cyrillic}/u, 'ru'],
];

const scriptOf = (text: string): string | undefined => {
  const letters = text.match(/\p{L}/gu)?.length ?? 0;
  return SCRIPTS.find(([script]) => {
    const matches = text.match(new RegExp(script.source, `${script.flags}g`))?.length ?? 0;
    return matches > 0 && matches >= letters * 0.2;
  })?.[1];
};

const LANGUAGES = [...STOP_WORDS.keys()];

/** The languages in which a word is a stop word, by their places. */
const LANGUAGES_OF = new WordTable<number[]>();
for (const [place, language] of LANGUAGES.entries()) {
  for (const word of STOP_WORDS.get(language) ?? []) {
    const places = LANGUAGES_OF.find(word, 0, word.length);
    if (places) places.push(place);
    else LANGUAGES_OF.add(word, [place]);
  }
}

/** No stop word is longer. */
const LONGEST = Math.max(...[...STOP_WORDS.values()].flatMap((words) => Array.from(words, ({ length }) => length)));

const KIND = { letter: 1, other: 2 };
/** Letters beyond the basic plane are in no stop word, so they may well part words. */
const kindOf = kindsOfCharacters([[/[\p{L}']/u, KIND.letter]], KIND.other);

/** Counts the stop words of each language among the words of a text in lower case: runs of letters and apostrophes. */
const countStopWords = (text: string): number[] => {
  const counts = LANGUAGES.map(() => 0);
  let start = 0;
  for (let at = 0; at <= text.length; at++) {
    if (at < text.length && kindOf(text.charCodeAt(at)) === KIND.letter) continue;
    const places = at > start && at - start <= LONGEST ? LANGUAGES_OF.find(text, start, at) : undefined;
    if (places) for (const place of places) counts[place] = (counts[place] ?? 0) + 1;
    start = at + 1;
  }
  return counts;
};

/** The language whose stop words are most in a text, and how many more than of the declared one. */
const byStopWords = (text: string, declared: string): { language: string; lead: number } => {
  const counts = countStopWords(text);
  const own = counts[LANGUAGES.indexOf(declared)] ?? 0;
  const most = Math.max(...counts);
  return most > own
    ? { language: LANGUAGES[counts.indexOf(most)] ?? declared, lead: most - own }
    : { language: declared, lead: 0 };
};

/**
 * The language of a story: what its feed says, unless the text clearly speaks another one. Feeds that say nothing, or English by
 * default, are common.
 */
export const languageOfText = (text: string, declared: string): string => {
  if (declared === 'en' && text.length < 40 && !/[^\p{ASCII}]/u.test(text)) return 'en';
  const script = /[^\p{Script=Latin}\p{Script=Common}\p{Script=Inherited}]/u.test(text) ? scriptOf(text) : undefined;
  if (script)
    return declared && ['sr', 'bg', 'mk', 'fa', 'ur', 'mr', 'ne', 'uk', 'ru'].includes(declared) ? declared : script;
  const { language, lead } = byStopWords(text.toLowerCase(), declared);
  if (declared === '') return lead > 0 ? language : 'en';
  return lead >= 4 ? language : declared;
};
