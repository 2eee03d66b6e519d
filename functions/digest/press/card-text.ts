import type { Card } from '../../model/digest.ts';
import { DOT, type Form, metaOf, type Place, summaryOf } from './card.ts';
import { safeUrl, tidy } from './escape.ts';
import { wrap } from './wrap.ts';

/** `source · section · byline · time · paid`. */
const metaLine = (card: Card, form: Form, place: Place): string => {
  const { source, details, time, paid } = metaOf(card, form, place);
  return [...[source, ...details].map(tidy), time, ...(paid ? [place.words.digest.paid] : [])].join(DOT);
};

/**
 * One story as plain text: headline, summary, where from; then, after the lines that differ by reader, its address on a line of its
 * own and a blank line.
 */
export const cardText = (card: Card, form: Form, place: Place): [before: string, after: string] => {
  const { story, chosen } = card;
  const update = chosen.update ? `[${place.words.digest.update}] ` : '';
  const pick = chosen.reason.because.kind === 'pick' ? tidy(chosen.reason.because.note) : '';
  const said = form === 'brief' ? [] : [summaryOf(card), pick];
  const paragraphs = [update + tidy(story.title), ...said, metaLine(card, form, place)];
  const url = safeUrl(story.url);
  return [
    paragraphs
      .filter((text) => text.trim() !== '')
      .map((text) => `${wrap(text)}\n`)
      .join(''),
    `${url === undefined ? '' : `${url}\n`}\n`,
  ];
};
