import { expect, test } from 'vitest';
import { dateOf } from '../../infra/local/own-mail.ts';
import { sampleSession } from './sample-session.ts';

const DOMAIN = 'in.broadsheet.example';
const SUBSCRIBE = `subscribe@${DOMAIN}`;

const session = sampleSession(Date.UTC(2026, 0, 5, 5, 50));

const get = async (path: string): Promise<string> => (await fetch(session.origin + path)).text();

const post = async (path: string, form: Record<string, string> = {}, headers = {}) => {
  const answer = await fetch(session.origin + path, { method: 'POST', body: new URLSearchParams(form), headers });
  return { status: answer.status, page: await answer.text() };
};

const write = (form: Record<string, string>, headers = {}) =>
  post('/inbox/write', { from: 'bea@reader.example', to: SUBSCRIBE, subject: '', ...form }, headers);

const noteOf = (page: string): string => /<p class="note" role="status">(.*?)<\/p>/.exec(page)?.[1] ?? '';

const mailsTo = async (address: string): Promise<{ id: string; subject: string; kind: string }[]> => {
  const all = JSON.parse(await get('/inbox.json')) as { id: string; to: string; subject: string; kind: string }[];
  return all.filter(({ to }) => to === address);
};

const confirmIn = async (id: string): Promise<string> => {
  const letter = (await get(`/inbox/${id}.eml`)).replace(/=\r\n/g, '').replaceAll('=3D', '=');
  return /http:\/\/127\.0\.0\.1:\d+(\/c\/\S+)/.exec(letter)?.[1] ?? '';
};

// server.ts: leaves the address as a mailto, or rewrites one of another domain; session.ts: one notice only
test('the sign-up page leads whoever would write to the form that reaches us', async () => {
  const page = await get('/');
  expect(page).not.toContain('mailto:');
  expect(page.split(`href="/inbox?to=subscribe%40${DOMAIN}#write"`)).toHaveLength(3);
  expect(await get(`/inbox?to=subscribe%40${DOMAIN}`)).toMatch(
    /<details class="write" id="write" open>.*name="to" value="subscribe@in\.broadsheet\.example"/s,
  );
});

// write-routes.ts: does not wait for the letter, or names an older one; inbox.ts: takes the one-click address for the other; own-mail.ts: the mail
// goes to the address without its token, or from nobody; inlet.ts: hears nothing of handle-mail
test('somebody signs up by the form, and leaves by the mail that a digest asks for', async () => {
  const { page } = await write({ subject: 'Abonnieren' });
  const [letter, ...others] = await mailsTo('bea@reader.example');
  expect(others).toEqual([]);
  expect(letter?.subject).toContain('Bitte bestätigen');
  expect(noteOf(page)).toBe(`The mail was taken. Its answer: <a href="/inbox/${letter?.id}">${letter?.subject}</a>`);

  // a letter is asked for once in ten minutes
  expect(noteOf((await write({})).page)).toContain('no letter came of it');

  await post(await confirmIn(letter?.id ?? ''));
  await expect.poll(async () => (await mailsTo('bea@reader.example')).length, { timeout: 10_000 }).toBe(2);
  const [digest] = await mailsTo('bea@reader.example');
  const act = `/inbox/${digest?.id}/unsubscribe-by-mail`;
  expect(await get(`/inbox/${digest?.id}`)).toContain(`formaction="${act}"`);
  expect((await post(act, {}, { origin: 'https://evil.example' })).status).toBe(403);
  expect(noteOf((await post(act)).page)).toContain('has left');
  expect(noteOf((await post(act)).page)).toContain('had left before');
  expect(await mailsTo('bea@reader.example')).toHaveLength(2);
  expect((await fetch(session.origin + act)).url).toBe(`${session.origin}/inbox/${digest?.id}`);
  expect((await post(`/inbox/${letter?.id}/unsubscribe-by-mail`)).status).toBe(404);
}, 30_000);

// write.ts: a field is not kept, not escaped or not looked at; write-routes.ts: a mail goes in for all that
test('a wrong address is told beside its field, and what was typed is kept', async () => {
  const { status, page } = await write({ from: '"><b>@x', to: 'help@elsewhere.example', subject: 'a "b" <c>' });
  expect(status).toBe(400);
  expect(page).toContain('<title>Error: Inbox');
  expect(page).toMatch(/name="from" value="&quot;&gt;&lt;b&gt;@x"[^>]* aria-describedby="fault-from"/);
  expect(page).toContain('id="fault-from">This is not an email address.');
  expect(page).toMatch(/name="to" value="help@elsewhere.example"[^>]* aria-describedby="fault-to"/);
  expect(page).toContain(`id="fault-to">Mail comes in at ${DOMAIN} only.`);
  expect(page).toContain('value="a &quot;b&quot; &lt;c&gt;" dir="auto"');
  const empty = await write({ from: '', to: '' });
  expect(empty.page).toContain('id="fault-from">Type your email address.');
  expect(empty.page).toContain(`id="fault-to">Mail comes in at ${DOMAIN} only.`);
  expect(await mailsTo('help@elsewhere.example')).toEqual([]);
});

// own-mail.ts: a subject begins another header; a domain goes as it was typed
test('a form cannot write headers, and a domain travels in ASCII', async () => {
  await write({ from: 'eva@bücher.example', subject: 'x\r\nFrom: vic@victim.example' });
  expect(await mailsTo('vic@victim.example')).toEqual([]);
  expect(await mailsTo('eva@xn--bcher-kva.example')).toHaveLength(1);
});

// own-mail.ts: another sign, whole hours, or the hour of UTC beside the offset
test.each([
  [330, 'Mon, 05 Jan 2026 05:20:00 +0530'],
  [-210, 'Sun, 04 Jan 2026 20:20:00 -0330'],
  [0, 'Sun, 04 Jan 2026 23:50:00 +0000'],
])('a mail written %d minutes east of UTC says when it was there', (ahead, date) => {
  expect(dateOf(Date.UTC(2026, 0, 4, 23, 50), ahead)).toBe(date);
});

// mail-done.ts: says the wrong thing of a mail; server.ts: takes posts from pages elsewhere
test('what became of a mail is said in words', async () => {
  expect(noteOf((await write({ to: `hello@${DOMAIN}` })).page)).toContain('asks for something');
  expect(noteOf((await write({ from: SUBSCRIBE })).page)).toContain('of Broadsheet’s own');
  expect(noteOf((await write({ to: `stop+none@${DOMAIN}` })).page)).toContain('no working link');
  expect(noteOf((await write({ from: 'postmaster@reader.example' })).page)).toContain('a mail that came back');
  expect((await write({ from: 'zoe@reader.example' }, { origin: 'https://evil.example' })).status).toBe(403);
  expect((await write({ from: 'zoe@reader.example' }, { origin: 'null' })).status).toBe(403);
  expect(await mailsTo('zoe@reader.example')).toEqual([]);
  expect((await fetch(`${session.origin}/inbox/write`)).url).toBe(`${session.origin}/inbox`);
});
