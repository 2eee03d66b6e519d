import { DAY, HOUR, type Instant } from '../model/time.ts';
import { TOPICS } from '../model/topic.ts';
import { type Cluster, type HeldStory, titleOf } from './held.ts';
import { type ImportanceModel, NUMBERS } from './model/importance.ts';
import { outletsOf } from './outlets.ts';

/** An event of one moment: its stories of the day, and the cluster they belong to. */
export interface DayEvent {
  cluster: Cluster;
  today: readonly HeldStory[];
}

/** An event as the learned sense of importance sees it. */
export interface Features {
  /** Coverage in numbers; not yet standardised. */
  numbers: readonly number[];
  /** Mean chances of the topics, then the mean word vector, each scaled so that all weigh alike. */
  content: Float32Array;
  /** Share of its stories that came with a summary. */
  told: number;
  /** Stems of the titles, with the share of titles that hold each. */
  words: ReadonlyMap<number, number>;
}

/** Numbers further from the mean than this many deviations are cut: days with more feeds than were ever seen must not run away. */
const LIMIT = 3;
const SCALE = { topics: 2, meaning: 3 };
const WORLD = TOPICS.indexOf('world');
/** How much likelier World counts here, in odds: topics go by what happened, but importance also by where. */
const WHERE = Math.exp(1.2);

/** Hours that a story stood on its feed; 0 where that is not known. */
const hoursOnFeed = ({ facts }: HeldStory): number =>
  Math.max(0, ((facts.lastSeenAt ?? facts.seenAt) - facts.seenAt) / HOUR);

/** Stories near an event that belong to others: what else is said of the affair, and by how many outlets. */
const surroundings = ({ cluster, today }: DayEvent): { nearness: number; outlets: number } => {
  let nearness = 0;
  const outlets = new Set<number>();
  for (const { graph, slot } of today) {
    if (!graph) continue;
    const { starts, lengths, numbers, weights } = graph.links;
    const start = starts[slot] ?? 0;
    for (let i = start; i < start + (lengths[slot] ?? 0); i++) {
      const other = numbers[i] ?? 0;
      if (graph.at[other] === cluster.number) continue;
      nearness += weights[i] ?? 0;
      outlets.add(graph.outlets[other] ?? 0);
    }
  }
  return { nearness, outlets: outlets.size };
};

const toldShare = (stories: readonly HeldStory[]): number =>
  stories.filter(({ facts }) => facts.summary !== '').length / stories.length;

/**
 * Breadth (outlets, also against the day's broadest; stories; feeds; a lone story or not; told with summaries or not), time (since
 * the last story, from first to last, longest and summed hours on the feeds), the days before (stories, outlets) and the affair
 * around it (nearness, outlets).
 */
const numbersOf = (event: DayEvent, day: { now: Instant; most: number }): number[] => {
  const { cluster, today } = event;
  const outlets = Math.log(Math.max(1, outletsOf(today).size));
  const seen = today.map(({ facts }) => facts.seenAt);
  const hours = today.map(hoursOnFeed);
  const last = Math.max(...seen);
  const held = new Set(today);
  const before = [...cluster.members].filter((story) => !held.has(story));
  const around = surroundings(event);
  return [
    outlets,
    outlets / Math.log(1 + Math.max(1, day.most)),
    Math.log(today.length),
    Math.log(new Set(today.map(({ facts }) => facts.source)).size),
    today.length === 1 ? 1 : 0,
    toldShare(today),
    (day.now - last) / DAY,
    (last - Math.min(...seen)) / DAY,
    Math.log1p(Math.max(...hours)),
    Math.log1p(hours.reduce((sum, each) => sum + each, 0)),
    Math.log1p(before.length),
    Math.log1p(new Set(before.map(({ outlet }) => outlet)).size),
    Math.log1p(around.nearness),
    Math.log1p(around.outlets),
  ];
};

const contentOf = (stories: readonly HeldStory[]): Float32Array => {
  const size = stories.find(({ meaning }) => meaning)?.meaning?.length ?? 0;
  const content = new Float32Array(TOPICS.length + size);
  const meanings = SCALE.meaning / stories.length;
  for (const { chances, meaning } of stories) {
    const topics = SCALE.topics / stories.length / (1 + (WHERE - 1) * (chances[WORLD] ?? 0));
    for (let k = 0; k < TOPICS.length; k++) content[k] = (content[k] ?? 0) + topics * (chances[k] ?? 0);
    content[WORLD] = (content[WORLD] ?? 0) + (WHERE - 1) * topics * (chances[WORLD] ?? 0);
    for (let i = 0; meaning && i < size; i++) {
      content[TOPICS.length + i] = (content[TOPICS.length + i] ?? 0) + meanings * (meaning[i] ?? 0);
    }
  }
  return content;
};

const wordsOfTitles = (stories: readonly HeldStory[]): Map<number, number> => {
  const words = new Map<number, number>();
  for (const story of stories) {
    for (const stem of titleOf(story)) words.set(stem, (words.get(stem) ?? 0) + 1 / stories.length);
  }
  return words;
};

/** Everything the learned sense of importance looks at. `most` is the number of outlets of the day's broadest event. */
export const featuresOf = (event: DayEvent, day: { now: Instant; most: number }): Features => ({
  numbers: numbersOf(event, day),
  content: contentOf(event.today),
  told: toldShare(event.today),
  words: wordsOfTitles(event.today),
});

/** A number of an event in deviations from the mean, cut at the limit. */
export const standard = (value: number, mean: number, deviation: number): number =>
  Math.max(-LIMIT, Math.min(LIMIT, (value - mean) / deviation));

/** The learned importance, in log odds without a fixed zero: for comparing events of one moment. */
export const learnedImportance = (features: Features, model: ImportanceModel): number => {
  let sum = 0;
  for (let i = 0; i < NUMBERS; i++) {
    sum += (model.numbers[i] ?? 0) * standard(features.numbers[i] ?? 0, model.means[i] ?? 0, model.deviations[i] ?? 1);
  }
  for (let i = 0; i < features.content.length; i++) {
    sum += (features.content[i] ?? 0) * ((model.content[i] ?? 0) + features.told * (model.contentTold[i] ?? 0));
  }
  for (const [word, share] of features.words) {
    const at = model.index.get(word);
    if (at !== undefined) sum += share * model.scale * (model.weights[at] ?? 0);
  }
  return sum;
};
