import type { DigestView, Heading } from '../../model/digest.ts';
import { type Instant, MINUTE } from '../../model/time.ts';
import { hourName, weekdayName, zoneName } from './calendar.ts';
import { DOT } from './card.ts';
import { capital, compose, foreign } from './compose.ts';
import { escapeHtml, tidy } from './escape.ts';
import { type Line, line } from './line.ts';
import { headingLine } from './reason.ts';
import { around, filled, linesOf, type Sheet } from './sheet.ts';
import { RULE, wrap } from './wrap.ts';

/** The passages around the stories; nearly all are made once for many readers. */

const LETTERS_A_MINUTE = 1100;

/** `9 stories from 6 sources · 4 min read`, below the date; the text starts with the name and the date on lines of their own. */
export const contentsLine = (sheet: Sheet, stories: number, sources: number, letters: number): Line[] => {
  const minutes = Math.max(1, Math.round(letters / LETTERS_A_MINUTE));
  return linesOf(sheet, 'contents', (stories * 1000 + sources) * 1000 + minutes, () => {
    const { words, calendar, at } = sheet.place;
    const said = words.digest.contents(stories, sources) + DOT + words.digest.minutes(minutes);
    const date = capital(calendar.longDate(at), words.locale);
    return [line(escapeHtml(said), `${sheet.brand.name}\n${date}\n${wrap(said)}\n\n`)];
  });
};

const CADENCES = { daily: 0, workdays: 1, weekly: 2 } as const;

/** `a daily digest at 07:00 (America/New York)`. */
const scheduleOf = ({ reader, zone }: DigestView, { place: { words } }: Sheet): string =>
  words.digest.schedule[reader.cadence](
    hourName(reader.hour),
    zoneName(zone),
    weekdayName(words.locale, reader.weekday),
  );

/** A number for cadence, weekday and hour. */
export const scheduleKey = ({ reader: { cadence, weekday, hour } }: DigestView): number =>
  CADENCES[cadence] * 1000 + weekday * 100 + hour;

const note = (sheet: Sheet, key: string | number, say: () => string): Line[] =>
  linesOf(sheet, 'note', key, () => {
    const said = say();
    return [line(`${filled(sheet, 'note', { words: escapeHtml(said) })}\n`, `${wrap(said)}\n\n`)];
  });

/** Paragraphs before the first story: a welcome, or why this digest is unusual. */
export const noteLines = (sheet: Sheet, view: DigestView): Line[] => {
  const { joining } = view;
  if (view.kind === 'scheduled' && !view.filled) return [];
  const { digest } = sheet.place.words;
  const welcome = (): string => digest.welcome(scheduleOf(view, sheet));
  return [
    ...(view.kind === 'welcome' ? note(sheet, scheduleKey(view), welcome) : []),
    ...(view.kind === 'now' ? note(sheet, 'now', () => digest.now) : []),
    ...(view.kind === 'example' ? note(sheet, 'example', () => digest.example) : []),
    ...(joining ? note(sheet, `joining ${joining}`, () => digest.joining[joining]) : []),
    ...(view.filled ? note(sheet, 'filled', () => digest.filled) : []),
  ];
};

const headingKey = (heading: Heading): string => {
  if (heading.kind === 'topic') return heading.topic;
  return heading.kind === 'keyword' ? `keyword ${heading.keyword}` : `the ${heading.kind}`;
};

/** What stands above a section. */
export const headingLines = (sheet: Sheet, heading: Heading): Line[] =>
  linesOf(sheet, 'heading', headingKey(heading), () => {
    const { words } = sheet.place;
    const own = heading.kind === 'keyword' ? foreign(heading.keyword, words) : '';
    const html = compose((slot) => headingLine(heading, words, () => slot), own);
    return [line(`${filled(sheet, 'heading', { words: html })}\n`, `== ${headingLine(heading, words, tidy)} ==\n\n`)];
  });

/** `Tuesday`; `Tuesday 1 December` from a week on, where the weekday alone would mean an earlier day. */
const nextDay = ({ place: { calendar, at } }: Sheet, nextAt: Instant): string =>
  calendar.day(nextAt) - calendar.day(at) < 7 ? calendar.weekday(nextAt) : calendar.dayAndMonth(nextAt);

/** `Next digest: Tuesday at 07:00.`; the text puts 'That is everything.' before it. */
export const endLine = (sheet: Sheet, nextAt: Instant | null): Line[] =>
  linesOf(sheet, 'end', nextAt === null ? 'never' : Math.floor(nextAt / MINUTE), () => {
    const { words, calendar } = sheet.place;
    const next = nextAt === null ? '' : words.digest.next(nextDay(sheet, nextAt), calendar.time(nextAt));
    return [line(escapeHtml(next), `${RULE}\n\n${wrap(`${words.digest.end} ${next}`.trim())}\n\n`)];
  });

