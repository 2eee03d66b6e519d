import type { DigestView } from '../../model/digest.ts';
import type { Instant } from '../../model/time.ts';
import { scheduleKey } from './frame.ts';
import { ink } from './ink.ts';

/** What of one reader's own stands in the frame of a digest, between passages that many have in common. */
export type Gap =
  | 'subject'
  | 'preheader'
  | 'contents'
  | 'web'
  | 'tune'
  | 'address'
  | 'date'
  | 'manage'
  | 'pause'
  | 'unsubscribe';

/** Gaps of the text part. */
export type TextGap = Exclude<Gap, 'subject' | 'preheader' | 'tune'>;

/** A passage of the frame, ready to copy, and the gap that follows it; none follows the last. */
export interface Cut<Of extends Gap> {
  passage: string;
  gap: Of | undefined;
}

/** A frame around the stories. */
export interface Framed<Of extends Gap> {
  before: Cut<Of>[];
  after: Cut<Of>[];
}

/** All of a digest that is alike for readers of one sheet with the same schedule and the same kinds of links: as printers lock it up, once. */
export interface Forme {
  page: Framed<Gap>;
  /** Of the mail's HTML without anything of the reader's own, for the web. */
  bare: Framed<Gap>;
  text: Framed<TextGap>;
  /** Bytes of the text's passages before transfer encoding. */
  textSize: number;
}

/** A forme with what it is for. */
interface Kept {
  schedule: number;
  nextAt: Instant | null;
  web: boolean;
  forme: Forme;
}

/** The formes of a sheet. */
export type Formes = Kept[];

/** Readers of one instant and zone have few schedules. */
const MOST = 24;

/** A sign that no passage holds: controls are taken out of whatever comes from outside. */
const SIGN = '\u0000';
const STORIES = `${SIGN}stories${SIGN}`;

/** Holds the place of a reader's own while a frame is made. */
export const gapMark = (gap: Gap | 'stories'): string => `${SIGN}${gap}${SIGN}`;

const cutsOf = <Of extends Gap>(framed: string, gaps: readonly Of[]): Cut<Of>[] => {
  const pieces = framed.split(SIGN);
  const cuts: Cut<Of>[] = [];
  for (let at = 0; at < pieces.length; at += 2) {
    const name = pieces[at + 1];
    const gap = gaps.find((each) => each === name);
    if (name !== undefined && gap === undefined) throw new Error(`digest: no such gap in a frame: ${name}`);
    cuts.push({ passage: ink(pieces[at] ?? ''), gap });
  }
  return cuts;
};

/** Cuts a frame at its marks. Throws if it has others, or no place for the stories. */
export const cutFrame = <Of extends Gap>(framed: string, gaps: readonly Of[]): Framed<Of> => {
  const [before, after] = framed.split(STORIES);
  if (before === undefined || after === undefined) throw new Error('digest: a frame without a place for stories');
  return { before: cutsOf(before, gaps), after: cutsOf(after, gaps) };
};

/** Passages with a reader's own between them. */
export const fillCuts = (cuts: readonly Cut<Gap>[], own: Readonly<Record<Gap, string>>): string => {
  let filled = '';
  for (const { passage, gap } of cuts) {
    filled += passage;
    if (gap !== undefined) filled += own[gap];
  }
  return filled;
};

/** The forme for a view, from those kept of its sheet, or made now. */
export const formeFor = (kept: Formes, view: DigestView, make: () => Forme): Forme => {
  const [schedule, web] = [scheduleKey(view), view.links.web !== null];
  for (const each of kept) {
    if (each.schedule === schedule && each.nextAt === view.nextAt && each.web === web) return each.forme;
  }
  const forme = make();
  if (kept.length >= MOST) kept.length = 0;
  kept.push({ schedule, nextAt: view.nextAt, web, forme });
  return forme;
};
