import type { DigestView } from '../../model/digest.ts';
import {
  contentsLine,
  endLine,
  headingLines,
  linkLines,
  noteLines,
  privacyLines,
  stoppedLines,
  whyLines,
} from './frame.ts';
import { asciiInk, type Ink, type TextInk, textInk } from './ink.ts';
import type { Printed } from './printed.ts';
import { type Line, line, linesOf, type Sheet } from './sheet.ts';
import { RULE } from './wrap.ts';

/** The text part as encoded pieces; `size` counts encoded bytes, `decoded` what a reader's program holds. */
export interface TextTray {
  pieces: Ink[];
  size: number;
  decoded: number;
}

const put = (tray: TextTray, { bytes, size }: TextInk): void => {
  tray.pieces.push(bytes);
  tray.size += bytes.length;
  tray.decoded += size;
};

const putLines = (tray: TextTray, lines: readonly Line[]): void => {
  for (const { text } of lines) put(tray, text);
};

/** A reader's own ASCII; an address beyond ASCII takes the slow way. */
const putOwn = (tray: TextTray, own: string): void => {
  const encoded = /^[\x21-\x7e]*$/.test(own) ? asciiInk(own) : textInk(own).bytes;
  tray.pieces.push(encoded);
  tray.size += encoded.length;
  tray.decoded += Buffer.byteLength(own);
};

const putLink = (tray: TextTray, sheet: Sheet, key: string, words: () => string, url: string): void => {
  const [before, after] = linkLines(sheet, key, words);
  if (before) put(tray, before.text);
  putOwn(tray, url);
  if (after) put(tray, after.text);
};

const putFooter = (tray: TextTray, sheet: Sheet, view: DigestView): void => {
  const { digest } = sheet.place.words;
  const [before, after] = whyLines(sheet, view);
  if (before) put(tray, before.text);
  putOwn(tray, view.reader.address);
  if (after) put(tray, after.text);
  putLines(tray, privacyLines(sheet, view.pictures !== 'none' && view.format !== 'text'));
  const { contact, postalAddress } = sheet.brand;
  putLines(
    tray,
    linesOf(sheet, 'imprint', () => [line('', `${digest.contact(contact)}\n${postalAddress}\n\n`)]),
  );
  putLink(tray, sheet, 'change', () => digest.change, view.links.manage);
  putLink(tray, sheet, 'pause', () => digest.pause, view.links.pause);
  putLink(tray, sheet, 'unsubscribe', () => digest.unsubscribe, view.links.unsubscribe);
};

/** Lays out the text part: written for reading, every story in it, links on lines of their own. */
export const layText = (sheet: Sheet, view: DigestView, printed: readonly Printed[]): TextTray => {
  const tray: TextTray = { pieces: [], size: 0, decoded: 0 };
  const { digest } = sheet.place.words;
  const letters = printed.reduce((sum, card) => sum + card.letters, 0);
  putLines(tray, contentsLine(sheet, printed.length, view.sources, letters));
  if (view.links.web) putLink(tray, sheet, 'web', () => digest.viewInBrowser, view.links.web);
  putLines(
    tray,
    linesOf(sheet, 'rule', () => [line('', `${RULE}\n\n`)]),
  );
  putLines(tray, noteLines(sheet, view));
  let at = 0;
  if (view.lead) put(tray, printed[at++]?.text ?? textInk(''));
  for (const { heading, cards } of view.sections) {
    if (cards.length > 0) putLines(tray, headingLines(sheet, heading));
    for (const _ of cards) put(tray, printed[at++]?.text ?? textInk(''));
  }
  putLines(tray, stoppedLines(sheet, view));
  putLines(tray, endLine(sheet, view.nextAt));
  putFooter(tray, sheet, view);
  return tray;
};
