import { HOUR, type Instant, TICK, tickOf } from '../model/time.ts';

/** Stories may be written so long after the tick that dates them: the editor reads so far back each time, and skips what it knows. */
export const OVERLAP = HOUR;

/**
 * The tick that dates what a message brings: its own, so that a repeated message writes the same stories; that of its arrival if it
 * came so late (a queue that stood, a dead letter sent back) that the editor may have read past its own.
 */
export const datingTick = (tickAt: Instant, now: Instant): Instant =>
  now - tickAt < OVERLAP - TICK ? tickAt : tickOf(now);
