import type { DigestView } from '../../model/digest.ts';
import { cutFrame, type Forme, type Framed, gapMark, type TextGap } from './forme.ts';
import {
  contentsLine,
  endLine,
  linkLines,
  loadsPictures,
  noteLines,
  privacyLines,
  signUpDate,
  stoppedLines,
  whyLines,
} from './frame.ts';
import { asciiInk, emptyTray, lay, type TextInk, type Tray, textInk } from './ink.ts';
import type { Laid } from './laid.ts';
import type { Line } from './line.ts';
import { lessFrom, moreOf } from './personal.ts';
import type { Sheet } from './sheet.ts';
import { RULE } from './wrap.ts';

const put = (tray: Tray, { ascii, size }: TextInk): void => lay(tray, ascii, size);

const putLines = (tray: Tray, lines: readonly Line[]): void => {
  for (const { text } of lines) put(tray, text);
};

const putGap = (tray: Tray, gap: TextGap): void => lay(tray, gapMark(gap), 0);

const putLink = (tray: Tray, [before, after]: readonly Line[], gap: TextGap): void => {
  if (before) put(tray, before.text);
  putGap(tray, gap);
  if (after) put(tray, after.text);
};

/** A soft break: an address of any length may follow. */
const SOFT = '=\r\n';

const putWhy = (tray: Tray, sheet: Sheet, view: DigestView): void => {
  const [before, between, after] = whyLines(sheet, view);
  if (!(before && between && after)) return;
  put(tray, before.text);
  lay(tray, SOFT, 0);
  putGap(tray, 'address');
  lay(tray, SOFT, 0);
  put(tray, between.text);
  lay(tray, SOFT, 0);
  putGap(tray, 'date');
  lay(tray, SOFT, 0);
  put(tray, after.text);
};

const putPrivacy = (tray: Tray, sheet: Sheet, view: DigestView): void => {
  const lines = privacyLines(sheet, loadsPictures(sheet, view));
  if (lines.length > 1) putLink(tray, lines, 'manage');
  else putLines(tray, lines);
};

const putFooter = (tray: Tray, sheet: Sheet, view: DigestView): void => {
  const { digest } = sheet.place.words;
  const { contact, postalAddress } = sheet.brand;
  putWhy(tray, sheet, view);
  putPrivacy(tray, sheet, view);
  put(tray, textInk(`${digest.contact(contact)}\n${postalAddress}\n\n`));
  putLink(
    tray,
    linkLines(sheet, 'change', () => digest.change),
    'manage',
  );
  putLink(
    tray,
    linkLines(sheet, 'pause', () => digest.pause),
    'pause',
  );
  putLink(
    tray,
    linkLines(sheet, 'unsubscribe', () => digest.unsubscribe),
    'unsubscribe',
  );
};

const GAPS: readonly TextGap[] = ['contents', 'web', 'address', 'date', 'manage', 'pause', 'unsubscribe'];

/** The frame of the text part, and its bytes before transfer encoding. */
export const frameText = (sheet: Sheet, view: DigestView): { framed: Framed<TextGap>; size: number } => {
  const tray = emptyTray();
  const { digest } = sheet.place.words;
  putGap(tray, 'contents');
  if (view.links.web !== null) {
    putLink(
      tray,
      linkLines(sheet, 'web', () => digest.viewInBrowser),
      'web',
    );
  }
  put(tray, textInk(`${RULE}\n\n`));
  lay(tray, gapMark('stories'), 0);
  putLines(tray, endLine(sheet, view.nextAt));
  putFooter(tray, sheet, view);
  return { framed: cutFrame(tray.ascii, GAPS), size: tray.decoded };
};

const IS_ASCII = /^[\x21-\x7e]*$/;

/** A reader's own; an address beyond ASCII takes the slow way. */
const ownInk = (own: string): TextInk =>
  IS_ASCII.test(own) ? { ascii: asciiInk(own), size: own.length } : textInk(own);

const NOTHING: TextInk = { ascii: '', size: 0 };

const inkOf = ([line]: readonly Line[]): TextInk => line?.text ?? NOTHING;

const putStories = (tray: Tray, { shown, headings }: Laid): void => {
  for (let at = 0; at < shown.length; at++) {
    const [story, heading] = [shown[at], headings[at]];
    if (heading) putLines(tray, heading);
    if (story) lay(tray, story.text, story.textSize);
  }
};

const putTunes = (tray: Tray, words: string, links: readonly Line[][], own: TextInk): void => {
  if (links.length === 0) return;
  put(tray, textInk(`${words.trim()}\n`));
  for (const [before, after] of links) {
    if (!(before && after)) continue;
    put(tray, before.text);
    lay(tray, SOFT, 0);
    put(tray, own);
    lay(tray, SOFT, 0);
    put(tray, after.text);
  }
  put(tray, textInk('\n'));
};

/** A line for each topic to have more of and each source to have less from. Beside HTML, which has them, the text is short. */
const putAllTunes = (tray: Tray, sheet: Sheet, view: DigestView, { shown }: Laid): void => {
  const { digest } = sheet.place.words;
  putTunes(tray, digest.moreOf(''), moreOf(sheet, view), ownInk(view.links.more));
  putTunes(tray, digest.lessFrom(''), lessFrom(sheet, shown), ownInk(view.links.less));
};

/** Lays out the text part: written for reading, every story in it, links on lines of their own. */
export const layText = (sheet: Sheet, view: DigestView, laid: Laid, { text, textSize }: Forme): Tray => {
  const { links, reader } = view;
  const own: Record<TextGap, TextInk> = {
    contents: inkOf(contentsLine(sheet, laid.shown.length, view.sources, laid.letters)),
    web: links.web === null ? NOTHING : ownInk(links.web),
    address: ownInk(reader.address),
    date: inkOf(signUpDate(sheet, reader.signedUpAt)),
    manage: ownInk(links.manage),
    pause: ownInk(links.pause),
    unsubscribe: ownInk(links.unsubscribe),
  };
  const tray: Tray = { ascii: '', decoded: textSize };
  const putCuts = (cuts: Framed<TextGap>['before']): void => {
    for (const { passage, gap } of cuts) {
      tray.ascii += passage;
      if (gap !== undefined) put(tray, own[gap]);
    }
  };
  putCuts(text.before);
  putLines(tray, noteLines(sheet, view));
  putStories(tray, laid);
  putLines(tray, stoppedLines(sheet, view));
  if (view.format === 'text') putAllTunes(tray, sheet, view, laid);
  putCuts(text.after);
  return tray;
};
