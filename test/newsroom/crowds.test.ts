import { expect, it } from 'vitest';
import { HOUR } from '../../functions/model/time.ts';
import type { StoryFacts } from '../../functions/newsroom/held.ts';
import { EMPTY_MODEL } from '../../functions/newsroom/model/model.ts';
import { OutletWeights } from '../../functions/newsroom/outlets.ts';
import { standingsAt } from '../../functions/newsroom/standing.ts';
import { NewsWindow } from '../../functions/newsroom/window.ts';

const NOW = Date.parse('2026-03-02T22:00:00Z');

const story = (id: string, title: string, site: string, source = site): StoryFacts => ({
  id,
  title,
  summary: '',
  url: `https://www.${site}/${id}`,
  source,
  seenAt: NOW - 4 * HOUR,
  sections: ['Food'],
  language: 'en',
});

/** Words that no two posts share. */
const aPost = (feed: number, post: number): StoryFacts =>
  story(`p${feed}-${post}`, `Weird${feed}x${post} lunch${feed}y${post}`, 'forum.example', `forum-${feed}`);

/** A story that each of these sites tells in words of its own. */
const told = (id: string, title: string, sites: readonly string[]): StoryFacts[] =>
  sites.map((site) => ({ ...story(`${id}-${site}`, title, site), summary: `As told at ${site}.` }));

const NEWSROOMS = ['one.example', 'two.example', 'three.example'];

/** What newsrooms tell alike. */
const NEWS = told('loaf', 'Bakery in Ostrava bakes the longest loaf', NEWSROOMS);

const topicsOfPosts = (feeds: number, others: readonly StoryFacts[]): Map<string, readonly string[]> => {
  const window = new NewsWindow(EMPTY_MODEL);
  const posts = Array.from({ length: feeds * 3 }, (_, at) => aPost(at % feeds, Math.floor(at / feeds)));
  window.add([...posts, ...others]);
  return new Map(
    standingsAt(window, NOW).flatMap(({ today, topics }) => today.map(({ facts }) => [facts.id, topics] as const)),
  );
};

// fails if a crowd's posts keep their topics
it('what a forum of many feeds tells alone is no topic’s news', () => {
  expect(topicsOfPosts(12, NEWS).get('p0-0')).toEqual([]);
});

// fails if CROWD.part is 0.5
it('a forum is a crowd too where others tell a quarter of its posts, but half of what newsrooms tell', () => {
  const shared = Array.from({ length: 9 }, (_, at) =>
    told(`news${at}`, `Harbour${at} bridge${at} opens${at} to ships${at}`, [...NEWSROOMS, 'forum.example']),
  ).flat();
  const lone = Array.from({ length: 27 }, (_, at) =>
    story(`lone-${at}`, `Quiet${at} morning${at} bread${at}`, NEWSROOMS[at % 3] ?? ''),
  );
  const posts = Array.from({ length: 27 }, (_, at) => aPost(at % 12, Math.floor(at / 12)));
  const window = new NewsWindow(EMPTY_MODEL);
  window.add([...shared, ...lone, ...posts]);
  expect(new OutletWeights(window.clusters()).isCrowd('forum.example')).toBe(true);
});

// fails if few feeds make a crowd
it('an outlet of a few feeds is no crowd, however seldom others tell its stories', () => {
  expect(topicsOfPosts(9, NEWS).get('p0-0')).toEqual(['food']);
});

// fails if a crowd is told by its own share alone
it('an outlet of many feeds is no crowd where hardly any story is told twice', () => {
  const lone = NEWSROOMS.map((site, at) => story(`lone-${at}`, `Quiet${at} morning${at} bread${at}`, site));
  expect(topicsOfPosts(12, lone).get('p0-0')).toEqual(['food']);
  expect(topicsOfPosts(12, []).get('p0-0')).toEqual(['food']);
});

// fails if one post takes a story of others out of its topics
it('what newsrooms tell too stays with its topics', () => {
  const topics = topicsOfPosts(
    12,
    told('loaf', 'Bakery in Ostrava bakes the longest loaf', [...NEWSROOMS, 'forum.example']),
  );
  expect(topics.get('loaf-forum.example')).toEqual(['food']);
  expect(topics.get('loaf-one.example')).toEqual(['food']);
});
