import type { Card } from '../../model/digest.ts';
import type { ChromeLanguage } from '../../model/subscriber.ts';
import { DOT, type Form, metaOf, type Place, type Role, summaryOf } from './card.ts';
import { compose, foreign } from './compose.ts';
import { escapeHtml, pictureUrl, safeUrl, tidy } from './escape.ts';
import { fold } from './fold.ts';
import { type DigestTemplate, fill } from './template.ts';

/** Where a card is printed to, and in which language its frame speaks. */
export interface HtmlPlace extends Place {
  language: ChromeLanguage;
  template: DigestTemplate;
}

/** Escaped words as a link; only the words where the address is none that a mail may link to. */
export const linked = (block: 'link' | 'outlet', url: string, words: string, { template }: HtmlPlace): string => {
  const safe = safeUrl(url);
  return safe ? fill(template[block], { url: escapeHtml(safe), words }) : words;
};

const noteOf = ({ chosen }: Card): string =>
  chosen.reason.because.kind === 'pick' ? escapeHtml(tidy(chosen.reason.because.note)) : '';

/** `source · section · byline · time · paid`, the source in bold: readers look for it. */
const metaHtml = (card: Card, form: Form, place: HtmlPlace): string => {
  const { words, template } = place;
  const { source, details, time, paid } = metaOf(card, form, place);
  return [
    `<b>${foreign(source, words)}</b>`,
    ...details.map((text) => foreign(text, words)),
    escapeHtml(time),
    ...(paid ? [fill(template['paid-mark'], { words: escapeHtml(words.digest.paid) })] : []),
  ].join(escapeHtml(DOT));
};

/** A headline alone takes less room. */
const blockOf = (role: Role, form: Form): Role | 'short' => (role === 'card' && form === 'brief' ? 'short' : role);

/**
 * One story as HTML rows, ASCII, folded: what stands before and after the lines that differ by reader (who else covers it, why it
 * was chosen). Everything of the feed's is escaped here and nowhere else.
 */
export const cardHtml = (card: Card, role: Role, form: Form, place: HtmlPlace): [before: string, after: string] => {
  const { story, chosen } = card;
  const { words, template } = place;
  const url = safeUrl(story.url);
  const update = chosen.update ? fill(template['update-mark'], { words: escapeHtml(words.digest.update) }) : '';
  const speaks = story.language !== '' && story.language !== place.language;
  const html = fill(template[blockOf(role, form)], {
    picture: form === 'pictured' ? escapeHtml(pictureUrl(story.image) ?? '') : '',
    'of-language': speaks ? `lang="${story.language}"` : '',
    update,
    headline: linked('link', story.url, escapeHtml(tidy(story.title)), place),
    summary: form === 'brief' ? '' : escapeHtml(summaryOf(card)),
    meta: `${metaHtml(card, form, place)}\u0000`,
    note: form === 'brief' ? '' : noteOf(card),
    url: form === 'brief' || url === undefined ? '' : escapeHtml(url),
    'read-at': compose((title) => words.digest.readAt(title), foreign(chosen.telling.sourceTitle, words)),
  });
  const gap = html.indexOf('\u0000');
  return [fold(html.slice(0, gap)), fold(`${html.slice(gap + 1)}\n`)];
};
