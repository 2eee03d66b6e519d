import { describe, expect, it } from 'vitest';
import { redirect, serveFeeds } from './feed-server.ts';

const { reader, get } = serveFeeds();

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