/** Words as long as an address and a date mostly are: they hold the place while the sentence is wrapped. */
const STAND_IN = { address: 'a'.repeat(24), date: 'd'.repeat(16) } as const;

/** Why this mail came, in three passages: an address stands between the first two, a date between the last two. */
export const whyLines = (sheet: Sheet, view: DigestView): Line[] =>
  linesOf(sheet, 'why', scheduleKey(view), () => {
    const schedule = scheduleOf(view, sheet);
    const { why } = sheet.place.words.digest;
    const html = compose((address, date) => why(address, date, schedule), '\u0000', '\u0000').split('\u0000');
    const text = wrap(why(STAND_IN.address, STAND_IN.date, schedule)).split(/a{24}|d{16}/);
    if (html.length !== 3 || text.length !== 3) throw new Error('words: why has other gaps than address and date');
    return html.map((said, at) => line(said, `${text[at] ?? ''}${at === 2 ? '\n\n' : ''}`));
  });

/** The date a reader signed up, in their zone. */
export const signUpDate = (sheet: Sheet, signedUpAt: Instant): Line[] =>
  linesOf(sheet, 'date', sheet.place.calendar.day(signedUpAt), () => {
    const said = sheet.place.calendar.date(signedUpAt);
    return [line(escapeHtml(said), said)];
  });

const linkEnds = (sheet: Sheet, html: string): [string, string] => {
  const [before = '', after = ''] = filled(sheet, 'outlet', { url: '\u0000', words: html }).split('\u0000');
  return [before, after];
};

/** Whether a mail may fetch anything: pictures of stories in full mails, the logo in all that are not text. */
export const loadsPictures = ({ brand }: Sheet, { pictures, format }: DigestView): boolean =>
  pictures !== 'none' && (format === 'full' || (format === 'brief' && brand.logo !== undefined));

/** Where on the page of choices pictures are turned off: its place in a folded part, which browsers unfold. */
const PICTURES = '#f-pictures';

/** One line of privacy; with pictures it holds a link to turn them off: in HTML between its two passages, in text after both. */
export const privacyLines = (sheet: Sheet, pictures: boolean): Line[] =>
  linesOf(sheet, 'privacy', pictures ? 'pictures' : 'none', () => {
    const { digest } = sheet.place.words;
    if (!pictures) return [line(escapeHtml(digest.noPictures), `${wrap(digest.noPictures)}\n\n`)];
    const link = linkEnds(sheet, escapeHtml(digest.picturesOff)).join('\u0000');
    const [before = '', after = ''] = compose(digest.pictures, link).split('\u0000');
    const said = wrap(digest.pictures(digest.picturesOff).replace(/[.]$/, ''));
    return [line(before, `${digest.before(said)}\n`), line(`${PICTURES}${after}`, `${PICTURES}\n\n`)];
  });

/** A link with our words: the passages before and after its address. In text the address follows on its own line. */
export const linkLines = (sheet: Sheet, key: string, words: () => string): Line[] =>
  linesOf(sheet, 'link', key, () => {
    const said = words();
    const [before, after] = linkEnds(sheet, escapeHtml(said));
    return [line(before, `${sheet.place.words.digest.before(said)}\n`), line(after, '\n\n')];
  });

/** A link for more of a topic or less of a source, in text on one line with its name: before and after the address that is alike for all of a reader's. */
export const tuneLines = (sheet: Sheet, kind: 'more' | 'less', value: string, words: () => string): Line[] =>
  linesOf(sheet, kind, value, () => {
    const said = words();
    const [before, after] = linkEnds(sheet, kind === 'less' ? foreign(said, sheet.place.words) : escapeHtml(said));
    const last = encodeURIComponent(value);
    return [
      line(before, `${sheet.place.words.digest.before(tidy(said))} `),
      line(escapeHtml(last) + after, `${last}\n`),
    ];
  });

/** A message of ours around one gap. */
export const gapLines = (sheet: Sheet, which: 'moreOf' | 'lessFrom' | 'plus'): Line[] =>
  linesOf(sheet, 'tune', which, () => around(sheet.place.words.digest[which]));

/** Sources that have been silent: a row each. */
export const stoppedLines = (sheet: Sheet, view: DigestView): Line[] => {
  const { words, calendar } = sheet.place;
  return view.stopped.map(({ title, sinceAt }) => {
    const since = calendar.date(sinceAt);
    const html = compose((slot) => words.digest.stopped(slot, since), foreign(title, words));
    const text = wrap(words.digest.stopped(tidy(title), since));
    return line(`${filled(sheet, 'stopped', { words: html })}\n`, `${text}\n\n`);
  });
};
