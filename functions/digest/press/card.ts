import type { Card } from '../../model/digest.ts';
import type { Instant } from '../../model/time.ts';
import type { Calendar } from './calendar.ts';
import { tidy } from './escape.ts';
import { firstSentences } from './sentences.ts';
import type { Words } from './words/words.ts';

/** Where and when a card is read. */
export interface Place {
  words: Words;
  calendar: Calendar;
  /** The digest's instant. */
  at: Instant;
}

/** How much of a story is shown: all, all but the picture, or the headline. */
export type Form = 'pictured' | 'plain' | 'brief';

/** The large card at the top, one of a section, or one the operator recommends. */
export type Role = 'lead' | 'card' | 'pick';

/** The feed's own section, where it is a word that readers know rather than a tag. */
const sectionOf = ({ story, chosen }: Card): string | undefined => {
  const [first] = story.sections;
  const plain = first === undefined ? '' : tidy(first).trim();
  const own = plain.toLowerCase() !== chosen.telling.sourceTitle.toLowerCase();
  return plain.length > 1 && plain.length <= 30 && own ? plain : undefined;
};

/** What publishing programs put where nobody signed. */
const NOBODY = /^(?:admin|administrator|webmaster|wordpress|root|unknown|null|undefined|n\/a)$/i;

const bylineOf = ({ story, chosen }: Card): string | undefined => {
  const plain = tidy(story.author ?? '')
    .trim()
    .replace(/^by[\s:]+(?=\p{Lu})/iu, '');
  const own = plain.toLowerCase() !== chosen.telling.sourceTitle.toLowerCase();
  const signed = plain !== '' && !NOBODY.test(plain) && !/[@/]|\bwww\./i.test(plain);
  return signed && own && plain.length <= 60 ? plain : undefined;
};

/** When it was told: as the source says, but never later than we read it, whatever the source's clock says. */
const toldAt = ({ publishedAt, firstSeenAt }: Card['story']): Instant =>
  Math.min(publishedAt ?? firstSeenAt, firstSeenAt);

/** The hour today, `yesterday`, else the date: as seen from the digest's instant, in the reader's zone. */
const timeOf = ({ story }: Card, { words, calendar, at }: Place): string => {
  const told = toldAt(story);
  const age = calendar.day(at) - calendar.day(told);
  if (age <= 0) return calendar.time(told);
  return age === 1 ? words.digest.yesterday : calendar.shortDate(told);
};

/** Letters and digits alone: what is left of a text that differs from another by its signs. */
const bare = (text: string): string => text.toLowerCase().replace(/[^\p{L}\p{M}\p{N}]+/gu, '');

/** What stands between a headline and the summary that repeats it first: signs, or after a whole sentence a blank. */
const AFTER_HEADLINE = /^\s*[.:!?…–—|-]+\s+(?=[^\s\p{Ll}])/u;
const AFTER_SENTENCE = /^\s+(?=[^\s\p{Ll}])/u;

/** A summary without the headline that it begins with; nothing if it says no more than that. */
const beyond = (headline: string, summary: string): string => {
  const begins = summary.slice(0, headline.length).toLowerCase() === headline.toLowerCase();
  if (!begins) return summary.length <= 2 * headline.length && bare(headline).startsWith(bare(summary)) ? '' : summary;
  const rest = summary.slice(headline.length);
  if (bare(rest) === '') return '';
  const between = /[.!?…]$/.test(headline) ? AFTER_SENTENCE : AFTER_HEADLINE;
  return between.test(rest) ? rest.replace(between, '') : summary;
};

/** What a mail shows of a summary: one or two sentences, on one line, and not the headline once more. */
export const summaryOf = ({ story }: Card): string =>
  firstSentences(beyond(tidy(story.title).trim(), tidy(story.summary).trim()), story.language);

/** Between the facts of a line; it stays with what it follows where the line breaks. */
export const DOT = '\u00a0· ';

/** Where a story is from: the words of its outlet, then ours. */
export interface Meta {
  source: string;
  /** Section and byline, as the feed gives them, where they tell a reader something. */
  details: string[];
  time: string;
  paid: boolean;
}

/** What the line below a story says. A brief mail leaves section and byline out. */
export const metaOf = (card: Card, form: Form, place: Place): Meta => {
  const { telling } = card.chosen;
  const details = form === 'brief' ? [] : [sectionOf(card), bylineOf(card)];
  return {
    source: telling.sourceTitle,
    details: details.filter((text) => text !== undefined),
    time: timeOf(card, place),
    paid: telling.access === 'paid',
  };
};
