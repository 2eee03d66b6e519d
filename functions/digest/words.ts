import type { Mute } from '../model/subscriber.ts';
import { formsOf } from './phrases.ts';

/** Diacritics: what is written with and without. Vowel signs and the marks of kana are letters by another name, and stay. */
const MARKS =
  /[[\p{M}&&[\p{Script=Inherited}\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Cyrillic}]]--[\u3099\u309a]]+/gv;
const WORD = /[\p{L}\p{N}]+/gu;
const MARKED_WORD = /[\p{L}\p{N}][\p{L}\p{N}\p{M}]*/gu;

/** Scripts that put no space between words: there a phrase is looked for anywhere. */
const UNSPACED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Khmer}\p{Script=Lao}\p{Script=Myanmar}]/u;

/** A text as ` word word word `, in lower case and without diacritics, so that a phrase can be found as whole words. */
export const folded = (text: string): string => {
  const bare = text.normalize('NFKD').replace(MARKS, '').normalize('NFC');
  const words = bare.toLowerCase().match(MARKED_WORD) ?? [];
  return ` ${words.join(' ')} `;
};

/** A text in which phrases are looked for. */
export interface FoldedText {
  words: string;
  /** One bit a word, of 32: a text that lacks one of a phrase's bits does not hold it. */
  mask: number;
  /** The same by other bits of the words' hashes: together they let a sixteenth of the texts pass that either lets a quarter pass. */
  second: number;
}

/** A phrase to look for; its masks are 0 where it may be part of a word. */
type Phrase = FoldedText;

/** The phrases that a reader muted; never empty. */
export type MutedPhrases = readonly Phrase[];

/** 32 bits of a word, for masks and sketches. The ledger keeps some of them: another way to hash forgets what was mailed. */
export const wordHash = (word: string): number => {
  let sum = word.length;
  for (let at = 0; at < word.length; at++) {
    sum = (Math.imul(sum, 31) + word.charCodeAt(at)) | 0;
  }
  return (sum ^ (sum >>> 15)) >>> 0;
};

/** One bit a word, by five bits of its hash. */
const maskOf = (words: Iterable<string>, shift = 0): number => {
  let mask = 0;
  for (const word of words) {
    mask |= 1 << ((wordHash(word) >>> shift) & 31);
  }
  return mask;
};

/** A text folded once, to look for the phrases of many readers. */
export const foldedText = (text: string): FoldedText => {
  const words = folded(text);
  const each = words.trim().split(' ');
  return { words, mask: maskOf(each), second: maskOf(each, 5) };
};

/** Korean words grow at their end: 서울 is 서울에서 too. */
const GROWS = /\p{Script=Hangul}$/u;

const phraseOf = (words: string): Phrase => {
  if (UNSPACED.test(words)) return { words, mask: 0, second: 0 };
  return GROWS.test(words) ? { words: ` ${words}`, mask: 0, second: 0 } : foldedText(words);
};

/**
 * What a reader muted: whole words, whatever the case, the diacritics and what grows to them. Nothing for a reader who muted no words.
 */
export const mutedPhrases = (mutes: readonly Mute[]): MutedPhrases | undefined => {
  const phrases = mutes
    .flatMap((mute) => (mute.kind === 'words' ? [folded(mute.words).trim()] : []))
    .filter((words) => words !== '')
    .flatMap(formsOf)
    .map(phraseOf);
  return phrases.length > 0 ? phrases : undefined;
};

/** False if the two masks of a text's words alone tell that it holds none of the phrases. */
export const mayHoldPhrase = (bits: number, others: number, phrases: MutedPhrases): boolean => {
  for (const { mask, second } of phrases) {
    if ((bits & mask) === mask && (others & second) === second) {
      return true;
    }
  }
  return false;
};

/** Whether a text holds one of the muted words or phrases. */
export const holdsPhrase = (text: FoldedText, phrases: MutedPhrases): boolean => {
  for (const { words, mask } of phrases) {
    if ((text.mask & mask) === mask && text.words.includes(words)) {
      return true;
    }
  }
  return false;
};

/** Says whether a text holds one of the muted words or phrases. */
export type WordMutes = (text: string) => boolean;

/** Nothing for a reader who muted no words. */
export const wordMutes = (mutes: readonly Mute[]): WordMutes | undefined => {
  const phrases = mutedPhrases(mutes);
  return phrases && ((text) => holdsPhrase(foldedText(text), phrases));
};

/** A title as it is compared with others. */
export interface TitleWords {
  words: ReadonlySet<string>;
  count: number;
  /** One bit a word, of 32. */
  mask: number;
  /** How many words share their bit with another. */
  shared: number;
}

/** How many bits are set. */
export const bitsIn = (mask: number): number => {
  const pairs = mask - ((mask >>> 1) & 0x55555555);
  const fours = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333);
  return Math.imul((fours + (fours >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
};

const HAN = /^\p{Script=Han}$/u;
const PARTS =
  /\p{Script=Han}|[\p{Script=Hiragana}]+|[\p{Script=Katakana}ー]+|[^\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー]+/gu;

/** Whether a text is in a script that puts no space between words. */
const isUnspaced = (text: string): boolean => UNSPACED.test(text);

/**
 * The words and numbers of a title in lower case, in order. Where no spaces part words each Han sign is one: a headline would else be a
 * word or two, that nothing is like but itself.
 */
export const titleTokens = (title: string): string[] => {
  const runs = title.toLowerCase().match(WORD) ?? [];
  return isUnspaced(title) ? runs.flatMap((run) => run.match(PARTS) ?? []) : runs;
};

/** Whether one of these tells a title from others: what is shorter is in all of them. */
export const isTelling = (token: string): boolean => token.length > 2 || HAN.test(token);

/** The words of a title that tell it from others. */
export const titleWords = (title: string): TitleWords => {
  const words = new Set(titleTokens(title).filter(isTelling));
  const mask = maskOf(words);
  return { words, count: words.size, mask, shared: words.size - bitsIn(mask) };
};

/** From this share of common words on, two titles say the same. */
const SAME_TITLE = 0.6;

/**
 * False if two titles are told apart by the bits that their words have in common, by how many words there are in both, and by how many
 * share their bit with another in the one where that is rarer. That tells nearly all pairs apart.
 */
export const mayBeSameTitle = (bits: number, together: number, shared: number): boolean =>
  // So many common words make the measure; at least so many bits less those shared must agree.
  bitsIn(bits) + shared >= (SAME_TITLE / (1 + SAME_TITLE)) * together;

/** Whether two titles are nearly the same, by the Jaccard measure of their words. */
export const sameTitle = (a: TitleWords, b: TitleWords): boolean => {
  const together = a.count + b.count;
  if (!mayBeSameTitle(a.mask & b.mask, together, Math.min(a.shared, b.shared))) {
    return false;
  }
  let common = 0;
  for (const word of a.words) {
    common += b.words.has(word) ? 1 : 0;
  }
  return common / (together - common || 1) >= SAME_TITLE;
};

/** A word of four letters or more that begins with a capital: in most languages a name. */
const NAME = /\p{Lu}[\p{L}\p{N}]{3,}/gu;

/** What a title speaks of, as far as its capitals tell. */
export const namesIn = (title: string): string[] => [
  ...new Set((title.match(NAME) ?? []).map((name) => name.toLowerCase())),
];
