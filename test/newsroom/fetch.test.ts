import { describe, expect, it } from 'vitest';
import type { Source } from '../../functions/model/source.ts';
import { idFloor } from '../../functions/model/story.ts';
import { DAY, HOUR, type Instant, TICK } from '../../functions/model/time.ts';
import { isDue } from '../../functions/newsroom/due-sources.ts';
import { afterFailure } from '../../functions/newsroom/fetch.ts';
import { fetchHost } from '../../functions/newsroom/host.ts';
import type { FetchOutcome, WebReader } from '../../functions/ports.ts';
import { aSource, BASE_AT } from '../builders.ts';
import { memoryPorts, scriptedWeb } from '../fakes.ts';

const item = (name: string): string =>
  `<item><title>${name}</title><link>https://daily-example.example/${name}</link><pubDate>${new Date(BASE_AT - HOUR).toUTCString()}</pubDate></item>`;
const document = (...names: string[]): string =>
  `<rss><channel><title>E</title>${names.map(item).join('')}</channel></rss>`;

const fetched = (text: string, more: Partial<Extract<FetchOutcome, { kind: 'fetched' }>> = {}): FetchOutcome => ({
  kind: 'fetched',
  status: 200,
  bytes: new TextEncoder().encode(text),
  headers: { etag: '"v1"' },
  finalUrl: 'https://daily-example.example/feed.xml',
  permanentUrl: undefined,
  ...more,
});
const failed = (why: Extract<FetchOutcome, { kind: 'failed' }>['why'], more = {}): FetchOutcome => ({
  kind: 'failed',
  why,
  ...more,
});

/** One source, fetched a tick apart with the answers given. */
const live = async (answers: FetchOutcome[], start: Partial<Source> = {}) => {
  const ports = memoryPorts();
  const first = aSource(start);
  await ports.sources.save(first);
  let writes = 0;
  const sources = {
    ...ports.sources,
    save: async (source: Source) => {
      writes++;
      await ports.sources.save(source);
    },
    saveKnown: async (id: string, packed: Uint8Array) => {
      writes++;
      await ports.sources.saveKnown(id, packed);
    },
  };
  const web = scriptedWeb({ [first.url]: [...answers], 'https://moved.example/feed': fetched(document('a')) });
  const now = async (): Promise<Source> => (await ports.sources.byId(first.id)) ?? first;
  const reports = [];
  for (let i = 0; i < answers.length; i++) {
    const tickAt = BASE_AT + i * TICK;
    const message = { v: 1, kind: 'fetch', host: 'daily-example.example', tickAt, sources: [await now()] } as const;
    writes = 0;
    const report = await fetchHost({ ...ports, sources, web }, { ...message, sources: [...message.sources] }, tickAt);
    reports.push({ ...report, writes });
  }
  const stories = await ports.stories.since(idFloor(0), BASE_AT + DAY);
  return { reports, stories, source: await now(), known: await ports.sources.known(first.id), ports };
};

const wait = (source: Source, at: Instant): number => (source.notBeforeAt ?? 0) - at;

