import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { readLinkKeys } from '../../functions/adapters/ssm.ts';
import { openLink } from '../../functions/subscribers/links.ts';
import { createMailStore } from '../../infra/local/mail-store.ts';
import { openMail } from '../../infra/local/read-mail.ts';
import { type Session, startSession } from '../../infra/local/session.ts';
import { writtenMail } from '../incoming-mails.ts';

/** The real handlers on the emulators, before and after another key stands first. */

const AT = Date.UTC(2026, 0, 5, 5, 50);

const dir = mkdtempSync(join(tmpdir(), 'broadsheet-rotation-'));

const start = async (port: number): Promise<Session> => {
  const errors: unknown[] = [];
  const at = port === 0 ? AT : undefined;
  const wishes = { port, dir, news: undefined, samples: true, at, reset: false };
  const session = await startSession(wishes, (error) => errors.push(error));
  onTestFinished(() => session.stop());
  onTestFinished(() => expect(errors).toEqual([]));
  await session.begun;
  return session;
};

const post = (session: Session, path: string, body: string): Promise<Response> =>
  fetch(session.origin + path, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body,
  });

/** The mails to an address, newest first; the service needs a moment for them. */
const mailsTo = async (session: Session, email: string, count: number) => {
  const listed = async () => {
    const all = (await (await fetch(`${session.origin}/inbox.json`)).json()) as { id: string; to: string[] }[];
    return all.filter(({ to }) => to.includes(email));
  };
  await expect.poll(async () => (await listed()).length).toBe(count);
  return Promise.all((await listed()).map(({ id }) => openMail(createMailStore(dir), id)));
};

const subscribe = async (session: Session, email: string) => {
  const form = `email=${encodeURIComponent(email)}&cadence=daily&hour=13&zone=Europe%2FBerlin&topics=world&language=en&reads=en&stories=12`;
  expect((await post(session, '/', form)).status).toBe(200);
  const [letter] = await mailsTo(session, email, 1);
  expect((await post(session, /\/c\/\S+/.exec(letter?.text ?? '')?.[0] ?? '', '')).status).toBe(200);
  const [digest] = await mailsTo(session, email, 2);
  const pathOf = (kind: string): string => new RegExp(`/${kind}/[\\w-]+`).exec(digest?.text ?? '')?.[0] ?? kind;
  return { oneClick: new URL(digest?.oneClick ?? '').pathname, manage: pathOf('m') };
};

test('with a new key before the old one, mails of before unsubscribe by link, click and mail, and lead to new links', async () => {
  onTestFinished(() => rmSync(dir, { recursive: true }));
  const before = await start(0);
  const [ada, bea, cleo] = [
    await subscribe(before, 'ada@example.com'),
    await subscribe(before, 'bea@example.com'),
    await subscribe(before, 'cleo@example.com'),
  ];
  expect((await fetch(before.origin + cleo.manage)).status).toBe(200);
  await before.stop();

  const file = join(dir, 'secrets.json');
  const secrets = JSON.parse(readFileSync(file, 'utf8'));
  const next = randomBytes(32).toString('hex');
  writeFileSync(file, JSON.stringify({ ...secrets, LINK_KEY: `${next},${secrets.LINK_KEY}` }));
  const after = await start(Number(new URL(before.origin).port));

  // by the link, by the button of a mail program, by mail
  const shown = await fetch(after.origin + ada.oneClick);
  expect([shown.status, (await shown.text()).includes(`action="${ada.oneClick}"`)]).toEqual([200, true]);
  expect((await post(after, bea.oneClick, 'List-Unsubscribe=One-Click')).status).toBe(200);
  const to = `stop+${ada.oneClick.split('/').at(-1)}@in.broadsheet.example`;
  const heard = await fetch(`${after.origin}/_mail`, { method: 'POST', body: writtenMail({ to }) });
  expect(await heard.json()).toMatchObject({ outcome: 'left' });

  // what changes choices has ended, and the page mails another, by the new key
  const dead = await fetch(after.origin + cleo.manage);
  expect([dead.status, (await dead.text()).includes('action="/link"')]).toEqual([404, true]);
  expect((await fetch(`${after.origin}${cleo.oneClick}x`)).status).toBe(404);
  expect((await post(after, '/link', 'email=cleo%40example.com')).status).toBe(200);
  const [letter] = await mailsTo(after, 'cleo@example.com', 3);
  const own = /\/m\/([\w-]+)/.exec(letter?.text ?? '') ?? [];
  expect((await fetch(after.origin + own[0])).status).toBe(200);
  expect(openLink(readLinkKeys('LINK_KEY', next), own[1] ?? '', AT)).toMatchObject({ ok: true, purpose: 'own' });
  expect(openLink(readLinkKeys('LINK_KEY', secrets.LINK_KEY), own[1] ?? '', AT)).toMatchObject({ why: 'forged' });
});
