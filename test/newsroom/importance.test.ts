import { describe, expect, it } from 'vitest';
import { HOUR } from '../../functions/model/time.ts';
import { TOPICS } from '../../functions/model/topic.ts';
import { agreementOf, votesOf } from '../../functions/newsroom/agreement.ts';
import type { StoryFacts } from '../../functions/newsroom/held.ts';
import { type Features, featuresOf, learnedImportance } from '../../functions/newsroom/importance.ts';
import { type ImportanceModel, NUMBERS } from '../../functions/newsroom/model/importance.ts';
import { EMPTY_MODEL } from '../../functions/newsroom/model/model.ts';
import { OutletWeights, outletsOf } from '../../functions/newsroom/outlets.ts';
import { broadestOf, type Standing, standingsAt } from '../../functions/newsroom/standing.ts';
import { outletsFirst } from '../../functions/newsroom/tellings.ts';
import { hashTerm } from '../../functions/newsroom/text.ts';
import { NewsWindow } from '../../functions/newsroom/window.ts';

const NOW = Date.parse('2026-03-02T22:00:00Z');

const story = (id: string, title: string, site: string, more: Partial<StoryFacts> = {}): StoryFacts => ({
  id,
  title,
  summary: '',
  url: `https://www.${site}/${id}`,
  source: site,
  seenAt: NOW - 4 * HOUR,
  sections: [],
  language: 'en',
  ...more,
});

const flood = (site: string, more: Partial<StoryFacts> = {}) =>
  story(`flood-${site}`, 'Dam bursts above Ostrava and floods the valley', site, {
    summary: `As told at ${site}.`,
    ...more,
  });

const nothing: ImportanceModel = {
  means: Array(NUMBERS).fill(0),
  deviations: Array(NUMBERS).fill(1),
  numbers: Array(NUMBERS).fill(0),
  content: [],
  contentTold: [],
  index: new Map(),
  weights: new Int8Array(0),
  scale: 1,
};

const standingsOf = (stories: StoryFacts[], importance?: ImportanceModel): Standing[] => {
  const window = new NewsWindow({ ...EMPTY_MODEL, importance });
  window.add(stories);
  return standingsAt(window, NOW);
};

const importanceOfTitle = (standings: Standing[], title: string): number => {
  const standing = standings.find(({ today }) => today.some(({ facts }) => facts.title.startsWith(title)));
  if (!standing) throw new Error(`no event tells ${title}`);
  return standing.importance;
};

