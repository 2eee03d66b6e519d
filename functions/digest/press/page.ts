import type { DigestView } from '../../model/digest.ts';
import { MOST_HTML, planForms } from './budget.ts';
import { escapeHtml, safeUrl } from './escape.ts';
import { contentsLine, endLine, noteLines, stoppedLines } from './frame.ts';
import type { Laid } from './laid.ts';
import type { Line } from './line.ts';
import { footerLinksHtml, href, preheaderHtml, privacyHtml, tuneHtml, whyHtml } from './personal.ts';
import type { Printed } from './printed.ts';
import { filled, type Sheet } from './sheet.ts';
import { fill, type Part } from './template.ts';

const htmlOf = (lines: readonly Line[]): string => {
  let html = '';
  for (const line of lines) html += line.html;
  return html;
};

/** Marks that hold something of the reader's own, which a web page has not. */
const PERSONAL: ReadonlySet<string> = new Set(['next', 'tune', 'why', 'privacy', 'links']);

/** What a mark of the shell stands for. */
const markHtml = (mark: string, sheet: Sheet, view: DigestView, laid: Laid): string => {
  const { shown } = laid;
  switch (mark) {
    case 'subject':
      return shown[0]?.printed.subject(view.reader.cadence === 'weekly').html || escapeHtml(sheet.brand.name);
    case 'preheader':
      return preheaderHtml(sheet, shown);
    case 'contents':
      return htmlOf(contentsLine(sheet, shown.length, view.sources, laid.letters));
    case 'next':
      return htmlOf(endLine(sheet, view.nextAt));
    case 'tune':
      return tuneHtml(sheet, view, shown);
    case 'why':
      return whyHtml(sheet, view);
    case 'privacy':
      return privacyHtml(sheet, view);
    case 'links':
      return footerLinksHtml(sheet, view);
    default:
      throw new Error(`digest: no passage for ${mark}`);
  }
};

/** The only block of the shell: 'View in browser', where there is something to view. */
const blockHtml = (block: Part, { links }: DigestView, personal: boolean): string =>
  personal && links.web !== null ? fill([block], { web: href(links.web) }) : '';

const partHtml = (part: Part, sheet: Sheet, view: DigestView, laid: Laid, personal: boolean): string => {
  if (typeof part === 'string') return part;
  if ('block' in part) return blockHtml(part, view, personal);
  return personal || !PERSONAL.has(part.mark) ? markHtml(part.mark, sheet, view, laid) : '';
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

const storiesHtml = (sheet: Sheet, view: DigestView, { shown, headings }: Laid, frameSize: number): string => {
  let html = htmlOf(noteLines(sheet, view));
  const stopped = htmlOf(stoppedLines(sheet, view));
  let taken = frameSize + html.length + MORE_ROW + stopped.length;
  for (const heading of headings) if (heading) for (const { html } of heading) taken += html.length;
  const { forms } = planForms(shown, MOST_HTML - taken, sheet.brief, ({ printed }) => showsPicture(printed, view));
  for (const [at, form] of forms.entries()) {
    const heading = headings[at];
    if (heading) html += htmlOf(heading);
    html += shown[at]?.html(form) ?? '';
  }
  const missing = shown.length - forms.length;
  return html + (missing > 0 ? moreRow(sheet, view, missing) : '') + stopped;
};

/** The HTML of a digest, within its budget: ASCII, its lines ended by CRLF. */
export const pageHtml = (sheet: Sheet, view: DigestView, laid: Laid, personal: boolean): string => {
  let before = '';
  let after = '';
  let isAfter = false;
  for (const part of sheet.shell) {
    if (typeof part !== 'string' && 'mark' in part && part.mark === 'stories') isAfter = true;
    else if (isAfter) after += partHtml(part, sheet, view, laid, personal);
    else before += partHtml(part, sheet, view, laid, personal);
  }
  return before + storiesHtml(sheet, view, laid, before.length + after.length) + after;
};
