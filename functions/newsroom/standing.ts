import { DAY, type Instant } from '../model/time.ts';
import type { Topic } from '../model/topic.ts';
import type { Cluster, HeldStory } from './held.ts';
import { OutletWeights } from './outlets.ts';
import { coverageOf, importanceOf } from './rank.ts';
import type { NewsWindow } from './window.ts';

/** An event as it stands at one moment: what shelves are made from. */
export interface Standing {
  id: string;
  cluster: Cluster;
  language: string;
  topics: readonly Topic[];
  /** Its stories of the last day. */
  today: readonly HeldStory[];
  /** 0 to 1. */
  importance: number;
}

/** Topics of an event by the votes of its stories: the best, and a second with at least half as many. */
export const topicsOfEvent = (stories: Iterable<HeldStory>): Topic[] => {
  const votes = new Map<Topic, number>();
  for (const { topics } of stories) {
    for (const [i, topic] of topics.entries()) votes.set(topic, (votes.get(topic) ?? 0) + (i === 0 ? 1 : 0.5));
  }
  const ranked = [...votes].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
  const most = ranked[0]?.[1] ?? 0;
  return ranked
    .filter(([, count]) => count >= most * 0.5)
    .slice(0, 2)
    .map(([topic]) => topic);
};

/** Every event with news in the last day (or since `from`), most important first. */
export const standingsAt = (window: NewsWindow, now: Instant, from: Instant = now - DAY): Standing[] => {
  const weights = new OutletWeights(window.clusters());
  const today = new Map<Cluster, HeldStory[]>();
  for (const story of window.stories) {
    if (story.facts.seenAt < from || story.facts.seenAt > now) continue;
    const list = today.get(story.cluster);
    if (list) list.push(story);
    else today.set(story.cluster, [story]);
  }
  const standings = [...today].map(
    ([cluster, stories]): Standing => ({
      id: cluster.id,
      cluster,
      language: stories[0]?.language ?? '',
      topics: topicsOfEvent(stories),
      today: stories,
      importance: importanceOf(coverageOf(stories, weights, now), window.model),
    }),
  );
  return standings.sort((a, b) => b.importance - a.importance || (a.id < b.id ? -1 : 1));
};
