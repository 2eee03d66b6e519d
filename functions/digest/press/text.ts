import type { DigestView } from '../../model/digest.ts';
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
import { type Line, line } from './line.ts';
import { linesOf, type Sheet } from './sheet.ts';
import { RULE } from './wrap.ts';

const put = (tray: Tray, { ascii, size }: TextInk): void => lay(tray, ascii, size);

const putLines = (tray: Tray, lines: readonly Line[]): void => {
  for (const { text } of lines) put(tray, text);
};

/** A reader's own ASCII; an address beyond ASCII takes the slow way. */
const putOwn = (tray: Tray, own: string): void => {
  if (/^[\x21-\x7e]*$/.test(own)) lay(tray, asciiInk(own), own.length);
  else put(tray, textInk(own));
};

const putLink = (tray: Tray, [before, after]: readonly Line[], url: string): void => {
  if (before) put(tray, before.text);
  putOwn(tray, url);
  if (after) put(tray, after.text);
};

/** A soft break: an address of any length may follow. */
const SOFT = '=\r\n';

const putWhy = (tray: Tray, sheet: Sheet, view: DigestView): void => {
  const [before, between, after] = whyLines(sheet, view);
  const [date] = signUpDate(sheet, view.reader.signedUpAt);
  if (!(before && between && after && date)) return;
  put(tray, before.text);
  lay(tray, SOFT, 0);
  putOwn(tray, view.reader.address);
  lay(tray, SOFT, 0);
  put(tray, between.text);
  lay(tray, SOFT, 0);
  put(tray, date.text);
  lay(tray, SOFT, 0);
  put(tray, after.text);
};

const putPrivacy = (tray: Tray, sheet: Sheet, view: DigestView): void => {
  const pictures = loadsPictures(sheet, view);
  putLines(tray, privacyLines(sheet, pictures));
  if (!pictures) return;
  putOwn(tray, view.links.manage);
  putLines(
    tray,
    linesOf(sheet, 'fixed', 'gap', () => [line('', '\n\n')]),
  );
};

const putFooter = (tray: Tray, sheet: Sheet, view: DigestView): void => {
  const { digest } = sheet.place.words;
  const { contact, postalAddress } = sheet.brand;
  const { links } = view;
  putWhy(tray, sheet, view);
  putPrivacy(tray, sheet, view);
  putLines(
    tray,
    linesOf(sheet, 'fixed', 'imprint', () => [line('', `${digest.contact(contact)}\n${postalAddress}\n\n`)]),
  );
  putLink(
    tray,
    linkLines(sheet, 'change', () => digest.change),
    links.manage,
  );
  putLink(
    tray,
    linkLines(sheet, 'pause', () => digest.pause),
    links.pause,
  );
  putLink(
    tray,
    linkLines(sheet, 'unsubscribe', () => digest.unsubscribe),
    links.unsubscribe,
  );
};

/** Lays out the text part: written for reading, every story in it, links on lines of their own. */
export const layText = (sheet: Sheet, view: DigestView, { shown, headings, letters }: Laid): Tray => {
  const tray = emptyTray();
  const { digest } = sheet.place.words;
  putLines(tray, contentsLine(sheet, shown.length, view.sources, letters));
  if (view.links.web !== null) {
    putLink(
      tray,
      linkLines(sheet, 'web', () => digest.viewInBrowser),
      view.links.web,
    );
  }
  putLines(
    tray,
    linesOf(sheet, 'fixed', 'rule', () => [line('', `${RULE}\n\n`)]),
  );
  putLines(tray, noteLines(sheet, view));
  shown.forEach(({ text }, at) => {
    const heading = headings[at];
    if (heading) putLines(tray, heading);
    put(tray, text);
  });
  putLines(tray, stoppedLines(sheet, view));
  putLines(tray, endLine(sheet, view.nextAt));
  putFooter(tray, sheet, view);
  return tray;
};
