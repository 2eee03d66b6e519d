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

const moreLinks = (sheet: Sheet, { sections, links }: DigestView): string => {
  const url = href(links.more);
  let said = '';
  let count = 0;
  for (const { heading } of sections) {
    if (heading.kind !== 'topic' || count === TUNED) continue;
    const { topic } = heading;
    const lines = tuneLines(sheet, 'more', topic, () => sheet.place.words.topics[topic]);
    said += (count++ > 0 ? DOT : '') + joined(lines, url);
  }
  return said;
};

const lessLinks = (sheet: Sheet, { links }: DigestView, shown: readonly Shown[]): string => {
  const url = href(links.less);
  const seen: SourceId[] = [];
  let said = '';
  for (const { source, printed } of shown) {
    if (seen.length === TUNED) break;
    if (seen.includes(source)) continue;
    const lines = tuneLines(sheet, 'less', source, () => printed.by.telling.sourceTitle);
    said += (seen.length > 0 ? DOT : '') + joined(lines, url);
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
