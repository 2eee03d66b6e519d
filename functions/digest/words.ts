import type { Mute } from '../model/subscriber.ts';

const MARKS = /\p{M}+/gu;
const WORD = /[\p{L}\p{N}]+/gu;

/** Scripts that put no space between words: there a phrase is looked for anywhere. */
const UNSPACED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Khmer}\p{Script=Lao}\p{Script=Myanmar}]/u;

/** A text as ` word word word `, in lower case and without diacritics, so that a phrase can be found as whole words. */
export const folded = (text: string): string => {
  const words = text.normalize('NFKD').replace(MARKS, '').toLowerCase().match(WORD) ?? [];
  return ` ${words.join(' ')} `;
};

/** Says whether a text holds one of the muted words or phrases, as whole words, whatever the case and diacritics. */
export type WordMutes = (text: string) => boolean;

/** Nothing for a reader who muted no words. */
export const wordMutes = (mutes: readonly Mute[]): WordMutes | undefined => {
  const phrases = mutes
    .flatMap((mute) => (mute.kind === 'words' ? [folded(mute.words)] : []))
    .filter((phrase) => phrase.trim() !== '')
    .map((phrase) => (UNSPACED.test(phrase) ? phrase.trim() : phrase));
  if (phrases.length === 0) {
    return undefined;
  }
  return (text) => {
    const words = folded(text);
    return phrases.some((phrase) => words.includes(phrase));
  };
};

/** The words of a title that tell it from others: lower case, more than two letters. */
export const titleWords = (title: string): ReadonlySet<string> =>
  new Set((title.toLowerCase().match(WORD) ?? []).filter((word) => word.length > 2));

/** From this share of common words on, two titles say the same. */
const SAME_TITLE = 0.6;

/** Whether two titles are nearly the same, by the Jaccard measure of their words. */
export const sameTitle = (a: ReadonlySet<string>, b: ReadonlySet<string>): boolean => {
  // The smaller set bounds what they can share: most pairs are told apart without a look-up.
  if (Math.min(a.size, b.size) < SAME_TITLE * Math.max(a.size, b.size)) {
    return false;
  }
  let common = 0;
  for (const word of a) {
    common += b.has(word) ? 1 : 0;
  }
  return common / (a.size + b.size - common || 1) >= SAME_TITLE;
};
