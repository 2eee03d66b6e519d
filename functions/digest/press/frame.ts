import type { DigestView, Heading } from '../../model/digest.ts';
import { hourName, weekdayName } from './calendar.ts';
import { compose, foreign } from './compose.ts';
import { escapeHtml, tidy } from './escape.ts';
import { headingLine } from './reason.ts';
import { around, type Line, line, linesOf, type Sheet } from './sheet.ts';
import { digestTemplate, fill } from './template.ts';
import { RULE, wrap } from './wrap.ts';

/** The passages around the stories, as one reader gets them; most are made once for many. */

const scheduleOf = ({ reader, zone }: DigestView, { place: { words } }: Sheet): string =>
  words.digest.schedule[reader.cadence](hourName(reader.hour), zone, weekdayName(words.locale, reader.weekday));

/** `Monday 23 November 2026 · 9 stories from 6 sources · 4 min read`; the HTML leaves the date to the shell. */
export const contentsLine = (sheet: Sheet, stories: number, sources: number, letters: number): Line[] => {
  const minutes = Math.max(1, Math.round(letters / 1100));
  return linesOf(sheet, `contents ${stories} ${sources} ${minutes}`, () => {
    const { words, calendar, at } = sheet.place;
    const said = ` · ${words.digest.contents(stories, sources)} · ${words.digest.minutes(minutes)}`;
    return [line(escapeHtml(said), `${sheet.brand.name}\n${wrap(calendar.longDate(at) + said)}\n\n`)];
  });
};

/** A paragraph before the first story: a welcome, or why the digest is unusual. */
const noteLine = (sheet: Sheet, key: string, say: () => string): Line[] =>
  linesOf(sheet, key, () => {
    const said = say();
    const html = fill(digestTemplate[sheet.place.dir].note, { words: escapeHtml(said) });
    return [line(`${html}\n`, `${wrap(said)}\n\n`)];
  });

export const noteLines = (sheet: Sheet, view: DigestView): Line[] => {
  const { digest } = sheet.place.words;
  const { cadence, weekday, hour } = view.reader;
  return [
    ...(view.kind === 'welcome'
      ? noteLine(sheet, `welcome ${cadence} ${weekday} ${hour}`, () => digest.welcome(scheduleOf(view, sheet)))
      : []),
    ...(view.kind === 'now' ? noteLine(sheet, 'now', () => digest.now) : []),
    ...(view.filled ? noteLine(sheet, 'filled', () => digest.filled) : []),
  ];
};

const headingKey = (heading: Heading): string => {
  if (heading.kind === 'topic') return `heading ${heading.topic}`;
  return heading.kind === 'keyword' ? `keyword ${heading.keyword}` : `heading ${heading.kind}`;
};

/** What stands above a section. */
export const headingLines = (sheet: Sheet, heading: Heading): Line[] =>
  linesOf(sheet, headingKey(heading), () => {
    const { words, dir } = sheet.place;
    const text = headingLine(heading, words, tidy);
    const own = heading.kind === 'keyword' ? foreign(heading.keyword, words) : '';
    const html = compose((slot) => headingLine(heading, words, () => slot), own);
    return [line(`${fill(digestTemplate[dir].heading, { words: html })}\n`, `== ${text} ==\n\n`)];
  });

/** `That is everything. Next digest: Tuesday at 07:00.` */
export const endLine = (sheet: Sheet, nextAt: number | null): Line[] =>
  linesOf(sheet, `end ${nextAt}`, () => {
    const { words, calendar } = sheet.place;
    const next = nextAt === null ? '' : words.digest.next(calendar.weekday(nextAt), calendar.time(nextAt));
    return [line(escapeHtml(next), `${RULE}\n\n${words.digest.end}${next && ` ${next}`}\n\n`)];
  });

/** Why this mail came, in two passages around the reader's address. */
export const whyLines = (sheet: Sheet, view: DigestView): Line[] => {
  const { cadence, weekday, hour, signedUpAt } = view.reader;
  const { words, calendar } = sheet.place;
  return linesOf(sheet, `why ${cadence} ${weekday} ${hour} ${Math.floor(signedUpAt / 3_600_000)}`, () => {
    const schedule = scheduleOf(view, sheet);
    const say = (address: string): string => words.digest.why(address, calendar.date(signedUpAt), schedule);
    // An address of usual length stands in while the sentence is wrapped.
    const standIn = 'x'.repeat(24);
    const [before] = around(say);
    const [, after] = around(say);
    const [textBefore = '', textAfter = ''] = wrap(say(standIn)).split(standIn);
    return [
      { html: before.html, text: line('', textBefore).text },
      { html: after.html, text: line('', `${textAfter}\n\n`).text },
    ];
  });
};

/** One line of privacy; with pictures it ends in a link to turn them off, which the middle passage holds the words of. */
export const privacyLines = (sheet: Sheet, pictures: boolean): Line[] =>
  linesOf(sheet, `privacy ${pictures}`, () => {
    const { digest } = sheet.place.words;
    if (!pictures) return [line(escapeHtml(digest.noPictures), `${wrap(digest.noPictures)}\n\n`)];
    const link = fill(digestTemplate[sheet.place.dir].outlet, { url: '\u0000', words: escapeHtml(digest.picturesOff) });
    const [before = '', after = ''] = compose(digest.pictures, link).split('\u0000');
    const text = `${wrap(digest.pictures(digest.picturesOff))}\n\n`;
    return [line(before, text), line(after, '')];
  });

/** A link with words of ours: the passages before and after its address. In text the address follows on its own line. */
export const linkLines = (sheet: Sheet, key: string, words: () => string): Line[] =>
  linesOf(sheet, `link ${key}`, () => {
    const said = words();
    const html = fill(digestTemplate[sheet.place.dir].outlet, { url: '\u0000', words: escapeHtml(said) });
    const [before = '', after = ''] = html.split('\u0000');
    return [line(before, `${said}:\n`), line(after, '\n\n')];
  });

/** `More of: ` or `Less from: `, around a list of links. */
export const tuneLines = (sheet: Sheet, which: 'moreOf' | 'lessFrom'): Line[] =>
  linesOf(sheet, which, () => around(sheet.place.words.digest[which]));

/** Sources that have been silent: a row each. */
export const stoppedLines = (sheet: Sheet, view: DigestView): Line[] => {
  const { words, calendar, dir } = sheet.place;
  return view.stopped.map(({ title, sinceAt }) => {
    const since = calendar.date(sinceAt);
    const html = compose((slot) => words.digest.stopped(slot, since), foreign(title, words));
    return line(
      `${fill(digestTemplate[dir].stopped, { words: html })}\n`,
      `${wrap(words.digest.stopped(tidy(title), since))}\n\n`,
    );
  });
};

/** Leads the preview line's headlines. */
export const plusLines = (sheet: Sheet): Line[] => linesOf(sheet, 'plus', () => around(sheet.place.words.digest.plus));
