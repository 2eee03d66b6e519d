import { escapeHtml, tidy } from './escape.ts';
import type { Words } from './words/words.ts';

/** Private-use characters that stand in a message for HTML which is put in after the message was escaped. */
const SLOTS = ['\ue000', '\ue001', '\ue002'] as const;
const ESCAPED_SLOT = /&#5734([4-6]);/g;

/** A message of ours with HTML in its gaps: the message is escaped once, the HTML was before, and is not looked into. */
export const compose = (message: (a: string, b: string, c: string) => string, ...html: string[]): string =>
  escapeHtml(message(...SLOTS)).replace(ESCAPED_SLOT, (_, digit: string) => html[Number(digit) - 4] ?? '');

const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/;
const LEFT_TO_RIGHT = /[A-Za-z\u00c0-\u02af\u0370-\u058f]/;

/** Somebody else's words as HTML, set apart where they run against the direction of what surrounds them. */
export const foreign = (text: string, { direction }: Words): string => {
  const plain = tidy(text);
  const against = direction === 'ltr' ? RIGHT_TO_LEFT : LEFT_TO_RIGHT;
  return against.test(plain) ? `<bdi>${escapeHtml(plain)}</bdi>` : escapeHtml(plain);
};

/** A sentence's first letter as a capital; clauses are written in lower case so that they can follow another. */
export const capital = (text: string, locale: string): string => {
  const [first = ''] = text;
  return first.toLocaleUpperCase(locale) + text.slice(first.length);
};

/** Cuts at a word, with an ellipsis, so that at most `most` characters remain; characters are never split. */
export const shorten = (text: string, most: number): string => {
  const chars = [...text];
  if (chars.length <= most) return text;
  const cut = chars.slice(0, most - 1).join('');
  const blank = cut.lastIndexOf(' ');
  return `${(blank > most / 2 ? cut.slice(0, blank) : cut).replace(/[\s,;:.–—-]+$/u, '')}…`;
};

/** A line of ours in which words of others stand, each given to `set`: all escaped once, the others' set apart where needed. */
export const spoken = (words: Words, line: (set: (text: string) => string) => string): string => {
  const taken: string[] = [];
  const html = escapeHtml(line((text) => `\ue000${taken.push(foreign(text, words)) - 1}\ue001`));
  return html.replace(/&#57344;(\d+)&#57345;/g, (_, index: string) => taken[Number(index)] ?? '');
};
