import { shorten } from './compose.ts';
import { tidy } from './escape.ts';

/** Longest subject, in characters: what inboxes show of one. */
const MOST = 70;

/** The top story's headline (empty if it has none that can be shown) and, in daily mails, the date: `Ministers agree a carbon price · Mon 23 Nov`. */
export const subjectOf = (title: string, date: string | undefined): string => {
  const headline = tidy(title).trim();
  if (headline === '') return date ?? '';
  return date === undefined ? shorten(headline, MOST) : `${shorten(headline, MOST - date.length - 3)} · ${date}`;
};
