import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { aSite, PUBLIC_URL, type Site } from './site.ts';

const everyPath = async (site: Site): Promise<string[]> => {
  const reader = await site.given({ address: 'ada@example.com' });
  const pending = await site.given({ address: 'new@example.com', status: { kind: 'pending' } });
  const now = site.clock.now();
  const manage = site.links.manage(reader, now);
  const own = site.links.own(reader, now);
  return [
    PUBLIC_URL,
    `${PUBLIC_URL}/privacy`,
    `${PUBLIC_URL}/link`,
    `${PUBLIC_URL}/example`,
    `${manage}/example`,
    `${PUBLIC_URL}/robots.txt`,
    site.links.confirm(pending, now),
    manage,
    own,
    `${own}/data.json`,
    `${own}/sources.opml`,
    `${manage}/more?topic=food`,
    `${manage}/less?source=daily-example`,
    `${manage}/mute?source=daily-example`,
    `${manage}/pause`,
    `${manage}/now`,
    `${manage}/erase`,
    `${manage}/fresh`,
    site.links.pause(reader, now),
    site.links.unsubscribe(reader),
    `${site.links.unsubscribe(reader)}/back`,
    site.links.address(reader, 'b@example.com', now),
    site.links.web(`${reader.id}_2026-01-05_day`),
    `${PUBLIC_URL}/c/x`,
    `${PUBLIC_URL}/m/x`,
    `${PUBLIC_URL}/u/x`,
    `${PUBLIC_URL}/p/x`,
    `${PUBLIC_URL}/a/x`,
    `${PUBLIC_URL}/w/x`,
    `${PUBLIC_URL}/nothing`,
    `${PUBLIC_URL}/%ff%00`,
  ].map((url) => url.slice(PUBLIC_URL.length) || '/');
};

const SECURITY = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'same-origin',
  'x-frame-options': 'DENY',
  'cache-control': 'no-store',
};

const hasSecurity = (headers: Headers): void => {
  expect(Object.fromEntries(Object.keys(SECURITY).map((name) => [name, headers.get(name)]))).toEqual(SECURITY);
  expect(headers.get('content-security-policy')).toMatch(
    /^default-src 'none'; .*form-action 'self'; base-uri 'none'; frame-ancestors 'none'$/,
  );
  expect(headers.get('strict-transport-security')).toMatch(/max-age=\d{8}/);
  expect(headers.get('permissions-policy')).toContain('camera=()');
  expect(headers.get('set-cookie')).toBeNull();
};

