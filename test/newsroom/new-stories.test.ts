import { describe, expect, it } from 'vitest';
import { DAY, HOUR, TICK } from '../../functions/model/time.ts';
import { newStories } from '../../functions/newsroom/new-stories.ts';
import { type Feed, readFeed } from '../../functions/newsroom/read/read-feed.ts';
import { aSource, BASE_AT } from '../builders.ts';

interface Item {
  guid?: string;
  url?: string;
  title?: string;
  at?: number;
}

const feed = (items: readonly Item[]): Feed => {
  const text = items.map(
    ({ guid, url, title = 'News', at }) =>
      `<item><title>${title}</title>${guid ? `<guid isPermaLink="false">${guid}</guid>` : ''}${url ? `<link>${url}</link>` : ''}${at === undefined ? '' : `<pubDate>${new Date(at).toUTCString()}</pubDate>`}</item>`,
  );
  const read = readFeed(Buffer.from(`<rss><channel>${text.join('')}</channel></rss>`), {
    headers: {},
    url: 'https://a.example/',
  });
  if (read.kind === 'broken') throw new Error(read.why);
  return read;
};

const page = (path: number | string, scheme = 'https'): string => `${scheme}://a.example/${path}`;
const ten = Array.from(
  { length: 10 },
  (_, i): Item => ({ guid: `g${i}`, url: page(i), at: BASE_AT - HOUR - i * HOUR }),
);
const NOTHING = new Uint8Array();

/** What a second document brings after a first, a tick later. */
const second = (before: readonly Item[], after: readonly Item[]) => {
  const first = newStories(aSource(), feed(before), NOTHING, BASE_AT);
  const source = aSource({ lastNewsAt: BASE_AT });
  return newStories(source, feed(after), first.known, BASE_AT + TICK).stories.map(({ url }) => url);
};

describe('the first fetch of a source', () => {
  it('brings the latest twenty of the last seven days', () => {
    const many = Array.from({ length: 40 }, (_, i): Item => ({ guid: `g${i}`, url: page(i), at: BASE_AT - i * HOUR }));
    const { stories } = newStories(aSource(), feed(many.toReversed()), NOTHING, BASE_AT);
    expect(stories.map(({ url }) => url).toSorted()).toEqual(
      many
        .slice(0, 20)
        .map(({ url }) => url)
        .toSorted(),
    );
  });

  it('leaves out what is older, but remembers it', () => {
    const old = { guid: 'old', url: page('old'), at: BASE_AT - 8 * DAY };
    const { stories, known } = newStories(aSource(), feed([old]), NOTHING, BASE_AT);
    expect(stories).toEqual([]);
    expect(newStories(aSource(), feed([old]), known, BASE_AT + TICK).stories).toEqual([]);
  });

  it('takes undated and 1970 stories by first sight, and clamps the future to it', () => {
    const { stories } = newStories(
      aSource(),
      feed([
        { guid: 'a', url: page('a') },
        { guid: 'b', url: page('b'), at: 0 },
        { guid: 'c', url: page('c'), at: BASE_AT + 400 * DAY },
      ]),
      NOTHING,
      BASE_AT,
    );
    expect(stories.map(({ publishedAt }) => publishedAt).toSorted()).toEqual([BASE_AT, undefined, undefined]);
    expect(stories.every(({ firstSeenAt }) => firstSeenAt === BASE_AT)).toBe(true);
  });

  it('writes the same stories when it is repeated', () => {
    expect(newStories(aSource(), feed(ten), NOTHING, BASE_AT)).toEqual(
      newStories(aSource(), feed(ten), NOTHING, BASE_AT),
    );
  });
});

