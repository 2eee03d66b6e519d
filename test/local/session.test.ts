import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { createMailStore } from '../../infra/local/mail-store.ts';
import { openMail } from '../../infra/local/read-mail.ts';
import { type Session, startSession } from '../../infra/local/session.ts';

const AT = Date.UTC(2026, 0, 5, 5, 50);

interface Listed {
  id: string;
  kind: string;
  date: string;
  tags: Record<string, string>;
}

const dataDir = (): string => {
  const dir = mkdtempSync(join(tmpdir(), 'broadsheet-test-'));
  onTestFinished(() => rmSync(dir, { recursive: true }));
  return dir;
};

const start = async (dir: string, port = 0): Promise<Session> => {
  const errors: unknown[] = [];
  const wishes = { port, dir, news: undefined, samples: true, at: undefined, reset: false };
  const session = await startSession({ ...wishes, at: port === 0 ? AT : undefined }, (error) => errors.push(error));
  onTestFinished(() => session.stop());
  onTestFinished(() => expect(errors).toEqual([]));
  return session;
};

const post = (session: Session, path: string, body = ''): Promise<Response> =>
  fetch(session.origin + path, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body,
  });

const inbox = async (session: Session): Promise<Listed[]> =>
  (await fetch(`${session.origin}/inbox.json`)).json() as Promise<Listed[]>;

const digests = async (session: Session): Promise<string[]> =>
  (await inbox(session))
    .filter(({ kind }) => kind === 'digest')
    .map(({ date, tags }) => `${date} ${tags.delivery?.replace(/^[^_]*_/, '')}`)
    .reverse();

const jump = async (session: Session, at: string): Promise<unknown> => (await post(session, `/_clock?at=${at}`)).json();

const FORM =
  'email=anna%40example.com&cadence=daily&hour=13&zone=Europe%2FBerlin&topics=world&topics=sport&language=en&reads=en&format=full&stories=12';

/** Mailed when it is due; the clock goes on while the tick is worked off, and a crowded machine takes a second or two for that. */
const AT_NOON = expect.stringMatching(/^2026-01-05T12:00:0\dZ 2026-01-05_day$/);

/** Signs up as a person does: form, letter, link. The clock's jump waits until all mails are out. */
const subscribe = async (session: Session, dir: string): Promise<void> => {
  await jump(session, '2026-01-05T05:51:00Z');
  expect((await post(session, '/', FORM)).status).toBe(200);
  await jump(session, '2026-01-05T05:52:00Z');
  const letter = await openMail(createMailStore(dir), '000001');
  const link = /\/c\/\S+/.exec(letter?.text ?? '')?.[0] ?? '';
  expect((await post(session, link)).status).toBe(200);
  await jump(session, '2026-01-05T05:53:00Z');
};

test('sign up, read the first digest, jump to the next; a second start goes on where the first ended', async () => {
  const dir = dataDir();
  const session = await start(dir);
  await subscribe(session, dir);
  expect(await digests(session)).toEqual([expect.stringMatching(/^2026-01-05T05:5[23]:0\dZ 2026-01-05_welcome$/)]);
  await jump(session, '2026-01-05T11:50:00Z');
  await session.stop();

  const again = await start(dir, Number(new URL(session.origin).port));
  expect(await jump(again, '2026-01-05T12:00:00Z')).toEqual({ now: expect.stringMatching(/^2026-01-05T12:00:/) });
  expect(await digests(again)).toEqual([expect.stringContaining('2026-01-05_welcome'), AT_NOON]);
  const [newest] = await inbox(again);
  const mail = await openMail(createMailStore(dir), newest?.id ?? '');
  const unsubscribe = await post(again, new URL(mail?.oneClick ?? '').pathname, 'List-Unsubscribe=One-Click');
  expect(unsubscribe.status).toBe(200);
});

const troubles: [mode: string, mailed: unknown[]][] = [
  ['drop', [AT_NOON]],
  ['throttle', []],
];

test.each(troubles)('trouble with SES (%s): the digest is mailed once, in the end', async (mode, mailed) => {
  const dir = dataDir();
  const session = await start(dir);
  await subscribe(session, dir);
  await jump(session, '2026-01-05T11:55:00Z');
  await post(session, `/_ses?mode=${mode}`);
  await jump(session, '2026-01-05T12:05:00Z');
  expect((await digests(session)).slice(1)).toEqual(mailed);
  await post(session, '/_ses?mode=normal');
  await jump(session, '2026-01-05T12:50:00Z');
  expect((await digests(session)).slice(1)).toHaveLength(1);
});
