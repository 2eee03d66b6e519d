import { DAY, HOUR, type Instant } from '../../functions/model/time.ts';
import { bestTopicOf } from '../../functions/newsroom/classify.ts';
import type { Model } from '../../functions/newsroom/model/model.ts';
import { standingsAt } from '../../functions/newsroom/standing.ts';
import { bestFirst } from '../../functions/newsroom/tellings.ts';
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

/** The day's events at the moment of judging, by what had been seen then and nothing later. */
const topOf = (window: NewsWindow, from: Instant, now: Instant): string[][] =>
  standingsAt(window, now, from)
    .slice(0, EVENTS)
    .map(({ today }) => bestFirst(today).map(({ facts }) => facts.id));

/** Notes what a window holds before its stories leave it. */
const read = (window: NewsWindow, into: Picked, before: Instant): void => {
  for (const story of window.stories) {
    if (story.facts.seenAt >= before) break;
    into.topics.push({ id: story.facts.id, topic: bestTopicOf(story.chances) });
    into.clusters.push({ id: story.facts.id, cluster: story.cluster.id });
  }
};

const pickDated = (stories: readonly PickedStory[], model: Model, asOf: Instant | undefined, picked: Picked): void => {
  const window = new NewsWindow(model);
  const judge = (judgedAt: Instant) => {
    const from = Math.floor(judgedAt / DAY) * DAY;
    if (asOf !== undefined && judgedAt !== asOf) return;
    picked.top.push({ day: dayName(from), ranked: topOf(window, from, judgedAt) });
  };
  const moments = new Set(stories.map(({ seenAt }) => Math.floor(seenAt / DAY) * DAY + JUDGED));
  const due = (asOf === undefined ? [...moments] : [asOf]).sort((a, b) => a - b);
  for (const batch of batches(stories, asOf)) {
    const first = Math.min(...batch.map(({ seenAt }) => seenAt));
    const hour = Math.floor(first / HOUR) * HOUR;
    while (due[0] !== undefined && due[0] < first) judge(due.shift() ?? 0);
    read(window, picked, hour - WINDOW);
    window.forget(hour - WINDOW);
    window.add(batch);
  }
  for (const moment of due) judge(moment);
  read(window, picked, Number.POSITIVE_INFINITY);
};

/** Classifies, clusters and ranks stories outside any store, with the newsroom's own functions. */
export const pick = (stories: readonly PickedStory[], model: Model, asOf?: Instant): Picked => {
  const picked: Picked = { topics: [], clusters: [], top: [] };
  const { dated = [], undated = [] } = Object.groupBy(stories, ({ seenAt }) =>
    Number.isNaN(seenAt) ? 'undated' : 'dated',
  );
  pickDated(dated, model, asOf, picked);
  const timeless: Picked = { topics: [], clusters: [], top: [] };
  pickDated(
    undated.map((story) => ({ ...story, seenAt: 0 })),
    model,
    undefined,
    timeless,
  );
  picked.topics.push(...timeless.topics);
  picked.clusters.push(...timeless.clusters);
  return picked;
};
