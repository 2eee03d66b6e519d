import { describe, expect, it } from 'vitest';
import { collected, unsigned } from '../../../functions/newsroom/read/headline.ts';
import { feedOf, rss } from './feeds.ts';

describe('a headline without what programs put behind it', () => {
  const signers = {
    feed: 'World news | The Harbour Post',
    author: 'Ada Nowak and Ben Ode',
    url: 'https://www.harbour-post.example/1',
  };
  it.each([
    ['The bridge opens today | The Harbour Post', 'The bridge opens today'],
    ['The bridge opens today - Harbour-Post', 'The bridge opens today'],
    ['The bridge opens today – harbour-post.example', 'The bridge opens today'],
    ['Why bridges matter to us all | Ada Nowak', 'Why bridges matter to us all'],
    ['The bridge opens today. #bridge #harbour', 'The bridge opens today.'],
    ['The bridge opens today! #bridge', 'The bridge opens today!'],
    ['The bridge opens today | HP #shorts', 'The bridge opens today | HP'],
  ])('%s', (title, headline) => {
    expect(unsigned(title, signers)).toBe(headline);
  });

  it.each([
    'The bridge opens today | Letters',
    'Rovers 2 - 1 United',
    'Home | The Harbour Post',
    'How the harbour found #TheBridge',
    'Hints for puzzle #936',
  ])('stays: %s', (title) => {
    expect(unsigned(title, signers)).toBe(title);
  });

  it('knows a name by its initials', () => {
    expect(unsigned('The bridge opens today | HP #shorts', { ...signers, feed: 'Harbour Post English' })).toBe(
      'The bridge opens today',
    );
  });
});

describe('what a collector writes', () => {
  it('is taken apart', () => {
    expect(
      collected('The bridge opens - today - The Post', 'The bridge opens - today The Post Bridge open! The Gazette'),
    ).toEqual({ headline: 'The bridge opens - today', outlet: 'The Post' });
  });

  it('is nothing else: a summary may begin with its title', () => {
    expect(collected('The bridge opens - The Post', 'The bridge opens - The Post was there')).toBeUndefined();
    expect(collected('The bridge opens - today', 'Nobody came.')).toBeUndefined();
  });

  it('shows headline and outlet, and no list of other headlines', () => {
    const item =
      '<item><title>The bridge opens today - The Post</title><description>&lt;ol&gt;&lt;li&gt;The bridge opens today&amp;nbsp;&amp;nbsp;&lt;font&gt;The Post&lt;/font&gt;&lt;/li&gt;&lt;li&gt;Bridge open! The Gazette&lt;/li&gt;&lt;/ol&gt;</description></item>';
    expect(feedOf(rss(item)).entries[0]?.present()).toMatchObject({
      title: 'The bridge opens today',
      summary: '',
      author: 'The Post',
    });
  });

  it.each([
    ['Hello from the harbour', 'Hello from the harbour', ''],
    [
      'The harbour bridge opens to walkers again today. After two years of work people cross it without a ticket, and bicycles will follow in May.',
      'The harbour bridge opens to walkers again today.',
      'After two years of work people cross it without a ticket, and bicycles will follow in May.',
    ],
  ])('a note is told once: %s', (note, title, summary) => {
    const item = `<item><link>https://a.example/1</link><description>&lt;p&gt;${note}&lt;/p&gt;</description></item>`;
    expect(feedOf(rss(item)).entries[0]?.present()).toMatchObject({ title, summary });
  });

  it('a note without a title keeps its address', () => {
    const item = '<item><description>https://a.example/1</description></item>';
    expect(feedOf(rss(item)).entries[0]?.present()).toMatchObject({ title: 'https://a.example/1' });
  });
});
