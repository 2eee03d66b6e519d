import type { SourceId } from '../model/source.ts';
import { DAY, type Instant } from '../model/time.ts';
import { sumOf } from './best-first.ts';
import type { Desk, Peak } from './desk.ts';
import type { Standing } from './standing.ts';
import { TermSum } from './term-sum.ts';
import type { Vector } from './vector.ts';

const DAYS = 7;
/** Events this much alike are turns of one: the week tells it once. */
const SAME_AFFAIR = 0.5;
/** Folding looks at so many of the best events of a language. */
const FOLDED = 300;

const dayOf = (at: Instant): number => Math.floor(at / DAY);

/** The best score of the last seven days. */
export const peakOf = (peak: Peak, now: Instant): number =>
  Math.max(0, ...[...peak.days].filter(([day]) => day > dayOf(now) - DAYS).map(([, score]) => score));

/** What a sum of vectors is mostly about, as a unit vector. */
export const topTerms = (sum: TermSum): Vector => {
  const best = [...sum].sort((a, b) => b[1] - a[1] || a[0] - b[0]).slice(0, 24);
  const length = Math.sqrt(best.reduce((total, [, weight]) => total + weight * weight, 0)) || 1;
  return {
    terms: Uint32Array.from(best, ([term]) => term),
    weights: Float32Array.from(best, ([, weight]) => weight / length),
  };
};

/** Remembers where an event stands now, if it stands higher than before today. */
export const rememberPeak = (desk: Desk, standing: Standing, isNews: boolean, now: Instant): Peak => {
  const known = desk.peaks.get(standing.id);
  const days = known?.days ?? new Map<number, number>();
  days.set(dayOf(now), Math.max(days.get(dayOf(now)) ?? 0, standing.importance));
  const peak: Peak = {
    id: standing.id,
    language: standing.language,
    topics: standing.topics,
    fit: standing.fit,
    isNews: isNews || known?.isNews === true,
    sources: new Set([...standing.cluster.members].map((story) => story.facts.source)),
    keywords: known?.keywords ?? new Set(),
    about: known && !standing.cluster.dirty ? known.about : topTerms(sumOf([...standing.cluster.members])),
    days,
  };
  desk.peaks.set(standing.id, peak);
  return peak;
};

/** Forgets events that stood on no shelf for seven days. */
export const prunePeaks = (desk: Desk, now: Instant): void => {
  for (const [id, { days }] of desk.peaks) {
    for (const day of days.keys()) if (day <= dayOf(now) - DAYS) days.delete(day);
    if (days.size > 0) continue;
    desk.peaks.delete(id);
    desk.published.delete(id);
  }
};

/** An event as the week has it. */
export interface OfWeek {
  peak: Peak;
  score: number;
  /** The better event of the same affair that it is a turn of, if there is one. */
  into: Peak | undefined;
}

/** The week's events by peak, best first, each with the better one that it is folded into: the week tells an affair once. */
export const bestOfWeek = (desk: Desk, now: Instant): OfWeek[] => {
  const ranked = [...desk.peaks.values()]
    .map((peak) => ({ peak, score: peakOf(peak, now) }))
    .sort((a, b) => b.score - a.score || (a.peak.id < b.peak.id ? -1 : 1));
  const kept = new Map<string, { peak: Peak; about: TermSum }[]>();
  return ranked.map(({ peak, score }) => {
    const affairs = kept.get(peak.language) ?? [];
    kept.set(peak.language, affairs);
    const into =
      affairs.length < FOLDED ? affairs.find(({ about }) => about.dot(peak.about) >= SAME_AFFAIR) : undefined;
    if (!into && affairs.length < FOLDED) affairs.push({ peak, about: new TermSum([peak.about]) });
    return { peak, score, into: into?.peak };
  });
};

/**
 * Whether an event is a turn of a better one for the followers of a source too. What their source did not tell they may not get, and of
 * two that it alone tells, the issues of a show, neither is a turn.
 */
export const isFoldedFor = (source: SourceId, into: Peak | undefined): boolean =>
  into?.sources.has(source) === true && into.sources.size > 1;
