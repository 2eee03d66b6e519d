import { describe, expect, it } from 'vitest';
import { HOUR } from '../../functions/model/time.ts';
import { TOPICS, type Topic } from '../../functions/model/topic.ts';
import { type TopicChances, topicsOf } from '../../functions/newsroom/classify.ts';
import type { StoryFacts } from '../../functions/newsroom/held.ts';
import { EMPTY_MODEL } from '../../functions/newsroom/model/model.ts';
import { chancesNear } from '../../functions/newsroom/near-topics.ts';
import { standingsAt } from '../../functions/newsroom/standing.ts';
import { NewsWindow } from '../../functions/newsroom/window.ts';

const NOW = Date.parse('2026-03-02T22:00:00Z');

const TITLE = 'Sturm Ostrava Talsperre';

const story = (site: string, title: string, section = ''): StoryFacts => ({
  id: site,
  title,
  summary: '',
  url: `https://www.${site}.example/${section}${section && '/'}${site}`,
  source: site,
  seenAt: NOW - 4 * HOUR,
  sections: [],
  language: 'de',
});

/** The chances of the first story, by topic. */
const near = (stories: StoryFacts[], trust?: number): ((topic: Topic) => number) => {
  const window = new NewsWindow(EMPTY_MODEL);
  window.add(stories);
  const held = window.story(stories[0]?.id ?? '');
  const chances: TopicChances = held ? chancesNear(held, held.chances, trust) : new Float32Array();
  return (topic) => chances[TOPICS.indexOf(topic)] ?? 0;
};

const alone = story('alone', `${TITLE} heute`);
const others = (section: string) => ['a', 'b', 'c'].map((site) => story(site, `${TITLE} in ${site}`, section));

describe('what near stories say of a story’s topics', () => {
  // fails if neighbours are not asked, or if their chances are not added up to 1
  it('moves a story that says little itself', () => {
    const chance = near([alone, ...others('sport')]);
    expect(near([alone])('sport')).toBeCloseTo(1 / 12, 5);
    expect(chance('sport')).toBeGreaterThan(0.4);
    expect(TOPICS.reduce((sum, topic) => sum + chance(topic), 0)).toBeCloseTo(1, 5);
  });

  // fails if what is not linked is asked too
  it('leaves out stories about other things', () => {
    const [one] = others('sport');
    const far = { ...story('far', 'Rentenkasse meldet Überschuss', 'health'), seenAt: NOW };
    expect(near([alone, ...(one ? [one] : []), far])('health')).toBe(near([alone, ...(one ? [one] : [])])('health'));
  });

  // fails if one weak link counts as much as three strong ones
  it('counts for more the more there are and the nearer they are', () => {
    const few = near([alone, ...others('sport').slice(0, 1)])('sport');
    const farther = near([alone, story('a', 'Ostrava baut neue Stadtbahn am Hafen', 'sport')])('sport');
    expect(near([alone, ...others('sport')])('sport')).toBeGreaterThan(few);
    expect(few).toBeGreaterThan(farther);
  });

  // fails if the story's own section is outvoted
  it('does not outvote the section in its own address', () => {
    expect(near([story('alone', `${TITLE} heute`, 'business'), ...others('sport')])('business')).toBeGreaterThan(0.5);
  });

  // fails if World gets whatever the neighbours' addresses say, as the other topics do
  it('adds less to World than to other topics', () => {
    expect(near([alone, ...others('world')])('world')).toBeLessThan(near([alone, ...others('sport')])('sport'));
  });

  it('counts less where log odds are trusted less', () => {
    expect(near([alone, ...others('sport')], 0.5)('sport')).toBeLessThan(near([alone, ...others('sport')])('sport'));
  });

  // fails if shelves go by the stories' own words alone
  it('puts an event on the shelf of what is told near it', () => {
    const window = new NewsWindow(EMPTY_MODEL);
    const fair = (site: string): StoryFacts => story(site, `Ostrava feiert Lichterfest Marktplatz ${site}`, 'travel');
    const unsure = { ...story('x', 'Ostrava baut Stadtbahn Hafen'), sections: ['Travel', 'Ostrava'] };
    window.add([unsure, ...['k', 'l', 'm', 'n', 'o'].map(fair)]);
    const standing = standingsAt(window, NOW).find(({ today }) => today.some(({ facts }) => facts.id === 'x'));
    expect(standing?.today).toHaveLength(1);
    expect(standing?.topics).toEqual(['travel']);
    expect(topicsOf(window.story('x')?.trusted ?? new Float32Array())).toEqual([]);
  });
});
