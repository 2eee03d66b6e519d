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

const bylineOf = ({ story, chosen }: Card): string | undefined => {
  const plain = tidy(story.author ?? '').trim();
  const own = plain.toLowerCase() !== chosen.telling.sourceTitle.toLowerCase();
  return plain !== '' && plain.length <= 60 && own && !/[@/]/.test(plain) ? plain : undefined;
};

/** The hour today, `yesterday`, else the date: as seen from the digest's instant, in the reader's zone. */
const timeOf = ({ story }: Card, { words, calendar, at }: Place): string => {
  const told = story.publishedAt ?? story.firstSeenAt;
  const age = calendar.day(at) - calendar.day(told);
  if (age <= 0) return calendar.time(told);
  return age === 1 ? words.digest.yesterday : calendar.shortDate(told);
};

/** What a mail shows of a summary: one or two sentences, on one line. */
export const summaryOf = ({ story }: Card): string => firstSentences(tidy(story.summary).trim());

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
