import { HOUR, type Instant, TICK, tickOf } from '../model/time.ts';
import type { Part } from '../ports.ts';
import type { Span } from './owed.ts';

/** The hours of the night, UTC, in which the census comes every quarter of an hour. */
export const NIGHT_HOURS = [2, 3];

/** Each quarter looks at an eighth of the readers: each is a query of the ledger, and for a million that is more than a function has time for. */
const QUARTERS = 8;

/** The readers of a quarter of an hour: eight in a row have all of them, each once, and the first of the night has part 0. */
export const partOfNight = (at: Instant): Part => ({ part: Math.floor(at / TICK) % QUARTERS, of: QUARTERS });

/** What a night looks at: two days, so that one night may be lost, and nothing that may still be under way. */
export const nightlySpan = (now: Instant): Span => ({ from: tickOf(now) - 50 * HOUR, to: tickOf(now) - 2 * HOUR });

/** True for a tick at which the census comes. */
export const isNight = (at: Instant): boolean => NIGHT_HOURS.includes(new Date(at).getUTCHours());
