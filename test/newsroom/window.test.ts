import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { makeStoryId } from '../../functions/model/story.ts';
import { HOUR } from '../../functions/model/time.ts';
import type { StoryFacts } from '../../functions/newsroom/held.ts';
import { loadModel } from '../../functions/newsroom/model/load.ts';
import { outletsOf } from '../../functions/newsroom/outlets.ts';
import { NewsWindow } from '../../functions/newsroom/window.ts';

const T0 = Date.UTC(2026, 10, 23, 8);

const told = (outlet: string, hour: number, title: string, summary = ''): StoryFacts => {
  const url = `https://www.${outlet}/${title.toLowerCase().replace(/\W+/g, '-')}`;
  const seenAt = T0 + hour * HOUR;
  return {
    id: makeStoryId(seenAt, createHash('sha256').update(url).digest('hex')),
    title,
    summary,
    url,
    source: outlet,
    seenAt,
    sections: [],
    language: 'en',
  };
};

const QUAKE = [
  told('one.example', 0, 'Strong earthquake hits northern Chile, tsunami warning issued'),
  told('two.example', 0, 'Tsunami warning after strong earthquake in northern Chile'),
  told('three.example', 1, 'Chile earthquake: tsunami warning issued for northern coast'),
  told('four.example', 2, 'Northern Chile shaken by strong earthquake; tsunami warning for coast'),
];

const MATCH = [
  told('one.example', 0, 'Arsenal beat Chelsea 3-1 as Saka scores twice at the Emirates'),
  told('two.example', 0, 'Saka scores twice as Arsenal beat Chelsea 3-1'),
  told('three.example', 1, 'Arsenal 3-1 Chelsea: Saka scores two in derby win'),
];

const TRANSFER = [
  told('one.example', 0, 'Arsenal agree £60m fee with Porto to sign midfielder Varela'),
  told('two.example', 1, 'Varela set for Arsenal medical after £60m fee agreed with Porto'),
  told('four.example', 2, 'Porto midfielder Varela to sign for Arsenal in £60m deal'),
];

const windowOf = (...batches: (readonly StoryFacts[])[]): NewsWindow => {
  const window = new NewsWindow(loadModel());
  for (const batch of batches) window.add(batch);
  return window;
};

const eventOf = (window: NewsWindow, facts: StoryFacts | undefined): string =>
  window.story(facts?.id ?? '')?.cluster.id ?? 'none';

const eventsOf = (window: NewsWindow, stories: readonly StoryFacts[]): Set<string> =>
  new Set(stories.map((facts) => eventOf(window, facts)));

/** Every story's companions, whatever the event is called. */
const groups = (window: NewsWindow): string[] =>
  [...window.clusters()]
    .map(({ members }) =>
      [...members]
        .map(({ facts }) => facts.id)
        .sort()
        .join(' '),
    )
    .sort();

describe('events', () => {
  it('are one for all who tell them, and the match is not the transfer', () => {
    const window = windowOf([...QUAKE, ...MATCH, ...TRANSFER]);
    for (const stories of [QUAKE, MATCH, TRANSFER]) expect(eventsOf(window, stories).size).toBe(1);
    expect(eventsOf(window, [...QUAKE, ...MATCH, ...TRANSFER]).size).toBe(3);
  });

  it('stay apart when their stories come one by one', () => {
    const window = windowOf(MATCH, ...TRANSFER.map((story) => [story]));
    expect(eventsOf(window, MATCH).size).toBe(1);
    expect(eventsOf(window, [...MATCH, ...TRANSFER]).size).toBe(2);
  });

  it('are the same in whatever order a batch comes', () => {
    const all = [...QUAKE, ...MATCH, ...TRANSFER];
    const straight = groups(windowOf(all));
    for (let turn = 1; turn < all.length; turn++)
      expect(groups(windowOf([...all.slice(turn), ...all.slice(0, turn)].reverse()))).toEqual(straight);
  });

  it('keep their id while they grow', () => {
    const window = windowOf(QUAKE.slice(0, 2));
    const id = eventOf(window, QUAKE[0]);
    for (const story of QUAKE.slice(2)) {
      window.add([story, ...MATCH]);
      expect(eventsOf(window, QUAKE.slice(0, 2))).toEqual(new Set([id]));
    }
    expect(eventsOf(window, QUAKE)).toEqual(new Set([id]));
  });

  it('keep their id when the story that founded them leaves the window', () => {
    const window = windowOf(QUAKE);
    const id = eventOf(window, QUAKE[0]);
    window.forget(T0 + HOUR);
    expect(window.has(QUAKE[0]?.id ?? '')).toBe(false);
    expect(eventOf(window, QUAKE[3])).toBe(id);
  });

  // window.ts: rename does nothing where the id is taken; then a restart could not give an event the id that readers know it by
  it('give up an id to the event that was published under it', () => {
    const window = windowOf([...QUAKE, ...MATCH]);
    const id = eventOf(window, QUAKE[0]);
    const match = window.cluster(eventOf(window, MATCH[0]));
    if (!match) throw new Error('no match');
    window.rename(match, id);
    expect(eventsOf(window, MATCH)).toEqual(new Set([id]));
    expect(eventsOf(window, QUAKE).has(id)).toBe(false);
    for (const facts of [QUAKE[0], MATCH[0]])
      expect(window.cluster(eventOf(window, facts))?.members.size).toBeGreaterThan(2);
  });

  it('are not joined by three days between', () => {
    const later = QUAKE.map((facts) => told(`later-${facts.source}`, 80, facts.title));
    const window = windowOf(QUAKE, later);
    expect(eventsOf(window, QUAKE)).not.toEqual(eventsOf(window, later));
  });
});

describe('votes', () => {
  const votes = (stories: readonly StoryFacts[]): number => {
    const window = windowOf(stories);
    expect(eventsOf(window, stories).size).toBe(1);
    return outletsOf(window.story(stories[0]?.id ?? '')?.cluster.members ?? []).size;
  };

  it('count once for a registrable domain and its rewrites', () => {
    const rewrite = told('news.one.example', 2, 'Strong earthquake hits northern Chile; tsunami warning issued now');
    expect(votes(QUAKE)).toBe(4);
    expect(votes([...QUAKE, rewrite])).toBe(4);
    const window = windowOf([...QUAKE, rewrite]);
    expect(window.story(rewrite.id)?.rewriteOf?.facts.id).toBe(QUAKE[0]?.id);
  });

  it('count once for an identical text, whoever carries it', () => {
    const copies = ['five', 'six', 'seven'].map((name) => told(`${name}.example`, 1, QUAKE[0]?.title ?? ''));
    expect(votes([...QUAKE, ...copies])).toBe(4);
  });
});
