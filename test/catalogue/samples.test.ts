import { parseFeed } from 'feedsmith';
import { describe, expect, it } from 'vitest';
import { catalogueEntry } from '../../functions/model/source.ts';
import { DAY, HOUR } from '../../functions/model/time.ts';
import { TOPICS } from '../../functions/model/topic.ts';
import { CYCLE, readDay } from '../../infra/samples/cycle.ts';
import { sampleFeed } from '../../infra/samples/feed.ts';
import { samplePicture } from '../../infra/samples/pictures.ts';
import { SAMPLE_SOURCES, sampleCatalogue } from '../../infra/samples/sources.ts';

const BASE = 'http://127.0.0.1:8300';
const NOON = Date.UTC(2026, 2, 4, 12);
const ids = SAMPLE_SOURCES.map(({ id }) => id);
const week = [0, 1, 2, 3, 4, 5, 6];

interface Item {
  title: string;
  link: string;
  at: number;
}

const itemsOf = (id: string, now: number): Item[] => {
  const { format, feed } = parseFeed(sampleFeed(id, now, BASE) ?? '');
  if (format === 'rss') {
    return (feed.items ?? []).map(({ title = '', link = '', pubDate = '' }) => ({
      title,
      link,
      at: Date.parse(pubDate),
    }));
  }
  if (format !== 'atom') throw new Error(`a sample feed in ${format}`);
  return (feed.entries ?? []).map(({ title, id: link = '', published = '' }) => ({
    title: typeof title === 'string' ? title : (title?.value ?? ''),
    link,
    at: Date.parse(published),
  }));
};

const itemsAt = (now: number) => ids.flatMap((id) => itemsOf(id, now));

describe('the sample catalogue', () => {
  it('is a catalogue of feeds that local mode serves', () => {
    const entries = sampleCatalogue(BASE);
    expect(entries.map((entry) => catalogueEntry.parse(entry))).toEqual(entries);
    expect(entries[0]?.url).toBe('http://127.0.0.1:8300/samples/harbour-gazette.xml');
    expect(entries.length).toBeGreaterThanOrEqual(10);
  });

  it('has a paid outlet, and outlets in three languages on domains that cannot exist', () => {
    const entries = sampleCatalogue(BASE);
    expect(entries.some(({ access }) => access === 'paid')).toBe(true);
    expect(new Set(entries.map(({ language }) => language))).toEqual(new Set(['en', 'de', 'fr']));
    expect(entries.filter(({ homePage }) => !new URL(homePage).hostname.endsWith('.example'))).toEqual([]);
  });
});

describe('the week of sample stories', () => {
  it.each(week)('covers every topic on day %i, and eight events in three outlets or more', (day) => {
    const stories = CYCLE[day] ?? [];
    expect(TOPICS.filter((topic) => !stories.some((story) => story.topic === topic))).toEqual([]);
    const outlets = Map.groupBy(stories, ({ event }) => event);
    expect([...outlets.values()].filter((told) => told.length >= 3).length).toBeGreaterThanOrEqual(8);
  });

  it('tells no event twice in one outlet, and keeps each day within its day', () => {
    for (const stories of CYCLE) {
      const told = stories.map(({ event, source }) => `${event} ${source}`);
      expect(new Set(told).size).toBe(told.length);
      expect(stories.filter(({ offset }) => !(offset >= 0 && offset < DAY))).toEqual([]);
    }
  });

  it('has no headline twice', () => {
    const titles = CYCLE.flat().map(({ title }) => title);
    expect(titles.filter((title, at) => titles.indexOf(title) !== at)).toEqual([]);
  });

  it.each([
    ['@ 9:00 sport\ngazette: A | B', 'sample event 1 begins with "@ 9:00 sport"'],
    ['@ 09:00 sport\nherald: A | B', 'sample story "herald: A | B" has no known form'],
    ['@ 09:00 sport\ngazette: A', 'sample story "gazette: A" has no known form'],
  ])('is refused with the place of a slip: %j', (text, message) => {
    expect(() => readDay(text)).toThrow(message);
  });
});

describe('a sample feed', () => {
  it.each(ids)('of %s parses and is full on any day, newest first', (id) => {
    for (const day of week) {
      const now = NOON + day * DAY;
      const items = itemsOf(id, now);
      expect(items.length).toBe(20);
      expect(items.every(({ title, link }) => title.length > 5 && link.startsWith(`https://${id}.example/20`))).toBe(
        true,
      );
      expect(items.map(({ at }) => at)).toEqual(items.map(({ at }) => at).sort((a, b) => b - a));
      expect(items[0]?.at).toBeLessThanOrEqual(now);
    }
  });

  it('fills the last 24 hours at any hour with fifty stories or more', () => {
    for (let hour = 0; hour < 7 * 24; hour += 3) {
      const now = NOON + hour * HOUR;
      expect(itemsAt(now).filter(({ at }) => at > now - DAY).length).toBeGreaterThanOrEqual(50);
    }
  });

  it('repeats no address in thirty days', () => {
    const seen = new Map<string, number>();
    for (let hour = 0; hour < 30 * 24; hour += 12) {
      for (const { link, at } of itemsAt(NOON + hour * HOUR)) {
        expect(seen.get(link) ?? at).toBe(at);
        seen.set(link, at);
      }
    }
    expect(seen.size).toBeGreaterThan(30 * 40);
  });

  it('is the same bytes until something new is published', () => {
    const quiet = Date.UTC(2026, 2, 4, 23, 30);
    expect(sampleFeed('kettle-and-compass', quiet)).toBe(sampleFeed('kettle-and-compass', quiet + HOUR));
    expect(sampleFeed('kettle-and-compass', quiet)).not.toBe(sampleFeed('kettle-and-compass', quiet + DAY));
  });

  it('links pictures that there are, and none without a base address', () => {
    const feeds = ids.flatMap((id) => week.map((day) => sampleFeed(id, NOON + day * DAY, BASE) ?? ''));
    const pictures = new Set(feeds.flatMap((feed) => [...feed.matchAll(/url="([^"]+)"/g)].map(([, url]) => url ?? '')));
    expect(pictures.size).toBe(6);
    for (const url of pictures) {
      const bytes = samplePicture(url.replace(`${BASE}/samples/pictures/`, '')) ?? new Uint8Array();
      expect([...bytes.slice(0, 4)]).toEqual([0x89, 0x50, 0x4e, 0x47]);
      expect(bytes.length).toBeLessThan(60_000);
    }
    expect(ids.filter((id) => sampleFeed(id, NOON)?.includes('media:content'))).toEqual([]);
  });

  it('is nothing for a name that is none', () => {
    expect(sampleFeed('no-such-paper', NOON)).toBeUndefined();
    expect(samplePicture('../feed.ts')).toBeUndefined();
  });
});
