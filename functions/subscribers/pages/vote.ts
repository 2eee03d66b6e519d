import { html } from 'hono/html';
import { fill } from '../words/words.ts';
import { buttonForm, type Frame, type Html, textPage } from './layout.ts';

/**
 * A vote that a link in a mail offers: more of a topic, or less of a source. `was` is the weight it has, `weight` what the button makes
 * of it; `followed` says whether the reader follows the source, which a mute ends.
 */
export type Offer = { query: string; what: string; was: number; weight: number } & (
  | { kind: 'more' }
  | { kind: 'less'; followed: boolean }
);

const toChoices = ({ words }: Frame, token: string): Html =>
  html`<p><a href="/m/${token}">${words.manage.title}</a></p>`;

/** The form says the weight, not the step: posted twice it is one vote. */
const weights = ({ was, weight }: { was: number; weight: number }) => ({ was: String(was), weight: String(weight) });

/** What pressing the button would do. Less of a source can also be none of it. */
export const votePage = (frame: Frame, token: string, offer: Offer): Html => {
  const { vote } = frame.words;
  const { kind, query, what } = offer;
  const base = `/m/${token}`;
  const title = fill(kind === 'more' ? vote.moreTitle : vote.lessTitle, { what });
  const lead = kind === 'more' ? vote.moreLead : vote.lessLead;
  const isMost = offer.weight === offer.was;
  const press = isMost
    ? ''
    : buttonForm(`${base}/${kind}?${query}`, vote[kind], { autofocus: true, hidden: weights(offer) });
  const mute =
    offer.kind === 'less'
      ? buttonForm(`${base}/mute?${query}`, vote.mute, {
          kind: 'quiet',
          hidden: offer.followed ? { followed: 'yes' } : {},
        })
      : '';
  return textPage(
    frame,
    title,
    [isMost ? vote.most : lead],
    html`<div class="buttons">${press}${mute}</div>${isMost ? toChoices(frame, token) : ''}`,
  );
};

/** What takes a vote or a mute back: where it is posted, and what with. */
export interface Undo {
  act: string;
  query: string;
  hidden: Record<string, string>;
}

/** What was done, with the way back. */
export const votedPage = (frame: Frame, token: string, title: string, { act, query, hidden }: Undo): Html => {
  const { vote } = frame.words;
  const back = buttonForm(`/m/${token}/${act}?${query}`, vote.undo, { kind: 'quiet', hidden });
  return textPage(frame, title, [vote.done], html`<div class="buttons">${back}</div>${toChoices(frame, token)}`);
};

/** A vote or a mute was taken back. */
export const undonePage = (frame: Frame, token: string): Html =>
  textPage(frame, frame.words.vote.undoneTitle, [frame.words.vote.undone], toChoices(frame, token));
