import { HOUR, type Instant } from '../model/time.ts';
import { sumOf } from './best-first.ts';
import type { Cluster } from './held.ts';
import { outletsOf } from './outlets.ts';

/** An event takes shape for so long before anything counts as a turn. */
const SETTLING = 6 * HOUR;
/** So many outlets must tell the new state. */
const OUTLETS = 3;
/** The new stories' vocabulary must be as far from the old ones' as this cosine. */
const MOVED = 0.45;

/** True if an event has real news since its last turn: several outlets, in clearly other words. */
export const hasTurned = (cluster: Cluster, lastTurnAt: Instant): boolean => {
  const stories = [...cluster.members];
  const later = stories.filter((story) => story.facts.seenAt > lastTurnAt + SETTLING);
  if (outletsOf(later).size < OUTLETS) return false;
  const earlier = stories.filter((story) => story.facts.seenAt <= lastTurnAt + SETTLING);
  if (earlier.length === 0) return false;
  const before = sumOf(earlier);
  const shared = later.reduce((sum, { vector }) => sum + before.dot(vector), 0);
  return shared / (before.length * sumOf(later).length || 1) < MOVED;
};
