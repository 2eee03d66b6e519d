import { describe, expect, it } from 'vitest';
import { privateSourceId } from '../../functions/subscribers/own-source.ts';
import { readOpml } from '../../infra/catalogue/opml.ts';
import { atTheChoices, form, OWN } from './choices.ts';

const OPML = `<?xml version="1.0"?>
<opml version="1.0"><head><title>Mine</title></head><body>
<outline text="News"><outline type="rss" text="A &gt; B" xmlUrl="https://a.example/feed?x=1&amp;y=2&#38;z=%C3%A9&#x26;" htmlUrl="https://a.example/"/>
  <OUTLINE text='It' XMLURL='b.example/rss' /></outline>
<outline text="Daily" xmlUrl="https://daily-example.example/feed.xml"/></body></opml>`;

describe('sources as OPML', () => {
  it('are followed by pasting the file of another reader: house sources as such, the rest as one’s own', async () => {
    const at = await atTheChoices();
    expect((await at.site.post(at.fresh, form({ sources: OPML }))).status).toBe(200);
    expect((await at.stored()).preferences.sources).toEqual([
      privateSourceId('https://a.example/feed?x=1&y=2&z=%C3%A9&'),
      privateSourceId('https://b.example/rss'),
      'daily-example',
    ]);
  });

  it('are refused whole where there is no feed in it, and where there are too many', async () => {
    const at = await atTheChoices();
    const none = await at.site.post(at.fresh, form({ sources: '<opml version="2.0"><body></body></opml>' }));
    expect([none.status, none.text.includes('This is not the address of a feed: OPML')]).toEqual([400, true]);
    const many = Array.from({ length: 51 }, (_, n) => `<outline xmlUrl="https://${n}.example/"/>`).join('');
    const { status, text } = await at.site.post(at.fresh, form({ sources: many }));
    expect([status, text.includes('Choose at most 50 sources. These are 51: take some out.')]).toEqual([400, true]);
    expect(text).toContain('&lt;outline xmlUrl=&quot;https://0.example/');
  });

  // wordsBesideOpml: all that stands before the first outline was typed
  it('are followed by a part of the file, too, that begins amid an outline', async () => {
    const at = await atTheChoices();
    const part = OPML.slice(OPML.indexOf('A &gt; B')).replace('A &gt;', 'All the world');
    expect((await at.site.post(at.fresh, form({ sources: part }))).status).toBe(200);
    expect((await at.stored()).preferences.sources).toEqual([
      privateSourceId('https://b.example/rss'),
      'daily-example',
    ]);
  });

  it('are given out by a fresh link only, and come back by pasting', async () => {
    const at = await atTheChoices();
    expect((await at.site.get(`${at.weak}/sources.opml`)).status).toBe(403);
    const { text, headers } = await at.site.get(`${at.fresh}/sources.opml`);
    expect(headers.get('content-disposition')).toContain('broadsheet.opml');
    expect(readOpml(text).map(({ url }) => url)).toEqual([
      'https://daily-example.example/feed.xml',
      'https://own.example/secret-feed',
    ]);
    await at.site.post(at.fresh, form({ sources: text }));
    expect((await at.stored()).preferences.sources).toEqual(['daily-example', OWN]);
  });

  it('hold every house source of a reader who follows all, names escaped', async () => {
    const at = await atTheChoices();
    const all = await at.site.given({ address: 'eve@example.com', preferences: { sources: ['*'] } });
    const path = at.site.pathOf(at.site.links.own(all, at.site.clock.now()));
    const { text } = await at.site.get(`${path}/sources.opml`);
    expect(readOpml(text)).toHaveLength(3);
  });
});
