import type { Heading, Reason } from '../../model/digest.ts';
import { DOT, type Role } from './card.ts';
import type { HtmlPlace } from './card-html.ts';
import { capital, spoken } from './compose.ts';
import { tidy } from './escape.ts';
import { type Line, line } from './line.ts';
import type { Words } from './words/words.ts';
import { wrap } from './wrap.ts';

type Because = Reason['because'];

/** Reason lines by what they name, then by the number of outlets. */
export type Reasons = Record<Because['kind'], Map<string, Line[]>>;

export const noReasons = (): Reasons => ({
  topic: new Map(),
  source: new Map(),
  keyword: new Map(),
  pick: new Map(),
  biggest: new Map(),
  fill: new Map(),
});

const say = (why: Because, words: Words, set: (foreign: string) => string): string => {
  const { reason } = words.digest;
  switch (why.kind) {
    case 'topic':
      return reason.topic(words.topics[why.topic]);
    case 'source':
      return reason.source(set(why.title));
    case 'keyword':
      return reason.keyword(set(why.keyword));
    case 'pick':
      return reason.pick;
    case 'biggest':
      return reason.biggest;
    case 'fill':
      return why.topic ? reason.fillTopic(words.topics[why.topic]) : reason.fill;
    default:
      return why satisfies never;
  }
};

/** What a reason names, as far as its line differs by it. */
const nameOf = (why: Because, role: Role): string => {
  switch (why.kind) {
    case 'topic':
      return why.topic;
    case 'source':
      return why.title;
    case 'keyword':
      return why.keyword;
    case 'pick':
      return role;
    case 'biggest':
      return '';
    case 'fill':
      return why.topic ?? '';
    default:
      return why satisfies never;
  }
};

/** `in 7 sources · you follow Science`; `set` says how words of others are written. */
export const clausesOf = (reason: Reason, words: Words, set: (foreign: string) => string): string =>
  [...(reason.outlets > 1 ? [words.digest.reason.outlets(reason.outlets)] : []), say(reason.because, words, set)].join(
    DOT,
  );

const make = (reason: Reason, role: Role, place: HtmlPlace): Line => {
  const { words } = place;
  const clauses = (set: (foreign: string) => string): string => clausesOf(reason, words, set);
  const whole = (set: (foreign: string) => string): string => capital(clauses(set), words.locale);
  const text = `${wrap(whole(tidy))}\n`;
  if (role === 'pick' && reason.because.kind === 'pick')
    return line(
      spoken(words, (set) => DOT + clauses(set)),
      text,
    );
  return line(`<br>${spoken(words, whole)}`, text);
};

/** `In 7 sources · you follow Science`, on a line of its own; beside the time where it is a pick among picks. */
export const reasonLine = (kept: Reasons, reason: Reason, role: Role, place: HtmlPlace): Line => {
  const named = kept[reason.because.kind];
  const name = nameOf(reason.because, role);
  let lines = named.get(name);
  if (lines === undefined) {
    lines = [];
    named.set(name, lines);
  }
  const known = lines[reason.outlets];
  if (known) return known;
  const made = make(reason, role, place);
  lines[reason.outlets] = made;
  return made;
};

/** What stands above a section. */
export const headingLine = (heading: Heading, words: Words, set: (foreign: string) => string): string => {
  const { sources, keyword, picks, fill } = words.digest.heading;
  switch (heading.kind) {
    case 'topic':
      return words.topics[heading.topic];
    case 'sources':
      return sources;
    case 'keyword':
      return keyword(set(heading.keyword));
    case 'picks':
      return picks;
    case 'fill':
      return fill;
    default:
      return heading satisfies never;
  }
};
