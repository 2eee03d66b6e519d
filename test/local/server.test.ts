import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { expect, onTestFinished, test } from 'vitest';
import { iso } from '../../functions/model/time.ts';
import { createMailStore } from '../../infra/local/mail-store.ts';
import { createOrigin, openDoor } from '../../infra/local/server.ts';
import type { SesMode } from '../../infra/local/ses-endpoint.ts';

const NOW = Date.UTC(2026, 0, 5, 7);

const MAIL = [
  'From: Broadsheet <a@example.com>',
  'Subject: =?utf-8?q?Gr=C3=BC=C3=9Fe?=',
  'List-Unsubscribe: <UNSUBSCRIBE>',
  'List-Unsubscribe-Post: List-Unsubscribe=One-Click',
  'Content-Type: text/html; charset=utf-8',
  '',
  '<html><head></head><body><script>alert(1)</script><p>Hello</p></body></html>',
].join('\r\n');

const start = async (web: (event: APIGatewayProxyEventV2) => Promise<unknown> = async () => ({ statusCode: 404 })) => {
  const door = await openDoor([0]);
  if (!door) throw new Error('no free port');
  onTestFinished(() => door.close());
  const mails = createMailStore();
  const base = `http://127.0.0.1:${door.port}`;
  let now = NOW;
  let mode: SesMode = 'normal';
  const errors: unknown[] = [];
  door.serve(
    createOrigin({
      mails,
      desk: {
        news: 'Sample feeds.',
        now: () => now,
        advance: async (to) => {
          if (to < now) return false;
          now = to;
          return true;
        },
        mode: () => mode,
        setMode: (to) => {
          mode = to;
        },
        sendNow: async (address) => (address === 'b@example.com' ? 'left' : 'nobody'),
        addresses: () => ['b@example.com'],
        zones: async () => ['Asia/Kathmandu'],
        sources: async () => [],
        depths: () => [],
        waiting: () => 0,
      },
      web: { name: 'web', timeoutSeconds: 5, handler: (event) => web(event as APIGatewayProxyEventV2) },
      sample: (path) => (path === 'one.xml' ? { body: '<rss/>', type: 'application/rss+xml' } : undefined),
      onError: (error) => errors.push(error),
    }),
  );
  const addMail = (tags: Record<string, string>, raw = MAIL): void => {
    mails.add(
      { messageId: 'm', from: 'a@example.com', to: ['b@example.com'], at: now, tags, configurationSet: 'set' },
      Buffer.from(raw.replace('UNSUBSCRIBE', `${base}/u/T`)),
    );
  };
  const post = (path: string, body?: string, headers: Record<string, string> = {}): Promise<Response> =>
    fetch(base + path, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
      ...(body === undefined ? {} : { body }),
    });
  return { base, door, post, addMail, errors };
};

test('a digest as a page shows the samples’ pictures from here; any other page is passed on as it is', async () => {
  const picture = '<img src="https://samples.example/samples/1.png">';
  const policy = "default-src 'none'; img-src https: data:";
  const { base } = await start(async ({ rawPath }) => ({
    statusCode: 200,
    headers: { 'content-security-policy': policy },
    body: rawPath === '/example' ? `é${picture}` : 'https://samples.example/samples/1.png',
  }));
  const [mail, other] = [await fetch(`${base}/example`), await fetch(`${base}/other`)];
  expect([await mail.text(), mail.headers.get('content-security-policy')]).toEqual([
    'é<img src="/samples/1.png">',
    "default-src 'none'; img-src 'self' https: data:",
  ]);
  expect(other.headers.get('content-security-policy')).toBe(policy);
});

test('a request reaches the web function as API Gateway would hand it over, and its answer comes back', async () => {
  const events: APIGatewayProxyEventV2[] = [];
  const { base } = await start(async (event) => {
    events.push(event);
    return {
      statusCode: 303,
      headers: { location: '/next' },
      cookies: ['a=1', 'b=2'],
      body: Buffer.from([0, 255]).toString('base64'),
      isBase64Encoded: true,
    };
  });
  const answer = await fetch(`${base}/m/T%C3%B6?topic=a&topic=b%20c`, {
    method: 'POST',
    redirect: 'manual',
    headers: { cookie: 'x=1; y=2', 'content-type': 'application/x-www-form-urlencoded' },
    body: 'topics=world&topics=sport',
  });
  expect(events).toMatchObject([
    {
      version: '2.0',
      rawPath: '/m/Tö',
      rawQueryString: 'topic=a&topic=b%20c',
      queryStringParameters: { topic: 'a,b c' },
      cookies: ['x=1', 'y=2'],
      isBase64Encoded: true,
      body: Buffer.from('topics=world&topics=sport').toString('base64'),
      requestContext: { http: { method: 'POST', sourceIp: '127.0.0.1' }, timeEpoch: NOW },
    },
  ]);
  expect(answer.status).toBe(303);
  expect(answer.headers.get('location')).toBe('/next');
  expect(answer.headers.getSetCookie()).toEqual(['a=1', 'b=2']);
  expect([...new Uint8Array(await answer.arrayBuffer())]).toEqual([0, 255]);
});

