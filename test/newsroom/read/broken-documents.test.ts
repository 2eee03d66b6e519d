import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { atom, feedOf, read, rss, titles } from './feeds.ts';

describe('broken documents', () => {
  const item = (n: number) => `<item><title>n${n}</title><link>https://a.example/${n}</link></item>`;

  it('keeps the whole items of a document that was cut, and says so', () => {
    const feed = feedOf(rss(item(1) + item(2) + item(3)).slice(0, -60));
    expect(feed.entries.map(({ url }) => url)).toEqual(['https://a.example/1', 'https://a.example/2']);
    expect(feed.cut).toBe(true);
    expect(feedOf(rss(item(1))).cut).toBe(false);
  });

  it.each([
    ['a title that is not closed', rss(`<title>Oops</titel>${item(1)}${item(2)}`)],
    ['items that are not closed', rss((item(1) + item(2)).replaceAll('</item>', ''))],
    ['warnings before it', `<br /><b>Warning</b>: something<br />${rss(item(1) + item(2))}`],
    ['blank lines before it', `\n\n\n${rss(item(1) + item(2))}`],
    [
      'upper case',
      rss(item(1) + item(2)).replaceAll(/<(\/?)(item|title|link)/g, (_m, a, b) => `<${a}${b.toUpperCase()}`),
    ],
    ['unclosed HTML inside', rss(`<item><title>n1</title><description><p>a<br>b</description></item>${item(2)}`)],
  ])('reads on past %s', (_what, document) => {
    expect(titles(document)).toEqual(['n1', 'n2']);
  });

  it.each([
    ['a page', '<!doctype html><html><body>Sign in</body></html>', 'not-a-feed'],
    ['nothing', '', 'broken-feed'],
    ['blanks', ' \n ', 'broken-feed'],
    ['other JSON', '{"error":"not found"}', 'not-a-feed'],
    ['a site map', '<urlset><url><loc>https://a.example/</loc></url></urlset>', 'not-a-feed'],
  ])('is no feed: %s', (_what, document, why) => {
    expect(read(document)).toMatchObject({ kind: 'broken', why });
  });

  it('expands no entity of a document, and keeps prototypes clean', () => {
    const document = `<!DOCTYPE r [<!ENTITY a "boom">]>${rss('<item><__proto__><polluted>1</polluted></__proto__><title>&a; t</title></item>')}`;
    expect(titles(document)).toEqual(['&a; t']);
    expect(titles(rss('<item><title>&a;&b;</title><link>/x</link></item>'))).toEqual([undefined]);
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
  });

  it('keeps the newest 200 of too many, in their order', () => {
    const items = Array.from(
      { length: 300 },
      (_, i) =>
        `<item><title>n${i}</title><pubDate>${new Date(Date.UTC(2026, 0, 1, i)).toISOString()}</pubDate></item>`,
    );
    const kept = titles(rss(items.join('')));
    expect(kept).toHaveLength(200);
    expect([kept[0], kept.at(-1)]).toEqual(['n100', 'n299']);
  });

  it('never throws, and shows bounded plain text only, for any mutilation of a feed', () => {
    const whole = atom(
      '<entry><title type="html">A &amp;lt;b&amp;gt; c</title><link href="/x"/><content type="html">&lt;p&gt;text&lt;/p&gt;</content></entry>'.repeat(
        3,
      ),
    );
    const cut = fc.tuple(fc.nat(whole.length), fc.nat(40), fc.string({ maxLength: 6 }));
    fc.assert(
      fc.property(fc.array(cut, { maxLength: 6 }), (cuts) => {
        const text = cuts.reduce(
          (now, [from, length, by]) => now.slice(0, from) + by + now.slice(from + length),
          whole,
        );
        const result = read(text);
        for (const entry of result.kind === 'feed' ? result.entries : []) {
          const shown = entry.present();
          expect(shown?.title.length ?? 0).toBeLessThanOrEqual(300);
          expect(shown?.summary.length ?? 0).toBeLessThanOrEqual(400);
          expect(entry.url ?? 'https://').toMatch(/^https?:/);
        }
      }),
    );
  });
});
