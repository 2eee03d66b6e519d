/** Columns of the text part. */
const WIDTH = 72;

/** Scripts written without blanks, which may be broken anywhere. */
const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}]/u;

const pieces = (word: string): string[] => (UNSPACED.test(word) ? (word.match(/.{1,36}/gu) ?? []) : [word]);

/** Breaks a paragraph into lines of at most 72 characters; a longer word stands alone on its line. */
export const wrap = (paragraph: string): string => {
  const lines: string[] = [];
  let line = '';
  for (const word of paragraph.split(/\s+/).flatMap(pieces)) {
    if (line !== '' && line.length + 1 + word.length > WIDTH) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line].join('\n');
};

/** A rule across the page. */
export const RULE = '-'.repeat(WIDTH);
