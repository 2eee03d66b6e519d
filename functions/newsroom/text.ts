import { stem } from './stem.ts';
import { STOP_WORDS } from './stop-words.ts';

/** One word of a text, ready to compare. */
export interface Word {
  /** The lower-case word without a possessive. */
  plain: string;
  stem: string;
  /** Written like a name: capital inside a sentence. */
  name: boolean;
  number: boolean;
  stop: boolean;
}

const WORD = /[\p{L}\p{N}][\p{L}\p{N}\p{M}]*(?:[.'’&][\p{L}\p{N}][\p{L}\p{N}\p{M}]*)*/gu;
const NO_SPACES =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Khmer}\p{Script=Lao}\p{Script=Myanmar}]/u;
const CAPITAL = /^\p{Lu}/u;
const ACRONYM = /^\p{Lu}{2,}$/u;
const SENTENCE_END = /[.!?:…]["'”’»)\]]*\s*["'“‘«([]?$/;

const segmenters = new Map<string, Intl.Segmenter>();

const segmenterFor = (language: string): Intl.Segmenter => {
  const known = segmenters.get(language);
  if (known) return known;
  const made = new Intl.Segmenter(language || 'ja', { granularity: 'word' });
  segmenters.set(language, made);
  return made;
};

/** Raw words with the place they start at; scripts without spaces are cut by the platform's dictionary. */
function* cut(text: string, language: string): Iterable<[raw: string, start: number]> {
  if (!NO_SPACES.test(text)) {
    for (const match of text.matchAll(WORD)) yield [match[0], match.index];
    return;
  }
  for (const { segment, index, isWordLike } of segmenterFor(language).segment(text)) {
    if (isWordLike) yield [segment, index];
  }
}

/** True where most words are capitalised, so that capitals say nothing about names. */
const inTitleCase = (raws: readonly [string, number][]): boolean => {
  const long = raws.filter(([raw]) => raw.length > 3);
  return long.length > 2 && long.filter(([raw]) => CAPITAL.test(raw)).length / long.length > 0.7;
};

/** The words of a text in order. Empty for an empty text. */
export const wordsOf = (text: string, language: string): Word[] => {
  const raws = [...cut(text, language)];
  const shout = inTitleCase(raws);
  const stops = STOP_WORDS.get(language || 'en');
  return raws.map(([raw, start]) => {
    const plain = raw.replaceAll('’', "'").toLowerCase().replace(/'s$/, '');
    const opens = start === 0 || SENTENCE_END.test(text.slice(Math.max(0, start - 4), start));
    return {
      plain,
      stem: stem(plain, language),
      name: CAPITAL.test(raw) && (ACRONYM.test(raw) || !(shout || opens)),
      number: /^\p{N}/u.test(raw),
      stop: (stops?.has(plain) ?? false) || (plain.length < 2 && /^[\p{Script=Latin}]$/u.test(plain)),
    };
  });
};

/** A 32-bit hash of a term (FNV-1a, mixed); `seed` keeps the terms of different languages apart. */
export const hashTerm = (term: string, seed = 0): number => {
  let hash = (0x811c9dc5 ^ seed) >>> 0;
  for (let i = 0; i < term.length; i++) hash = Math.imul(hash ^ term.charCodeAt(i), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
};

const seeds = new Map<string, number>([
  ['en', 0],
  ['', 0],
]);

/** The hash seed of a language: 0 for English, whose terms the shipped tables hold. */
export const seedOf = (language: string): number => {
  const known = seeds.get(language);
  if (known !== undefined) return known;
  const made = hashTerm(`language ${language}`);
  seeds.set(language, made);
  return made;
};
