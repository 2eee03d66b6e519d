import { type Context, Hono } from 'hono';
import { iso } from '../../functions/model/time.ts';
import { FROM_HERE, FROM_SAMPLES } from '../samples/pictures.ts';
import { list, TABS, view } from './inbox-pages.ts';
import type { Inlet } from './inlet.ts';
import { saidOf } from './mail-done.ts';
import type { MailStore } from './mail-store.ts';
import type { OperatorDesk } from './operator.ts';
import { askedBy, mailIn } from './own-mail.ts';
import { page } from './page.ts';
import { listMails, type OpenedMail, openMail } from './read-mail.ts';
import { writeRoutes } from './write-routes.ts';

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

const missing = (c: Context) => c.text('no such mail\n', 404);

type Answer = (c: Context, mail: OpenedMail) => Response | Promise<Response>;

/** Answers with what is made of the mail that an address names. */
const opened =
  (mails: MailStore, answer: Answer) =>
  async (c: Context): Promise<Response> => {
    const mail = await openMail(mails, (c.req.param('id') ?? '').replace(/\.html$/, ''));
    return mail ? answer(c, mail) : missing(c);
  };

/** The inbox: every mail that the SES endpoint took, for people and for programs (contract 1). */
export const inboxRoutes = (
  mails: MailStore,
  desk: Pick<OperatorDesk, 'now' | 'news'>,
  inlet: Inlet | undefined,
): Hono => {
  const app = new Hono();
  const now = (): string => iso(desk.now());
  const show = (c: Context, mail: OpenedMail, note?: string) => {
    const tab = TABS.find((one) => one === c.req.query('show')) ?? (mail.html ? 'html' : 'text');
    return c.html(page(mail.subject || '(no subject)', now(), view(mail, tab, { news: desk.news, note })));
  };
  if (inlet) writeRoutes(app, { mails, clock: desk, inlet });
  else app.get('/inbox', async (c) => c.html(page('Inbox', now(), list(await listMails(mails)))));
  app.get('/inbox.json', async (c) => c.json(await listMails(mails)));
  app.get('/inbox/:id{\\d+\\.eml}', (c) => {
    const raw = mails.raw(c.req.param('id').slice(0, -4));
    return raw ? c.body(Uint8Array.from(raw), 200, { 'content-type': 'message/rfc822' }) : missing(c);
  });
  const html: Answer = (c, mail) => c.html(shown(mail.html), 200, { 'content-security-policy': MAIL_CSP });
  app.get('/inbox/:id{\\d+\\.html}', opened(mails, html));
  app.get('/inbox/:id{\\d+}', opened(mails, show));
  const oneClick: Answer = async (c, mail) =>
    mail.oneClick === undefined ? missing(c) : show(c, mail, await pressUnsubscribe(mail.oneClick));
  app.post('/inbox/:id{\\d+}/unsubscribe', opened(mails, oneClick));
  const byMail: Answer = async (c, mail) =>
    mail.byMail === undefined || inlet === undefined
      ? missing(c)
      : show(c, mail, saidOf(await mailIn(inlet, askedBy(mail.byMail, mail.to), desk.now())));
  app.post('/inbox/:id{\\d+}/unsubscribe-by-mail', opened(mails, byMail));
  // a page that came by a form, loaded again from the address bar
  app.get('/inbox/:id{\\d+}/:act{unsubscribe|unsubscribe-by-mail}', (c) =>
    c.redirect(`/inbox/${c.req.param('id')}`, 303),
  );
  return app;
};
