import type { Card } from '../../model/digest.ts';
import type { ChromeLanguage } from '../../model/subscriber.ts';
import { alsoList, type Form, metaLine, type Place, type Role } from './card.ts';
import { compose, foreign } from './compose.ts';
import { escapeHtml, pictureUrl, safeUrl, tidy } from './escape.ts';
import { fold } from './fold.ts';
import { reasonLine } from './reason.ts';
import { type DigestTemplate, fill } from './template.ts';

/** Where a card is printed to, and in which language its frame speaks. */
export interface HtmlPlace extends Place {
  language: ChromeLanguage;
  template: DigestTemplate;
}

/** Words of ours with words of others in between; our own part is escaped around them. */
const spoken = (place: HtmlPlace, line: (set: (text: string) => string) => string): string => {
  const taken: string[] = [];
  const html = escapeHtml(line((text) => `\ue000${taken.push(foreign(text, place.words)) - 1}\ue001`));
  return html.replace(/&#57344;(\d+)&#57345;/g, (_, index: string) => taken[Number(index)] ?? '');
};

const linked = (block: 'link' | 'outlet', url: string, words: string, { template }: HtmlPlace): string => {
  const safe = safeUrl(url);
  return safe ? fill(template[block], { url: escapeHtml(safe), words }) : words;
};

const alsoHtml = (card: Card, place: HtmlPlace): string => {
  const link = (telling: { url: string; sourceTitle: string }): string =>
    linked('outlet', telling.url, foreign(telling.sourceTitle, place.words), place);
  const list = alsoList(card, place.words, link, escapeHtml);
  return list ? compose((outlets) => place.words.digest.also(outlets), list) : '';
};

const metaHtml = (card: Card, role: Role, form: Form, place: HtmlPlace): string => {
  const meta = spoken(place, (set) => metaLine(card, role, form, place, set));
  if (form === 'brief') return meta;
  const reason = role === 'pick' ? '' : spoken(place, (set) => reasonLine(card.chosen.reason, place.words, set));
  return [meta, alsoHtml(card, place), reason].filter((line) => line !== '').join('<br>');
};

const noteOf = ({ chosen }: Card): string =>
  chosen.reason.because.kind === 'pick' ? escapeHtml(tidy(chosen.reason.because.note)) : '';

/** One story as HTML rows, ASCII, folded. Everything of the feed's is escaped here and nowhere else. */
export const cardHtml = (card: Card, role: Role, form: Form, place: HtmlPlace): string => {
  const { story, chosen } = card;
  const { words, template } = place;
  const url = safeUrl(story.url);
  const update = chosen.update ? fill(template['update-mark'], { words: escapeHtml(words.digest.update) }) : '';
  const speaks = story.language !== '' && story.language !== place.language;
  return fold(
    `${fill(template[role], {
      picture: form === 'pictured' ? escapeHtml(pictureUrl(story.image) ?? '') : '',
      'of-language': speaks ? `lang="${story.language}"` : '',
      update,
      headline: linked('link', story.url, escapeHtml(tidy(story.title)), place),
      summary: form === 'brief' ? '' : escapeHtml(tidy(story.summary)),
      meta: metaHtml(card, role, form, place),
      note: form === 'brief' ? '' : noteOf(card),
      url: form === 'brief' || url === undefined ? '' : escapeHtml(url),
      'read-at': compose((title) => words.digest.readAt(title), foreign(chosen.telling.sourceTitle, words)),
    })}\n`,
  );
};
