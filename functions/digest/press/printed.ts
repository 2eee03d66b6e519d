import type { Card } from '../../model/digest.ts';
import type { Telling } from '../../model/event.ts';
import type { Story } from '../../model/story.ts';
import type { Alsos } from './also.ts';
import { type Form, type Role, summaryOf } from './card.ts';
import { cardHtml, type HtmlPlace } from './card-html.ts';
import { cardText } from './card-text.ts';
import { shorten } from './compose.ts';
import { escapeHtml, pictureUrl, tidy } from './escape.ts';
import { LONGEST, longestLine } from './fold.ts';
import { ink, type TextInk, textInk } from './ink.ts';
import { subjectLine } from './mime.ts';
import type { Shown } from './shown.ts';
import { subjectOf } from './subject.ts';

/** A subject as it is, as escaped HTML, and as a whole header line. */
export interface Subject {
  plain: string;
  html: string;
  header: string;
}

/** What stands before and after the lines of a card that differ by reader. */
export interface Halves<Kind> {
  before: Kind;
  after: Kind;
}

/** One story as all readers see it in the same language, zone, hour and format, but for who else covers it and why it was chosen. */
export interface Printed {
  card: Card;
  role: Role;
  /** What the card's print depends on, side by side: every card of every reader is compared with it. */
  by: { story: Story; telling: Telling; update: boolean; note: string | undefined };
  /** The HTML in a form, made when first asked for. */
  html: (form: Form) => Halves<string>;
  text: Halves<TextInk>;
  /** Ways in which its other outlets were named. */
  also: Alsos;
  /** Ways in which it was put together for readers. */
  shown: Shown[];
  /** The subject of a mail that this card leads. */
  subject: (weekly: boolean) => Subject;
  /** The headline, short, as escaped HTML for the preview line. */
  teaser: string;
  /** Characters of the teaser as a reader sees them. */
  teaserSize: number;
  /** There is a picture that a mail may show. */
  hasPicture: boolean;
  /** Characters to read. */
  letters: number;
  /** It holds a line that 7bit may not carry: an address of a thousand characters. */
  long: boolean;
}

const TEASER = 60;

const subjects = (card: Card, { calendar, at }: HtmlPlace): Printed['subject'] => {
  const made = [false, true].map((weekly) => {
    const plain = subjectOf(card.story.title, weekly ? undefined : calendar.shortDate(at));
    return { plain, html: escapeHtml(plain), header: subjectLine(plain) };
  });
  return (weekly) => made[weekly ? 1 : 0] ?? { plain: '', html: '', header: '' };
};

/** The operator's words about a pick, which are part of its card. */
const noteOf = ({ chosen: { reason } }: Card): string | undefined =>
  reason.because.kind === 'pick' ? reason.because.note : undefined;

/** Prints a card for a place. */
export const print = (card: Card, role: Role, brief: boolean, place: HtmlPlace): Printed => {
  const forms: Partial<Record<Form, Halves<string>>> = {};
  const html = (form: Form): Halves<string> => {
    const known = forms[form];
    if (known) return known;
    const [before, after] = cardHtml(card, role, form, place);
    const made = { before: ink(before), after: ink(after) };
    forms[form] = made;
    return made;
  };
  const [before, after] = cardText(card, brief ? 'brief' : 'plain', place);
  const teaser = shorten(tidy(card.story.title).trim(), TEASER);
  return {
    card,
    role,
    by: { story: card.story, telling: card.chosen.telling, update: card.chosen.update, note: noteOf(card) },
    html,
    text: { before: textInk(before), after: textInk(after) },
    also: new Map(),
    shown: [],
    subject: subjects(card, place),
    teaser: escapeHtml(teaser),
    teaserSize: teaser.length,
    hasPicture: pictureUrl(card.story.image) !== undefined,
    letters: card.story.title.length + (brief ? 0 : summaryOf(card).length),
    long: cardHtml(card, role, brief ? 'brief' : 'pictured', place).some((half) => longestLine(half) > LONGEST),
  };
};

const sameStory = (a: Story, b: Story): boolean =>
  a === b ||
  (a.id === b.id && a.title === b.title && a.url === b.url && a.summary === b.summary && a.image === b.image);

const sameTelling = (a: Telling, b: Telling): boolean =>
  a === b || (a.sourceTitle === b.sourceTitle && a.access === b.access);

/** True if a card would be printed exactly as this one was. */
export const printsAlike = ({ by, role }: Printed, card: Card, as: Role): boolean =>
  role === as &&
  sameStory(by.story, card.story) &&
  by.update === card.chosen.update &&
  sameTelling(by.telling, card.chosen.telling) &&
  by.note === noteOf(card);