describe('fetching a source', () => {
  it('stores what is new, once, dated by the tick', async () => {
    const { stories, source, reports } = await live([fetched(document('a', 'b')), fetched(document('c', 'a', 'b'))]);
    expect(stories.map(({ title, firstSeenAt }) => [title, firstSeenAt])).toEqual(
      expect.arrayContaining([
        ['a', BASE_AT],
        ['b', BASE_AT],
        ['c', BASE_AT + TICK],
      ]),
    );
    expect(stories).toHaveLength(3);
    expect(source).toMatchObject({ etag: '"v1"', lastNewsAt: BASE_AT + TICK });
    expect(reports.map((report) => report.stories)).toEqual([2, 1]);
  });

  it('writes nothing for a 304, nor for an answer that brings nothing', async () => {
    const { reports } = await live([fetched(document('a')), { kind: 'not-modified' }, fetched(document('a'))]);
    expect(reports.map(({ writes, notModified }) => [writes, notModified])).toEqual([
      [2, 0],
      [0, 1],
      [0, 0],
    ]);
  });

  it.each([1, 2, 4, 8])(
    'asks for the whole once a day, interval %i, of what brought nothing for a day',
    async (intervalTicks) => {
      const ports = memoryPorts();
      const quiet = aSource({ intervalTicks, etag: '"v1"', addedAt: BASE_AT - 2 * DAY });
      const web: WebReader = {
        async get(_url, { etag } = {}) {
          // a server that says 'not modified' whatever it has
          return etag === undefined ? fetched(document('a')) : { kind: 'not-modified' };
        },
      };
      await ports.sources.save(quiet);
      await ports.sources.saveKnown(quiet.id, new Uint8Array(6));
      const wholeAt: number[] = [];
      for (let tick = 1; tick <= 96; tick++) {
        const tickAt = BASE_AT + tick * TICK;
        const source = await ports.sources.byId(quiet.id);
        if (!source || !isDue(source, tickAt)) continue;
        const report = await fetchHost(
          { ...ports, web },
          { v: 1, kind: 'fetch', host: 'h', tickAt, sources: [source] },
          0,
        );
        if (report.notModified === 0) wholeAt.push(tickAt);
      }
      const { lastNewsAt } = (await ports.sources.byId(quiet.id)) ?? {};
      expect(wholeAt).toEqual([lastNewsAt]);
    },
  );

  it('looks every two hours at a feed that says little, though its server knows no conditional requests', async () => {
    const old = document('a').replaceAll(/<pubDate>.*?<.pubDate>/g, '<pubDate>Mon, 03 Mar 2025 10:00:00 GMT</pubDate>');
    const { source } = await live([fetched(old, { headers: {} })]);
    const ticks = Array.from({ length: 96 }, (_, i) => BASE_AT + (i + 1) * TICK);
    expect(ticks.filter((tick) => isDue(source, tick))).toHaveLength(12);
  });

  it('waits longer with each failure, and forgets them all with one good answer', async () => {
    const many = await live(Array.from({ length: 9 }, () => failed('unreachable')));
    expect(many.source.failing).toEqual({ why: 'unreachable', sinceAt: BASE_AT, times: 9 });
    expect(wait(many.source, BASE_AT + 8 * TICK)).toBe(DAY);
    const once = await live([failed('timeout')]);
    expect(wait(once.source, BASE_AT)).toBe(TICK);
    const again = await live([failed('timeout'), fetched(document('a'))]);
    expect(again.source).not.toHaveProperty('failing');
    expect(again.source).not.toHaveProperty('notBeforeAt');
    const same = await live([failed('timeout'), { kind: 'not-modified' }]);
    expect(same.source).not.toHaveProperty('failing');
  });

  it.each([
    ['longer than the back-off', 6 * HOUR, 6 * HOUR],
    ['shorter', 1000, TICK],
    ['absurd', 400 * DAY, DAY],
  ])('obeys a Retry-After that is %s', async (_what, retryAfterMs, expected) => {
    const { source } = await live([failed('rate-limited', { retryAfterMs })]);
    expect(wait(source, BASE_AT)).toBe(expected);
  });

  const gone = failed('gone', { status: 410 });
  const ended = { endedAt: BASE_AT, failing: { why: 'gone' as const, sinceAt: BASE_AT, times: 1 } };

  it('ends with 410, and is asked three times more over the days after, if it was said by mistake', async () => {
    let { source } = await live([gone]);
    expect(source.endedAt).toBe(BASE_AT);
    const askedAfter: number[] = [];
    for (let tick = BASE_AT + TICK; tick < BASE_AT + 30 * DAY; tick += TICK) {
      if (!isDue(source, tick)) continue;
      askedAfter.push(Math.floor((tick - BASE_AT) / DAY));
      source = afterFailure(source, { kind: 'failed', why: askedAfter.length === 2 ? 'timeout' : 'gone' }, tick);
    }
    expect(askedAfter).toEqual([1, 2, 3]);
    expect(source).toMatchObject({ endedAt: BASE_AT, failing: { why: 'gone', sinceAt: BASE_AT } });
  });

  it.each([
    ['a feed', fetched(document('a'))],
    ['not modified', { kind: 'not-modified' } as const],
  ])('goes on where 410 is taken back by %s', async (_what, answer) => {
    const { source } = await live([answer], ended);
    expect(source).not.toHaveProperty('endedAt');
    expect(source).not.toHaveProperty('failing');
  });

  it('stays out if the catalogue ended it while it was asked', async () => {
    const { source } = await live([fetched(document('a'))], { endedAt: BASE_AT });
    expect(source.endedAt).toBe(BASE_AT);
  });

  it.each([
    ['a page', fetched('<!doctype html><html><body>Sign in'), 'not-a-feed'],
    ['nothing', fetched(''), 'broken-feed'],
    ['a broken body', failed('broken-feed'), 'broken-feed'],
  ])('loses nothing good to %s', async (_what, answer, why) => {
    const { source, known, stories, reports } = await live([
      fetched(document('a', 'b')),
      answer,
      fetched(document('a', 'b')),
    ]);
    expect(reports[1]).toMatchObject({ failing: 1, stories: 0 });
    expect(reports[2]?.stories).toBe(0);
    expect(stories).toHaveLength(2);
    expect(known.length).toBeGreaterThan(0);
    expect(source.etag).toBe('"v1"');
    expect((await live([answer])).source.failing?.why).toBe(why);
  });

  it('asks for the whole again after a document that was cut', async () => {
    const { source, stories } = await live([fetched(document('a', 'b').slice(0, -50))]);
    expect(stories.map(({ title }) => title)).toEqual(['a']);
    expect(source).not.toHaveProperty('etag');
  });

  it('takes over a new address after it was told three times', async () => {
    const moved = fetched(document('a'), { permanentUrl: 'https://moved.example/feed' });
    expect((await live([moved, moved])).source.url).toBe('https://daily-example.example/feed.xml');
    const { source, stories } = await live([moved, moved, moved]);
    expect(source.url).toBe('https://moved.example/feed');
    expect(source).not.toHaveProperty('moved');
    expect(source.movedFrom).toBe('https://daily-example.example/feed.xml');
    expect(stories).toHaveLength(1);
  });

  it('keeps what the operator changed meanwhile', async () => {
    const ports = memoryPorts();
    const stale = aSource();
    await ports.sources.save({ ...stale, title: 'Renamed' });
    const web = scriptedWeb({ [stale.url]: fetched(document('a')) });
    await fetchHost({ ...ports, web }, { v: 1, kind: 'fetch', host: 'h', tickAt: BASE_AT, sources: [stale] }, BASE_AT);
    expect(await ports.sources.byId(stale.id)).toMatchObject({ title: 'Renamed', etag: '"v1"' });
  });

  it('costs the others of its host nothing, and writes no title, address or URL to the log', async () => {
    const ports = memoryPorts();
    const names = ['one', 'two', 'three', 'four', 'five', 'six'];
    const sources = names.map((id) => aSource({ id }));
    const web = scriptedWeb(
      Object.fromEntries(sources.map(({ id, url }) => [url, id === 'two' ? failed('timeout') : fetched(document(id))])),
    );
    const report = await fetchHost(
      { ...ports, web },
      { v: 1, kind: 'fetch', host: 'h', tickAt: BASE_AT, sources },
      BASE_AT,
    );
    expect(report).toEqual({ requests: 6, notModified: 0, stories: 5, failing: 1, left: 0 });
    expect(JSON.stringify(ports.log.lines)).not.toMatch(/https?:|@/);
  });

  it('throws when a store fails, so that the message comes again', async () => {
    const ports = memoryPorts();
    const source = aSource();
    const web = scriptedWeb({ [source.url]: fetched(document('a')) });
    const stories = { save: async () => Promise.reject(new Error('no store')) };
    const message = { v: 1, kind: 'fetch', host: 'h', tickAt: BASE_AT, sources: [source] } as const;
    await expect(fetchHost({ ...ports, web, stories }, { ...message, sources: [source] }, BASE_AT)).rejects.toThrow(
      'no store',
    );
    expect(await ports.sources.known(source.id)).toHaveLength(0);
  });
});
