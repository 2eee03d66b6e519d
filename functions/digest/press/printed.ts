import type { Card, Reason } from '../../model/digest.ts';
import type { Telling } from '../../model/event.ts';
import type { Story } from '../../model/story.ts';
import type { Form, Role } from './card.ts';
import { cardHtml, type HtmlPlace } from './card-html.ts';
import { cardText } from './card-text.ts';
import { shorten } from './compose.ts';
import { escapeHtml, pictureUrl, tidy } from './escape.ts';
import { LONGEST, longestLine } from './fold.ts';
import { ink, type TextInk, textInk } from './ink.ts';
import { subjectLine } from './mime.ts';
import { subjectOf } from './subject.ts';

/** A subject as it is, as escaped HTML, and as a whole header line. */
export interface Subject {
  plain: string;
  html: string;
  header: string;
}

/** One story as all readers see it who are given it for the same reason, in the same language, zone, hour and format. */
export interface Printed {
  card: Card;
  role: Role;
  /** The HTML in a form, made when first asked for. */
  html: (form: Form) => Uint8Array;
  text: TextInk;
  /** The subject of a mail that this card leads, and the same as escaped HTML. */
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

/** Prints a card for a place. */
export const print = (card: Card, role: Role, brief: boolean, place: HtmlPlace): Printed => {
  const forms: Partial<Record<Form, Uint8Array>> = {};
  const first = cardHtml(card, role, brief ? 'brief' : 'pictured', place);
  const html = (form: Form): Uint8Array => {
    const known = forms[form];
    if (known) return known;
    const made = ink(cardHtml(card, role, form, place));
    forms[form] = made;
    return made;
  };
  const teaser = shorten(tidy(card.story.title).trim(), TEASER);
  return {
    card,
    role,
    html,
    text: textInk(cardText(card, role, brief ? 'brief' : 'plain', place)),
    subject: subjects(card, place),
    teaser: escapeHtml(teaser),
    teaserSize: teaser.length,
    hasPicture: pictureUrl(card.story.image) !== undefined,
    letters: card.story.title.length + (brief ? 0 : card.story.summary.length),
    long: longestLine(first) > LONGEST,
  };
};

const sameStory = (a: Story, b: Story): boolean =>
  a === b ||
  (a.id === b.id && a.title === b.title && a.url === b.url && a.summary === b.summary && a.image === b.image);

const sameReason = (a: Reason, b: Reason): boolean => {
  if (a === b) return true;
  if (a.outlets !== b.outlets) return false;
  const [x, y] = [a.because, b.because];
  switch (x.kind) {
    case 'topic':
      return y.kind === 'topic' && x.topic === y.topic;
    case 'source':
      return y.kind === 'source' && x.title === y.title;
    case 'keyword':
      return y.kind === 'keyword' && x.keyword === y.keyword;
    case 'pick':
      return y.kind === 'pick' && x.note === y.note;
    case 'biggest':
      return y.kind === 'biggest';
    case 'fill':
      return y.kind === 'fill' && x.topic === y.topic;
    default:
      return x satisfies never;
  }
};

const sameTelling = (a: Telling, b: Telling | undefined): boolean =>
  a === b || (a.story === b?.story && a.url === b.url && a.sourceTitle === b.sourceTitle && a.access === b.access);

const sameTellings = (a: readonly Telling[], b: readonly Telling[]): boolean =>
  a.length === b.length && a.every((telling, at) => sameTelling(telling, b[at]));

/** True if a card would be printed exactly as this one was. */
export const printsAlike = ({ card: known, role }: Printed, card: Card, as: Role): boolean => {
  const [a, b] = [known.chosen, card.chosen];
  return (
    role === as &&
    sameStory(known.story, card.story) &&
    a.update === b.update &&
    (a.event === b.event || a.event.outlets === b.event.outlets) &&
    sameTelling(a.telling, b.telling) &&
    sameReason(a.reason, b.reason) &&
    (a.also === b.also || sameTellings(a.also, b.also))
  );
};
