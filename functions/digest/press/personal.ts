import type { DigestView } from '../../model/digest.ts';
import type { SourceId } from '../../model/source.ts';
import { shorten } from './compose.ts';
import { escapeHtml, safeUrl, tidy } from './escape.ts';
import { gapLines, linkLines, loadsPictures, privacyLines, signUpDate, whyLines } from './frame.ts';
import { lay, type Tray } from './ink.ts';
import type { Printed } from './printed.ts';
import type { Line, Sheet } from './sheet.ts';

/** The passages of the HTML that hold something of one reader's own: links with tokens, the address. */

const CLEAN = /^https?:\/\/[\w\-.~:/?%#@+,;]*(?:=[\w\-.~%]*)?$/;

/** A link of ours in an attribute; mostly there is nothing to escape. */
export const href = (url: string): string =>
  CLEAN.test(url) && !url.includes('=_') ? url : escapeHtml(safeUrl(url) ?? '');

const layLink = (tray: Tray, [before, after]: readonly Line[], url: string): void => {
  if (before) lay(tray, before.html);
  lay(tray, href(url));
  if (after) lay(tray, after.html);
};

const DOT = ' &#183; ';
const PREVIEW = 90;

/** What an inbox shows beside the subject: the next headlines, or for a single story its summary. */
export const layPreheader = (tray: Tray, sheet: Sheet, [top, second, third]: readonly Printed[]): void => {
  if (second === undefined) {
    lay(tray, escapeHtml(shorten(tidy(top?.card.story.summary ?? ''), PREVIEW)));
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
  layLink(
    tray,
    linkLines(sheet, 'link', 'change', () => digest.change),
    links.manage,
  );
  lay(tray, DOT);
  layLink(
    tray,
    linkLines(sheet, 'link', 'pause', () => digest.pause),
    links.pause,
  );
  lay(tray, DOT);
  layLink(
    tray,
    linkLines(sheet, 'link', 'unsubscribe', () => digest.unsubscribe),
    links.unsubscribe,
  );
};

/** Why this mail came, with the address it came to and since when. */
export const layWhy = (tray: Tray, sheet: Sheet, view: DigestView): void => {
  const [before, between, after] = whyLines(sheet, view);
  const [date] = signUpDate(sheet, view.reader.signedUpAt);
  if (!(before && between && after && date)) return;
  lay(tray, before.html);
  lay(tray, `<b>${escapeHtml(tidy(view.reader.address))}</b>`);
  lay(tray, between.html);
  lay(tray, date.html);
  lay(tray, after.html);
};

/** The privacy line; the link that turns pictures off goes to the settings. */
export const layPrivacy = (tray: Tray, sheet: Sheet, view: DigestView): void => {
  const lines = privacyLines(sheet, loadsPictures(sheet, view));
  if (lines.length > 1) layLink(tray, lines, view.links.manage);
  else if (lines[0]) lay(tray, lines[0].html);
};

/** Topics and sources offered for more and less, at most. */
const TUNED = 5;

const layMore = (tray: Tray, sheet: Sheet, { sections, links }: DigestView): number => {
  const [before, after] = gapLines(sheet, 'moreOf');
  let count = 0;
  for (const { heading } of sections) {
    if (heading.kind !== 'topic' || count === TUNED) continue;
    const { topic } = heading;
    if (count > 0) lay(tray, DOT);
    else if (before) lay(tray, before.html);
    count++;
    layLink(
      tray,
      linkLines(sheet, 'more', topic, () => sheet.place.words.topics[topic]),
      links.more(topic),
    );
  }
  if (count > 0 && after) lay(tray, after.html);
  return count;
};

const layLess = (tray: Tray, sheet: Sheet, { links }: DigestView, printed: readonly Printed[]): void => {
  const [before, after] = gapLines(sheet, 'lessFrom');
  const seen: SourceId[] = [];
  for (const { card } of printed) {
    const { source, sourceTitle } = card.chosen.telling;
    if (seen.length === TUNED || seen.includes(source)) continue;
    if (seen.length > 0) lay(tray, DOT);
    else if (before) lay(tray, before.html);
    seen.push(source);
    layLink(
      tray,
      linkLines(sheet, 'less', source, () => sourceTitle),
      links.less(source),
    );
  }
  if (seen.length > 0 && after) lay(tray, after.html);
};

/** `More of: …` and `Less from: …`, plain links to a page. */
export const layTune = (tray: Tray, sheet: Sheet, view: DigestView, printed: readonly Printed[]): void => {
  if (layMore(tray, sheet, view) > 0) lay(tray, '<br>');
  layLess(tray, sheet, view, printed);
};
