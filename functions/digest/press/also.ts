import type { Card } from '../../model/digest.ts';
import type { Telling } from '../../model/event.ts';
import type { HtmlPlace } from './card-html.ts';
import { linked } from './card-html.ts';
import { compose, foreign } from './compose.ts';
import { escapeHtml, tidy } from './escape.ts';
import { type Line, line } from './line.ts';
import { wrap } from './wrap.ts';

/** 'Also covered by …' of one story. Which outlets come first differs by reader, but there are few ways. */
export interface Also {
  named: readonly Telling[];
  /** Other outlets in all. */
  others: number;
  line: Line;
}

/** Ways to say it of one story, by the outlet named first. */
export type Alsos = Map<string, Also[]>;

/** Outlets named; the rest is a number, unless it is one. */
const NAMED = 2;

/** Ways to say it that a story keeps for each first outlet. */
const KEPT = 40;

const othersOf = ({ chosen }: Card): number => Math.max(chosen.also.length, chosen.event.outlets - 1);

const namedOf = (others: number): number => (others === NAMED + 1 ? others : NAMED);

/** `A, B and 4 more`, each outlet written by `link`, the rest by `say`. */
const listOf = (
  named: readonly Telling[],
  others: number,
  { words }: HtmlPlace,
  link: (telling: Telling) => string,
  say: (own: string) => string,
): string => {
  const rest = others - named.length;
  const items = [...named.map(({ sourceTitle }) => tidy(sourceTitle)), ...(rest > 0 ? [words.digest.more(rest)] : [])];
  let item = 0;
  return new Intl.ListFormat(words.locale, { type: 'conjunction' })
    .formatToParts(items)
    .map(({ type, value }) => {
      if (type === 'literal') return say(value);
      const telling = named[item++];
      return telling ? link(telling) : say(value);
    })
    .join('');
};

const make = (named: readonly Telling[], others: number, place: HtmlPlace): Also => {
  const { also } = place.words.digest;
  const link = ({ url, sourceTitle }: Telling): string =>
    linked('outlet', url, foreign(sourceTitle, place.words), place);
  const html = compose((list) => also(list), listOf(named, others, place, link, escapeHtml));
  const text = also(
    listOf(
      named,
      others,
      place,
      ({ sourceTitle }) => tidy(sourceTitle),
      (own) => own,
    ),
  );
  return { named, others, line: line(`<br>${html}`, `${wrap(text)}\n`) };
};

const sameOutlet = (a: Telling | undefined, b: Telling | undefined): boolean =>
  a === b || (a?.url === b?.url && a?.sourceTitle === b?.sourceTitle);

const sameOutlets = (named: readonly Telling[], also: readonly Telling[], count: number): boolean => {
  if (named.length !== count) return false;
  for (let at = 0; at < count; at++) if (!sameOutlet(named[at], also[at])) return false;
  return true;
};

/** The line for a card, from those kept of its story; nothing if nobody else covers it. */
export const alsoLine = (kept: Alsos, card: Card, place: HtmlPlace): Line | undefined => {
  const { also } = card.chosen;
  const [first] = also;
  if (first === undefined) return undefined;
  const others = othersOf(card);
  const count = Math.min(namedOf(others), also.length);
  const ways = kept.get(first.source) ?? [];
  for (const known of ways) if (known.others === others && sameOutlets(known.named, also, count)) return known.line;
  const made = make(also.slice(0, count), others, place);
  if (ways.length === 0) kept.set(first.source, ways);
  if (ways.length < KEPT) ways.push(made);
  return made.line;
};
