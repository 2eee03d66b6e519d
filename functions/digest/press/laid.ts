import type { Card, DigestView } from '../../model/digest.ts';
import { alsoLine } from './also.ts';
import type { Role } from './card.ts';
import { known, remember } from './dealt.ts';
import { headingLines } from './frame.ts';
import type { Line } from './line.ts';
import { reasonLine } from './reason.ts';
import { printedOf, type Sheet } from './sheet.ts';
import { Shown } from './shown.ts';

/** A digest's stories in the order mailed. */
export interface Laid {
  shown: Shown[];
  /** For the story at the same place: what stands above it, if it is the first of its section. */
  headings: (Line[] | undefined)[];
  letters: number;
  /** Some line is longer than 7bit may carry. */
  long: boolean;
}

/** Ways of showing one printed card that are kept whole; others are put together each time. */
const KEPT = 24;

const show = (sheet: Sheet, card: Card, role: Role): Shown => {
  const printed = printedOf(sheet, card, role);
  const also = sheet.brief ? undefined : alsoLine(printed.also, card, sheet.place);
  const reason = sheet.brief ? undefined : reasonLine(sheet.reasons, card.chosen.reason, role, sheet.place);
  for (const known of printed.shown) if (known.also === also && known.reason === reason) return known;
  const made = new Shown(printed, also, reason);
  if (printed.shown.length < KEPT) printed.shown.push(made);
  return made;
};

const deal = (sheet: Sheet, card: Card, role: Role): Shown => {
  const dealt = known(sheet.dealt, card, role);
  if (dealt) return dealt;
  const shown = show(sheet, card, role);
  remember(sheet.dealt, card, role, shown);
  return shown;
};

/** Prints every story of a view. Sections without stories have no heading. */
export const layCards = (sheet: Sheet, { lead, sections }: DigestView): Laid => {
  const laid: Laid = { shown: [], headings: [], letters: 0, long: false };
  const put = (shown: Shown, heading: Line[] | undefined): void => {
    laid.shown.push(shown);
    laid.headings.push(heading);
    laid.letters += shown.letters;
    laid.long ||= shown.long;
  };
  if (lead) put(deal(sheet, lead, 'lead'), undefined);
  for (const { heading, cards } of sections) {
    const role = heading.kind === 'picks' ? 'pick' : 'card';
    let above: Line[] | undefined = headingLines(sheet, heading);
    for (const card of cards) {
      put(deal(sheet, card, role), above);
      above = undefined;
    }
  }
  return laid;
};
