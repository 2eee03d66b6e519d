/** A straight line through samples, by least squares. */
export interface Line {
  /** Change from one sample to the next. */
  slope: number;
  mean: number;
}

/** The line through values taken at even distances. @throws for fewer than two */
export const lineThrough = (values: readonly number[]): Line => {
  const count = values.length;
  if (count < 2) throw new Error('a line takes two samples');
  const mean = values.reduce((sum, value) => sum + value, 0) / count;
  const middle = (count - 1) / 2;
  let across = 0;
  let along = 0;
  values.forEach((value, at) => {
    across += (at - middle) * (value - mean);
    along += (at - middle) ** 2;
  });
  return { slope: across / along, mean };
};

/** The news repeats itself every six days, quiet week-ends among them: a line over whole rounds is not bent by them. */
export const ROUND_DAYS = 6;

/** Windows of the newsroom are full after a week of days, so memory may grow until then. */
export const WARM_UP_DAYS = 12;

/** Memory that grows by less than this share of its mean over the days judged counts as flat. */
export const FLAT_SHARE = 0.05;

export type Judged =
  | { judged: false; why: string }
  | { judged: true; flat: boolean; days: number; slopeMiBPerDay: number; meanMiB: number; growthShare: number };

/**
 * Whether memory is flat: the least-squares line through the heap after garbage collection at the end of each day, over the last whole
 * rounds of news after the warm-up. A leak of a story's size a story would show as tens of percent.
 */
export const judgeMemory = (heapMiB: readonly number[]): Judged => {
  const days = Math.floor((heapMiB.length - WARM_UP_DAYS) / ROUND_DAYS) * ROUND_DAYS;
  if (days < ROUND_DAYS) return { judged: false, why: `memory is judged from ${WARM_UP_DAYS + ROUND_DAYS} days on` };
  const { slope, mean } = lineThrough(heapMiB.slice(-days));
  const growthShare = (slope * days) / mean;
  return { judged: true, flat: growthShare < FLAT_SHARE, days, slopeMiBPerDay: slope, meanMiB: mean, growthShare };
};
