import { expect, test } from 'vitest';
import { writtenMail } from '../incoming-mails.ts';
import { sampleSession } from './sample-session.ts';

const DOMAIN = 'in.broadsheet.example';

const session = sampleSession(Date.UTC(2026, 0, 5, 5, 50));

const post = (path: string, body: string, headers = {}): Promise<Response> =>
  fetch(session.origin + path, { method: 'POST', body, headers });

const mail = (query: string, written: Parameters<typeof writtenMail>[0]): Promise<Response> =>
  post(`/_mail${query}`, writtenMail({ to: `subscribe@${DOMAIN}`, ...written }));

const mailsTo = async (address: string): Promise<string[]> => {
  const all = (await (await fetch(`${session.origin}/inbox.json`)).json()) as { id: string; to: string[] }[];
  const mine = all.filter(({ to }) => to.includes(address));
  return Promise.all(mine.map(async ({ id }) => (await fetch(`${session.origin}/inbox/${id}.eml`)).text()));
};

const decoded = (eml: string): string => eml.replace(/=\r\n/g, '').replaceAll('=3D', '=');

// The whole road, from the mail that comes to the letter, the digest and the end. take-mail.ts: a stop by token only says what it would do;
// mime.ts: List-Unsubscribe names https alone; post-office.ts: the mail lies in the bucket and the queue is told nothing
test('somebody subscribes by mail, confirms, and stops by mail', async () => {
  const from = 'Bea <bea@reader.example>';
  expect((await mail('', { from })).status).toBe(200);
  const [letter = '', ...others] = await mailsTo('bea@reader.example');
  expect(others).toEqual([]);
  expect(letter).toContain('Auto-Submitted: auto-replied');
  const confirm = /http:\/\/127\.0\.0\.1:\d+(\/c\/\S+)/.exec(decoded(letter))?.[1] ?? '';
  await post(confirm, '');
  await expect.poll(async () => (await mailsTo('bea@reader.example')).length).toBe(2);
  const [digest = ''] = await mailsTo('bea@reader.example');
  const [, token = '', to = ''] = /^List-Unsubscribe: <http\S+\/u\/(\S+)>, <mailto:(\S+)>/m.exec(digest) ?? [];
  expect(to).toBe(`stop+${token}@${DOMAIN}`);

  // from another address of theirs, by a program that writes nothing
  expect((await mail(`?from=&signed=nobody`, { from: 'x@y.example', to })).status).toBe(200);
  const page = await (await fetch(`${session.origin}/u/${token}`)).text();
  expect(page).toContain('/back');
  expect(await mailsTo('bea@reader.example')).toHaveLength(2);
  expect(await mailsTo('x@y.example')).toEqual([]);
});

test('a forger, spam, and mail to other domains get nobody a letter', async () => {
  const from = 'Vic <vic@victim.example>';
  expect((await mail('?from=eve@evil.example', { from })).status).toBe(200);
  expect((await mail('?signed=nobody', { from })).status).toBe(200);
  expect(await (await mail('?spam=yes', { from })).json()).toMatchObject({ outcome: 'ignored', why: 'spam' });
  expect((await mail('?virus=yes', { from })).status).toBe(200);
  expect(await mailsTo('vic@victim.example')).toEqual([]);
  expect((await mail('', { from, to: 'subscribe@elsewhere.example' })).status).toBe(400);
  expect((await post('/_mail', '')).status).toBe(400);
  expect((await post('/_mail', writtenMail({ from }), { origin: 'https://evil.example' })).status).toBe(403);
});
