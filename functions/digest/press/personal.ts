import type { DigestView } from '../../model/digest.ts';
import type { SourceId } from '../../model/source.ts';
import { summaryOf } from './card.ts';
import { shorten } from './compose.ts';
import { escapeHtml, safeUrl, tidy } from './escape.ts';
import { gapMark } from './forme.ts';
import { gapLines, linkLines, loadsPictures, privacyLines, tuneLines, whyLines } from './frame.ts';
import type { Line } from './line.ts';
import type { Sheet } from './sheet.ts';
import type { Shown } from './shown.ts';

/** The passages of the HTML that hold something of one reader's own: links with tokens, the address. What is always there has gaps for it. */

/** ASCII that an attribute or text may hold as it stands. */
const NEEDS_CARE = /[^!#$%(-;=?-~]|=_/;

const IS_WEB = /^https?:/;

/** A link of ours in an attribute; mostly there is nothing to escape. */
export const href = (url: string): string =>
  IS_WEB.test(url) && !NEEDS_CARE.test(url) ? url : escapeHtml(safeUrl(url) ?? '');

/** HTML between a message's two passages. */
const joined = ([before, after]: readonly Line[], html: string): string =>
  (before?.html ?? '') + html + (after?.html ?? '');

const within = (lines: readonly Line[], said: string): string => (said === '' ? '' : joined(lines, said));

const DOT = '&#160;&#183; ';
const PREVIEW = 90;

/** What an inbox shows beside the subject: the next headlines, or for a single story its summary. */
export const preheaderHtml = (sheet: Sheet, [first, next, last]: readonly Shown[]): string => {
  const [top, second, third] = [first?.printed, next?.printed, last?.printed];
  if (second === undefined) return escapeHtml(shorten(top ? summaryOf(top.card) : '', PREVIEW));
  const both = third !== undefined && second.teaserSize + third.teaserSize < PREVIEW;
  return within(gapLines(sheet, 'plus'), both ? `${second.teaser}; ${third.teaser}` : second.teaser);
};

/** Change, pause, unsubscribe: the last links of every digest. */
export const footerLinksHtml = (sheet: Sheet): string => {
  const { digest } = sheet.place.words;
  const change = linkLines(sheet, 'change', () => digest.change);
  const pause = linkLines(sheet, 'pause', () => digest.pause);
  const leave = linkLines(sheet, 'unsubscribe', () => digest.unsubscribe);
  return [
    joined(change, gapMark('manage')),
    joined(pause, gapMark('pause')),
    joined(leave, gapMark('unsubscribe')),
  ].join(DOT);
};

/** Why this mail came, with the address it came to and since when. */
export const whyHtml = (sheet: Sheet, view: DigestView): string => {
  const [before, between, after] = whyLines(sheet, view);
  if (!(before && between && after)) return '';
  return `${before.html}<b>${gapMark('address')}</b>${between.html}${gapMark('date')}${after.html}`;
};

/** An address as a reader typed it. */
export const addressHtml = (typed: string): string => (NEEDS_CARE.test(typed) ? escapeHtml(tidy(typed)) : typed);

/** The privacy line; the link that turns pictures off goes to the settings. */
export const privacyHtml = (sheet: Sheet, view: DigestView): string => {
  const lines = privacyLines(sheet, loadsPictures(sheet, view));
  return lines.length > 1 ? joined(lines, gapMark('manage')) : (lines[0]?.html ?? '');
};

/** Topics and sources offered for more and less, at most. */
const TUNED = 5;

/** For each topic of a digest, the first few: a link for more of it. */
export const moreOf = (sheet: Sheet, { sections }: DigestView): Line[][] => {
  const links: Line[][] = [];
  for (const { heading } of sections) {
    if (heading.kind !== 'topic' || links.length === TUNED) continue;
    const { topic } = heading;
    links.push(tuneLines(sheet, 'more', topic, () => sheet.place.words.topics[topic]));
  }
  return links;
};

/** For each source of a digest, the first few: a link for less from it. */
export const lessFrom = (sheet: Sheet, shown: readonly Shown[]): Line[][] => {
  const links: Line[][] = [];
  const seen: SourceId[] = [];
  for (const { source, printed } of shown) {
    if (seen.length === TUNED) break;
    if (seen.includes(source)) continue;
    links.push(tuneLines(sheet, 'less', source, () => printed.by.telling.sourceTitle));
    seen.push(source);
  }
  return links;
};

const inLine = (links: readonly Line[][], url: string): string => {
  let said = '';
  for (const lines of links) said += (said === '' ? '' : DOT) + joined(lines, url);
  return said;
};

/** `More of: …` and `Less from: …`, plain links to a page. */
export const tuneHtml = (sheet: Sheet, view: DigestView, shown: readonly Shown[]): string => {
  const more = within(gapLines(sheet, 'moreOf'), inLine(moreOf(sheet, view), href(view.links.more)));
  const less = within(gapLines(sheet, 'lessFrom'), inLine(lessFrom(sheet, shown), href(view.links.less)));
  return more === '' ? less : `${more}<br>${less}`;
};