describe('a later fetch brings what is new and nothing twice', () => {
  const news: Item = { guid: 'new', url: page('new'), at: BASE_AT + 60_000 };

  it.each<[string, Item[], Item[], number]>([
    ['nothing changed', ten, ten, 0],
    ['one story more', ten, [news, ...ten], 1],
    ['other ids, same addresses', ten, ten.map((item, i) => ({ ...item, guid: `other${i}` })), 0],
    [
      'http became https, with the ids',
      ten.map((item, i) => ({ guid: page(i, 'http'), url: page(i, 'http'), at: item.at ?? 0 })),
      ten.map((item, i) => ({ ...item, guid: page(i) })),
      0,
    ],
    ['other paths, same ids', ten, ten.map((item, i) => ({ ...item, url: page(`moved/${i}`) })), 0],
    ['edited titles', ten, ten.map((item) => ({ ...item, title: 'Edited' })), 0],
    ['new dates alone', ten, ten.map((item) => ({ ...item, at: BASE_AT + 1 })), 0],
    [
      'tracking parameters',
      ten,
      ten.map((item, i) => ({ ...item, guid: `t${i}`, url: `${page(i)}?utm_source=rss` })),
      0,
    ],
    ['an old id with a new address and date', ten, [{ ...news, guid: 'g0' }, ...ten.slice(1)], 1],
    [
      'an old id with a new address and an old date',
      ten,
      [{ guid: 'g0', url: page('again'), at: BASE_AT - 2 * DAY }, ...ten.slice(1)],
      0,
    ],
    [
      'everything new and old: a rerun',
      ten,
      ten.map((item, i) => ({ guid: `r${i}`, url: page(`r${i}`), at: (item.at ?? 0) - DAY })),
      0,
    ],
    ['everything new and undated: a rerun', ten, ten.map((_, i) => ({ guid: `r${i}`, url: page(`r${i}`) })), 0],
    [
      'everything new and undated under the titles it had: a rerun',
      ten.map((_, i) => ({ guid: `g${i}`, url: page(i), title: `Part ${i}` })),
      ten.map((_, i) => ({ guid: `r${i}`, url: page(`r${i}`), title: `Part ${i}` })),
      0,
    ],
    [
      'an issue without dates after another',
      ten.map((_, i) => ({ guid: `g${i}`, url: page(i), title: `Part ${i} of May` })),
      ten.map((_, i) => ({ guid: `r${i}`, url: page(`r${i}`), title: `Part ${i} of June` })),
      10,
    ],
    [
      'ids and addresses made for each reader, dated by the reading',
      ten.map((_, i) => ({ guid: `g${i}`, url: page(`${i}?sid=a`), title: `Part ${i}`, at: BASE_AT })),
      ten.map((_, i) => ({ guid: `r${i}`, url: page(`${i}?sid=b`), title: `Part ${i}`, at: BASE_AT + TICK })),
      0,
    ],
    [
      'addresses made for each reader, dated by the reading',
      ten.slice(0, 3).map((_, i) => ({ guid: `g${i}`, url: page(`${i}?sid=a`), title: `Part ${i}`, at: BASE_AT })),
      ten
        .slice(0, 3)
        .map((_, i) => ({ guid: `g${i}`, url: page(`${i}?sid=b`), title: `Part ${i}`, at: BASE_AT + TICK })),
      0,
    ],
    [
      'everything new and dated since',
      ten,
      ten.map((_, i) => ({ guid: `r${i}`, url: page(`r${i}`), at: BASE_AT + i * 1000 })),
      10,
    ],
    ['a story of last month comes up', ten, [{ guid: 'o', url: page('o'), at: BASE_AT - 40 * DAY }, ...ten], 0],
    ['all ids alike', ten, [news, ...ten].map((item) => ({ ...item, guid: 'same' })), 1],
    ['neither ids nor addresses', [{ title: 'One' }], [{ title: 'Two' }, { title: 'One' }], 1],
  ])('%s', (_what, before, after, expected) => {
    expect(second(before, after)).toHaveLength(expected);
  });

  it('brings the latest forty of a private source at once, and remembers the others', () => {
    const first = newStories(aSource(), feed(ten), NOTHING, BASE_AT);
    const flood = Array.from(
      { length: 200 },
      (_, i): Item => ({ guid: `f${i}`, url: page(`f${i}`), at: BASE_AT + i * 1000 }),
    );
    const brought = (standing: 'private' | 'house') =>
      newStories(aSource({ standing, lastNewsAt: BASE_AT }), feed(flood), first.known, BASE_AT + TICK);
    expect(brought('house').stories).toHaveLength(200);
    const { stories, known } = brought('private');
    expect(stories.map(({ url }) => url).toSorted()).toEqual(
      flood
        .slice(-40)
        .map(({ url }) => url)
        .toSorted(),
    );
    const again = newStories(
      aSource({ standing: 'private', lastNewsAt: BASE_AT }),
      feed(flood),
      known,
      BASE_AT + 2 * TICK,
    );
    expect(again.stories).toEqual([]);
  });

  it('goes on as before after a rerun was held', () => {
    const first = newStories(aSource(), feed(ten), NOTHING, BASE_AT);
    const again = ten.map((item, i): Item => ({ guid: `r${i}`, url: page(`r${i}`), at: (item.at ?? 0) - DAY }));
    const source = aSource({ lastNewsAt: BASE_AT });
    const held = newStories(source, feed(again), first.known, BASE_AT + TICK);
    expect(held.held).toBe(10);
    const next = newStories(source, feed([news, ...again]), held.known, BASE_AT + 2 * TICK);
    expect(next.stories.map(({ url }) => url)).toEqual([news.url]);
  });

  it('gives a story without an address its source’s home page', () => {
    const { stories } = newStories(aSource(), feed([{ guid: 'x', title: 'Bare' }]), NOTHING, BASE_AT);
    expect(stories[0]?.url).toBe('https://daily-example.example/');
  });
});
