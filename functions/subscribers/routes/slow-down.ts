import type { Context } from 'hono';
import { HOUR, type Instant } from '../../model/time.ts';
import type { SlowDown } from '../limits.ts';
import type { Frame } from '../pages/layout.ts';
import { fill, hoursIn } from '../words/words.ts';

/** Tells who came too often when to come back: a program in the header, a person in words. */
export const comeBackLater = (c: Context, { language, words }: Frame, { until }: SlowDown, now: Instant): string => {
  c.header('Retry-After', String(Math.ceil((until - now) / 1000)));
  const hours = Math.ceil((until - now) / HOUR);
  if (hours <= 1) return words.errors.slow;
  // three at least: two has a case of its own in Arabic, and too late harms nobody
  return fill(words.errors.slowToday, { hours: hoursIn(language, Math.max(3, hours)) });
};
