import { fold, LONGEST, longestLine } from './fold.ts';
import { ink, type TextInk, textInk } from './ink.ts';

/** A passage in both forms, made once and copied often. */
export interface Line {
  html: Uint8Array;
  /** The same HTML as a string, to be joined with a reader's own. */
  ascii: string;
  text: TextInk;
  /** It holds a line that 7bit may not carry: an address of a thousand characters. */
  long: boolean;
}

/** A passage from escaped HTML and plain text. */
export const line = (html: string, text: string): Line => {
  const ascii = fold(html);
  return { html: ink(ascii), ascii, text: textInk(text), long: longestLine(ascii) > LONGEST };
};
