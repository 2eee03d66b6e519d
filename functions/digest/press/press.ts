import type { Brand, DigestView } from '../../model/digest.ts';
import { LONGEST, longestLine } from './fold.ts';
import { collect, lay, type Tray, textInk } from './ink.ts';
import { composeLetter, type LetterView } from './letter.ts';
import { base64Lines, type Envelope, headersOf, type Letterhead, letterhead, PARTS, subjectLine } from './mime.ts';
import { type Laid, layPage } from './page.ts';
import { makeSheet, type Sheet } from './sheet.ts';
import { layText } from './text.ts';

export type { LetterView } from './letter.ts';
export type { Envelope } from './mime.ts';

/** A mail as SES takes it, and what is worth counting of it. */
export interface FinishedMail {
  /** RFC 5322 message: CRLF, ASCII, lines of at most 998 octets. */
  raw: Uint8Array;
  subject: string;
  /** Bytes of the HTML part before transfer encoding; 0 in a text-only mail. */
  htmlBytes: number;
  /** Bytes of the text part before transfer encoding. */
  textBytes: number;
}

/** Makes mails. Pure but for what it remembers: cards printed once are copied for every further reader. */
export interface Press {
  digest: (view: DigestView, envelope: Envelope) => FinishedMail;
  letter: (letter: LetterView, envelope: Envelope) => FinishedMail;
  /** A digest as a web page: the mail's HTML without anything of the reader's own. */
  page: (view: DigestView) => string;
}

/** Sheets kept at a time, and stories on all of them; beyond that all are let go. */
const MOST_SHEETS = 200;

const sheetsOf = (brand: Brand): ((view: DigestView) => Sheet) => {
  const sheets = new Map<string, Sheet>();
  return (view) => {
    const key = `${view.language} ${view.zone} ${view.format} ${view.at}`;
    const known = sheets.get(key);
    if (known) return known;
    if (sheets.size >= MOST_SHEETS) sheets.clear();
    const made = makeSheet(view, brand);
    sheets.set(key, made);
    return made;
  };
};

const layHtmlPart = (mail: Tray, html: Tray, long: boolean): void => {
  if (long) lay(mail, PARTS.beforeEncodedHtml, base64Lines(collect(html)));
  else {
    mail.pieces.push(PARTS.beforeHtml, ...html.pieces);
    mail.size += PARTS.beforeHtml.length + html.size;
  }
};

const finishDigest = (sheet: Sheet, head: Letterhead, view: DigestView, envelope: Envelope): FinishedMail => {
  const laid: Laid = layPage(sheet, view, true);
  const text = layText(sheet, view, laid.printed);
  const subject = laid.printed[0]?.subject(view.reader.cadence === 'weekly').plain ?? sheet.brand.name;
  const mail: Tray = { pieces: [], size: 0 };
  lay(mail, headersOf(head, envelope, subjectLine(subject)));
  lay(mail, view.format === 'text' ? PARTS.textOnly : PARTS.beforeText);
  mail.pieces.push(...text.pieces);
  mail.size += text.size;
  if (view.format !== 'text') {
    layHtmlPart(mail, laid.html, laid.long);
    lay(mail, PARTS.end);
  }
  const htmlBytes = view.format === 'text' ? 0 : laid.html.size;
  return { raw: collect(mail), subject, htmlBytes, textBytes: text.decoded };
};

const finishLetter = (brand: Brand, head: Letterhead, letter: LetterView, envelope: Envelope): FinishedMail => {
  const { subject, text, html } = composeLetter(letter, brand);
  const mail: Tray = { pieces: [], size: 0 };
  const plain = textInk(text);
  lay(mail, headersOf(head, envelope, subjectLine(subject)), PARTS.beforeText, plain.bytes);
  layHtmlPart(mail, { pieces: [html], size: html.length }, longestLine(html) > LONGEST);
  lay(mail, PARTS.end);
  return { raw: collect(mail), subject, htmlBytes: html.length, textBytes: plain.size };
};

/** A press for one operator. Throws if the brand's sender address cannot stand in a header. */
export const createPress = (brand: Brand): Press => {
  const head = letterhead(brand);
  const sheetOf = sheetsOf(brand);
  return {
    digest: (view, envelope) => finishDigest(sheetOf(view), head, view, envelope),
    letter: (letter, envelope) => finishLetter(brand, head, letter, envelope),
    page: (view) => new TextDecoder().decode(collect(layPage(sheetOf(view), view, false).html)),
  };
};
