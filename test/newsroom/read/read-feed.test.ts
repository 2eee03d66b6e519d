import { describe, expect, it } from 'vitest';
import { atom, bytesOf, feedOf, onlyLink, rss, titles } from './feeds.ts';

describe('titles are plain text, decoded as their format says', () => {
  it.each([
    ['RSS, escaped once', rss('<item><title>AT&amp;T</title></item>'), 'AT&T'],
    ['RSS, escaped twice', rss('<item><title>AT&amp;amp;T</title></item>'), 'AT&T'],
    ['RSS, less than', rss('<item><title>5 &lt; 6</title></item>'), '5 < 6'],
    ['RSS, tags', rss('<item><title>&lt;b&gt;Big&lt;/b&gt; news</title></item>'), 'Big news'],
    ['RSS, a bare ampersand', rss('<item><title>AT&T & you</title></item>'), 'AT&T & you'],
    ['RSS, CDATA', rss('<item><title><![CDATA[A <i>fine</i> day]]></title></item>'), 'A fine day'],
    ['RSS, undeclared entity', rss('<item><title>caf&eacute;</title></item>'), 'café'],
    ['RSS, script', rss('<item><title>News&lt;script&gt;x()&lt;/script&gt;</title></item>'), 'News'],
    ['Atom, plain', atom('<entry><title>1 &lt; 2 &amp;lt; so on</title></entry>'), '1 < 2 &lt; so on'],
    [
      'Atom, escaped once too often',
      atom('<entry><title>Korea&amp;apos;s &amp;amp; so on</title></entry>'),
      "Korea's & so on",
    ],
    ['Atom, html', atom('<entry><title type="html">1 &amp;lt; 2</title></entry>'), '1 < 2'],
    [
      'Atom, xhtml',
      atom('<entry><title type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">A <b>b</b></div></title></entry>'),
      'A b',
    ],
    ['JSON Feed', '{"version":"https://jsonfeed.org/version/1.1","items":[{"id":"1","title":"A &amp; B"}]}', 'A & B'],
    [
      'no title: the first words',
      rss('<item><description>Only a description.</description></item>'),
      'Only a description.',
    ],
  ])('%s', (_what, document, expected) => {
    expect(titles(document)).toEqual([expected]);
  });
});

describe('links', () => {
  it.each([
    ['as written', rss('<item><link>https://b.example/x?a=1&amp;b=2</link></item>'), 'https://b.example/x?a=1&b=2'],
    ['as written, beyond ASCII', rss('<item><link>https://b.example/zażółć</link></item>'), 'https://b.example/zażółć'],
    ['relative to the address', rss('<item><link>story</link></item>'), 'https://a.example/feeds/story'],
    [
      'xml:base',
      atom('<entry xml:base="x/"><link href="y"/></entry>', 'xml:base="https://b.example/"'),
      'https://b.example/x/y',
    ],
    [
      'alternate first',
      atom('<entry><link rel="self" href="/self"/><link href="/page"/></entry>'),
      'https://a.example/page',
    ],
    [
      'a page before other kinds',
      atom('<entry><link type="application/json" href="/j"/><link type="text/html" href="/h"/></entry>'),
      'https://a.example/h',
    ],
    ['permanent guid', rss('<item><guid>https://b.example/1</guid></item>'), 'https://b.example/1'],
    ['no permanent guid', rss('<item><guid isPermaLink="false">https://b.example/1</guid></item>'), undefined],
    [
      'what FeedBurner leads to, not FeedBurner',
      rss(
        '<item><link>http://feedproxy.google.com/~r/b/~3/1/</link><x:origLink xmlns:x="http://rssnamespace.org/feedburner/ext/1.0">https://b.example/1</x:origLink></item>',
      ),
      'https://b.example/1',
    ],
    [
      'a link of Google that sends on',
      atom('<entry><link href="https://www.google.com/url?rct=j&amp;url=https://b.example/1&amp;ct=ga"/></entry>'),
      'https://b.example/1',
    ],
    ['enclosure', rss('<item><enclosure url="https://b.example/1.mp3"/></item>'), 'https://b.example/1.mp3'],
    ['no active scheme', rss('<item><link>javascript:alert(1)</link></item>'), undefined],
  ])('%s', (_what, document, expected) => {
    expect(onlyLink(document)).toBe(expected);
  });

  it('goes by Content-Location, unless it is no web address', () => {
    const document = rss('<item><link>story</link></item>');
    expect(onlyLink(document, { 'content-location': 'https://c.example/d/' })).toBe('https://c.example/d/story');
    expect(onlyLink(document, { 'content-location': 'javascript:x' })).toBe('https://a.example/feeds/story');
  });
});

