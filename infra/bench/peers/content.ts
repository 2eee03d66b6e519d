import { calendarOf, hourName, weekdayName, zoneName } from '../../../functions/digest/press/calendar.ts';
import { DOT, metaOf, summaryOf } from '../../../functions/digest/press/card.ts';
import { capital, shorten } from '../../../functions/digest/press/compose.ts';
import { clausesOf, headingLine } from '../../../functions/digest/press/reason.ts';
import { type Words, words } from '../../../functions/digest/press/words/words.ts';
import type { Brand, Card, DigestView } from '../../../functions/model/digest.ts';

/** What a digest says, as plain text for any way of making a mail of it: the same facts, words and links as in ours. */

/** A piece of a sentence: plain, a link, or in bold. */
export interface Part {
  text: string;
  url?: string;
  bold?: boolean;
}

export interface Item {
  picture: string | undefined;
  lang: string | undefined;
  update: string | undefined;
  title: string;
  url: string;
  summary: string;
  meta: Part[];
  also: Part[];
  reason: string;
  readAt: string;
}

export interface Content {
  language: string;
  direction: 'ltr' | 'rtl';
  subject: string;
  preheader: string;
  brand: string;
  web: string;
  viewInBrowser: string;
  date: string;
  contents: string;
  filled: string | undefined;
  lead: Item | undefined;
  sections: { heading: string; items: Item[] }[];
  end: string;
  next: string;
  more: Part[];
  less: Part[];
  why: Part[];
  privacy: Part[];
  contact: string;
  postalAddress: string;
  links: Part[];
}

const lists = new Map<string, Intl.ListFormat>();

const listFormat = (locale: string): Intl.ListFormat => {
  const known = lists.get(locale) ?? new Intl.ListFormat(locale, { type: 'conjunction' });
  lists.set(locale, known);
  return known;
};

/** A message of ours with pieces in its gap. */
const around = (message: (gap: string) => string, inner: Part[]): Part[] => {
  const [before = '', after = ''] = message('\u0000').split('\u0000');
  return [{ text: before }, ...inner, { text: after }];
};

const joined = (parts: Part[]): Part[] => parts.flatMap((part, at) => (at === 0 ? [part] : [{ text: DOT }, part]));

const alsoOf = ({ chosen: { also, event } }: Card, { digest, locale }: Words): Part[] => {
  const others = Math.max(also.length, event.outlets - 1);
  if (also.length === 0) return [];
  const named = also.slice(0, others === 3 ? 3 : 2);
  const rest = others - named.length;
  const items = [...named.map(({ sourceTitle }) => sourceTitle), ...(rest > 0 ? [digest.more(rest)] : [])];
  let at = 0;
  const list = listFormat(locale)
    .formatToParts(items)
    .map(({ type, value }): Part => {
      const url = type === 'element' ? named[at++]?.url : undefined;
      return url === undefined ? { text: value } : { text: value, url };
    });
  return around(digest.also, list);
};

const itemOf = (card: Card, view: DigestView, said: Words, pictured: boolean): Item => {
  const { story, chosen } = card;
  const place = { words: said, calendar: calendarOf(said.locale, view.zone), at: view.at };
  const { source, details, time, paid } = metaOf(card, 'plain', place);
  const facts = [...details, time].map((text): Part => ({ text }));
  return {
    picture: pictured ? story.image : undefined,
    lang: story.language === view.language ? undefined : story.language,
    update: chosen.update ? said.digest.update : undefined,
    title: story.title,
    url: story.url,
    summary: summaryOf(card),
    meta: joined([{ text: source, bold: true }, ...facts, ...(paid ? [{ text: said.digest.paid, bold: true }] : [])]),
    also: alsoOf(card, said),
    reason: capital(
      clausesOf(chosen.reason, said, (text) => text),
      said.locale,
    ),
    readAt: said.digest.readAt(chosen.telling.sourceTitle),
  };
};

const TUNED = 5;

const tuneOf = ({ sections, lead, links }: DigestView, said: Words): Pick<Content, 'more' | 'less'> => {
  const topics = sections.flatMap(({ heading }) => (heading.kind === 'topic' ? [heading.topic] : [])).slice(0, TUNED);
  const cards = [...(lead ? [lead] : []), ...sections.flatMap((section) => section.cards)];
  const sources = new Map(cards.map(({ chosen: { telling } }) => [telling.source, telling.sourceTitle]));
  const less = [...sources].slice(0, TUNED).map(([id, text]) => ({ text, url: links.less + encodeURIComponent(id) }));
  const more = topics.map((topic) => ({ text: said.topics[topic], url: links.more + encodeURIComponent(topic) }));
  return {
    more: more.length === 0 ? [] : around(said.digest.moreOf, joined(more)),
    less: less.length === 0 ? [] : around(said.digest.lessFrom, joined(less)),
  };
};

const whyOf = ({ reader, zone }: DigestView, { digest, locale }: Words): Part[] => {
  const schedule = digest.schedule[reader.cadence](
    hourName(reader.hour),
    zoneName(zone),
    weekdayName(locale, reader.weekday),
  );
  const date = calendarOf(locale, zone).date(reader.signedUpAt);
  return around((gap) => digest.why(gap, date, schedule), [{ text: reader.address, bold: true }]);
};

const preheaderOf = (items: readonly Item[], { digest }: Words): string => {
  const [first, second, third] = items.map(({ title }) => shorten(title, 60));
  if (second === undefined) return first ?? '';
  return digest.plus(third !== undefined && second.length + third.length < 90 ? `${second}; ${third}` : second);
};

/** A view in plain words. */
export const contentOf = (view: DigestView, subject: string, brand: Brand): Content => {
  const said = words(view.language);
  const { digest } = said;
  const calendar = calendarOf(said.locale, view.zone);
  const lead = view.lead ? itemOf(view.lead, view, said, view.pictures !== 'none') : undefined;
  const sections = view.sections.map(({ heading, cards }) => ({
    heading: headingLine(heading, said, (text) => text),
    items: cards.map((card) => itemOf(card, view, said, view.pictures === 'all')),
  }));
  const items = [...(lead ? [lead] : []), ...sections.flatMap((section) => section.items)];
  const letters = items.reduce((sum, { title, summary }) => sum + title.length + summary.length, 0);
  const { links, nextAt } = view;
  const settings = { text: digest.picturesOff, url: `${links.manage}#f-pictures` };
  return {
    language: view.language,
    direction: said.direction,
    subject,
    preheader: preheaderOf(items, said),
    brand: brand.name,
    web: links.web ?? '',
    viewInBrowser: digest.viewInBrowser,
    date: capital(calendar.longDate(view.at), said.locale),
    contents:
      digest.contents(items.length, view.sources) + DOT + digest.minutes(Math.max(1, Math.round(letters / 1100))),
    filled: view.filled ? digest.filled : undefined,
    lead,
    sections,
    end: digest.end,
    next: nextAt === null ? '' : digest.next(calendar.weekday(nextAt), calendar.time(nextAt)),
    ...tuneOf(view, said),
    why: whyOf(view, said),
    privacy: view.pictures === 'none' ? [{ text: digest.noPictures }] : around(digest.pictures, [settings]),
    contact: digest.contact(brand.contact),
    postalAddress: brand.postalAddress,
    links: joined([
      { text: digest.change, url: links.manage },
      { text: digest.pause, url: links.pause },
      { text: digest.unsubscribe, url: links.unsubscribe },
    ]),
  };
};
