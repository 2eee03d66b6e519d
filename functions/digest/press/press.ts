import type { Brand, DigestView } from '../../model/digest.ts';
import { HOUR } from '../../model/time.ts';
import { LONGEST, longestLine } from './fold.ts';
import { collect, emptyTray, lay, type Tray, textInk } from './ink.ts';
import { layCards } from './laid.ts';
import { composeLetter, type LetterView } from './letter.ts';
import { base64Lines, type Envelope, headersOf, type Letterhead, letterhead, PARTS, subjectLine } from './mime.ts';
import { layPage } from './page.ts';
import { makeSheet, type Sheet } from './sheet.ts';
import { type Templates, templatesOf } from './template.ts';
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

/** Makes mails. Pure but for what it remembers: a card printed once is copied for every further reader. */
export interface Press {
  digest: (view: DigestView, envelope: Envelope) => FinishedMail;
  letter: (letter: LetterView, envelope: Envelope) => FinishedMail;
  /** A digest as a web page: the mail's HTML without anything of the reader's own. */
  page: (view: DigestView) => string;
}

/** Digests of one instant are sent within hours; a sheet of an instant so far back would lie there until there is no room. */
const STALE = 6 * HOUR;

/** Sheets kept at a time, and cards on all of them, about 5 KB each; beyond that all are let go. */
const MOST_SHEETS = 100;
const MOST_CARDS = 10_000;

const sheetsOf = (brand: Brand, templates: Templates): ((view: DigestView) => Sheet) => {
  const sheets = new Map<string, Sheet>();
  const cards = (): number => [...sheets.values()].reduce((sum, sheet) => sum + sheet.cards.size, 0);
  return (view) => {
    const pictures = view.pictures === 'none' ? 'bare' : 'rich';
    const key = `${view.language} ${view.zone} ${view.format} ${pictures} ${view.at}`;
    const known = sheets.get(key);
    if (known) return known;
    for (const [old, { place }] of sheets) if (place.at < view.at - STALE) sheets.delete(old);
    if (sheets.size >= MOST_SHEETS || cards() > MOST_CARDS) sheets.clear();
    const made = makeSheet(view, brand, templates);
    sheets.set(key, made);
    return made;
  };
};

const partsOf = (text: Tray, html: readonly Tray[], long: boolean): Tray[] => {
  const between = emptyTray();
  const end = emptyTray();
  lay(end, PARTS.end);
  lay(between, long ? PARTS.beforeEncodedHtml : PARTS.beforeHtml);
  if (!long) return [text, between, ...html, end];
  const encoded = emptyTray();
  lay(encoded, base64Lines(collect(html)));
  return [text, between, encoded, end];
};

const finishDigest = (sheet: Sheet, head: Letterhead, view: DigestView, envelope: Envelope): FinishedMail => {
  const laid = layCards(sheet, view);
  const subject = laid.shown[0]?.printed.subject(view.reader.cadence === 'weekly');
  const headers = emptyTray();
  const text = layText(sheet, view, laid);
  const plain = subject?.plain || sheet.brand.name;
  const textOnly = view.format === 'text';
  lay(headers, headersOf(head, envelope, subject?.plain ? subject.header : subjectLine(plain)));
  lay(headers, textOnly ? PARTS.textOnly : PARTS.beforeText);
  if (textOnly) return { raw: collect([headers, text]), subject: plain, htmlBytes: 0, textBytes: text.decoded };
  const html = layPage(sheet, view, laid, true);
  const raw = collect([headers, ...partsOf(text, html, laid.long)]);
  return {
    raw,
    subject: plain,
    htmlBytes: html.reduce((sum, tray) => sum + tray.size, 0),
    textBytes: text.decoded,
  };
};

const finishLetter = (
  brand: Brand,
  templates: Templates,
  head: Letterhead,
  letter: LetterView,
  envelope: Envelope,
): FinishedMail => {
  const composed = composeLetter(letter, brand, templates);
  const headers = emptyTray();
  const text = emptyTray();
  const html = emptyTray();
  const plain = textInk(composed.text);
  lay(headers, headersOf(head, envelope, subjectLine(composed.subject)));
  lay(headers, PARTS.beforeText);
  lay(text, plain.bytes);
  lay(html, composed.html);
  const raw = collect([headers, ...partsOf(text, [html], longestLine(composed.html) > LONGEST)]);
  return { raw, subject: composed.subject, htmlBytes: html.size, textBytes: plain.size };
};

/** A press for one operator. Throws if the brand's sender address cannot stand in a header. */
export const createPress = (brand: Brand): Press => {
  const head = letterhead(brand);
  const templates = templatesOf(brand);
  const sheetOf = sheetsOf(brand, templates);
  return {
    digest: (view, envelope) => finishDigest(sheetOf(view), head, view, envelope),
    letter: (letter, envelope) => finishLetter(brand, templates, head, letter, envelope),
    page: (view) => {
      const sheet = sheetOf(view);
      return new TextDecoder().decode(collect(layPage(sheet, view, layCards(sheet, view), false)));
    },
  };
};
