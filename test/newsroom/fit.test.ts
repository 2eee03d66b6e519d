import { expect, it } from 'vitest';
import { HOUR } from '../../functions/model/time.ts';
import type { Topic } from '../../functions/model/topic.ts';
import { newDesk } from '../../functions/newsroom/desk.ts';
import { fitBetween, fitOf, scoreOnTopic } from '../../functions/newsroom/fit.ts';
import type { HeldStory } from '../../functions/newsroom/held.ts';
import { EMPTY_MODEL } from '../../functions/newsroom/model/model.ts';
import { shelvesAt } from '../../functions/newsroom/shelve.ts';
import { type Standing, standingsAt } from '../../functions/newsroom/standing.ts';
import { NewsWindow } from '../../functions/newsroom/window.ts';

const NOW = Date.parse('2026-03-02T22:00:00Z');

/** What stories in a folder of their sites' addresses stand as. */
const standingsOf = (stories: readonly { title: string; folder: Topic | 'a' }[]): Standing[] => {
  const window = new NewsWindow(EMPTY_MODEL);
  window.add(
    stories.map(({ title, folder }, at) => ({
      id: `story-${at}`,
      title,
      summary: '',
      url: `https://www.site-${at}.example/${folder}/${at}`,
      source: `site-${at}`,
      seenAt: NOW - 2 * HOUR,
      sections: [],
      language: 'en',
    })),
  );
  return standingsAt(window, NOW);
};

const titleOf = ({ today }: Standing): string => (today[0] as HeldStory).facts.title;

const shelfOf = (standings: readonly Standing[], id: string): string[] => {
  const titles = new Map(standings.map((standing) => [standing.id, titleOf(standing)]));
  const shelves = shelvesAt(newDesk(EMPTY_MODEL), standings, { sources: new Set(), keywords: [] }, NOW);
  return (shelves.get(id) ?? []).map((place) => titles.get(place.id) ?? '');
};

const RECIPE = 'Flat bread with onions baked on a hot stone';
const BURGLARY = 'Thief climbs through a bakery window and leaves a note';

it('what hardly is about a topic stands below what surely is, on its shelves alone', () => {
  const standings = standingsOf([
    { title: RECIPE, folder: 'food' },
    { title: BURGLARY, folder: 'food' },
  ]).map((standing) =>
    titleOf(standing) === RECIPE
      ? { ...standing, importance: 0.3, fit: fitOf(0.9) }
      : { ...standing, importance: 0.4, fit: fitOf(0.45) },
  );
  for (const span of ['day', 'week']) {
    expect(shelfOf(standings, `topic/food/en/${span}`)).toEqual([RECIPE, BURGLARY]);
    expect(shelfOf(standings, `top/en/${span}`)).toEqual([BURGLARY, RECIPE]);
  }
});

// fails if fit goes by the first topic alone
it('what is about two topics fits both, told once by each half of its outlets', () => {
  const told = (folder: Topic) => ({ title: BURGLARY, folder });
  const [event, ...others] = standingsOf([told('food'), told('business'), told('food'), told('business')]);
  expect(others).toEqual([]);
  expect(event?.topics.toSorted()).toEqual(['business', 'food']);
  expect(event?.fit).toBe(1);
});

it('what says nothing of a topic has none', () => {
  expect(standingsOf([{ title: RECIPE, folder: 'a' }]).map(({ topics }) => topics)).toEqual([[]]);
});

it('what everybody tells keeps its place', () => {
  const broad = scoreOnTopic({ importance: 0.97, fit: fitOf(0.45) });
  expect(broad).toBeGreaterThan(0.9);
  expect(scoreOnTopic({ importance: 0.4, fit: 1 })).toBeCloseTo(0.4, 10);
});

it('a rebuilt desk learns the same fit from what was written', () => {
  const score = scoreOnTopic({ importance: 0.4, fit: 0.5 });
  expect(fitBetween(0.4, score)).toBeCloseTo(0.5, 10);
  expect([fitBetween(0, 0.4), fitBetween(0.4, 0), fitBetween(0.4, 0.4)]).toEqual([1, 1, 1]);
});
