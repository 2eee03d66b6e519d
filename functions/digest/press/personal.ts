import type { DigestView } from '../../model/digest.ts';
import type { SourceId } from '../../model/source.ts';
import { summaryOf } from './card.ts';
import { shorten } from './compose.ts';
import { escapeHtml, safeUrl, tidy } from './escape.ts';
import { gapLines, linkLines, loadsPictures, privacyLines, signUpDate, whyLines } from './frame.ts';
import type { Line } from './line.ts';
import type { Sheet } from './sheet.ts';
import type { Shown } from './shown.ts';

/** The passages of the HTML that hold something of one reader's own: links with tokens, the address. */

/** ASCII that an attribute or text may hold as it stands. */
const NEEDS_CARE = /[^!#$%(-;=?-~]|=_/;

const IS_WEB = /^https?:/;

/** A link of ours in an attribute; mostly there is nothing to escape. */
export const href = (url: string): string =>
  IS_WEB.test(url) && !NEEDS_CARE.test(url) ? url : escapeHtml(safeUrl(url) ?? '');

const link = ([before, after]: readonly Line[], url: string): string =>
  (before?.html ?? '') + href(url) + (after?.html ?? '');

const within = ([before, after]: readonly Line[], said: string): string =>
  said === '' ? '' : (before?.html ?? '') + said + (after?.html ?? '');

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
export const footerLinksHtml = (sheet: Sheet, { links }: DigestView): string => {
  const { digest } = sheet.place.words;
  const change = linkLines(sheet, 'link', 'change', () => digest.change);
  const pause = linkLines(sheet, 'link', 'pause', () => digest.pause);
  const leave = linkLines(sheet, 'link', 'unsubscribe', () => digest.unsubscribe);
  return link(change, links.manage) + DOT + link(pause, links.pause) + DOT + link(leave, links.unsubscribe);
};

/** Why this mail came, with the address it came to and since when. */
export const whyHtml = (sheet: Sheet, view: DigestView): string => {
  const [before, between, after] = whyLines(sheet, view);
  const [date] = signUpDate(sheet, view.reader.signedUpAt);
  if (!(before && between && after && date)) return '';
  const typed = view.reader.address;
  const address = NEEDS_CARE.test(typed) ? escapeHtml(tidy(typed)) : typed;
  return `${before.html}<b>${address}</b>${between.html}${date.html}${after.html}`;
};

/** The privacy line; the link that turns pictures off goes to the settings. */
export const privacyHtml = (sheet: Sheet, view: DigestView): string => {
  const lines = privacyLines(sheet, loadsPictures(sheet, view));
  return lines.length > 1 ? link(lines, view.links.manage) : (lines[0]?.html ?? '');
};

/** Topics and sources offered for more and less, at most. */
const TUNED = 5;

const moreLinks = (sheet: Sheet, { sections, links }: DigestView): string => {
  let said = '';
  let count = 0;
  for (const { heading } of sections) {
    if (heading.kind !== 'topic' || count === TUNED) continue;
    const { topic } = heading;
    const lines = linkLines(sheet, 'more', topic, () => sheet.place.words.topics[topic]);
    said += (count++ > 0 ? DOT : '') + link(lines, links.more(topic));
  }
  return said;
};

const lessLinks = (sheet: Sheet, { links }: DigestView, shown: readonly Shown[]): string => {
  const seen: SourceId[] = [];
  let said = '';
  for (const { printed } of shown) {
    const { source, sourceTitle } = printed.card.chosen.telling;
    if (seen.length === TUNED || seen.includes(source)) continue;
    const lines = linkLines(sheet, 'less', source, () => sourceTitle);
    said += (seen.length > 0 ? DOT : '') + link(lines, links.less(source));
    seen.push(source);
  }
  return said;
};

/** `More of: …` and `Less from: …`, plain links to a page. */
export const tuneHtml = (sheet: Sheet, view: DigestView, shown: readonly Shown[]): string => {
  const more = within(gapLines(sheet, 'moreOf'), moreLinks(sheet, view));
  const less = within(gapLines(sheet, 'lessFrom'), lessLinks(sheet, view, shown));
  return more === '' ? less : `${more}<br>${less}`;
};
