import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  createWebReader,
  type OpenWebReader,
  type WebReaderOptions,
} from '../../../functions/adapters/http/web-reader.ts';
import { DAY, HOUR } from '../../../functions/model/time.ts';

const BODY = '<rss><channel/></rss>';
const NOW = Date.UTC(2026, 0, 5, 6);

let server: Server;
let base: string;
let answer: RequestListener;
let readers: OpenWebReader[];

beforeEach(async () => {
  readers = [];
  server = createServer({ maxHeaderSize: 1 << 20 }, (request, response) => answer(request, response));
  await new Promise<void>((done) => {
    server.listen(0, '127.0.0.1', done);
  });
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterEach(async () => {
  await Promise.all(readers.map((reader) => reader.close()));
  server.closeAllConnections();
  server.close();
});

const reader = (more: Partial<WebReaderOptions> = {}): OpenWebReader => {
  const made = createWebReader({
    userAgent: 'Test (+https://a.example/)',
    allow: [new URL(base).host],
    now: () => NOW,
    ...more,
  });
  readers.push(made);
  return made;
};

const get = async (listener: RequestListener, more: Partial<WebReaderOptions> = {}, conditional = {}) => {
  answer = listener;
  const outcome = await reader(more).get(`${base}/feed`, conditional);
  return outcome.kind === 'fetched' ? { ...outcome, text: new TextDecoder().decode(outcome.bytes) } : outcome;
};

const redirect =
  (status: number, location: string | undefined): RequestListener =>
  (request, response) => {
    if (request.url === '/feed') response.writeHead(status, location === undefined ? {} : { location }).end();
    else response.end(BODY);
  };

describe('bodies', () => {
  it.each([
    ['gzip', gzipSync(BODY)],
    ['br', brotliCompressSync(BODY)],
    ['deflate', deflateSync(BODY)],
    ['deflate', deflateRawSync(BODY)],
    ['gzip, gzip', gzipSync(gzipSync(BODY))],
    ['gzip', Buffer.from(BODY)],
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
    expect(await get(listener, { limits })).toMatchObject({ kind: 'failed', why });
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
    answer = (q, r) => {
      seen.push(q.headers);
      if (q.headers['if-none-match'] === '"v1"') r.writeHead(304).end();
      else r.writeHead(200, { etag: '"v1"', 'set-cookie': 'a=b' }).end(BODY);
    };
    expect(await web.get(`${base}/feed`)).toMatchObject({ headers: { etag: '"v1"' } });
    expect(await web.get(`${base}/feed`, { etag: '"v1"', lastModified: 'Mon, 05 Jan 2026 06:00:00 GMT' })).toEqual({
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
    expect(outcome).toMatchObject({ finalUrl: `${base}/moved`, permanentUrl: permanent ? `${base}/moved` : undefined });
  });
});

describe('addresses that are not on the open web', () => {
  it.each([
    'http://169.254.169.254/latest/meta-data/',
    'http://[::1]/',
    'http://[::ffff:10.0.0.1]/',
    'http://2130706433/',
    'http://localhost/',
    'http://metadata.google.internal/',
    'file:///etc/passwd',
    'https://user:secret@example.org/',
    'http://example.org:9001/',
    '\\\\127.0.0.1\\x',
    `https://example.org/${'x'.repeat(2050)}`,
    'http://127.0.0.1:1/',
  ])('is not dialled, also by a redirect: %s', async (url) => {
    const dialled: string[] = [];
    const web = reader({
      dial: ({ hostname }, done) => {
        dialled.push(hostname);
        done(new Error('dialled'), null);
      },
    });
    expect(await web.get(url)).toEqual({ kind: 'failed', why: 'blocked' });
    expect(dialled).toEqual([]);
    expect(await get(redirect(302, url))).toEqual({ kind: 'failed', why: 'blocked' });
  });

  const resolve = async (...answers: string[][]) => {
    const dialled: string[] = [];
    const queue = [...answers];
    const web = reader({
      lookup: async () => queue.shift() ?? [],
      dial: ({ hostname }, done) => {
        dialled.push(hostname);
        done(new Error('refused'), null);
      },
    });
    const outcome = await web.get('https://news.example/feed');
    return { dialled, why: outcome.kind === 'failed' ? outcome.why : outcome.kind };
  };

  it('refuses a name with one private answer among public ones', async () => {
    expect(await resolve(['93.184.215.14', '10.0.0.1'])).toEqual({ dialled: [], why: 'blocked' });
    expect(await resolve(['fd00:ec2::254'])).toEqual({ dialled: [], why: 'blocked' });
  });

  it('dials the very address it checked, whatever the name answers the next time', async () => {
    expect(await resolve(['93.184.215.14'], ['127.0.0.1'])).toEqual({ dialled: ['93.184.215.14'], why: 'unreachable' });
  });

  it('tries a second address when the first refuses', async () => {
    expect((await resolve(['2606:2800:21f::1', '93.184.215.14'])).dialled).toEqual([
      '93.184.215.14',
      '2606:2800:21f::1',
    ]);
  });

  it('calls a name without an address unreachable', async () => {
    expect(await resolve([])).toEqual({ dialled: [], why: 'unreachable' });
  });
});
