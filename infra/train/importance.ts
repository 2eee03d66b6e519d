import type * as z from 'zod';
import { DAY } from '../../functions/model/time.ts';
import { featuresOf } from '../../functions/newsroom/importance.ts';
import type { importanceFile } from '../../functions/newsroom/model/importance.ts';
import type { Model } from '../../functions/newsroom/model/model.ts';
import { pack } from '../../functions/newsroom/model/packed.ts';
import { broadestOf } from '../../functions/newsroom/standing.ts';
import { outletsFirst } from '../../functions/newsroom/tellings.ts';
import { type JudgedDay, judgedDays } from '../pick/pick.ts';
import { learnListwise, type RankedDay } from './listwise.ts';
import type { Pool, Pools } from './pools.ts';

/** What a day of each kind counts: WCEP's view of A, Google News' of B, and of its own headlines. */
export const WEIGHT = { a: 1, b: 2, headlines: 0.5 };
/** The scorer looks at so many stories of an event. */
const LOOKED_AT = 5;
/** What is news changes: a day counts half of one that is so many days later. */
const HALVED = 150;
/** A word of fewer events is not learned. */
const RARE = 8;
/** What the first five, the next ten and the next twenty of a front page are worth: the worths of B's gold. */
const FAME = [7, 3, 3, 1, 1, 1, 1];

const featuresOfDay = ({ judgedAt, standings }: JudgedDay) => {
  const most = broadestOf(standings.map(({ today }) => today));
  return standings.map(({ cluster, today, language }) =>
    featuresOf({ cluster, today }, { now: judgedAt, most: most.get(language) ?? 1 }),
  );
};

/** The days of a pool that have a gold. A window moves on while its days are read: each is taken down at once. */
export const judged = ({ stories, gold }: Pool, model: Model, weight: number): RankedDay[] => {
  const days: RankedDay[] = [];
  for (const judgedDay of judgedDays(stories, model)) {
    const worths = gold.get(judgedDay.day);
    if (!worths) continue;
    const events = featuresOfDay(judgedDay).map((features, at) => {
      const standing = judgedDay.standings[at];
      const looked = standing ? outletsFirst(standing).slice(0, LOOKED_AT) : [];
      const ids = looked.map(({ facts }) => facts.id);
      return { features, ids, gain: 2 ** Math.max(0, ...ids.map((id) => worths.get(id) ?? 0)) - 1 };
    });
    days.push({ day: judgedDay.day, weight, events });
  }
  return days;
};

/** Headlines of a front page among themselves: what stood high for long. Taught by what they say alone, as if they had summaries. */
export const famousDays = ({ headlines, fame }: Pools, model: Model): RankedDay[] => {
  const days: RankedDay[] = [];
  for (const judgedDay of judgedDays(headlines, model)) {
    const sums = judgedDay.standings.map(({ today }) =>
      today.reduce((sum, { facts }) => sum + (fame.get(facts.id) ?? 0), 0),
    );
    const order = [...sums.keys()].sort((x, y) => (sums[y] ?? 0) - (sums[x] ?? 0));
    const places = new Map(order.map((at, place) => [at, place]));
    const events = featuresOfDay(judgedDay).map((features, at) => ({
      features: { ...features, numbers: [], told: 1 },
      ids: [],
      gain: FAME[Math.floor((places.get(at) ?? Number.POSITIVE_INFINITY) / 5)] ?? 0,
    }));
    days.push({ day: judgedDay.day, weight: WEIGHT.headlines, events });
  }
  return days;
};

/** All days that importance is learned from. */
export const learningDays = (pools: Pools, model: Model): RankedDay[] => [
  ...judged(pools.a, model, WEIGHT.a),
  ...judged(pools.b, model, WEIGHT.b),
  ...famousDays(pools, model),
];

const termsOf = (days: readonly RankedDay[]): number[] => {
  const counts = new Map<number, number>();
  for (const { features } of days.flatMap(({ events }) => events)) {
    for (const word of features.words.keys()) counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  return [...counts].flatMap(([term, count]) => (count >= RARE ? [term] : [])).sort((a, b) => a - b);
};

/** The days with what each counts by its age beside the latest. */
const fading = (days: readonly RankedDay[]): RankedDay[] => {
  const latest = Math.max(...days.map(({ day }) => Date.parse(day)));
  return days.map((day) => ({ ...day, weight: day.weight * 0.5 ** ((latest - Date.parse(day.day)) / (HALVED * DAY)) }));
};

/** Learns what makes an event important. */
export const trainImportance = (days: readonly RankedDay[]): z.infer<typeof importanceFile> => {
  const terms = termsOf(days);
  const { words, ...learned } = learnListwise(fading(days), terms);
  const scale = Math.max(1e-6, words.reduce((most, weight) => Math.max(most, Math.abs(weight)), 0) / 127);
  return {
    ...learned,
    terms: pack(Uint32Array.from(terms)),
    weights: pack(Int8Array.from(words, (weight) => Math.round(weight / scale))),
    scale,
  };
};
