import { type Context, Hono } from 'hono';
import { html } from 'hono/html';
import { iso } from '../../functions/model/time.ts';
import type { Clock } from '../../functions/ports.ts';
import { FROM_HERE, FROM_SAMPLES } from '../samples/pictures.ts';
import type { MailStore } from './mail-store.ts';
import { type Markup, page } from './page.ts';
import { type ListedMail, listMails, type OpenedMail, openMail } from './read-mail.ts';

/** Gmail shows no more than this of a mail's HTML. */
const CLIP_BYTES = 102 * 1024;

const TABS = ['html', 'text', 'headers'] as const;

const row = (mail: ListedMail): Markup =>
  html`<tr><td><span class="kind ${mail.kind}">${mail.kind}</span></td><td><a href="/inbox/${mail.id}">${mail.subject || '(no subject)'}</a></td><td class="hide">${mail.to}</td><td class="when">${mail.date.slice(0, 16).replace('T', ' ')}</td></tr>`;

const list = (mails: ListedMail[]): Markup =>
  mails.length === 0
    ? html`<p>No mail yet. Sign up on the <a href="/">sign-up page</a>; the letter that asks you to confirm comes here.</p>`
    : html`<div class="wide"><table><thead><tr><th>Kind</th><th>Subject</th><th class="hide">To</th><th>Sent (UTC)</th></tr></thead><tbody>${mails.map(row)}</tbody></table></div>`;

const size = (bytes: number): string =>
  `${(bytes / 1024).toFixed(1)} KB of HTML, ${Math.round((bytes / CLIP_BYTES) * 100)} % of the 102 KB that Gmail shows`;

const tabBody = (mail: OpenedMail, tab: string): Markup => {
  if (tab === 'text') return html`<pre>${mail.text}</pre>`;
  if (tab === 'headers') return html`<pre>${mail.headers}</pre>`;
  return html`<iframe src="/inbox/${mail.id}.html" title="The mail" sandbox="allow-popups allow-popups-to-escape-sandbox"></iframe>`;
};

const facts = (mail: OpenedMail): Markup =>
  html`<dl><dt>To</dt><dd>${mail.to}</dd><dt>From</dt><dd>${mail.from}</dd><dt>Sent</dt><dd>${mail.date}</dd><dt>Kind</dt><dd><span class="kind ${mail.kind}">${mail.kind}</span></dd><dt>Size</dt><dd>${size(mail.htmlBytes)}</dd></dl>`;

const view = (mail: OpenedMail, tab: string, note: string | undefined): Markup[] => [
  note === undefined ? html`` : html`<p class="note" role="status">${note}</p>`,
  facts(mail),
  mail.oneClick === undefined
    ? html``
    : html`<form class="row" method="post" action="/inbox/${mail.id}/unsubscribe"><button class="plain">Test one-click unsubscribe</button></form>`,
  html`<nav class="tabs" aria-label="Parts">${TABS.map((one) => html`<a href="?show=${one}" ${one === tab ? html`aria-current="page"` : ''}>${one === 'html' ? 'HTML' : one === 'text' ? 'Text' : 'Headers'}</a>`)}</nav>`,
  tabBody(mail, tab),
  html`<p><a href="/inbox/${mail.id}.eml" download>The mail as handed to SES (.eml)</a></p>`,
];

/** No script, form or frame of a mail runs; its pictures may load, as in a mail program. */
const MAIL_CSP =
  "sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'; img-src https: http://127.0.0.1:* data:; style-src 'unsafe-inline'; font-src https:; base-uri 'none'; form-action 'none'";

/** Clicks in a mail open a new tab, as they would outside this page; pictures of the samples are this machine's own. */
const shown = (mail: string): string =>
  mail.replace(/<head([^>]*)>/i, '<head$1><base target="_blank">').replaceAll(FROM_SAMPLES, FROM_HERE);

/** What a mail provider does when its reader presses 'unsubscribe' (RFC 8058). */
const pressUnsubscribe = async (url: string): Promise<string> => {
  const answer = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: 'List-Unsubscribe=One-Click',
    redirect: 'manual',
  });
  return answer.ok
    ? `One-click unsubscribe answered ${answer.status}: this address gets no more mail.`
    : `One-click unsubscribe answered ${answer.status}, which a mail provider takes for a failure.`;
};

const openOr404 = async (mails: MailStore, c: Context): Promise<OpenedMail | undefined> =>
  openMail(mails, (c.req.param('id') ?? '').replace(/\.(eml|html)$/, ''));

/** The inbox: every mail that the SES endpoint took, for people and for programs (contract 1). */
export const inboxRoutes = (mails: MailStore, clock: Clock): Hono => {
  const app = new Hono();
  const now = (): string => iso(clock.now());
  const missing = (c: Context) => c.text('no such mail\n', 404);
  app.get('/inbox', async (c) => c.html(page('Inbox', now(), list(await listMails(mails)))));
  app.get('/inbox.json', async (c) => c.json(await listMails(mails)));
  app.get('/inbox/:id{\\d+\\.eml}', (c) => {
    const raw = mails.raw(c.req.param('id').slice(0, -4));
    return raw ? c.body(Uint8Array.from(raw), 200, { 'content-type': 'message/rfc822' }) : missing(c);
  });
  app.get('/inbox/:id{\\d+\\.html}', async (c) => {
    const mail = await openOr404(mails, c);
    return mail ? c.html(shown(mail.html), 200, { 'content-security-policy': MAIL_CSP }) : missing(c);
  });
  app.get('/inbox/:id{\\d+}', async (c) => {
    const mail = await openOr404(mails, c);
    const tab = TABS.find((one) => one === c.req.query('show')) ?? (mail?.html ? 'html' : 'text');
    return mail ? c.html(page(mail.subject || '(no subject)', now(), view(mail, tab, undefined))) : missing(c);
  });
  app.post('/inbox/:id{\\d+}/unsubscribe', async (c) => {
    const mail = await openOr404(mails, c);
    if (!mail?.oneClick) return missing(c);
    const note = await pressUnsubscribe(mail.oneClick);
    return c.html(page(mail.subject, now(), view(mail, 'html', note)));
  });
  return app;
};
