import { describe, expect, it } from 'vitest';
import { loadCatalogue } from '../../infra/catalogue/load.ts';

const ADDRESS = 'http://127.0.0.1:9/feeds';

const load = (text: string) => loadCatalogue(ADDRESS, async () => text);

const listed = (more: Record<string, unknown>) =>
  JSON.stringify([
    {
      id: 'a1b2c3',
      feedUrl: 'http://127.0.0.1:9/f/a1b2c3',
      siteUrl: 'http://127.0.0.1:9/site/a1b2c3',
      title: 'Lighthouse Letters',
      language: 'en-GB',
      category: 'News',
      subcategory: 'News',
      originalUrl: 'https://lighthouse-letters.example/rss',
      ...more,
    },
  ]);

const opml = (body: string) =>
  `<?xml version="1.0"?><opml version="2.0"><head><title>T</title></head><body>${body}</body></opml>`;

describe('a catalogue elsewhere', () => {
  it('is read in our own form', async () => {
    const own = {
      id: 'quay',
      url: 'https://quay.example/rss',
      homePage: 'https://quay.example/',
      title: 'The Quay',
      language: 'en',
      country: 'GB',
      topic: 'sport',
      access: 'paid',
    };
    expect(await load(JSON.stringify([own]))).toEqual([own]);
  });

  it("is read in a feed server's form, ids as given", async () => {
    expect(await load(listed({}))).toEqual([
      {
        id: 'a1b2c3',
        url: 'http://127.0.0.1:9/f/a1b2c3',
        homePage: 'http://127.0.0.1:9/site/a1b2c3',
        title: 'Lighthouse Letters',
        language: 'en',
        country: 'GB',
        access: 'free',
      },
    ]);
  });

  it.each([
    ['en-US', 'en', 'US'],
    ['en-us', 'en', 'US'],
    ['en-UK', 'en', 'GB'],
    ['pl-PL', 'pl', 'PL'],
    ['pl', 'pl', undefined],
    ['', '', undefined],
    [null, '', undefined],
    ['jp', 'ja', undefined],
    ['cn', 'zh', undefined],
    ['zh-Hant-TW', 'zh', 'TW'],
    ['es-419', 'es', undefined],
  ])('reads the language tag %j as %j of %j', async (tag, language, country) => {
    const [entry] = await load(listed({ language: tag }));
    expect([entry?.language, entry?.country]).toEqual([language, country]);
  });

  it.each([
    ['Science', 'Science', 'science'],
    ['Tech', 'Programming', 'technology'],
    ['Tech', 'News', 'technology'],
    ['Politics', 'Politics', 'politics'],
    ['Movies', 'Movies', 'entertainment'],
    ['Business', 'News', 'business'],
    ['News', 'World', undefined],
    ['News', 'Business', undefined],
    ['World', 'World', undefined],
    ['Tech', 'Entertainment', undefined],
    ['Hobby', 'Movies', undefined],
    ['Random', '', undefined],
    ['', '', undefined],
    ['constructor', 'toString', undefined],
  ])('files %s / %s under %s', async (category, subcategory, topic) => {
    const [entry] = await load(listed({ category, subcategory }));
    expect(entry?.topic).toBe(topic);
  });

  it('is named after the publisher where the list serves a copy', async () => {
    const [entry] = await load(listed({ title: 'World | Latest news' }));
    expect(entry).toMatchObject({ homePage: 'http://127.0.0.1:9/site/a1b2c3', title: 'lighthouse-letters.example' });
  });

  it('does without a home page or a title', async () => {
    const [entry] = await load(listed({ siteUrl: '', title: ' ', originalUrl: '' }));
    expect(entry).toMatchObject({ homePage: 'http://127.0.0.1:9', title: '127.0.0.1' });
  });

  it('is read from OPML, with folders as categories and ids that stay', async () => {
    const feed =
      '<outline type="rss" text="Gears &amp; Co" xmlUrl="https://gears.example/rss" htmlUrl="https://gears.example/" language="de-AT"/>';
    const flat = await load(`\uFEFF${opml(feed)}`);
    const nested = await load(opml(`<outline text="Lists"><outline text="Tech">${feed}</outline></outline>`));
    expect(nested).toEqual([
      {
        id: flat[0]?.id,
        url: 'https://gears.example/rss',
        homePage: 'https://gears.example/',
        title: 'Gears & Co',
        language: 'de',
        country: 'AT',
        topic: 'technology',
        access: 'free',
      },
    ]);
    expect(flat[0]?.id).toMatch(/^[0-9a-f]{12}$/);
  });

  it('is taken without the second of two entries for one feed', async () => {
    const feed = (title: string) => `<outline type="rss" text="${title}" xmlUrl="https://gears.example/rss"/>`;
    expect((await load(opml(feed('One') + feed('Two')))).map(({ title }) => title)).toEqual(['One']);
  });

  it.each([
    ['nothing', '', 'is neither a JSON list of feeds nor OPML'],
    ['a JSON object', '{"feeds": []}', 'is neither a JSON list of feeds nor OPML'],
    ['half a list', '[{"id": "a"', 'is broken JSON'],
    ['an empty list', '[]', 'lists no feed'],
    ['an empty OPML', opml(''), 'lists no feed'],
    ['a web page', '<!doctype html><html><body>hello</body></html>', 'is XML but not OPML'],
    [
      'an address of another kind',
      listed({ feedUrl: 'file:///etc/passwd' }),
      '"file:///etc/passwd" is no http address',
    ],
    ['an id that is no id', listed({ id: 'a b' }), 'a b: id: letters, digits, - and _, at most 64'],
    ['an entry without address', '[{"id": "a"}]', /^entry 1: url: /],
    ['an entry of numbers', '[7]', /^entry 1: it: /],
  ])('is refused in one line: %s', async (_, text, why) => {
    const message = await load(text).then(String, (error: Error) => error.message);
    expect(message.startsWith(`catalogue ${ADDRESS}: `)).toBe(true);
    expect(message.slice(`catalogue ${ADDRESS}: `.length)).toEqual(
      typeof why === 'string' ? why : expect.stringMatching(why),
    );
    expect(message).not.toContain('\n');
  });

  it('says so when its address does not answer', async () => {
    const refused = () => Promise.reject(new Error('connect ECONNREFUSED 127.0.0.1:9'));
    await expect(loadCatalogue(ADDRESS, refused)).rejects.toThrow(
      `catalogue ${ADDRESS}: connect ECONNREFUSED 127.0.0.1:9`,
    );
  });
});