describe('every page', () => {
  it('changes nothing by GET or HEAD', async () => {
    const site = await aSite();
    for (const path of await everyPath(site))
      for (const method of ['GET', 'HEAD']) {
        const { status } = await site.app.request(path, { method });
        expect(status, `${method} ${path}`).toBeLessThan(500);
      }
    expect(site.writes).toEqual([]);
    expect([...site.letters.sent, ...site.fetches.sent]).toEqual([]);
  });

  it('has the security headers, errors included', async () => {
    const site = await aSite();
    for (const path of await everyPath(site)) {
      for (const method of ['GET', 'DELETE']) hasSecurity((await site.app.request(path, { method })).headers);
      hasSecurity(
        (await site.app.request(path, { method: 'POST', body: '{}', headers: { 'content-type': 'application/json' } }))
          .headers,
      );
    }
    hasSecurity(
      (
        await site.app.request('/', {
          method: 'POST',
          body: 'a'.repeat(20_000),
          headers: { 'content-type': 'application/x-www-form-urlencoded' },
        })
      ).headers,
    );
  });

  it('is kept out of search engines but for the front and the privacy page', async () => {
    const site = await aSite();
    for (const path of await everyPath(site))
      expect([path, (await site.get(path)).headers.get('x-robots-tag')]).toEqual([
        path,
        path === '/' || path === '/privacy' ? null : 'noindex',
      ]);
  });

  it('asks nobody else for anything, and styles and scripts only by hash', async () => {
    const site = await aSite();
    for (const path of await everyPath(site)) {
      const { text, headers } = await site.get(path);
      if (!headers.get('content-type')?.includes('text/html')) continue;
      const policy = headers.get('content-security-policy') ?? '';
      expect(text).not.toMatch(/ (src|href|action)="(https?:)?\/\/(?!news\.example)/);
      expect(text).not.toMatch(/ on[a-z]+=| style="/);
      for (const [, code = ''] of text.matchAll(/<(?:style|script)>([\s\S]*?)<\/(?:style|script)>/g))
        expect(policy).toContain(createHash('sha256').update(code).digest('base64'));
    }
  });

  it('has a title and language of its own', async () => {
    const site = await aSite();
    const titles = await Promise.all(
      ['/', '/privacy', '/link', '/nothing'].map(
        async (path) => /<title>(.*)<\/title>/.exec((await site.get(path)).text)?.[1],
      ),
    );
    expect(new Set(titles).size).toBe(4);
    const { text } = await site.get('/', { 'accept-language': 'ar-EG,en;q=0.5' });
    expect(text).toContain('<html lang="ar" dir="rtl">');
  });

  it('shows the operator’s own links, escaped', async () => {
    const site = await aSite({ notices: [{ text: 'Inbox <local>', href: '/inbox' }] });
    expect((await site.get('/')).text).toContain('<a href="/inbox">Inbox &lt;local&gt;</a>');
  });
});

describe('what is refused', () => {
  it.each([
    ['DELETE', '/', 405],
    ['PUT', '/link', 405],
    ['POST', '/privacy', 405],
    ['GET', '/nowhere', 404],
    ['POST', '/nowhere', 404],
  ])('%s %s is %i', async (method, path, status) => {
    const site = await aSite();
    const answer = await site.app.request(path, { method });
    expect(answer.status).toBe(status);
    if (status === 405) expect(answer.headers.get('allow')).toMatch(/GET, HEAD/);
  });

  it('a body that is too large, of another type, or broken', async () => {
    const site = await aSite();
    const status = async (body: string, type: string) =>
      (await site.app.request('/', { method: 'POST', body, headers: { 'content-type': type } })).status;
    expect(await status(`email=${'a'.repeat(17_000)}`, 'application/x-www-form-urlencoded')).toBe(413);
    expect(await status('{"email":"a@b.example"}', 'application/json')).toBe(415);
    expect(await status('<a/>', 'text/plain')).toBe(415);
    expect(await status('no boundary', 'multipart/form-data')).toBe(400);
    expect(site.writes).toEqual([]);
  });

  it.each([
    [{ 'sec-fetch-site': 'cross-site' }, 403],
    [{ 'sec-fetch-site': 'same-site' }, 403],
    [{ origin: 'https://evil.example' }, 403],
    [{ 'sec-fetch-site': 'same-origin', origin: 'null' }, 200],
    [{ origin: PUBLIC_URL }, 200],
    [{ origin: 'null' }, 200],
    [{}, 200],
  ])('posts from other sites: %j is %i', async (headers, status) => {
    const site = await aSite();
    const answer = await site.post('/', { email: 'ada@example.com' }, { ...headers });
    expect([answer.status, site.letters.sent.length]).toEqual([status, status === 200 ? 1 : 0]);
  });

  it('nothing of a fault but that there was one', async () => {
    const site = await aSite();
    site.ports.subscribers = Object.create(site.ports.subscribers, {
      byId: {
        value: async () => {
          throw new Error('boom ada@example.com');
        },
      },
    });
    const reader = await site.given({ address: 'ada@example.com' });
    const { status, text } = await site.get(site.pathOf(site.links.manage(reader, site.clock.now())));
    expect([status, text.includes('boom')]).toEqual([500, false]);
    expect(JSON.stringify(site.log.lines)).toContain('web.failed');
    expect(JSON.stringify(site.log.lines)).not.toMatch(/ada@|boom/);
  });

  it('any nonsense, without ever failing', async () => {
    const site = await aSite();
    const paths = [...(await everyPath(site)), '/m/x/now', '/u/x/back'];
    const value = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 40 }),
      fc.constantFrom('*', '__proto__', '-1', '1e9', 'NaN', '[object Object]', '\u0000', 'https://[', 'p'.repeat(31)),
    );
    const names =
      'email cadence weekday hour zone topics sources keywords reads country language format stories' +
      ' mutes votes shownVotes weight was seen until how sure stamp website __proto__ constructor';
    const name = fc.constantFrom(...names.split(' '));
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...paths),
        fc.array(fc.tuple(name, value), { maxLength: 12 }),
        async (path, fields) => {
          const { status } = await site.app.request(path, { method: 'POST', body: new URLSearchParams(fields) });
          expect(status).toBeLessThan(500);
        },
      ),
      { numRuns: 400 },
    );
  });
});

describe('logs', () => {
  it('never hold an address or a token', async () => {
    const site = await aSite();
    const paths = await everyPath(site);
    for (const path of paths)
      await site.post(path, { email: 'ada@example.com', sure: 'yes', how: 'same', until: '2026-01-09' });
    const said = JSON.stringify(site.log.lines);
    expect(new Set(site.log.lines.map(({ event }) => event))).toEqual(
      new Set(['sign-up.taken', 'subscriber.confirmed', 'subscriber.left']),
    );
    expect(said).not.toMatch(/@|example\.com/);
    for (const token of paths.map((path) => path.split('/')[2] ?? '').filter((part) => part.length > 30))
      expect(said).not.toContain(token);
  });
});