test('a form with a file is handed over in base64, byte for byte; more than Lambda takes is not', async () => {
  const events: APIGatewayProxyEventV2[] = [];
  const { base } = await start(async (event) => {
    events.push(event);
    return { statusCode: 200, body: '' };
  });
  const send = (bytes: Uint8Array<ArrayBuffer>): Promise<Response> => {
    const body = new FormData();
    body.append('opml', new File([bytes], 'mine.opml'));
    return fetch(base, { method: 'POST', body });
  };
  expect((await send(new Uint8Array([0xff, 0xfe, 0x3c, 0, 0x80]))).status).toBe(200);
  expect(events).toMatchObject([
    { isBase64Encoded: true, headers: { 'content-type': expect.stringMatching(/^multipart\/form-data; boundary=/) } },
  ]);
  const body = Buffer.from(events[0]?.body ?? '', 'base64');
  expect(body.includes(Buffer.from([0x0d, 0x0a, 0x0d, 0x0a, 0xff, 0xfe, 0x3c, 0, 0x80, 0x0d, 0x0a]))).toBe(true);
  const refused = await send(new Uint8Array(4_800_000));
  expect([refused.status, await refused.text(), events.length]).toEqual([
    413,
    '{"message":"Request Entity Too Large"}',
    1,
  ]);
});

test('a web function that throws is a 500 that tells nothing', async () => {
  const { base, errors } = await start(() => Promise.reject(new Error('secret')));
  const answer = await fetch(base);
  expect([answer.status, await answer.text()]).toEqual([500, '{"message":"Internal Server Error"}']);
  expect(errors).toHaveLength(1);
});

test('the inbox answers programs: newest first, decoded, and the mail itself byte for byte', async () => {
  const { base, addMail } = await start();
  addMail({ letter: 'confirm' });
  addMail({ delivery: 'd' });
  const list = await (await fetch(`${base}/inbox.json`)).json();
  expect(list).toMatchObject([
    { id: '000002', kind: 'digest', tags: { delivery: 'd' }, configurationSet: 'set' },
    { id: '000001', kind: 'letter', to: 'b@example.com', from: 'a@example.com', subject: 'Grüße', date: iso(NOW) },
  ]);
  const eml = await fetch(`${base}/inbox/000001.eml`);
  expect(eml.headers.get('content-type')).toContain('message/rfc822');
  expect(await eml.text()).toBe(MAIL.replace('UNSUBSCRIBE', `${base}/u/T`));
  expect((await fetch(`${base}/inbox/000009.eml`)).status).toBe(404);
});

test('a mail is shown in a frame in which nothing runs', async () => {
  const { base, addMail } = await start();
  addMail({ delivery: 'd' });
  const view = await (await fetch(`${base}/inbox/000001`)).text();
  expect(view).toContain('<iframe src="/inbox/000001.html"');
  expect(view).toContain('<p>Sample feeds.</p>');
  expect(view).not.toMatch(/sandbox="[^"]*allow-scripts/);
  const framed = await fetch(`${base}/inbox/000001.html`);
  expect(framed.headers.get('content-security-policy')).toMatch(/^sandbox (?!.*allow-scripts)/);
});

test('the one-click button does what a mail provider does', async () => {
  const seen: string[] = [];
  const { addMail, post } = await start(async ({ rawPath, body }) => {
    seen.push(`${rawPath} ${Buffer.from(body ?? '', 'base64')}`);
    return { statusCode: 200 };
  });
  addMail({ delivery: 'd' });
  expect(await (await post('/inbox/000001/unsubscribe')).text()).toContain('answered 200');
  expect(seen).toEqual(['/u/T List-Unsubscribe=One-Click']);
});

test('the clock goes forward only, and says so', async () => {
  const { base, post } = await start();
  expect(await (await post('/_clock?at=2026-01-05T08:00:00Z')).json()).toEqual({ now: '2026-01-05T08:00:00Z' });
  expect((await post('/_clock?at=2026-01-05T07:00:00Z')).status).toBe(409);
  expect((await post('/_clock?at=tomorrow')).status).toBe(400);
  expect(await (await fetch(`${base}/_clock`)).json()).toEqual({ now: '2026-01-05T08:00:00Z' });
});

test('the operator jumps to tomorrow 07:00 in the zone chosen', async () => {
  const { base, post } = await start();
  await post('/operator/jump', 'zone=Asia%2FKathmandu');
  expect(await (await fetch(`${base}/_clock`)).json()).toEqual({ now: '2026-01-06T01:15:00Z' });
  expect(await (await post('/operator/now', 'address=nobody%40example.com')).text()).toContain('Nobody subscribed');
  expect(await (await post('/operator/now', 'address=b%40example.com')).text()).toContain('has left.');
  expect((await post('/_ses?mode=drop')).status).toBe(200);
  expect((await post('/_ses?mode=maybe')).status).toBe(400);
});

test('the address of an operator form, loaded again, is the operator page', async () => {
  const { base } = await start();
  for (const act of ['jump', 'now', 'ses'])
    expect((await fetch(`${base}/operator/${act}`)).url).toBe(`${base}/operator`);
});

test('neither a page elsewhere nor a name that points here can use it', async () => {
  const { post, door } = await start();
  expect((await post('/_clock?at=2027-01-01T00:00:00Z', '', { origin: 'https://example.com' })).status).toBe(403);
  const { request } = await import('node:http');
  const status = await new Promise((done) =>
    request({ port: door.port, host: '127.0.0.1', headers: { host: 'evil.example' } }, (answer) =>
      done(answer.statusCode),
    ).end(),
  );
  expect(status).toBe(403);
});

test('a taken port is left for the next', async () => {
  const { door } = await start();
  expect(await openDoor([door.port])).toBeUndefined();
  const next = await openDoor([door.port, 0]);
  onTestFinished(() => next?.close());
  expect(next?.port).not.toBe(door.port);
});
