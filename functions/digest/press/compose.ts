import { escapeHtml, tidy } from './escape.ts';
import type { Words } from './words/words.ts';

/** Private-use characters that stand in a message for HTML which is put in after the message was escaped. */
const SLOTS = ['\ue000', '\ue001', '\ue002'] as const;
const ESCAPED_SLOT = /&#5734([4-6]);/g;

/** A message of ours with HTML in its gaps: the message is escaped once, the HTML was before, and is not looked into. */
export const compose = (message: (a: string, b: string, c: string) => string, ...html: string[]): string =>
  escapeHtml(message(...SLOTS)).replace(ESCAPED_SLOT, (_, digit: string) => html[Number(digit) - 4] ?? '');

const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/;
const LEFT_TO_RIGHT = /(?![\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc])\p{L}/u;

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

const signs = new Intl.Segmenter('und', { granularity: 'grapheme' });

/** As many of a text's signs as have at most `most` characters together; a sign of several (an accent, a family) is never split. */
const beginning = (text: string, most: number): string => {
  let cut = '';
  let count = 0;
  for (const { segment } of signs.segment(text)) {
    count += [...segment].length;
    if (count > most) break;
    cut += segment;
  }
  return cut;
};

/** Cuts at a word, with an ellipsis, so that at most `most` characters remain; what readers see as one sign is never split. */
export const shorten = (text: string, most: number): string => {
  if (text.length <= most || [...text].length <= most) return text;
  const cut = beginning(text, most - 1);
  const blank = cut.lastIndexOf(' ');
  return `${(blank > most / 2 ? cut.slice(0, blank) : cut).replace(/[\s,;:.–—-]+$/u, '')}…`;
};

/** A line of ours in which words of others stand, each given to `set`: all escaped once, the others' set apart where needed. */
export const spoken = (words: Words, line: (set: (text: string) => string) => string): string => {
  const taken: string[] = [];
  const html = escapeHtml(line((text) => `\ue000${taken.push(foreign(text, words)) - 1}\ue001`));
  return html.replace(/&#57344;(\d+)&#57345;/g, (_, index: string) => taken[Number(index)] ?? '');
};
