import { describe, expect, it } from 'vitest';
import { HOUR } from '../../functions/model/time.ts';
import { toldAlike, votesOf } from '../../functions/newsroom/agreement.ts';
import type { StoryFacts } from '../../functions/newsroom/held.ts';
import { loadModel } from '../../functions/newsroom/model/load.ts';
import { EMPTY_MODEL, type Model } from '../../functions/newsroom/model/model.ts';
import { OutletWeights } from '../../functions/newsroom/outlets.ts';
import { isNoNews } from '../../functions/newsroom/shelve.ts';
import { type Standing, standingsAt } from '../../functions/newsroom/standing.ts';
import { eventOf } from '../../functions/newsroom/tellings.ts';
import { NewsWindow } from '../../functions/newsroom/window.ts';

const NOW = Date.parse('2026-03-02T22:00:00Z');

const story = (site: string, title: string, more: Partial<StoryFacts> = {}): StoryFacts => ({
  id: `${site}-${title}`,
  title,
  summary: '',
  url: `https://www.${site}/${title.length}`,
  source: site,
  seenAt: NOW - 4 * HOUR,
  sections: [],
  language: 'en',
  ...more,
});

const windowOf = (facts: readonly StoryFacts[], model: Model = EMPTY_MODEL): NewsWindow => {
  const window = new NewsWindow(model);
  window.add(facts);
  return window;
};

/** All these stories as one event, however they would group. */
const oneEvent = (facts: readonly StoryFacts[]): Standing => {
  const window = windowOf(facts);
  const weights = new OutletWeights(window.clusters());
  const members = window.stories;
  const cluster = { id: 'e', members: new Set(members), dirty: true, number: -1 };
  const told = toldAlike(members, weights);
  return { id: 'e', cluster, language: 'en', topics: [], fit: 1, today: members, told, importance: 0.5, weights };
};

const asEvent = (facts: readonly StoryFacts[], followed: readonly string[] = []) =>
  eventOf(oneEvent(facts), { version: 1, turn: 0, anew: undefined, sources: new Map(), followed: new Set(followed) });

const DAM = [
  story('a.example', 'Dam bursts above Ostrava, valley flooded'),
  story('b.example', 'Ostrava dam bursts and floods valley'),
  story('c.example', 'Valley below Ostrava flooded as dam bursts'),
];

const PHRASES = [
  'Guides to tackle a winter resolution',
  'Gear that helps with any winter resolution',
  'Apps to track a winter resolution',
  'Winter resolution: board games for all',
  'A winter resolution for gardeners',
].map((title, at) => story(`${'abcde'[at]}.example`, title));

const SIDES = new Map(
  'harbour ferry cinema bakery tunnel orchard violin carpet lantern pepper saddle window zebra anchor button candle donkey engine feather glove hammer'
    .split(' ')
    .map((side, at) => [`${'abcdefghijklmnopqrstu'[at]}.example`, side]),
);

describe('who is named as an event’s sources', () => {
  // fails if toldAlike keeps every outlet
  it('is who tells the same, not who shares a word', () => {
    const odd = story('odd.example', 'Hockey club of Ostrava signs a young keeper from Finland');
    const event = asEvent([...DAM, odd]);
    expect(event.outlets).toBe(3);
    expect(event.tellings.map(({ outlet }) => outlet).sort()).toEqual(['a.example', 'b.example', 'c.example']);
  });

  // fails without isPairByAWord: one word of two makes a cosine of .7
  it('is one outlet where two share one word', () => {
    const event = asEvent([
      story('a.example', 'She has been waiting for this'),
      story('b.example', 'Waiting for Rockchip'),
    ]);
    expect(event.outlets).toBe(1);
  });

  // fails without isByPhrase: ten features of a season were the biggest event of Technology
  it('is one outlet where many share a phrase and nothing else', () => {
    const window = windowOf(PHRASES);
    expect(votesOf(window.stories).map(({ nearness }) => nearness)).toEqual([0, 0, 0, 0, 0]);
    expect(asEvent(PHRASES).outlets).toBe(1);
  });

  // fails if PHRASE is 4: short headlines of one thing share little more
  it('is all who share more than a phrase', () => {
    const quake = [
      story('a.example', 'Strong earthquake shakes Osaka'),
      story('b.example', 'Osaka shaken by strong earthquake, tram lines closed'),
      story('c.example', 'Strong earthquake off Osaka, no warning of waves'),
    ];
    expect(asEvent(quake).outlets).toBe(3);
  });

  // fails without HEADED: who is named in all of a great event's stories is a phrase too
  it('is all of more than twenty, however many sides they tell of', () => {
    const sides = [...SIDES].map(([site, side]) => story(site, `Spring tide ${side}`));
    expect(asEvent(sides.slice(0, 20)).outlets).toBe(1);
    expect(asEvent(sides).outlets).toBe(21);
  });

  // fails if chooseTellings takes the followed sources from what is told alike
  it('a reader’s own source stays with its story, apart and last', () => {
    const odd = story('odd.example', 'Hockey club of Ostrava signs a young keeper from Finland', { position: 0 });
    const event = asEvent([...DAM, odd], ['odd.example', 'c.example']);
    expect(event.outlets).toBe(3);
    expect(event.tellings.map(({ source, apart }) => [source, apart ?? false]).at(-1)).toEqual(['odd.example', true]);
    expect(event.tellings.filter(({ apart }) => apart)).toHaveLength(1);
  });

  // fails if NEAR is 0
  it('two that share a name are one source each', () => {
    const pair = [
      story('a.example', 'Lightning strikes a house in Auckland'),
      story('b.example', 'Auckland choir opens its summer season'),
    ];
    expect(asEvent(pair)).toMatchObject({ outlets: 1, tellings: [{}] });
  });

  // fails if votesOf counts notices
  it('an offer does not speak for news', () => {
    const pair = [
      story('shop.example', 'Today only: Harbour Tycoon is 60% off', { position: 0 }),
      story('b.example', 'Chicago sees fewest killings in 60 years', { position: 30 }),
    ];
    expect(asEvent(pair).tellings.map(({ outlet }) => outlet)).toEqual(['b.example']);
  });
});

