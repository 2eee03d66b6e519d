import { html } from 'hono/html';
import { fill } from '../words/words.ts';
import { buttonForm, type Frame, type Html, textPage } from './layout.ts';

/** A vote that a link in a mail offers: more of a topic, or less of a source. */
export type Offer = { kind: 'more'; query: string; what: string } | { kind: 'less'; query: string; what: string };

/** What pressing the button would do. Less of a source can also be none of it. */
export const votePage = (frame: Frame, token: string, { kind, query, what }: Offer): Html => {
  const { vote } = frame.words;
  const base = `/m/${token}`;
  const title = fill(kind === 'more' ? vote.moreTitle : vote.lessTitle, { what });
  const press = buttonForm(`${base}/${kind}?${query}`, vote[kind], { autofocus: true });
  const mute = kind === 'less' ? buttonForm(`${base}/mute?${query}`, vote.mute, { kind: 'quiet' }) : '';
  return textPage(
    frame,
    title,
    [kind === 'more' ? vote.moreLead : vote.lessLead],
    html`<div class="buttons">${press}${mute}</div>`,
  );
};

export const votedPage = (frame: Frame, token: string, title: string): Html =>
  textPage(frame, title, [frame.words.vote.done], html`<p><a href="/m/${token}">${frame.words.manage.title}</a></p>`);
