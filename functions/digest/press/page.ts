import type { DigestView } from '../../model/digest.ts';
import { MOST_HTML, planForms } from './budget.ts';
import { escapeHtml, safeUrl } from './escape.ts';
import { contentsLine, endLine, noteLines, stoppedLines } from './frame.ts';
import { emptyTray, lay, type Tray } from './ink.ts';
import type { Laid } from './laid.ts';
import type { Line } from './line.ts';
import { href, layFooterLinks, layPreheader, layPrivacy, layTune, layWhy } from './personal.ts';
import type { Printed } from './printed.ts';
import { filled, type Sheet } from './sheet.ts';
import { fill, type Part } from './template.ts';

const layLines = (tray: Tray, lines: readonly Line[]): void => {
  for (const { html } of lines) lay(tray, html);
};

/** Marks that hold something of the reader's own, which a web page has not. */
const PERSONAL: ReadonlySet<string> = new Set(['next', 'tune', 'why', 'privacy', 'links']);

/** Fills a mark of the shell. */
const layMark = (tray: Tray, mark: string, sheet: Sheet, view: DigestView, laid: Laid): void => {
  const { shown } = laid;
  const top = shown[0]?.printed;
  switch (mark) {
    case 'subject':
      lay(tray, top?.subject(view.reader.cadence === 'weekly').html || escapeHtml(sheet.brand.name));
      break;
    case 'preheader':
      layPreheader(tray, sheet, shown);
      break;
    case 'contents':
      layLines(tray, contentsLine(sheet, shown.length, view.sources, laid.letters));
      break;
    case 'next':
      layLines(tray, endLine(sheet, view.nextAt));
      break;
    case 'tune':
      layTune(tray, sheet, view, shown);
      break;
    case 'why':
      layWhy(tray, sheet, view);
      break;
    case 'privacy':
      layPrivacy(tray, sheet, view);
      break;
    case 'links':
      layFooterLinks(tray, sheet, view);
      break;
    default:
      throw new Error(`digest: no passage for ${mark}`);
  }
};

/** The only block of the shell: 'View in browser', where there is something to view. */
const layBlock = (tray: Tray, block: Part, { links }: DigestView, personal: boolean): void => {
  if (personal && links.web !== null) lay(tray, fill([block], { web: href(links.web) }));
};

const moreRow = (sheet: Sheet, view: DigestView, missing: number): string => {
  const web = view.links.web === null ? '' : escapeHtml(safeUrl(view.links.web) ?? '');
  const words = escapeHtml(sheet.place.words.digest.moreOnWeb(missing));
  return `${filled(sheet, 'more', { words, web, 'no-web': web === '' ? 'shown' : '' })}\r\n`;
};

/** Room that is kept for the row 'N more on the web'. */
const MORE_ROW = 2600;

const showsPicture = ({ hasPicture, role }: Printed, { pictures }: DigestView): boolean =>
  hasPicture && (pictures === 'all' || (pictures === 'lead' && role === 'lead'));

const layStories = (sheet: Sheet, view: DigestView, { shown, headings }: Laid, frameSize: number): Tray => {
  const tray = emptyTray();
  const stopped = stoppedLines(sheet, view);
  layLines(tray, noteLines(sheet, view));
  let taken = frameSize + tray.size + MORE_ROW;
  for (const { html } of stopped) taken += html.length;
  for (const heading of headings) if (heading) for (const { html } of heading) taken += html.length;
  const { forms } = planForms(shown, MOST_HTML - taken, sheet.brief, ({ printed }) => showsPicture(printed, view));
  forms.forEach((form, at) => {
    const heading = headings[at];
    const card = shown[at];
    if (heading) layLines(tray, heading);
    if (card) lay(tray, card.html(form));
  });
  const missing = shown.length - forms.length;
  if (missing > 0) lay(tray, moreRow(sheet, view, missing));
  layLines(tray, stopped);
  return tray;
};

/** Lays out the HTML of a digest, within its budget. */
export const layPage = (sheet: Sheet, view: DigestView, laid: Laid, personal: boolean): Tray[] => {
  const before = emptyTray();
  const after = emptyTray();
  let tray = before;
  for (const part of sheet.shell) {
    if (part instanceof Uint8Array) lay(tray, part);
    else if ('block' in part) layBlock(tray, part, view, personal);
    else if (part.mark === 'stories') tray = after;
    else if (personal || !PERSONAL.has(part.mark)) layMark(tray, part.mark, sheet, view, laid);
  }
  return [before, layStories(sheet, view, laid, before.size + after.size), after];
};
