import type { Card } from '../../model/digest.ts';
import { alsoList, type Form, metaLine, type Place, type Role } from './card.ts';
import { safeUrl, tidy } from './escape.ts';
import { reasonLine } from './reason.ts';
import { wrap } from './wrap.ts';

const alsoText = (card: Card, { words }: Place): string => {
  const same = (text: string): string => text;
  const list = alsoList(card, words, ({ sourceTitle }) => tidy(sourceTitle), same);
  return list ? words.digest.also(list) : '';
};

/** One story as plain text: headline, summary, where from and why, its address on a line of its own, a blank line. */
export const cardText = (card: Card, role: Role, form: Form, place: Place): string => {
  const { story, chosen } = card;
  const update = chosen.update ? `[${place.words.digest.update}] ` : '';
  const pick = chosen.reason.because.kind === 'pick' ? tidy(chosen.reason.because.note) : '';
  const whole = [
    tidy(story.summary),
    pick,
    metaLine(card, role, form, place, tidy),
    alsoText(card, place),
    role === 'pick' ? '' : reasonLine(chosen.reason, place.words, tidy),
  ];
  const said = form === 'brief' ? [metaLine(card, role, form, place, tidy)] : whole;
  const paragraphs = [update + tidy(story.title), ...said].filter((text) => text !== '').map(wrap);
  return `${[...paragraphs, safeUrl(story.url) ?? ''].filter((line) => line !== '').join('\n')}\n\n`;
};
