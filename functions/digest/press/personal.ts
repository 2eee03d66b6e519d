import type { DigestView } from '../../model/digest.ts';
import type { Topic } from '../../model/topic.ts';
import { shorten } from './compose.ts';
import { escapeHtml, safeUrl, tidy } from './escape.ts';
import { linkLines, plusLines, privacyLines, tuneLines, whyLines } from './frame.ts';
import type { Ink } from './ink.ts';
import type { Printed } from './printed.ts';
import type { Sheet } from './sheet.ts';

/** The passages of the HTML that hold something of one reader's own: links with tokens, the address. */

const CLEAN = /^[\w\-.~:/?%#@+=,;]*$/;

/** A link of ours in an attribute: mostly there is nothing to escape. */
const href = (url: string): string => (CLEAN.test(url) && !url.includes('=_') ? url : escapeHtml(safeUrl(url) ?? ''));

const PREVIEW = 90;

/** What an inbox shows beside the subject: the next headlines, or for a single story its summary. */
export const preheader = (sheet: Sheet, printed: readonly Printed[]): Ink[] => {
  const [top, second, third] = printed;
  if (second === undefined) return [escapeHtml(shorten(tidy(top?.card.story.summary ?? ''), PREVIEW))];
  const [before, after] = plusLines(sheet);
  const both = third !== undefined && second.teaser.length + third.teaser.length < PREVIEW;
  return [before?.html ?? '', both ? `${second.teaser}; ${third.teaser}` : second.teaser, after?.html ?? ''];
};

/** Change, pause, unsubscribe: the last links of every digest. */
export const footerLinks = (sheet: Sheet, { links }: DigestView): Ink[] => {
  const { digest } = sheet.place.words;
  const one = (key: 'change' | 'pause' | 'unsubscribe', url: string): Ink[] => {
    const [before, after] = linkLines(sheet, key, () => digest[key]);
    return [before?.html ?? '', href(url), after?.html ?? ''];
  };
  return [
    ...one('change', links.manage),
    ' &#183; ',
    ...one('pause', links.pause),
    ' &#183; ',
    ...one('unsubscribe', links.unsubscribe),
  ];
};

/** Why this mail came, with the address it came to. */
export const why = (sheet: Sheet, view: DigestView): Ink[] => {
  const [before, after] = whyLines(sheet, view);
  return [before?.html ?? '', '<b>', escapeHtml(tidy(view.reader.address)), '</b>', after?.html ?? ''];
};

/** The privacy line; the link that turns pictures off goes to the settings. */
export const privacy = (sheet: Sheet, view: DigestView): Ink[] => {
  const [before, after] = privacyLines(sheet, view.pictures !== 'none');
  return after ? [before?.html ?? '', href(view.links.manage), after.html] : [before?.html ?? ''];
};

/** Topics and sources offered for more and less, at most. */
const TUNED = 6;

const listOf = (ends: readonly [Ink, Ink], links: Ink[][]): Ink[] =>
  links.length === 0
    ? []
    : [ends[0], ...links.flatMap((link, at) => (at === 0 ? link : [' &#183; ', ...link])), ends[1]];

/** `More of: …` and `Less from: …`, plain links to a page. */
export const tune = (sheet: Sheet, { sections, links }: DigestView, printed: readonly Printed[]): Ink[] => {
  const { words } = sheet.place;
  const topics = sections.flatMap(({ heading }): Topic[] => (heading.kind === 'topic' ? [heading.topic] : []));
  const sources = new Map(printed.map(({ card: { chosen } }) => [chosen.telling.source, chosen.telling.sourceTitle]));
  const link = (key: string, said: string, url: string): Ink[] => {
    const [before, after] = linkLines(sheet, key, () => tidy(said));
    return [before?.html ?? '', href(url), after?.html ?? ''];
  };
  const more = topics.slice(0, TUNED).map((topic) => link(topic, words.topics[topic], links.more(topic)));
  const less = [...sources]
    .slice(0, TUNED)
    .map(([source, title]) => link(`${source} ${title}`, title, links.less(source)));
  const [moreBefore, moreAfter] = tuneLines(sheet, 'moreOf');
  const [lessBefore, lessAfter] = tuneLines(sheet, 'lessFrom');
  return [
    ...listOf([moreBefore?.html ?? '', moreAfter?.html ?? ''], more),
    ...(more.length > 0 ? ['<br>'] : []),
    ...listOf([lessBefore?.html ?? '', lessAfter?.html ?? ''], less),
  ];
};
