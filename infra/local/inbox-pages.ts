import { html } from 'hono/html';
import type { Markup } from './page.ts';
import type { ListedMail, OpenedMail } from './read-mail.ts';

/** Gmail shows no more than this of a mail's HTML. */
const CLIP_BYTES = 102 * 1024;

export const TABS = ['html', 'text', 'headers'] as const;

type Tab = (typeof TABS)[number];

const row = (mail: ListedMail): Markup =>
  html`<tr><td><span class="kind ${mail.kind}">${mail.kind}</span></td><td><a href="/inbox/${mail.id}">${mail.subject || '(no subject)'}</a></td><td class="hide">${mail.to}</td><td class="when"><span>${mail.date.slice(0, 10)}</span> <span>${mail.date.slice(11, 16)}</span></td></tr>`;

/** The table of all mails. */
export const list = (mails: ListedMail[]): Markup =>
  mails.length === 0
    ? html`<p>No mail yet. Sign up on the <a href="/">sign-up page</a>; the letter that asks you to confirm comes here.</p>`
    : html`<div class="wide"><table><thead><tr><th>Kind</th><th>Subject</th><th class="hide">To</th><th>Sent (UTC)</th></tr></thead><tbody>${mails.map(row)}</tbody></table></div>`;

const size = (bytes: number): string =>
  `${(bytes / 1024).toFixed(1)} KB of HTML, ${Math.round((bytes / CLIP_BYTES) * 100)} % of the 102 KB that Gmail shows`;

const tabBody = (mail: OpenedMail, tab: Tab): Markup => {
  if (tab === 'text') return html`<pre>${mail.text}</pre>`;
  if (tab === 'headers') return html`<pre>${mail.headers}</pre>`;
  return html`<iframe src="/inbox/${mail.id}.html" title="The mail" sandbox="allow-popups allow-popups-to-escape-sandbox"></iframe>`;
};

const facts = (mail: OpenedMail): Markup =>
  html`<dl><dt>To</dt><dd>${mail.to}</dd><dt>From</dt><dd>${mail.from}</dd><dt>Sent</dt><dd>${mail.date}</dd><dt>Kind</dt><dd><span class="kind ${mail.kind}">${mail.kind}</span></dd><dt>Size</dt><dd>${size(mail.htmlBytes)}</dd></dl>`;

/** What was just done, if anything was. */
export const noteBox = (note: string | Markup | undefined): Markup =>
  note === undefined ? html`` : html`<p class="note" role="status">${note}</p>`;

const wayOut = (action: string, label: string): Markup =>
  html`<button class="plain" formaction="${action}">${label}</button>`;

const waysOut = ({ id, oneClick, byMail }: OpenedMail): Markup =>
  oneClick === undefined && byMail === undefined
    ? html``
    : html`<form class="row" method="post">${oneClick === undefined ? '' : wayOut(`/inbox/${id}/unsubscribe`, 'Test one-click unsubscribe')}${
        byMail === undefined ? '' : wayOut(`/inbox/${id}/unsubscribe-by-mail`, 'Unsubscribe by mail')
      }</form>`;

/** A mail opened: what is known of it, ways to leave as a mail program offers them, and the mail itself; of a digest, where its news are from. */
export const view = (
  mail: OpenedMail,
  tab: Tab,
  { news, note }: { news: string; note?: string | undefined },
): Markup[] => [
  noteBox(note),
  facts(mail),
  waysOut(mail),
  html`<nav class="tabs" aria-label="Parts">${TABS.map((one) => html`<a href="/inbox/${mail.id}?show=${one}" ${one === tab ? html`aria-current="page"` : ''}>${one === 'html' ? 'HTML' : one === 'text' ? 'Text' : 'Headers'}</a>`)}</nav>`,
  tabBody(mail, tab),
  mail.kind === 'digest' ? html`<p>${news}</p>` : html``,
  html`<p><a href="/inbox/${mail.id}.eml" download>The mail as handed to SES (.eml)</a></p>`,
];
