import type { Context, Hono } from 'hono';
import { html } from 'hono/html';
import { iso } from '../../functions/model/time.ts';
import type { Clock } from '../../functions/ports.ts';
import { readAddress } from '../../functions/subscribers/address.ts';
import { list, noteBox } from './inbox-pages.ts';
import type { Inlet } from './inlet.ts';
import { saidOf } from './mail-done.ts';
import type { MailStore } from './mail-store.ts';
import { mailIn } from './own-mail.ts';
import { type Markup, page } from './page.ts';
import { type ListedMail, listMails } from './read-mail.ts';
import { isFaulty, readWritten, subscribeAt, unwritten, type Written, writeForm } from './write.ts';

const keyOf = (address: string): string | undefined => {
  const read = readAddress(address, { allowReserved: true });
  return read.ok ? read.key : undefined;
};

/** The letter that answers a mail: the first that came to its author since there were so many mails. */
const answerTo = async (mails: MailStore, author: string, before: number): Promise<ListedMail | undefined> => {
  const came = (await listMails(mails)).slice(0, mails.all().length - before);
  return came.findLast(({ kind, to }) => kind === 'letter' && keyOf(to) === keyOf(author));
};

/** What the inbox shows, and where mails to us go in. */
interface Desk {
  mails: MailStore;
  clock: Clock;
  inlet: Inlet;
}

/** The inbox with its form for mails to us, and what the form does. */
export const writeRoutes = (app: Hono, { mails, clock, inlet }: Desk): void => {
  const { domain } = inlet;
  const show = async (c: Context, written: Written, { open, note }: { open: boolean; note?: string | Markup }) => {
    const listed = await listMails(mails);
    const form = writeForm(written, { open: open || listed.length === 0 });
    const error = isFaulty(written);
    const whole = page('Inbox', iso(clock.now()), [noteBox(note), form, list(listed)], { error });
    return c.html(whole, error ? 400 : 200);
  };
  app.get('/inbox', (c) => {
    const to = c.req.query('to');
    return show(c, unwritten(to ?? subscribeAt(domain)), { open: to !== undefined });
  });
  app.post('/inbox/write', async (c) => {
    const written = readWritten(await c.req.parseBody(), domain);
    if (isFaulty(written)) return show(c, written, { open: true });
    const before = mails.all().length;
    const done = await mailIn(inlet, written, clock.now());
    const answer = await answerTo(mails, written.from, before);
    const note = answer
      ? html`The mail was taken. Its answer: <a href="/inbox/${answer.id}">${answer.subject}</a>`
      : saidOf(done);
    return show(c, { ...unwritten(subscribeAt(domain)), from: written.from }, { open: false, note });
  });
  // a page that came by the form, loaded again from the address bar
  app.get('/inbox/write', (c) => c.redirect('/inbox', 303));
};
