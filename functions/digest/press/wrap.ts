/** Columns of the text part. */
const WIDTH = 72;

/** Scripts written without blanks, which may be broken between words. */
const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}]/u;

/** Signs that begin nothing and end nothing: they stay with the word that they open or close. */
const OPENS = /^[\p{Ps}\p{Pi}]+$/u;

/** Blanks at which a line may end; those that hold two words together are none. */
const BLANKS = /[^\S\u00a0\u202f\u2007]+/;
const HOLDING = /[\u00a0\u2007]/g;

const ASCII = /^[\x20-\x7e]*$/;
const ZERO = /[\p{M}\p{Cf}]/u;
const DOUBLE =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\u3000-\u303f\uff01-\uff60\uffe0-\uffe6]|\p{Emoji_Presentation}/u;

/** Makes a picture of the sign before it, which takes two columns then. */
const AS_PICTURE = '\ufe0f';

const columnsOf = (sign: string): number => {
  if (sign === AS_PICTURE) return 1;
  if (ZERO.test(sign)) return 0;
  return DOUBLE.test(sign) ? 2 : 1;
};

/** Columns that a text takes in a terminal: two for a sign of East Asia or a picture, none for a mark upon another sign. */
const columns = (text: string): number => {
  if (ASCII.test(text)) return text.length;
  let count = 0;
  for (const sign of text) count += columnsOf(sign);
  return count;
};

interface Piece {
  text: string;
  /** It follows the one before without a blank. */
  joined: boolean;
}

const segmenter = new Intl.Segmenter('und', { granularity: 'word' });

/** The words of a text without blanks, each with the signs that close it and with those that open it. */
const unspaced = (text: string): string[] => {
  const words: string[] = [];
  let opening = '';
  for (const { segment, isWordLike } of segmenter.segment(text)) {
    const last = words.length - 1;
    if (OPENS.test(segment)) opening += segment;
    else if (isWordLike || opening !== '' || last < 0) {
      words.push(opening + segment);
      opening = '';
    } else words[last] += segment;
  }
  return opening === '' ? words : [...words, opening];
};

const pieces = (word: string): Piece[] => {
  if (word === '') return [];
  if (UNSPACED.test(word)) return unspaced(word).map((text, at) => ({ text, joined: at > 0 }));
  return (columns(word) > WIDTH ? word.split(HOLDING) : [word]).map((text) => ({ text, joined: false }));
};

/** Breaks a paragraph into lines of at most 72 columns; a longer word stands alone on its line. */
export const wrap = (paragraph: string): string => {
  const lines: string[] = [];
  let line = '';
  let taken = 0;
  for (const { text, joined } of paragraph.split(BLANKS).flatMap(pieces)) {
    const size = columns(text);
    const gap = joined || line === '' ? '' : ' ';
    if (line !== '' && taken + gap.length + size > WIDTH) {
      lines.push(line);
      line = text;
      taken = size;
    } else {
      line += gap + text;
      taken += gap.length + size;
    }
  }
  return [...lines, line].join('\n').replace(HOLDING, ' ');
};

/** A rule across the page. */
export const RULE = '-'.repeat(WIDTH);
