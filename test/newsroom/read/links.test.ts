import { describe, expect, it } from 'vitest';
import { feedAddresses } from '../../../functions/newsroom/read/discover.ts';
import { sameStoryKey, sentOn, webLink } from '../../../functions/newsroom/read/links.ts';

describe('links', () => {
  it.each([
    ['https://a.example/x', 'https://a.example/x'],
    [' https://a.example/x\n', 'https://a.example/x'],
    ['/x?a=1&b=2', 'https://base.example/x?a=1&b=2'],
    ['https://a.example/zażółć', 'https://a.example/zażółć'],
    ['https://a.example/a b"c', 'https://a.example/a%20b%22c'],
    ['javascript:alert(1)', undefined],
    ['java\nscript:alert(1)', undefined],
    ['data:text/html,x', undefined],
    ['https://user:secret@a.example/', undefined],
    ['mailto:a@b.example', undefined],
    [`https://a.example/${'x'.repeat(2048)}`, undefined],
  ])('%s', (written, expected) => {
    expect(webLink(written, 'https://base.example/feed')).toBe(expected);
  });

  it.each([
    ['http://www.a.example/x', 'https://a.example/x'],
    ['https://a.example/x?utm_source=rss&id=1', 'https://a.example/x?id=1#top'],
    ['https://a.example/x/', 'https://a.example/x'],
    ['https://a.example/x?b=2&a=1', 'https://a.example/x?a=1&b=2'],
  ])('%s is the same story as %s', (a, b) => {
    expect(sameStoryKey(a)).toBe(sameStoryKey(b));
  });

  it.each([
    ['https://a.example/x?id=1', 'https://a.example/x?id=2'],
    ['https://a.example/x', 'https://b.example/x'],
    ['https://a.example/X', 'https://a.example/x'],
  ])('%s is another story than %s', (a, b) => {
    expect(sameStoryKey(a)).not.toBe(sameStoryKey(b));
  });
});

describe('links that only send on', () => {
  const alert = 'https://www.google.com/url?rct=j&sa=t&url=https://a.example/x%3Fid%3D1&ct=ga&cd=CAI&usg=AOv';

  it.each([
    [alert, 'https://a.example/x?id=1'],
    ['http://www.google.co.uk/url?url=https://a.example/y', 'https://a.example/y'],
    ['http://www.bing.com/news/apiclick.aspx?ref=FexRss&url=https%3a%2f%2fa.example%2fz&c=1', 'https://a.example/z'],
    ['https://www.google.com/url?url=javascript:alert(1)', 'https://www.google.com/url?url=javascript:alert(1)'],
    ['https://www.google.com/url?url=', 'https://www.google.com/url?url='],
    ['https://a.example/url?url=https://b.example/', 'https://a.example/url?url=https://b.example/'],
    ['https://google.a.example/url?url=https://b.example/', 'https://google.a.example/url?url=https://b.example/'],
  ])('%s', (link, expected) => {
    expect(sentOn(link)).toBe(expected);
  });
});

describe('the feeds of a page', () => {
  const find = (html: string) =>
    feedAddresses(new TextEncoder().encode(html), { headers: {}, url: 'https://a.example/blog/' });

  it('takes those that the page names first, comments last', () => {
    const html = `<head><link rel="alternate" type="application/rss+xml" href="comments/feed">
      <link rel="Alternate" type="application/atom+xml" href="feed.atom"><link rel=stylesheet href=x.css></head>`;
    expect(find(html).slice(0, 2)).toEqual([
      'https://a.example/blog/feed.atom',
      'https://a.example/blog/comments/feed',
    ]);
  });

  it('leaves out what WordPress says of a page to other programs', () => {
    const html = `<link rel="alternate" type="application/json" href="/wp-json/wp/v2/pages/2">
      <link rel="alternate" type="application/json+oembed" href="/embed?url=x"><link rel="alternate" type="text/xml+oembed" href="/embed?url=x&amp;format=xml">
      <link rel="alternate" type="application/json" href="/feed.json"><link rel="alternate" type=" application/rss+xml; charset=utf-8" href="/main">`;
    expect(find(html).slice(0, 3)).toEqual([
      'https://a.example/feed.json',
      'https://a.example/main',
      'https://a.example/feed',
    ]);
  });

  it('goes by <base>, and by links that look like a feed', () => {
    const html = '<base href="https://cdn.example/"><a href="/about">About</a><a href="rss.xml">RSS</a>';
    expect(find(html)[0]).toBe('https://cdn.example/rss.xml');
  });

  it('tries the usual places when the page names none, and never more than eight', () => {
    expect(find('<p>nothing')).toContain('https://a.example/feed');
    const many = Array.from({ length: 50 }, (_, i) => `<link rel=alternate type=application/rss+xml href=/f${i}>`).join(
      '',
    );
    expect(find(many)).toHaveLength(8);
  });
});
