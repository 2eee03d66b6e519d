import type { DigestView } from '../../model/digest.ts';
import { MOST_HTML, squeeze } from './budget.ts';
import type { Form } from './card.ts';
import { escapeHtml, safeUrl } from './escape.ts';
import { cutFrame, type Forme, type Framed, fillCuts, type Gap, gapMark } from './forme.ts';
import { contentsLine, endLine, noteLines, signUpDate, stoppedLines } from './frame.ts';
import type { Laid } from './laid.ts';
import type { Line } from './line.ts';
import { addressHtml, footerLinksHtml, href, preheaderHtml, privacyHtml, tuneHtml, whyHtml } from './personal.ts';
import { filled, type Sheet } from './sheet.ts';
import type { Shown } from './shown.ts';
import { fill, type Part } from './template.ts';

const htmlOf = (lines: readonly Line[]): string => {
  let html = '';
  for (const line of lines) html += line.html;
  return html;
};

/** Marks that hold something of the reader's own, which a web page has not. */
const PERSONAL: ReadonlySet<string> = new Set(['next', 'tune', 'why', 'privacy', 'links']);

/** What a mark of the shell stands for, with gaps where something of the reader's own stands. */
const markHtml = (mark: string, sheet: Sheet, view: DigestView): string => {
  switch (mark) {
    case 'subject':
    case 'preheader':
    case 'contents':
    case 'stories':
    case 'tune':
      return gapMark(mark);
    case 'next':
      return htmlOf(endLine(sheet, view.nextAt));
    case 'why':
      return whyHtml(sheet, view);
    case 'privacy':
      return privacyHtml(sheet, view);
    case 'links':
      return footerLinksHtml(sheet);
    default:
      throw new Error(`digest: no passage for ${mark}`);
  }
};

/** The only block of the shell: 'View in browser', where there is something to view. */
const blockHtml = (block: Part, { links }: DigestView, personal: boolean): string =>
  personal && links.web !== null ? fill([block], { web: gapMark('web') }) : '';

const partHtml = (part: Part, sheet: Sheet, view: DigestView, personal: boolean): string => {
  if (typeof part === 'string') return part;
  if ('block' in part) return blockHtml(part, view, personal);
  return personal || !PERSONAL.has(part.mark) ? markHtml(part.mark, sheet, view) : '';
};

const GAPS: readonly Gap[] = [
  'subject',
  'preheader',
  'contents',
  'web',
  'tune',
  'address',
  'date',
  'manage',
  'pause',
  'unsubscribe',
];

/** The frame of the HTML: without anything of the reader's own if not `personal`. */
export const framePage = (sheet: Sheet, view: DigestView, personal: boolean): Framed<Gap> =>
  cutFrame(sheet.shell.map((part) => partHtml(part, sheet, view, personal)).join(''), GAPS);

const NOTHING = { web: '', tune: '', address: '', date: '', manage: '', pause: '', unsubscribe: '' };

/** What fills the gaps of the HTML's frame. */
const ownHtml = (sheet: Sheet, view: DigestView, laid: Laid, personal: boolean): Record<Gap, string> => {
  const { shown } = laid;
  const { links, reader } = view;
  const common = {
    subject: shown[0]?.printed.subject(reader.cadence === 'weekly').html || escapeHtml(sheet.brand.name),
    preheader: preheaderHtml(sheet, shown),
    contents: htmlOf(contentsLine(sheet, shown.length, view.sources, laid.letters)),
  };
  if (!personal) return { ...common, ...NOTHING };
  return {
    subject: common.subject,
    preheader: common.preheader,
    contents: common.contents,
    web: links.web === null ? '' : href(links.web),
    tune: tuneHtml(sheet, view, shown),
    address: addressHtml(reader.address),
    date: htmlOf(signUpDate(sheet, reader.signedUpAt)),
    manage: href(links.manage),
    pause: href(links.pause),
    unsubscribe: href(links.unsubscribe),
  };
};

const moreRow = (sheet: Sheet, view: DigestView, missing: number): string => {
  const web = view.links.web === null ? '' : escapeHtml(safeUrl(view.links.web) ?? '');
  const words = escapeHtml(sheet.place.words.digest.moreOnWeb(missing));
  return `${filled(sheet, 'more', { words, web, 'no-web': web === '' ? 'shown' : '' })}\r\n`;
};

/** Room that is kept for the row 'N more on the web'. */
const MORE_ROW = 2600;

const showsPicture = ({ hasPicture, role }: Shown, { pictures }: DigestView): boolean =>
  hasPicture && (pictures === 'all' || (pictures === 'lead' && role === 'lead'));

/** How a card is shown where there is room. */
const formOf = (sheet: Sheet, view: DigestView, card: Shown): Form => {
  if (sheet.brief) return 'brief';
  return showsPicture(card, view) ? 'pictured' : 'plain';
};

/** The first cards in some forms, under their headings. */
const cardsHtml = ({ shown, headings }: Laid, forms: readonly Form[]): string => {
  let html = '';
  for (let at = 0; at < forms.length; at++) {
    const [card, form, heading] = [shown[at], forms[at], headings[at]];
    if (heading) html += htmlOf(heading);
    if (card && form) html += card.html(form);
  }
  return html;
};

const storiesHtml = (sheet: Sheet, view: DigestView, laid: Laid, frameSize: number): string => {
  const notes = htmlOf(noteLines(sheet, view));
  const stopped = htmlOf(stoppedLines(sheet, view));
  const room = MOST_HTML - (frameSize + notes.length + MORE_ROW + stopped.length);
  const { shown, headings } = laid;
  const whole = cardsHtml(
    laid,
    shown.map((card) => formOf(sheet, view, card)),
  );
  if (whole.length <= room) return notes + whole + stopped;
  let above = 0;
  for (const heading of headings) above += heading ? htmlOf(heading).length : 0;
  const forms = squeeze(shown, room - above, sheet.brief);
  const missing = shown.length - forms.length;
  return notes + cardsHtml(laid, forms) + (missing > 0 ? moreRow(sheet, view, missing) : '') + stopped;
};

/** The HTML of a digest, within its budget: ASCII, its lines ended by CRLF. */
export const pageHtml = (
  sheet: Sheet,
  view: DigestView,
  laid: Laid,
  { page, bare }: Forme,
  personal: boolean,
): string => {
  const framed = personal ? page : bare;
  const own = ownHtml(sheet, view, laid, personal);
  const before = fillCuts(framed.before, own);
  const after = fillCuts(framed.after, own);
  return before + storiesHtml(sheet, view, laid, before.length + after.length) + after;
};
