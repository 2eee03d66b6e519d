// One run of the newsroom over real headlines, in a process of its own: `node newsroom-run.ts DATA` prints one JSON object.
import { performance } from 'node:perf_hooks';
import { DAY, HOUR } from '../../functions/model/time.ts';
import type { StoryFacts } from '../../functions/newsroom/held.ts';
import { loadModel } from '../../functions/newsroom/model/load.ts';
import { standingsAt } from '../../functions/newsroom/standing.ts';
import { wordsOf } from '../../functions/newsroom/text.ts';
import { NewsWindow } from '../../functions/newsroom/window.ts';
import { readRows, text } from '../train/data.ts';
import { median } from './measure.ts';

const STORIES = 50_000;
const INCREMENT = 200;
const INCREMENTS = 5;
const FROM = Date.UTC(2026, 5, 1);

/** The newest headlines of the archive and all feed items, in the order they were seen, spread over one day: far denser than any real one. */
const storiesIn = (dir: string): StoryFacts[] =>
  [...readRows(dir, 'gnews-headlines-dev'), ...readRows(dir, 'feeds-2026-dev')]
    .slice(-STORIES - INCREMENT * INCREMENTS)
    .sort((a, b) => (text(a, 'firstSeen') < text(b, 'firstSeen') ? -1 : 1))
    .map(
      (row, at): StoryFacts => ({
        id: text(row, 'id'),
        title: text(row, 'title'),
        summary: text(row, 'summary').slice(0, 400),
        url: text(row, 'url'),
        source: text(row, 'publisher') || text(row, 'source'),
        seenAt: FROM + Math.round((at * DAY) / STORIES),
        sections: [],
        language: 'en',
      }),
    );

const secondsOf = (work: () => unknown): number => {
  const begun = performance.now();
  work();
  return (performance.now() - begun) / 1000;
};

const main = (dir: string): void => {
  const all = storiesIn(dir);
  const stories = all.slice(0, STORIES);
  const model = loadModel();
  const window = new NewsWindow(model);
  const seconds = secondsOf(() => {
    for (const [, batch] of Map.groupBy(stories, ({ seenAt }) => Math.floor(seenAt / HOUR))) window.add(batch);
    standingsAt(window, FROM + DAY);
  });
  const mebibytes = process.resourceUsage().maxRSS / 1024;
  const cutting = secondsOf(() => {
    for (const { title, summary } of stories) wordsOf(`${title} ${summary}`, 'en');
  });
  const increments = Array.from({ length: INCREMENTS }, (_, turn) => {
    const from = STORIES + turn * INCREMENT;
    const batch = all.slice(from, from + INCREMENT);
    return secondsOf(() => window.add(batch));
  });
  console.log(JSON.stringify({ stories: stories.length, seconds, cutting, mebibytes, increment: median(increments) }));
};

main(process.argv[2] ?? '');
