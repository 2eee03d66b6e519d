import { describe, expect, it } from 'vitest';
import { idFloor } from '../../functions/model/story.ts';
import { takeRequest } from '../../functions/newsroom/request.ts';
import type { FetchOutcome } from '../../functions/ports.ts';
import { BASE_AT } from '../builders.ts';
import { memoryPorts, scriptedWeb } from '../fakes.ts';

const answer = (url: string, text: string): FetchOutcome => ({
  kind: 'fetched',
  status: 200,
  bytes: new TextEncoder().encode(text),
  headers: {},
  finalUrl: url,
  permanentUrl: undefined,
});

const FEED =
  '<rss><channel><title>A blog</title><link>https://blog.example/</link><language>de</language><item><title>Hello</title><link>https://blog.example/1</link></item></channel></rss>';
const PAGE = '<head><link rel="alternate" type="application/rss+xml" href="/main.xml"></head>';
const missing: FetchOutcome = { kind: 'failed', why: 'http-status', status: 404 };

const ask = async (url: string, pages: Record<string, FetchOutcome>) => {
  const ports = { ...memoryPorts(), web: scriptedWeb(pages) };
  const request = { v: 1, kind: 'request', id: 'p1', url } as const;
  const outcome = await takeRequest(ports, request, BASE_AT + 1234);
  const again = () => takeRequest(ports, request, BASE_AT + 5678);
  const stories = await ports.stories.since(idFloor(0), BASE_AT + 9999);
  return { outcome, again, stories, source: await ports.sources.byId('p1'), asked: ports.web.asked };
};

describe('a reader asks for a source', () => {
  it('takes the address of a feed', async () => {
    const { outcome, source, stories, again } = await ask('https://blog.example/rss', {
      'https://blog.example/rss': answer('https://blog.example/rss', FEED),
    });
    expect(outcome).toEqual({ kind: 'added', stories: 1 });
    expect(source).toMatchObject({
      id: 'p1',
      url: 'https://blog.example/rss',
      homePage: 'https://blog.example/',
      title: 'A blog',
      language: 'de',
      standing: 'private',
    });
    expect(stories).toMatchObject([{ source: 'p1', title: 'Hello', firstSeenAt: BASE_AT }]);
    expect(await again()).toEqual({ kind: 'known' });
  });

  it('takes the address of a page that names its feed', async () => {
    const { outcome, source } = await ask('https://blog.example/', {
      'https://blog.example/': answer('https://blog.example/', PAGE),
      'https://blog.example/main.xml': answer('https://blog.example/main.xml', FEED),
    });
    expect(outcome.kind).toBe('added');
    expect(source?.url).toBe('https://blog.example/main.xml');
  });

  it('tries the usual places of a page that names none, a bounded number of times', async () => {
    const usual = ['/feed', '/rss', '/atom.xml', '/index.xml', '/feed.json', '/rss.xml', '/feed.xml'];
    const pages = Object.fromEntries(usual.map((path) => [`https://blog.example${path}`, missing]));
    const page = { 'https://blog.example/': answer('https://blog.example/', '<p>Welcome') };
    const none = await ask('https://blog.example/', { ...pages, ...page });
    expect(none.outcome).toEqual({ kind: 'failed', why: 'not-a-feed' });
    expect(none.source).toBeUndefined();
    expect(none.asked.length).toBeLessThanOrEqual(9);
    const found = { 'https://blog.example/atom.xml': answer('https://blog.example/atom.xml', FEED) };
    expect((await ask('https://blog.example/', { ...pages, ...page, ...found })).outcome.kind).toBe('added');
  });

  it('leaves nothing behind when the address cannot be read', async () => {
    const { outcome, source } = await ask('http://10.0.0.1/', {
      'http://10.0.0.1/': { kind: 'failed', why: 'blocked' },
    });
    expect(outcome).toEqual({ kind: 'failed', why: 'blocked' });
    expect(source).toBeUndefined();
  });
});
