import { DAY, type Instant } from '../../model/time.ts';

/**
 * How long a Retry-After header (RFC 9110, 10.2.3: seconds, or a date) asks to wait, in milliseconds, at most a day;
 * nothing if there is none that makes sense.
 */
export const retryAfterMs = (header: string | undefined, now: Instant): number | undefined => {
  const value = header?.trim() ?? '';
  const ms = /^\d+$/.test(value) ? Number(value) * 1000 : Date.parse(value) - now;
  return Number.isNaN(ms) ? undefined : Math.min(Math.max(ms, 0), DAY);
};
