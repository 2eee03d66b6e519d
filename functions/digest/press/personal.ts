import type { DigestView } from '../../model/digest.ts';
import type { SourceId } from '../../model/source.ts';
import { summaryOf } from './card.ts';
import { shorten } from './compose.ts';
import { escapeHtml, safeUrl, tidy } from './escape.ts';
import { gapLines, linkLines, loadsPictures, privacyLines, signUpDate, whyLines } from './frame.ts';
import { lay, type Tray } from './ink.ts';
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
  (before?.ascii ?? '') + href(url) + (after?.ascii ?? '');

const DOT = '&#160;&#183; ';
const PREVIEW = 90;

/** What an inbox shows beside the subject: the next headlines, or for a single story its summary. */
export const layPreheader = (tray: Tray, sheet: Sheet, [first, next, last]: readonly Shown[]): void => {
  const [top, second, third] = [first?.printed, next?.printed, last?.printed];
  if (second === undefined) {
    lay(tray, escapeHtml(shorten(top ? summaryOf(top.card) : '', PREVIEW)));
    return;
  }
  const [before, after] = gapLines(sheet, 'plus');
  if (before) lay(tray, before.html);
  lay(tray, second.teaser);
  if (third !== undefined && second.teaserSize + third.teaserSize < PREVIEW) lay(tray, `; ${third.teaser}`);
  if (after) lay(tray, after.html);
};

/** Change, pause, unsubscribe: the last links of every digest. */
export const layFooterLinks = (tray: Tray, sheet: Sheet, { links }: DigestView): void => {
  const { digest } = sheet.place.words;
  const change = linkLines(sheet, 'link', 'change', () => digest.change);
  const pause = linkLines(sheet, 'link', 'pause', () => digest.pause);
  const leave = linkLines(sheet, 'link', 'unsubscribe', () => digest.unsubscribe);
  lay(tray, link(change, links.manage) + DOT + link(pause, links.pause) + DOT + link(leave, links.unsubscribe));
};

/** Why this mail came, with the address it came to and since when. */
export const layWhy = (tray: Tray, sheet: Sheet, view: DigestView): void => {
  const [before, between, after] = whyLines(sheet, view);
  const [date] = signUpDate(sheet, view.reader.signedUpAt);
  if (!(before && between && after && date)) return;
  const typed = view.reader.address;
  const address = NEEDS_CARE.test(typed) ? escapeHtml(tidy(typed)) : typed;
  lay(tray, `${before.ascii}<b>${address}</b>${between.ascii}${date.ascii}${after.ascii}`);
};

/** The privacy line; the link that turns pictures off goes to the settings. */
export const layPrivacy = (tray: Tray, sheet: Sheet, view: DigestView): void => {
  const lines = privacyLines(sheet, loadsPictures(sheet, view));
  lay(tray, lines.length > 1 ? link(lines, view.links.manage) : (lines[0]?.html ?? ''));
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

const within = ([before, after]: readonly Line[], said: string): string =>
  said === '' ? '' : (before?.ascii ?? '') + said + (after?.ascii ?? '');

/** `More of: …` and `Less from: …`, plain links to a page. */
export const layTune = (tray: Tray, sheet: Sheet, view: DigestView, shown: readonly Shown[]): void => {
  const more = within(gapLines(sheet, 'moreOf'), moreLinks(sheet, view));
  const less = within(gapLines(sheet, 'lessFrom'), lessLinks(sheet, view, shown));
  lay(tray, more === '' ? less : `${more}<br>${less}`);
};
