import { DAY, HOUR, type Instant } from '../../functions/model/time.ts';
import { bestTopicOf } from '../../functions/newsroom/classify.ts';
import type { Model } from '../../functions/newsroom/model/model.ts';
import { chancesNear } from '../../functions/newsroom/near-topics.ts';
import { isNoNews, isRetold } from '../../functions/newsroom/shelve.ts';
import { type Standing, standingsAt } from '../../functions/newsroom/standing.ts';
import { outletsFirst } from '../../functions/newsroom/tellings.ts';
import { NewsWindow } from '../../functions/newsroom/window.ts';
import type { PickedStory } from './read-stories.ts';

export interface Picked {
  topics: { id: string; topic: string }[];
  clusters: { id: string; cluster: string }[];
  top: { day: string; ranked: string[][] }[];
}

const WINDOW = 72 * HOUR;
/** A day is judged at 22:00 UTC. */
const JUDGED = 22 * HOUR;
const EVENTS = 30;

const dayName = (at: Instant): string => new Date(at).toISOString().slice(0, 10);

const batches = (stories: readonly PickedStory[], asOf = Number.POSITIVE_INFINITY): PickedStory[][] =>
  [...Map.groupBy(stories, ({ seenAt }) => Math.floor(seenAt / HOUR) + (seenAt > asOf ? 0.5 : 0))]
    .sort(([a], [b]) => a - b)
    .map(([, batch]) => batch);

/** A day at its moment of judging: the window holds what had been seen then and nothing later. */
export interface JudgedDay {
  day: string;
  judgedAt: Instant;
  standings: Standing[];
}

/** Notes what a window holds before its stories leave it. */
const read = (window: NewsWindow, into: Picked | undefined, before: Instant): void => {
  for (const story of into ? window.stories : []) {
    const { facts, chances, cluster } = story;
    if (facts.seenAt >= before) break;
    into?.topics.push({ id: facts.id, topic: bestTopicOf(chancesNear(story, chances)) });
    into?.clusters.push({ id: facts.id, cluster: cluster.id });
  }
};

/** When each day is judged, oldest first. */
const moments = (stories: readonly PickedStory[], asOf: Instant | undefined): Instant[] =>
  asOf === undefined
    ? [...new Set(stories.map(({ seenAt }) => Math.floor(seenAt / DAY) * DAY + JUDGED))].sort((a, b) => a - b)
    : [asOf];

/** Runs stories through the newsroom hour by hour, and stops at each moment of judging. Topics and clusters go to `into`. */
export function* judgedDays(
  stories: readonly PickedStory[],
  model: Model,
  asOf?: Instant,
  into?: Picked,
): Iterable<JudgedDay> {
  const window = new NewsWindow(model);
  const judge = (judgedAt: Instant): JudgedDay => {
    const from = Math.floor(judgedAt / DAY) * DAY;
    return { day: dayName(from), judgedAt, standings: standingsAt(window, judgedAt, from) };
  };
  const due = moments(stories, asOf);
  for (const batch of batches(stories, asOf)) {
    const first = Math.min(...batch.map(({ seenAt }) => seenAt));
    const hour = Math.floor(first / HOUR) * HOUR;
    for (let next = due[0]; next !== undefined && next < first; next = due[0]) {
      due.shift();
      yield judge(next);
    }
    read(window, into, hour - WINDOW);
    window.forget(hour - WINDOW);
    window.add(batch);
  }
  for (const moment of due) yield judge(moment);
  read(window, into, Number.POSITIVE_INFINITY);
}

/** What would stand on the shelf of the top stories. */
const topOf = (standings: readonly Standing[]): string[][] =>
  standings
    .filter((standing) => !isRetold(standing) && !isNoNews(standing))
    .slice(0, EVENTS)
    .map((standing) => outletsFirst(standing).map(({ facts }) => facts.id));

/** Classifies, clusters and ranks stories outside any store, with the newsroom's own functions. */
export const pick = (stories: readonly PickedStory[], model: Model, asOf?: Instant): Picked => {
  const picked: Picked = { topics: [], clusters: [], top: [] };
  const { dated = [], undated = [] } = Object.groupBy(stories, ({ seenAt }) =>
    Number.isNaN(seenAt) ? 'undated' : 'dated',
  );
  for (const { day, standings } of judgedDays(dated, model, asOf, picked))
    picked.top.push({ day, ranked: topOf(standings) });
  const timeless = undated.map((story) => ({ ...story, seenAt: 0 }));
  for (const _ of judgedDays(timeless, model, undefined, picked));
  return picked;
};
