import { describe, expect, it } from 'vitest';
import { idFloor } from '../../functions/model/story.ts';
import { TICK } from '../../functions/model/time.ts';
import { queueDueSources } from '../../functions/newsroom/due-sources.ts';
import { fetchHost } from '../../functions/newsroom/host.ts';
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
  const request = { id: 'p1', url };
  const outcome = await takeRequest(ports, request, BASE_AT);
  const again = () => takeRequest(ports, request, BASE_AT);
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
    expect(none.source?.failing?.why).toBe('not-a-feed');
    expect(none.asked.length).toBeLessThanOrEqual(9);
    const found = { 'https://blog.example/atom.xml': answer('https://blog.example/atom.xml', FEED) };
    expect((await ask('https://blog.example/', { ...pages, ...page, ...found })).outcome.kind).toBe('added');
  });

  it('keeps what cannot be read as failing, under its host alone, and looks for it again less and less often', async () => {
    const url = 'https://blog.example/?secret=1';
    const ports = {
      ...memoryPorts(),
      web: scriptedWeb({
        [url]: [{ kind: 'failed', why: 'unreachable' }, missing, answer(url, PAGE)],
        'https://blog.example/main.xml': answer('https://blog.example/main.xml', FEED),
      }),
    };
    const fetches = ports.queues.fetch;
    const stored = () => ports.sources.byId('p1');
    const askedAt: number[] = [];
    await takeRequest(ports, { id: 'p1', url }, BASE_AT);
    expect(await stored()).toMatchObject({
      title: 'blog.example',
      standing: 'private',
      failing: { why: 'unreachable', sinceAt: BASE_AT, times: 1 },
    });
    for (let tick = 1; (await stored())?.failing; tick++) {
      const at = BASE_AT + tick * TICK;
      await queueDueSources({ ...ports, fetches }, at);
      for (const message of fetches.take()) {
        if (message.kind !== 'fetch') continue;
        askedAt.push(tick);
        await fetchHost(ports, message, at);
      }
    }
    expect(askedAt).toEqual([1, 3]);
    expect(await stored()).toMatchObject({ url: 'https://blog.example/main.xml', title: 'A blog' });
    expect(await stored()).not.toHaveProperty('failing');
  });

  it('gives up on a page whose server holds an address up', async () => {
    const { outcome, asked } = await ask('https://blog.example/', {
      'https://blog.example/': answer('https://blog.example/', PAGE),
      'https://blog.example/main.xml': { kind: 'failed', why: 'timeout' },
    });
    expect([outcome, asked.length]).toEqual([{ kind: 'failed', why: 'timeout' }, 2]);
  });

  it('ends what is gone', async () => {
    const { source } = await ask('https://blog.example/rss', {
      'https://blog.example/rss': { kind: 'failed', why: 'gone', status: 410 },
    });
    expect(source?.endedAt).toBe(BASE_AT);
  });
});
