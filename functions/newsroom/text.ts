import { ByLanguage } from './by-language.ts';
import { kindsOfCharacters } from './characters.ts';
import { type Cut, cut } from './cut.ts';
import { stem } from './stem.ts';
import { STOP_WORDS } from './stop-words.ts';
import { WordTable } from './word-table.ts';

/** One word of a text, ready to compare. Shared by all texts that hold it, and small: the words at hand are to fit the processor's cache. */
export interface Word {
  /** The lower-case word without a possessive. */
  readonly plain: string;
  /** Hash of the stem, kept apart from other languages' stems; signed, as numbers above 2^31 would be objects of their own. */
  readonly term: number;
  /** State of the hash over the plain word, not yet mixed. */
  readonly state: number;
  readonly number: boolean;
  readonly stop: boolean;
  /** How many capitals it begins with: none, at least one, or nothing but capitals. */
  readonly capitals: 'none' | 'first' | 'all';
}

/** The words of a text in order. */
export interface Reading {
  readonly words: readonly Word[];
  /** Which of them are written like names: with a capital inside a sentence. */
  readonly names: readonly boolean[];
}

const CAPITAL = /^\p{Lu}/u;
const ACRONYM = /^\p{Lu}{2,}$/u;
const SENTENCE_END = /[.!?:…]["'”’»)\]]*\s*["'“‘«([]?$/;

const lookInto = (raw: string, language: string): Word => {
  const plain = raw.replaceAll('’', "'").toLowerCase().replace(/'s$/, '');
  return {
    plain,
    term: hashTerm(stem(plain, language), seedOf(language)) | 0,
    state: run(plain, START),
    number: /^\p{N}/u.test(raw),
    stop:
      (STOP_WORDS.get(language || 'en')?.has(plain) ?? false) ||
      (plain.length < 2 && /^[\p{Script=Latin}]$/u.test(plain)),
    capitals: ACRONYM.test(raw) ? 'all' : CAPITAL.test(raw) ? 'first' : 'none',
  };
};

/** The same few thousand words make up nearly all texts, so each is looked into once, and again when too many came by. */
const lexicons = new ByLanguage(() => new WordTable<Word>());
const MOST_WORDS = 50_000;
/** Longer words are rare. */
const LONGEST = 24;

/** A copy of a part of a text: what is merely cut out of it may hold on to the whole. */
const copyOf = (text: string, start: number, end: number): string => {
  const codes: number[] = [];
  for (let at = start; at < end; at++) codes.push(text.charCodeAt(at));
  return String.fromCharCode(...codes);
};

const lookUp = (text: string, start: number, end: number, language: string, lexicon: WordTable<Word>): Word => {
  if (end - start > LONGEST) return lookInto(text.slice(start, end), language);
  const known = lexicon.find(text, start, end);
  if (known) return known;
  const raw = copyOf(text, start, end);
  const word = lookInto(raw, language);
  if (lexicon.size >= MOST_WORDS) lexicon.clear();
  lexicon.add(raw, word);
  return word;
};

/** True where most words are capitalised, so that capitals say nothing about names. */
const inTitleCase = ({ starts, ends }: Cut, words: readonly Word[]): boolean => {
  let [long, capitals] = [0, 0];
  for (let i = 0; i < words.length; i++) {
    if ((ends[i] ?? 0) - (starts[i] ?? 0) <= 3) continue;
    long++;
    if (words[i]?.capitals !== 'none') capitals++;
  }
  return long > 2 && capitals / long > 0.7;
};

/** The reading of an empty text. */
export const NOTHING_READ: Reading = { words: [], names: [] };

/** In so many characters before a word the end of a sentence is looked for. */
const BEFORE = 4;
const SIGN = { ending: 1, other: 2 };
const signOf = kindsOfCharacters([[/[.!?:…]/, SIGN.ending]], SIGN.other);

/** Whether a word there begins a sentence. Most have no end of one anywhere near, so the expression is seldom needed. */
const opens = (text: string, start: number): boolean => {
  if (start === 0) return true;
  const from = Math.max(0, start - BEFORE);
  for (let at = from; at < start; at++) {
    if (signOf(text.charCodeAt(at)) === SIGN.ending) return SENTENCE_END.test(text.slice(from, start));
  }
  return false;
};

/** Reads a text. It has no words if it is empty. */
export const readText = (text: string, language: string): Reading => {
  const places = cut(text, language);
  const lexicon = lexicons.of(language);
  const words: Word[] = [];
  for (let i = 0; i < places.starts.length; i++) {
    words.push(lookUp(text, places.starts[i] ?? 0, places.ends[i] ?? 0, language, lexicon));
  }
  const shout = inTitleCase(places, words);
  const names = words.map(
    ({ capitals }, i) => capitals === 'all' || (capitals === 'first' && !shout && !opens(text, places.starts[i] ?? 0)),
  );
  return { words, names };
};

/** The words of a text in order. Empty for an empty text. */
export const wordsOf = (text: string, language: string): readonly Word[] => readText(text, language).words;

const START = 0x811c9dc5;
const PRIME = 0x01000193;

/** FNV-1a over a text, going on from the state that another text ended in. */
const run = (text: string, from: number): number => {
  let state = from;
  for (let i = 0; i < text.length; i++) state = Math.imul(state ^ text.charCodeAt(i), PRIME);
  return state;
};

/** The end of a hash: every bit of the state decides about every bit. */
const mix = (state: number): number => {
  let hash = Math.imul(state ^ (state >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
};

/** A 32-bit hash of a term (FNV-1a, mixed); `seed` keeps the terms of different languages apart. */
export const hashTerm = (term: string, seed = 0): number => mix(run(term, START ^ seed));

/** The hash of a plain word: `hashTerm(word.plain)`. */
export const hashPlain = (word: Word): number => mix(word.state);

/** The hash of two words' stems, one after the other. */
export const hashPair = (first: Word, second: Word): number =>
  mix(Math.imul(Math.imul(START ^ first.term, PRIME) ^ second.term, PRIME));

/** A hash of texts' plain words, one after the other. */
export const hashWords = (...texts: (readonly Word[])[]): number => {
  let state = START;
  for (const words of texts) for (const word of words) state = Math.imul(state ^ mix(word.state), PRIME);
  return mix(state);
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
