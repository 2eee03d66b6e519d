import type { Card } from '../../model/digest.ts';
import type { Instant } from '../../model/time.ts';
import type { Calendar } from './calendar.ts';
import { tidy } from './escape.ts';
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

/** `source · section · byline · time · paid`; `set` says how words of others are written. */
export const metaLine = (card: Card, form: Form, place: Place, set: (foreign: string) => string): string => {
  const { telling } = card.chosen;
  const others = form === 'brief' ? [] : [sectionOf(card), bylineOf(card)];
  const said = [telling.sourceTitle, ...others].filter((text) => text !== undefined).map(set);
  const paid = telling.access === 'paid' ? [place.words.digest.paid] : [];
  return [...said, timeOf(card, place), ...paid].join(' · ');
};
