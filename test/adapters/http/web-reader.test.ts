import type { RequestListener } from 'node:http';
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { DAY, HOUR } from '../../../functions/model/time.ts';
import { BODY, NOW, redirect, serveFeeds } from './feed-server.ts';

const { base, reader, get, answerBy } = serveFeeds();

describe('bodies', () => {
  it.each([
    ['gzip', gzipSync(BODY)],
    ['br', brotliCompressSync(BODY)],
    ['deflate', deflateSync(BODY)],
    ['deflate', deflateRawSync(BODY)],
    ['gzip, gzip', gzipSync(gzipSync(BODY))],
    ['gzip', Buffer.from(BODY)],
    ['utf-8', Buffer.from(BODY)],
    ['none', Buffer.from(BODY)],
  ])('reads %s', async (coding, bytes) => {
    expect(await get((_q, r) => r.writeHead(200, { 'content-encoding': coding }).end(bytes))).toMatchObject({
      text: BODY,
    });
  });

  it('takes a truncated gzip for broken, not for a shorter feed', async () => {
    const bytes = gzipSync(BODY.repeat(100));
    const outcome = await get((_q, r) => r.writeHead(200, { 'content-encoding': 'gzip' }).end(bytes.subarray(0, -9)));
    expect(outcome).toEqual({ kind: 'failed', why: 'broken-feed' });
  });

  it.each([
    ['unpacked', { 'content-encoding': 'gzip' }, gzipSync(Buffer.alloc(1 << 20))],
    ['plain', {}, Buffer.alloc(40_000)],
    ['packed', { 'content-encoding': 'gzip' }, Buffer.alloc(20_000)],
  ])('stops at the limit of %s bytes', async (_what, headers, bytes) => {
    const limits = { decoded: 30_000, compressed: 10_000 };
    const listener: RequestListener = (_q, r) => {
      r.writeHead(200, headers);
      r.write(bytes);
      r.end();
    };
    expect(await get(listener, { limits })).toEqual({ kind: 'failed', why: 'too-large' });
  });

  it('believes a declared length before it reads', async () => {
    const listener: RequestListener = (_q, r) => {
      r.writeHead(200, { 'content-length': '99999999999' });
      r.write('x');
    };
    expect(await get(listener)).toEqual({ kind: 'failed', why: 'too-large' });
  });
});

describe('servers that misbehave', () => {
  const limits = { total: 150, toHeaders: 5000 };

  it.each<[string, RequestListener, string]>([
    ['never answers', () => {}, 'timeout'],
    [
      'stops after the headers',
      (_q, r) => {
        r.writeHead(200);
        r.flushHeaders();
      },
      'timeout',
    ],
    [
      'hangs up',
      (q) => {
        q.socket.destroy();
      },
      'unreachable',
    ],
    [
      'hangs up in the middle',
      (q, r) => {
        r.writeHead(200, { 'content-length': '99' });
        r.write('x', () => q.socket.destroy());
      },
      'unreachable',
    ],
    [
      'sends headers without end',
      (_q, r) => {
        r.writeHead(200, { 'x-big': 'x'.repeat(100_000) }).end();
      },
      'too-large',
    ],
    [
      'goes round in circles',
      (_q, r) => {
        r.writeHead(302, { location: '/feed' }).end();
      },
      'too-many-redirects',
    ],
    [
      'redirects nowhere',
      (_q, r) => {
        r.writeHead(302).end();
      },
      'http-status',
    ],
    [
      'says 304 unasked',
      (_q, r) => {
        r.writeHead(304).end();
      },
      'http-status',
    ],
    [
      'says 404',
      (_q, r) => {
        r.writeHead(404).end();
      },
      'http-status',
    ],
    [
      'is gone',
      (_q, r) => {
        r.writeHead(410).end();
      },
      'gone',
    ],
    [
      'limits us',
      (_q, r) => {
        r.writeHead(429).end();
      },
      'rate-limited',
    ],
  ])('%s', async (_what, listener, why) => {
    // a crowded machine may need longer than that for an answer
    expect(await get(listener, why === 'timeout' ? { limits } : {})).toMatchObject({ kind: 'failed', why });
  });

  it('asks once more when a kept connection turns out to be dead', async () => {
    let calls = 0;
    const listener: RequestListener = (q, r) => {
      calls++;
      if (calls === 1) q.socket.destroy();
      else r.end(BODY);
    };
    expect(await get(listener)).toMatchObject({ text: BODY });
  });

  it.each([
    ['3600', HOUR],
    [new Date(NOW + 2 * HOUR).toUTCString(), 2 * HOUR],
    ['99999999999', DAY],
    [new Date(NOW - HOUR).toUTCString(), 0],
    ['soon', undefined],
  ])('tells how long Retry-After: %s asks to wait', async (header, expected) => {
    const outcome = await get((_q, r) => r.writeHead(503, { 'retry-after': header }).end());
    expect(outcome.kind === 'failed' && outcome.retryAfterMs).toBe(expected);
  });
});

describe('requests', () => {
  it('are conditional, named, and carry no cookie', async () => {
    const seen: Record<string, unknown>[] = [];
    const web = reader();
    answerBy((q, r) => {
      seen.push(q.headers);
      if (q.headers['if-none-match'] === '"v1"') r.writeHead(304).end();
      else r.writeHead(200, { etag: '"v1"', 'set-cookie': 'a=b' }).end(BODY);
    });
    expect(await web.get(`${base()}/feed`)).toMatchObject({ headers: { etag: '"v1"' } });
    expect(await web.get(`${base()}/feed`, { etag: '"v1"', lastModified: 'Mon, 05 Jan 2026 06:00:00 GMT' })).toEqual({
      kind: 'not-modified',
    });
    expect(seen[1]).toMatchObject({
      'user-agent': 'Test (+https://a.example/)',
      'if-modified-since': 'Mon, 05 Jan 2026 06:00:00 GMT',
    });
    expect(seen[1]).not.toHaveProperty('cookie');
  });

  it.each([
    [301, '/moved', true],
    [308, '/moved', true],
    [302, '/moved', false],
    [307, '/moved', false],
  ])('a %i to %s is permanent: %s', async (status, location, permanent) => {
    const outcome = await get(redirect(status, location));
    expect(outcome).toMatchObject({
      finalUrl: `${base()}/moved`,
      permanentUrl: permanent ? `${base()}/moved` : undefined,
    });
  });

  it('leads to an address written in UTF-8, as browsers do', async () => {
    const asked: string[] = [];
    const listener: RequestListener = (request, response) => {
      asked.push(decodeURI(request.url ?? ''));
      // node writes headers as Latin-1: so these are the bytes of the address in UTF-8
      const location = Buffer.from('/zażółć').toString('latin1');
      if (request.url === '/feed') response.writeHead(301, { location }).end();
      else response.end(BODY);
    };
    expect(await get(listener)).toMatchObject({ text: BODY });
    expect(asked).toEqual(['/feed', '/zażółć']);
  });
});
