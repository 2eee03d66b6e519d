import type { Brand, Card, DigestView } from '../../model/digest.ts';
import { calendarOf } from './calendar.ts';
import type { Role } from './card.ts';
import type { HtmlPlace } from './card-html.ts';
import { capital, compose } from './compose.ts';
import type { DealtCards } from './dealt.ts';
import { escapeHtml } from './escape.ts';
import type { Formes } from './forme.ts';
import { ink } from './ink.ts';
import { type Line, line } from './line.ts';
import { type Printed, print, printsAlike } from './printed.ts';
import { noReasons, type Reasons } from './reason.ts';
import { fill, fillPartly, type Part, type Templates } from './template.ts';
import { words } from './words/words.ts';

/** Kinds of passages that a sheet keeps, each under keys of its own. */
export type Passage =
  | 'contents'
  | 'note'
  | 'heading'
  | 'end'
  | 'why'
  | 'date'
  | 'privacy'
  | 'link'
  | 'more'
  | 'less'
  | 'tune'
  | 'fixed';

/** What readers have in common who get their digest at one instant in one language, zone and format: everything here is made once. */
export interface Sheet {
  brand: Brand;
  place: HtmlPlace;
  brief: boolean;
  /** The digest's shell in the order mailed; what is not text is filled per reader. */
  shell: Part[];
  cards: Map<string, Printed[]>;
  dealt: DealtCards;
  formes: Formes;
  reasons: Reasons;
  lines: Record<Passage, Map<string | number, Line[]>>;
}

/** Passages of a kind under a key, made on first use. */
export const linesOf = (sheet: Sheet, kind: Passage, key: string | number, make: () => Line[]): Line[] => {
  const known = sheet.lines[kind].get(key);
  if (known) return known;
  const made = make();
  sheet.lines[kind].set(key, made);
  return made;
};

/** A message split at its first gap, which is filled per reader: what stands before it, and after. */
export const around = (message: (gap: string) => string): [Line, Line] => {
  const html = compose(message, '\u0000').split('\u0000');
  const [before = '', after = ''] = message('\u0000').split('\u0000');
  return [line(html[0] ?? '', before), line(html[1] ?? '', after)];
};

/** Ways to print one story (as lead, as update) that a sheet keeps: more than these are printed anew. */
const VARIANTS = 12;

/** A card of the sheet, printed now or before. */
export const printedOf = (sheet: Sheet, card: Card, role: Role): Printed => {
  const variants = sheet.cards.get(card.story.id);
  if (variants) for (const printed of variants) if (printsAlike(printed, card, role)) return printed;
  const made = print(card, role, sheet.brief, sheet.place);
  if (variants === undefined) sheet.cards.set(card.story.id, [made]);
  else if (variants.length < VARIANTS) variants.push(made);
  else variants[VARIANTS - 1] = made;
  return made;
};

/** The operator's name, or its logo for readers who have pictures. */
const masthead = ({ name, logo }: Brand, view: DigestView): string => {
  const said = escapeHtml(name);
  if (!logo || view.pictures === 'none') return said;
  const { url, width, height } = logo;
  return `<img src="${escapeHtml(url)}" alt="${said}" width="${width}" height="${height}" style="display:inline-block;height:${height}px;border:0">`;
};

/** A new sheet for the place that a view is read in. */
export const makeSheet = (view: DigestView, brand: Brand, templates: Templates): Sheet => {
  const spoken = words(view.language);
  const calendar = calendarOf(spoken.locale, view.zone);
  const template = templates.digest[spoken.direction];
  const shell = fillPartly(template.shell, {
    language: view.language,
    'view-in-browser': escapeHtml(spoken.digest.viewInBrowser),
    brand: masthead(brand, view),
    date: escapeHtml(capital(calendar.longDate(view.at), spoken.locale)),
    end: escapeHtml(spoken.digest.end),
    contact: escapeHtml(spoken.digest.contact(brand.contact)),
    'postal-address': escapeHtml(brand.postalAddress),
  });
  const kept = (): Map<string | number, Line[]> => new Map();
  return {
    brand,
    place: { words: spoken, calendar, at: view.at, language: view.language, template },
    brief: view.format === 'brief',
    shell: shell.map((part) => (typeof part === 'string' ? ink(part) : part)),
    cards: new Map(),
    dealt: new Map(),
    formes: [],
    reasons: noReasons(),
    lines: {
      contents: kept(),
      note: kept(),
      heading: kept(),
      end: kept(),
      why: kept(),
      date: kept(),
      privacy: kept(),
      link: kept(),
      more: kept(),
      less: kept(),
      tune: kept(),
      fixed: kept(),
    },
  };
};

/** A block of the sheet's template, filled. */
export const filled = ({ place }: Sheet, block: keyof HtmlPlace['template'], values: Record<string, string>): string =>
  fill(place.template[block], values);
