import { DAY, type Instant } from '../model/time.ts';
import { TOPICS, type Topic } from '../model/topic.ts';
import { agreementOf, toldAlike, votesOf } from './agreement.ts';
import { bestFirst } from './best-first.ts';
import { TRUST, topicsOf } from './classify.ts';
import { fitOf } from './fit.ts';
import type { Cluster, HeldStory } from './held.ts';
import { chancesNear } from './near-topics.ts';
import { OutletWeights, outletsOf } from './outlets.ts';
import { importanceOf } from './rank.ts';
import type { NewsWindow } from './window.ts';

/** An event as it stands at one moment: what shelves are made from. */
export interface Standing {
  id: string;
  cluster: Cluster;
  language: string;
  /** None for what is told by a crowd alone: its posts stand with their own feeds, not among a topic's news. */
  topics: readonly Topic[];
  /** What it counts for among the news of these. */
  fit: number;
  /** Its stories of the last day. */
  today: readonly HeldStory[];
  /** Those of them by the newsrooms that tell the same. */
  told: readonly HeldStory[];
  /** 0 to 1. */
  importance: number;
  /** What each outlet's voice counts at this moment. */
  weights: OutletWeights;
}

/** So many outlets settle by their number what an event is about. */
const MANY = 3;
/** What fewer tell stands under a topic only with such a chance: one odd word makes a shelf's worst story. */
const SURE = 0.4;

/** Topics of what newsrooms tell alike, their stories taken together and each with what is near it, none if unsure; and how well it fits these. */
const topicsOfTold = (told: readonly HeldStory[]): Pick<Standing, 'topics' | 'fit'> => {
  const sum = new Float32Array(TOPICS.length);
  for (const story of told) {
    const chances = chancesNear(story, story.trusted, TRUST.share);
    for (let k = 0; k < sum.length; k++) sum[k] = (sum[k] ?? 0) + (chances[k] ?? 0) / told.length;
  }
  const topics = outletsOf(told).size < MANY ? topicsOf(sum, SURE) : topicsOf(sum);
  return { topics, fit: fitOf(topics.reduce((chance, topic) => chance + (sum[TOPICS.indexOf(topic)] ?? 0), 0)) };
};

/** So many stories of one outlet are a series: thirty parts of a show are not thirty voices. */
const SERIES = 16;

/** What one outlet alone tells so often counts as its best story. */
const withoutSeries = (stories: readonly HeldStory[], told: readonly HeldStory[]): readonly HeldStory[] =>
  stories.length > SERIES && outletsOf(told).size < 2 ? bestFirst(told).slice(0, 1) : stories;

/** How many outlets tell each language's broadest event. */
export const broadestOf = (events: Iterable<readonly HeldStory[]>): Map<string, number> => {
  const most = new Map<string, number>();
  for (const stories of events) {
    const language = stories[0]?.language ?? '';
    most.set(language, Math.max(most.get(language) ?? 1, outletsOf(stories).size));
  }
  return most;
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
  const most = broadestOf(today.values());
  const standings = [...today].map(([cluster, stories]): Standing => {
    const language = stories[0]?.language ?? '';
    const votes = votesOf(stories);
    const told = toldAlike(stories, weights, votes);
    const counted = withoutSeries(stories, told);
    return {
      id: cluster.id,
      cluster,
      language,
      ...(told.every(({ outlet }) => weights.isCrowd(outlet)) ? { topics: [], fit: 1 } : topicsOfTold(told)),
      today: stories,
      told,
      importance: importanceOf(
        { cluster, today: counted },
        agreementOf(counted === stories ? votes : votesOf(counted), weights),
        { now, weights, most: most.get(language) ?? 1 },
        window.model,
      ),
      weights,
    };
  });
  return standings.sort((a, b) => b.importance - a.importance || (a.id < b.id ? -1 : 1));
};