describe('importance of events', () => {
  const lone = story('cat', 'Gardener finds a lost ring inside an onion', 'quiet.example');

  // fails if `weighted` leaves breadthOf
  it('puts what many outlets tell above what one tells, with and without a model', () => {
    const stories = [lone, ...['a.org', 'b.com', 'c.net', 'd.de'].map((site) => flood(site))];
    for (const model of [undefined, { ...nothing, numbers: [1] }]) {
      const standings = standingsOf(stories, model);
      expect(importanceOfTitle(standings, 'Dam')).toBeGreaterThan(importanceOfTitle(standings, 'Gardener'));
    }
  });

  // fails if outletsOf counts stories in coverageOf or numbersOf
  it('counts outlets, not stories: one outlet that repeats itself gains no breadth', () => {
    const [one] = standingsOf([flood('a.org')]);
    const again = ['1', '2', '3'].map((id) => flood('a.org', { id, url: `https://www.a.org/${id}` }));
    const [repeated] = standingsOf([flood('a.org'), ...again]);
    expect(repeated?.importance).toBeLessThanOrEqual(one?.importance ?? 0);
  });

  // fails if learnedImportance leaves out the words
  it('hears the words of titles', () => {
    const model = { ...nothing, index: new Map([[hashTerm('onion'), 0]]), weights: Int8Array.of(100) };
    const other = story('ring', 'Teacher tells of a kind neighbour', 'loud.example');
    const standings = standingsOf([lone, other], model);
    expect(importanceOfTitle(standings, 'Gardener')).toBeGreaterThan(importanceOfTitle(standings, 'Teacher'));
  });

  // fails if `standard` does not cut
  it('is not run away with by numbers beyond all that was learned from', () => {
    const model = { ...nothing, numbers: Array(NUMBERS).fill(1) };
    const of = (value: number): Features => ({
      numbers: Array(NUMBERS).fill(value),
      content: new Float32Array(0),
      told: 0,
      words: new Map(),
    });
    expect(learnedImportance(of(1000), model)).toBe(learnedImportance(of(3), model));
    expect(learnedImportance(of(2), model)).toBeLessThan(learnedImportance(of(3), model));
  });

  // fails if importanceOf leaves out what is beyond
  it('lets agreement go on where what was learned ends', () => {
    const of = (outlets: number) => {
      const stories = Array.from({ length: outlets }, (_, i) => flood(`site${i}.org`));
      return standingsOf(stories, { ...nothing, deviations: Array(NUMBERS).fill(0.3) })[0]?.importance ?? 0;
    };
    expect(of(12)).toBeGreaterThan(of(6));
  });

  const SITES = Array.from({ length: 12 }, (_, i) => `site${i}.org`);
  const PREVIEWS = 'city rivers harbour museum orchard railway market chapel theatre garden lantern bridge'.split(' ');
  const previewOf = (site: string, i: number) =>
    story(`preview-${site}`, `Festival calendar ${PREVIEWS[i]} ${PREVIEWS[(i + 1) % 12]}`, site);

  // fails if agreementOf is the sum of the weights
  it('puts what outlets tell alike above what as many tell about all sorts', () => {
    const standings = standingsOf([...SITES.map((site) => flood(site)), ...SITES.map(previewOf)], nothing);
    const [first, second] = standings;
    expect([first, second].map((each) => outletsOf(each?.today ?? []).size)).toEqual([12, 12]);
    expect(first?.today[0]?.facts.title).toContain('Dam');
    expect(first?.importance).toBeGreaterThan((second?.importance ?? 1) + 0.1);
  });

  // fails if what was learned does not fade
  it('lets what was learned give way to what many outlets agree on', () => {
    const gapAt = (outlets: number) => {
      const of = (weight: number) => {
        const model = { ...nothing, index: new Map([[hashTerm('dam'), 0]]), weights: Int8Array.of(weight) };
        const importance =
          standingsOf(
            SITES.slice(0, outlets).map((site) => flood(site)),
            model,
          )[0]?.importance ?? 0;
        return Math.log(importance / (1 - importance));
      };
      return of(2) - of(-2);
    };
    expect(gapAt(12)).toBeLessThan(gapAt(2) / 2);
  });

  // fails if agreementOf counts notices
  it('gives offers and streams no vote', () => {
    const weights = new OutletWeights([]);
    const of = (title: string) => {
      const window = new NewsWindow(EMPTY_MODEL);
      window.add(SITES.slice(0, 4).map((site) => story(`s-${site}`, title, site, { summary: `At ${site}.` })));
      return agreementOf(votesOf(window.stories), weights);
    };
    expect(of('Rovers meet Athletic tonight')).toBeGreaterThan(1);
    expect(of('How to watch Rovers meet Athletic tonight')).toBe(0);
  });

  // fails if bestOfOutlets keeps the order among all stories
  it('is told first by who is nearest to what the outlets tell, not to one that goes on and on', () => {
    const titles = [
      'Dam bursts above Ostrava, valley flooded',
      'Ostrava dam bursts and floods valley',
      'Valley below Ostrava flooded as dam bursts',
    ];
    const odd = Array.from({ length: 9 }, (_, i) =>
      story(`odd-${i}`, `Dam watch blog entry ${PREVIEWS[i]}: readers write about the dam`, 'odd.example'),
    );
    const window = new NewsWindow(EMPTY_MODEL);
    window.add([...odd, ...titles.map((title, i) => story(`t${i}`, title, `site${i}.org`))]);
    const order = outletsFirst({ today: window.stories, weights: new OutletWeights([]) }).map(({ outlet }) => outlet);
    expect(order.slice(0, 4).at(-1)).toBe('odd.example');
  });

  // fails if bestOfOutlets leaves out the weights
  it('is told by a newsroom before a forum, however central the post', () => {
    const posts = Array.from({ length: 30 }, (_, i) =>
      story(`post-${i}`, `${PREVIEWS[i % 12]} ${i} photo`, 'forum.example'),
    );
    const told = [
      flood('forum.example', { summary: '' }),
      ...['a.org', 'b.com'].map((site) =>
        story(`t-${site}`, 'Ostrava floods as dam above the valley bursts', site, { summary: `As told at ${site}.` }),
      ),
    ];
    const standings = standingsOf([...posts, ...told]);
    const standing = standings.find(({ today }) => today.length === 3);
    if (!standing) throw new Error('no event of three');
    expect(outletsFirst(standing).at(-1)?.outlet).toBe('forum.example');
  });

  // fails if outletsFirst is bestFirst
  it('tells an event by every outlet once before any tells it twice', () => {
    const again = flood('a.org', { id: 'again', url: 'https://www.a.org/again', position: 0 });
    const [standing] = standingsOf([flood('a.org', { position: 1 }), again, flood('b.com')]);
    const outlets = outletsFirst({ today: standing?.today ?? [], weights: new OutletWeights([]) }).map(
      ({ outlet }) => outlet,
    );
    expect(outlets).toHaveLength(3);
    expect(new Set(outlets.slice(0, 2))).toEqual(new Set(['a.org', 'b.com']));
  });

  // fails if broadestOf takes one number for all
  it('measures each language against its own broadest event', () => {
    const german = ['x.de', 'y.de'].map((site) =>
      story(`de-${site}`, 'Bürgermeister eröffnet die neue Brücke über den Fluss', site, {
        language: 'de',
        summary: `So berichtet ${site}.`,
      }),
    );
    const standings = standingsOf([...['a.org', 'b.com', 'c.net', 'd.us'].map((site) => flood(site)), ...german]);
    const most = broadestOf(standings.map(({ today }) => today));
    expect([...most].sort()).toEqual([
      ['de', 2],
      ['en', 4],
    ]);
  });

  // fails if the share of World is raised for nothing, or if chances no longer add up
  it('takes World for likelier than the topics do, and the others for as much less', () => {
    const [standing] = standingsOf([flood('a.org'), flood('b.com')]);
    if (!standing) throw new Error('no event');
    const [world = 0, ...others] = featuresOf(standing, { now: NOW, most: 2 }).content.subarray(0, TOPICS.length);
    expect(others.reduce((sum, chance) => sum + chance, world)).toBeCloseTo(2);
    const [{ chances } = { chances: new Float32Array() }] = standing.today;
    const odds = (of: number, other: number | undefined) => of / (other ?? Number.NaN);
    expect(odds(world, others[0]) / odds(chances[0] ?? 0, chances[1])).toBeCloseTo(Math.exp(1.2));
  });

  // fails if `before` in numbersOf holds today's stories
  it('knows how long an event has run', () => {
    const window = new NewsWindow(EMPTY_MODEL);
    window.add([flood('a.org', { seenAt: NOW - 30 * HOUR })]);
    window.add([flood('b.com'), flood('c.net')]);
    const [standing] = standingsAt(window, NOW);
    if (!standing) throw new Error('no event');
    const { numbers } = featuresOf(standing, { now: NOW, most: 2 });
    expect(numbers.slice(10, 12)).toEqual([Math.log1p(1), Math.log1p(1)]);
  });
});
