import type { Brand, DigestView } from '../../model/digest.ts';
import { HOUR } from '../../model/time.ts';
import { LONGEST, longestLine } from './fold.ts';
import { type Forme, formeFor } from './forme.ts';
import { textInk } from './ink.ts';
import { layCards } from './laid.ts';
import { composeLetter, type LetterView } from './letter.ts';
import { base64Lines, type Envelope, headersOf, type Letterhead, letterhead, PARTS, subjectLine } from './mime.ts';
import { framePage, pageHtml } from './page.ts';
import { makeSheet, type Sheet } from './sheet.ts';
import { type Templates, templatesOf } from './template.ts';
import { frameText, layText } from './text.ts';

export type { LetterView } from './letter.ts';
export type { Envelope } from './mime.ts';

/** A mail as SES takes it, and what is worth counting of it. */
export interface FinishedMail {
  /** RFC 5322 message: CRLF, ASCII, lines of at most 998 octets. */
  raw: string;
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

interface KeptSheet extends Pick<DigestView, 'language' | 'zone' | 'format' | 'at'> {
  bare: boolean;
  sheet: Sheet;
}

const sheetsOf = (brand: Brand, templates: Templates): ((view: DigestView) => Sheet) => {
  let sheets: KeptSheet[] = [];
  const cards = (): number => sheets.reduce((sum, { sheet: { cards, dealt } }) => sum + cards.size + dealt.size, 0);
  return (view) => {
    const { language, zone, format, at } = view;
    const bare = view.pictures === 'none';
    for (const each of sheets) {
      const isSameKind = each.language === language && each.format === format && each.bare === bare;
      if (isSameKind && each.at === at && each.zone === zone) return each.sheet;
    }
    sheets = sheets.filter((each) => each.at >= at - STALE);
    if (sheets.length >= MOST_SHEETS || cards() > MOST_CARDS) sheets = [];
    const sheet = makeSheet(view, brand, templates);
    sheets.push({ language, zone, format, at, bare, sheet });
    return sheet;
  };
};

const formeOf = (sheet: Sheet, view: DigestView): Forme =>
  formeFor(sheet.formes, view, () => {
    const text = frameText(sheet, view);
    return {
      page: framePage(sheet, view, true),
      bare: framePage(sheet, view, false),
      text: text.framed,
      textSize: text.size,
    };
  });

const bothParts = (text: string, html: string, long: boolean): string =>
  PARTS.beforeText + text + (long ? PARTS.beforeEncodedHtml + base64Lines(html) : PARTS.beforeHtml + html) + PARTS.end;

const finishDigest = (sheet: Sheet, head: Letterhead, view: DigestView, envelope: Envelope): FinishedMail => {
  const laid = layCards(sheet, view);
  const subject = laid.shown[0]?.printed.subject(view.reader.cadence === 'weekly');
  const plain = subject?.plain || sheet.brand.name;
  const headers = headersOf(head, envelope, subject?.plain ? subject.header : subjectLine(plain));
  const forme = formeOf(sheet, view);
  const text = layText(sheet, view, laid, forme);
  const finished = (body: string, htmlBytes: number): FinishedMail => ({
    raw: headers + body,
    subject: plain,
    htmlBytes,
    textBytes: text.decoded,
  });
  if (view.format === 'text') return finished(PARTS.textOnly + text.ascii, 0);
  const html = pageHtml(sheet, view, laid, forme, true);
  return finished(bothParts(text.ascii, html, laid.long), html.length);
};

const finishLetter = (
  brand: Brand,
  templates: Templates,
  head: Letterhead,
  letter: LetterView,
  envelope: Envelope,
): FinishedMail => {
  const composed = composeLetter(letter, brand, templates);
  const { subject, html } = composed;
  const text = textInk(composed.text);
  const body = bothParts(text.ascii, html, longestLine(html) > LONGEST);
  const raw = headersOf(head, envelope, subjectLine(subject)) + body;
  return { raw, subject, htmlBytes: html.length, textBytes: text.size };
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
      return pageHtml(sheet, view, layCards(sheet, view), formeOf(sheet, view), false);
    },
  };
};
