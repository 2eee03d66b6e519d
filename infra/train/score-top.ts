import { learnedImportance } from '../../functions/newsroom/importance.ts';
import { unpackImportance } from '../../functions/newsroom/model/importance.ts';
import type { Model } from '../../functions/newsroom/model/model.ts';
import { famousDays, judged, trainImportance, WEIGHT } from './importance.ts';
import type { RankedDay } from './listwise.ts';
import { type Pool, readPools } from './pools.ts';

const TOP = 10;
const gainOf = (worth: number): number => 2 ** worth - 1;
const discounted = (gains: readonly number[]): number =>
  gains.reduce((sum, gain, place) => sum + gain / Math.log2(place + 2), 0);

/** nDCG of the first ten of a ranking (ids of each event), every gold event credited once: what score-top.mjs measures. */
export const ndcgOf = (
  ranked: readonly (readonly string[])[],
  gold: readonly { worth: number; ids: readonly string[] }[],
): number => {
  const credited = new Set<number>();
  const gains = ranked.slice(0, TOP).map((ids) => {
    const told = [...gold.keys()].filter((at) => !credited.has(at) && gold[at]?.ids.some((id) => ids.includes(id)));
    for (const at of told) credited.add(at);
    return gainOf(Math.max(0, ...told.map((at) => gold[at]?.worth ?? 0)));
  });
  const ideal = gold.map(({ worth }) => gainOf(worth)).sort((a, b) => b - a);
  return discounted(gains) / (discounted(ideal.slice(0, TOP)) || 1);
};

/** Days are judged from these shares of the span on, each stretch by what was learned before it. */
const CUTS = { A: [0.5, 0.6, 0.7, 0.8, 0.9], B: [0.3, 0.475, 0.65, 0.825] };

const judgeStretch = (judgedDays: readonly RankedDay[], known: readonly RankedDay[], gold: Pool['events']): number => {
  const first = judgedDays[0]?.day ?? '';
  const model = unpackImportance(trainImportance(known.filter(({ day }) => day < first)));
  const scores = judgedDays.map(({ day, events }) => {
    const ranked = events
      .map(({ features, ids }) => ({ ids, score: learnedImportance(features, model) }))
      .sort((a, b) => b.score - a.score);
    return ndcgOf(
      ranked.map(({ ids }) => ids),
      gold.get(day) ?? [],
    );
  });
  return scores.reduce((sum, score) => sum + score, 0) / scores.length;
};

/** Prints nDCG@10 of the learned importance on both pools, judged on days later than all it was learned from. */
export const printTopScores = (dir: string, model: Model): void => {
  const pools = readPools(dir);
  const [a, b] = [judged(pools.a, model, WEIGHT.a), judged(pools.b, model, WEIGHT.b)];
  const known = [...a, ...b, ...famousDays(pools, model)];
  console.log('top stories: nDCG@10 of each stretch of days, learned from earlier days only');
  for (const [name, days, gold] of [
    ['A', a, pools.a.events],
    ['B', b, pools.b.events],
  ] as const) {
    const ends = [...CUTS[name].slice(1), 1];
    const stretches = CUTS[name].map((cut, i) =>
      days.slice(Math.round(cut * days.length), Math.round((ends[i] ?? 1) * days.length)),
    );
    const scores = stretches.map((stretch) => judgeStretch(stretch, known, gold));
    const mean = scores.reduce((sum, score, i) => sum + score * (stretches[i]?.length ?? 0), 0);
    const all = stretches.reduce((sum, { length }) => sum + length, 0);
    console.log(`${name} ${(mean / all).toFixed(3)}  ${scores.map((score) => score.toFixed(3)).join(' ')}`);
  }
};