describe('a page of live updates', () => {
  const live = story('live.example', 'Dam bursts above Ostrava, valley flooded: live updates', { position: 0 });

  // fails if chooseTellings leaves the order as it is
  it('does not speak for what others tell', () => {
    const event = asEvent([live, ...DAM.slice(0, 2)]);
    expect(event.tellings.map(({ outlet }) => outlet).at(-1)).toBe('live.example');
  });

  // fails if isPoor goes by titles alone
  it('nor does a clip on a video site', () => {
    const title = 'Dam bursts above Ostrava, its valley flooded';
    const clip = story('clips.example', title, { url: 'https://www.youtube.com/shorts/a', position: 0 });
    const event = asEvent([clip, ...DAM.slice(0, 2)]);
    expect(event.tellings.map(({ source }) => source).at(-1)).toBe('clips.example');
    expect(asEvent([clip]).tellings.map(({ source }) => source)).toEqual(['clips.example']);
  });

  // fails if isNoNews looks at notices only
  it('is no news alone, and is with others', () => {
    expect(isNoNews(oneEvent([live]))).toBe(true);
    expect(isNoNews(oneEvent([live, ...DAM]))).toBe(false);
    expect(isNoNews(oneEvent(DAM.slice(0, 1)))).toBe(false);
  });
});

describe('a topic for a story that one outlet tells', () => {
  const topicsOf = (title: string, summary = '', more: Partial<StoryFacts> = {}) =>
    standingsAt(windowOf([story('a.example', title, { summary, ...more })], loadModel()), NOW)[0]?.topics;

  // fails if `known` does not count
  it.each(['hahaha', 'MGK IS...', 'rvnk qxzz'])('no known words, no topic: %s', (title) => {
    expect(topicsOf(title)).toEqual([]);
  });

  // fails if SURE is 0.9
  it('is told where the words are clear', () => {
    expect(
      topicsOf(
        'A recipe for mushroom risotto with parmesan',
        'Cook the rice in stock, stir in butter and serve with a glass of white wine.',
      ),
    ).toEqual(['food']);
  });

  // fails if SURE is 0.3
  it('is not told where they may mean anything', () => {
    expect(topicsOf('Twins celebrate another year together')).toEqual([]);
  });

  // fails if the priors are tempered with the words
  it('is what its section says', () => {
    expect(topicsOf('rvnk qxzz', '', { sections: ['Food'] })).toEqual(['food']);
    expect(topicsOf('rvnk qxzz', '', { sourceTopic: 'technology' })).toEqual(['technology']);
  });
});

// fails if withoutSeries returns its stories
it('thirty parts of a show weigh no more than one', () => {
  const part = (n: number): StoryFacts =>
    story('show.example', `Harbour Talk with Ada Nowak, part ${n}`, {
      id: `part-${n}`,
      url: `https://show.example/${n}`,
    });
  const importanceOf = (parts: number): number => {
    const window = windowOf(
      Array.from({ length: parts }, (_, n) => part(n)),
      loadModel(),
    );
    return Math.max(...standingsAt(window, NOW).map(({ importance }) => importance));
  };
  expect(importanceOf(30)).toBeLessThanOrEqual(importanceOf(1) + 0.02);
});
