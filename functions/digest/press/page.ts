import type { DigestView } from '../../model/digest.ts';
import { MOST_HTML, planForms } from './budget.ts';
import type { Form, Role } from './card.ts';
import { escapeHtml, pictureUrl, safeUrl } from './escape.ts';
import { contentsLine, endLine, headingLines, noteLines, stoppedLines } from './frame.ts';
import { type Ink, lay, type Tray } from './ink.ts';
import { footerLinks, preheader, privacy, tune, why } from './personal.ts';
import type { Printed } from './printed.ts';
import { type Line, printedOf, type Sheet } from './sheet.ts';
import { digestTemplate, fill, type Part } from './template.ts';

/** A digest's HTML, and its cards in the order mailed. */
export interface Laid {
  html: Tray;
  printed: Printed[];
  /** Some line is longer than 7bit may carry. */
  long: boolean;
}

/** A run of cards under one heading; the lead stands under none. */
interface Run {
  heading: Line[];
  printed: Printed[];
}

const runsOf = (sheet: Sheet, { lead, sections }: DigestView): Run[] => [
  ...(lead ? [{ heading: [], printed: [printedOf(sheet, lead, 'lead')] }] : []),
  ...sections.map(({ heading, cards }) => {
    const role: Role = heading.kind === 'picks' ? 'pick' : 'card';
    return { heading: headingLines(sheet, heading), printed: cards.map((card) => printedOf(sheet, card, role)) };
  }),
];

const htmlOf = (lines: readonly Line[]): Ink[] => lines.map(({ html }) => html);

/** What fills a mark of the shell. A web page has nothing of the reader's own: `personal` is false. */
const passage = (
  mark: string,
  sheet: Sheet,
  view: DigestView,
  printed: readonly Printed[],
  personal: boolean,
): Ink[] => {
  switch (mark) {
    case 'subject':
      return [printed[0]?.subject(view.reader.cadence === 'weekly').html ?? escapeHtml(sheet.brand.name)];
    case 'preheader':
      return preheader(sheet, printed);
    case 'contents': {
      const letters = printed.reduce((sum, card) => sum + card.letters, 0);
      return htmlOf(contentsLine(sheet, printed.length, view.sources, letters));
    }
    case 'next':
      return personal ? htmlOf(endLine(sheet, view.nextAt)) : [];
    case 'tune':
      return personal ? tune(sheet, view, printed) : [];
    case 'why':
      return personal ? why(sheet, view) : [];
    case 'privacy':
      return personal ? privacy(sheet, view) : [];
    case 'links':
      return personal ? footerLinks(sheet, view) : [];
    default:
      throw new Error(`digest: no passage for ${mark}`);
  }
};

const viewInBrowser = (part: Exclude<Part, string>, view: DigestView, personal: boolean): string => {
  const web = personal && view.links.web ? safeUrl(view.links.web) : undefined;
  return fill([part], { web: web && escapeHtml(web) });
};

const moreRow = (sheet: Sheet, view: DigestView, missing: number): string => {
  const web = view.links.web ? safeUrl(view.links.web) : undefined;
  const { words, dir } = sheet.place;
  const said = escapeHtml(words.digest.moreOnWeb(missing));
  return `${fill(digestTemplate[dir].more, { words: said, web: web && escapeHtml(web), 'no-web': web ? '' : 'shown' })}\r\n`;
};

/** Room that is kept for the row 'N more on the web'. */
const MORE_ROW = 2600;

const pictured = (view: DigestView, { role, card }: Printed): boolean =>
  pictureUrl(card.story.image) !== undefined &&
  (view.pictures === 'all' || (view.pictures === 'lead' && role === 'lead'));

const layStories = (sheet: Sheet, view: DigestView, runs: readonly Run[], frameSize: number): Tray => {
  const printed = runs.flatMap((run) => run.printed);
  const around: Tray = { pieces: [], size: 0 };
  const notes = htmlOf(noteLines(sheet, view));
  const stopped = htmlOf(stoppedLines(sheet, view));
  lay(around, ...notes, ...stopped, ...runs.flatMap(({ heading }) => htmlOf(heading)));
  const room = MOST_HTML - frameSize - around.size - MORE_ROW;
  const plan = planForms(printed, room, sheet.brief, (at) => printed[at] !== undefined && pictured(view, printed[at]));
  const tray: Tray = { pieces: [], size: 0 };
  lay(tray, ...notes);
  let at = 0;
  for (const run of runs) {
    if (at < plan.shown) lay(tray, ...htmlOf(run.heading));
    for (const card of run.printed) {
      const form: Form = plan.form(at);
      if (at < plan.shown) lay(tray, card.html(form));
      at++;
    }
  }
  if (plan.shown < printed.length) lay(tray, moreRow(sheet, view, printed.length - plan.shown));
  lay(tray, ...stopped);
  return tray;
};

/** Lays out the HTML of a digest, within its budget. */
export const layPage = (sheet: Sheet, view: DigestView, personal: boolean): Laid => {
  const runs = runsOf(sheet, view).filter((run) => run.printed.length > 0);
  const printed = runs.flatMap((run) => run.printed);
  const before: Tray = { pieces: [], size: 0 };
  const after: Tray = { pieces: [], size: 0 };
  let tray = before;
  for (const part of sheet.shell) {
    if (part instanceof Uint8Array) lay(tray, part);
    else if ('block' in part) lay(tray, viewInBrowser(part, view, personal));
    else if (part.mark === 'stories') tray = after;
    else lay(tray, ...passage(part.mark, sheet, view, printed, personal));
  }
  const stories = layStories(sheet, view, runs, before.size + after.size);
  return {
    html: {
      pieces: [...before.pieces, ...stories.pieces, ...after.pieces],
      size: before.size + stories.size + after.size,
    },
    printed,
    long: printed.some((card) => card.long),
  };
};