describe('encodings', () => {
  const document = (encoding: string) =>
    `<?xml version="1.0" encoding="${encoding}"?><rss><channel><item><title>Zażółć — café</title></item></channel></rss>`;
  const cafe = (encoding: string) =>
    `<?xml version="1.0" encoding="${encoding}"?><rss><channel><item><title>café</title></item></channel></rss>`;
  const latin1 = (text: string) => Uint8Array.from(Buffer.from(text, 'latin1'));
  const utf16 = (text: string) => Uint8Array.from(Buffer.from(`\ufeff${text}`, 'utf16le'));

  it.each([
    ['UTF-8', bytesOf(document('utf-8')), {}, 'Zażółć — café'],
    ['UTF-8 with a mark, twice', bytesOf(`\ufeff\ufeff${document('utf-8')}`), {}, 'Zażółć — café'],
    ['UTF-8 that claims ASCII', bytesOf(document('us-ascii')), {}, 'Zażółć — café'],
    ['UTF-16 by its mark', utf16(document('utf-16')), {}, 'Zażółć — café'],
    ['latin-1 declared', latin1(cafe('iso-8859-1')), {}, 'café'],
    ['latin-1 that claims UTF-8', latin1(cafe('utf-8')), {}, 'café'],
    ['HTTP over the declaration', latin1(cafe('utf-8')), { 'content-type': 'text/xml; charset="iso-8859-1"' }, 'café'],
    ['a label that is none', bytesOf(document('klingon')), {}, 'Zażółć — café'],
  ])('%s', (_what, bytes, headers, expected) => {
    expect(titles(bytes, headers)).toEqual([expected]);
  });
});

describe('pictures', () => {
  const image = (inside: string) => feedOf(rss(`<item><title>t</title>${inside}</item>`)).entries[0]?.present()?.image;

  it.each([
    ['Media RSS', '<media:content url="https://i.example/1.jpg" medium="image"/>', 'https://i.example/1.jpg'],
    [
      'a wide one before a small one',
      '<media:content url="https://i.example/s.jpg" width="90"/><media:content url="https://i.example/w.jpg" width="800"/>',
      'https://i.example/w.jpg',
    ],
    [
      'in a group',
      '<media:group><media:thumbnail url="https://i.example/t.jpg"/></media:group>',
      'https://i.example/t.jpg',
    ],
    ['enclosure', '<enclosure type="image/jpeg" url="https://i.example/e.jpg"/>', 'https://i.example/e.jpg'],
    ['no sound', '<enclosure type="audio/mpeg" url="https://i.example/e.mp3"/>', undefined],
    [
      'the first in the text, but no pixel',
      '<description>&lt;img src="https://i.example/p.gif" width="1"&gt;&lt;img src="/q.png"&gt;</description>',
      'https://a.example/q.png',
    ],
    [
      'https before http',
      '<media:content url="http://i.example/1.jpg" medium="image"/><media:thumbnail url="https://i.example/2.jpg"/>',
      'https://i.example/2.jpg',
    ],
  ])('%s', (_what, inside, expected) => {
    expect(image(inside)).toBe(expected);
  });
});

describe('formats', () => {
  it('reads RDF, whose items stand beside the channel', () => {
    const document =
      '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>E</title></channel><item rdf:about="https://a.example/1"><title>One</title><dc:date>2026-01-05T06:00:00Z</dc:date><dc:creator>Ada</dc:creator></item></rdf:RDF>';
    const [entry] = feedOf(document).entries;
    expect(entry).toMatchObject({
      key: 'https://a.example/1',
      url: 'https://a.example/1',
      publishedAt: Date.UTC(2026, 0, 5, 6),
    });
    expect(entry?.present()).toMatchObject({ title: 'One', author: 'Ada' });
  });

  it('reads JSON Feed, and counts wrong types as absent', () => {
    const document = JSON.stringify({
      version: 'https://jsonfeed.org/version/1.1',
      title: 'E',
      items: [
        null,
        1,
        {
          id: 7,
          url: 'https://a.example/7',
          title: {},
          content_text: 'Words.',
          tags: ['a', 2],
          authors: [{ name: 'Ada' }],
        },
      ],
    });
    const [entry] = feedOf(document).entries;
    expect(entry).toMatchObject({ key: '7', url: 'https://a.example/7' });
    expect(entry?.present()).toMatchObject({ title: 'Words.', author: 'Ada', sections: ['a'] });
  });

  it('shows names and labels of a JSON Feed on one line, without what turns or ends it', () => {
    const item = {
      id: '1',
      title: 'Tides',
      authors: [{ name: 'Ada\r\n\r\nBuy\u202e now' }],
      tags: [' sea\r\nshore\u202e', ' ', 7],
    };
    const { entries } = feedOf(JSON.stringify({ version: 'https://jsonfeed.org/version/1.1', items: [item] }));
    expect(entries[0]?.present()).toMatchObject({ author: 'Ada Buy now', sections: ['sea shore'] });
  });

  it('takes the language of the feed, and an Atom prefix for what it is', () => {
    expect(feedOf(rss('')).feed.language).toBe('en');
    const prefixed =
      '<a:feed xmlns:a="http://www.w3.org/2005/Atom"><a:title>E</a:title><a:entry><a:title>One</a:title></a:entry></a:feed>';
    expect(titles(prefixed)).toEqual(['One']);
  });
});
