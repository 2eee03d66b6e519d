import { render } from '@react-email/render';
import handlebars from 'handlebars';
import mjml2html from 'mjml';
import nodemailer from 'nodemailer';
import { createElement } from 'react';
import { escapeHtml } from '../../functions/digest/press/escape.ts';
import type { Card, DigestView } from '../../functions/model/digest.ts';

/** How others would make the same mail: each takes a view to the bytes of a mail, rendering per reader. */
export type Peer = (view: DigestView, subject: string) => Promise<Uint8Array>;

interface Shown {
  title: string;
  url: string;
  summary: string;
  meta: string;
}

const shownOf = ({ chosen, story }: Card): Shown => ({
  title: story.title,
  url: story.url,
  summary: story.summary,
  meta: [chosen.telling.sourceTitle, ...chosen.also.map(({ sourceTitle }) => sourceTitle)].join(' · '),
});

const cardsOf = ({ lead, sections }: DigestView): Shown[] =>
  [...(lead ? [lead] : []), ...sections.flatMap(({ cards }) => cards)].map(shownOf);

const textOf = (view: DigestView): string =>
  `${cardsOf(view)
    .map(({ title, url, summary, meta }) => `${title}\n${summary}\n${meta}\n${url}\n`)
    .join('\n')}\n${view.links.unsubscribe}\n`;

const transport = nodemailer.createTransport({ streamTransport: true, buffer: true, newline: 'windows' });

const mail = async (view: DigestView, subject: string, html: string): Promise<Uint8Array> => {
  const sent = await transport.sendMail({
    from: 'Broadsheet <digest@broadsheet.example>',
    to: view.reader.address,
    subject,
    text: textOf(view),
    html,
    list: { unsubscribe: view.links.unsubscribe },
  });
  if (!(sent.message instanceof Uint8Array)) throw new Error('nodemailer: no buffer');
  return sent.message;
};

const mjmlCard = ({ title, url, summary, meta }: Shown): string =>
  `<mj-text font-size="19px"><a href="${escapeHtml(url)}">${escapeHtml(title)}</a></mj-text><mj-text>${escapeHtml(summary)}</mj-text><mj-text font-size="13px">${escapeHtml(meta)}</mj-text><mj-divider border-width="1px" />`;

const mjml: Peer = async (view, subject) => {
  const cards = cardsOf(view).map(mjmlCard).join('');
  const source = `<mjml><mj-head><mj-title>${escapeHtml(subject)}</mj-title></mj-head><mj-body><mj-section><mj-column>${cards}</mj-column></mj-section><mj-section><mj-column><mj-text><a href="${view.links.unsubscribe}">Unsubscribe</a></mj-text></mj-column></mj-section></mj-body></mjml>`;
  const { html } = await mjml2html(source, {
    validationLevel: 'strict',
    keepComments: false,
    fonts: {},
    minify: false,
    minifyOptions: { minifyCss: false },
  });
  return mail(view, subject, html);
};

const TABLE = `<!doctype html><html><head><title>{{subject}}</title></head><body style="margin:0;background:#f1eee8"><table role="presentation" width="600" align="center">{{#each cards}}<tr><td style="padding:16px 0;border-bottom:1px solid #e2ddd3"><h3 dir="auto" style="margin:0;font-family:Georgia,serif;font-size:19px;line-height:1.3"><a href="{{url}}" style="color:#1d1c1a;text-decoration:none">{{title}}</a></h3><p dir="auto" style="margin:6px 0 0;font-size:15px">{{summary}}</p><p style="margin:6px 0 0;color:#5d5850;font-size:13px">{{meta}}</p></td></tr>{{/each}}<tr><td><a href="{{unsubscribe}}">Unsubscribe</a></td></tr></table></body></html>`;

const compiled = handlebars.compile(TABLE);

const handlebarsPeer: Peer = (view, subject) =>
  mail(view, subject, compiled({ subject, cards: cardsOf(view), unsubscribe: view.links.unsubscribe }));

const row = ({ title, url, summary, meta }: Shown): object =>
  createElement(
    'tr',
    { key: url },
    createElement(
      'td',
      { style: { padding: '16px 0' } },
      createElement('h3', { dir: 'auto' }, createElement('a', { href: url }, title)),
      createElement('p', { dir: 'auto' }, summary),
      createElement('p', null, meta),
    ),
  );

const reactEmail: Peer = async (view, subject) => {
  const rows = cardsOf(view).map(row);
  const leave = createElement('a', { href: view.links.unsubscribe }, 'Unsubscribe');
  const table = createElement('table', { role: 'presentation', width: 600 }, createElement('tbody', null, rows));
  const page = createElement('html', null, createElement('body', null, table, leave));
  return mail(view, subject, await render(page));
};

/** Peers by name, with how many readers of a round are enough for them. */
export const PEERS: Record<string, { make: Peer; readers: number }> = {
  'mjml2html + nodemailer': { make: mjml, readers: 15 },
  'handlebars + nodemailer': { make: handlebarsPeer, readers: 150 },
  '@react-email/render + nodemailer': { make: reactEmail, readers: 60 },
};
