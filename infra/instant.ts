import type { Instant } from '../functions/model/time.ts';

/** ISO without a zone, which is UTC here as days are; Node would take it for the machine's own. */
const WITHOUT_ZONE = /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?$/;

/** The instant of a date as stories have it: ISO, or whatever else Node reads; undefined for what is none. */
export const instantOfDate = (text: string): Instant | undefined => {
  const at = Date.parse(WITHOUT_ZONE.test(text) ? `${text}Z` : text);
  return Number.isNaN(at) ? undefined : at;
};

/**
 * The instant that somebody typed, in ISO only: `1` would be a day in 2001. Undefined for what is none, and from 2100 on: a slip
 * of the finger would have a clock that only goes forward live through centuries.
 */
export const instantTyped = (text: string): Instant | undefined =>
  /^(19|20)\d{2}-\d{2}-\d{2}/.test(text) ? instantOfDate(text) : undefined;
