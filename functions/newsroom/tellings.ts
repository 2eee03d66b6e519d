import { MOST_TELLINGS, type NewsEvent, type Telling } from '../model/event.ts';
import type { Source, SourceId } from '../model/source.ts';
import { toldAlike } from './agreement.ts';
import { bestFirst } from './best-first.ts';
import type { HeldStory } from './held.ts';
import { isClip, isShell } from './notices.ts';
import { type OutletWeights, onePerOutlet, outletsOf } from './outlets.ts';
import type { Standing } from './standing.ts';

/**
 * The best telling of each outlet; those first that are nearest to what all outlets tell, by the outlets' weights. One that tells it
 * forty times has one voice, and a forum does not lead where newsrooms tell it.
 */
const bestOfOutlets = (ranked: readonly HeldStory[], weights: OutletWeights): HeldStory[] =>
  bestFirst(onePerOutlet(ranked), weights);

/** The stories of an event's day: the best telling of each outlet, best first, then the rest. */
export const outletsFirst = ({ today, weights }: Pick<Standing, 'today' | 'weights'>): HeldStory[] => {
  const ranked = bestFirst(today);
  return [...new Set([...bestOfOutlets(ranked, weights), ...ranked])];
};

const tellingOf = ({ facts, outlet }: HeldStory, source: Source | undefined, apart: boolean): Telling => ({
  story: facts.id,
  source: facts.source,
  sourceTitle: source?.title ?? facts.source,
  outlet,
  title: facts.title,
  url: facts.url,
  ...(facts.sharedUrl ? { sharedUrl: true } : {}),
  access: source?.access ?? 'free',
  publishedAt: facts.publishedAt ?? facts.seenAt,
  ...(apart ? { apart } : {}),
});

/** What tells an event where nothing better does. */
const isPoor = ({ facts }: HeldStory): boolean => isShell(facts.title) || isClip(facts.url);

const poorLast = (a: HeldStory, b: HeldStory): number => Number(isPoor(a)) - Number(isPoor(b));

/** The tellings to keep: the lead, one of each followed source, the best of other outlets, and last what followed sources tell apart. */
const chooseTellings = (
  { told, stories }: { told: ReadonlySet<HeldStory>; stories: readonly HeldStory[] },
  weights: OutletWeights,
  followed: ReadonlySet<SourceId>,
): HeldStory[] => {
  const ranked = bestFirst([...told]);
  const spread = bestOfOutlets(ranked, weights).sort(poorLast);
  const owed = new Map<SourceId, HeldStory>();
  for (const story of [...ranked, ...bestFirst(stories)]) {
    if (followed.has(story.facts.source) && !owed.has(story.facts.source)) owed.set(story.facts.source, story);
  }
  const apart = [...owed.values()].filter((story) => !told.has(story)).slice(0, MOST_TELLINGS - 1);
  const lead = spread[0] ?? ranked[0];
  const alike = [...(lead ? [lead] : []), ...[...owed.values()].filter((story) => told.has(story)), ...spread];
  return [...[...new Set(alike)].slice(0, MOST_TELLINGS - apart.length), ...apart];
};

/** The country that is home to at least half of the tellers whose home is known. */
const countryOf = (stories: readonly HeldStory[], sources: ReadonlyMap<SourceId, Source>): string | undefined => {
  const homes = onePerOutlet(stories).map((story) => sources.get(story.facts.source)?.country);
  const counts = new Map<string, number>();
  for (const home of homes) if (home) counts.set(home, (counts.get(home) ?? 0) + 1);
  const [top] = [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
  return top && top[1] * 2 >= homes.length ? top[0] : undefined;
};

/** The event as readers' digests will see it. */
export const eventOf = (
  standing: Standing,
  about: {
    version: number;
    turn: number;
    anew: number | undefined;
    sources: ReadonlyMap<SourceId, Source>;
    followed: ReadonlySet<SourceId>;
  },
): NewsEvent => {
  const stories = [...standing.cluster.members];
  const told = toldAlike(stories, standing.weights);
  const alike = new Set(told);
  const country = countryOf(told, about.sources);
  return {
    v: 1,
    id: standing.id,
    version: about.version,
    topics: [...standing.topics],
    language: standing.language,
    ...(country ? { country } : {}),
    outlets: outletsOf(told).size,
    tellings: chooseTellings({ told: alike, stories }, standing.weights, about.followed).map((story) =>
      tellingOf(story, about.sources.get(story.facts.source), !alike.has(story)),
    ),
    turn: about.turn,
    ...(about.anew === undefined ? {} : { anew: about.anew }),
    firstSeenAt: Math.min(...stories.map((story) => story.facts.seenAt)),
    lastNewsAt: Math.max(...stories.map((story) => story.facts.seenAt)),
    private: false,
  };
};
