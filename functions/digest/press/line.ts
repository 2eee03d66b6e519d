import { fold, LONGEST, longestLine } from './fold.ts';
import { ink, type TextInk, textInk } from './ink.ts';

/** A passage in both forms, made once and copied often. */
export interface Line {
  html: string;
  text: TextInk;
  /** It holds a line that 7bit may not carry: an address of a thousand characters. */
  long: boolean;
}

/** A passage from escaped HTML and plain text. */
export const line = (html: string, text: string): Line => {
  const ascii = ink(fold(html));
  return { html: ascii, text: textInk(text), long: longestLine(ascii) > LONGEST };
};
