import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { keywordKey } from '../../functions/model/keyword.ts';
import { makeStoryId } from '../../functions/model/story.ts';
import { HOUR } from '../../functions/model/time.ts';
import { newDesk } from '../../functions/newsroom/desk.ts';
import type { StoryFacts } from '../../functions/newsroom/held.ts';
import { EMPTY_MODEL } from '../../functions/newsroom/model/model.ts';
import { type Places, shelvesAt } from '../../functions/newsroom/shelve.ts';
import { standingsAt } from '../../functions/newsroom/standing.ts';

const NOW = Date.parse('2026-03-02T22:00:00Z');

const told = (source: string, title: string, more: Partial<StoryFacts> = {}): StoryFacts => ({
  id: makeStoryId(NOW - HOUR, createHash('sha256').update(`${source} ${title}`).digest('hex')),
  title,
  summary: '',
  url: `https://www.${source}/${title.length}`,
  source,
  seenAt: NOW - HOUR,
  sections: [],
  language: 'en',
  ...more,
});

/** The shelves of a desk that holds these stories, as titles. */
const shelvesOf = (stories: readonly StoryFacts[], wishes: { sources?: string[]; keywords?: string[] }) => {
  const desk = newDesk(EMPTY_MODEL);
  desk.window.add(stories);
  const { sources = [], keywords = [] } = wishes;
  const places: Places = shelvesAt(
    desk,
    standingsAt(desk.window, NOW),
    { sources: new Set(sources), keywords: keywords.map(keywordKey) },
    NOW,
  );
  return (id: string): string[] =>
    (places.get(id) ?? []).flatMap(
      (place) => [...(desk.window.cluster(place.id)?.members ?? [])][0]?.facts.title ?? [],
    );
};

describe('the week’s shelves', () => {
  const OFFER = 'Best deals of the day: headphones at their lowest price';
  const NEWS = 'Dam bursts above Ostrava, valley flooded';

  // fails if weekShelves spreads every peak: an offer stands on the day's shelf of who prints it, and was the week's news for all
  it('hold no offers but those of a followed source', () => {
    const shelf = shelvesOf([told('a.example', OFFER), told('b.example', OFFER), told('c.example', NEWS)], {
      sources: ['a.example'],
      keywords: ['headphones'],
    });
    for (const span of ['day', 'week']) {
      expect(shelf(`top/en/${span}`)).toEqual([NEWS]);
      expect(shelf(`top/all/${span}`)).toEqual([NEWS]);
      expect(shelf(`source/a.example/${span}`)).toEqual([OFFER]);
    }
  });
});
