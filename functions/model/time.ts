import * as z from 'zod';

/** An instant: milliseconds since the Unix epoch, UTC. Every field that holds one is named `…At` or `…Until`. */
export const instant = z.number().int();

export type Instant = z.infer<typeof instant>;

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** The quarter of an hour on which all schedules run; every cohort's instant falls on one, also in zones offset by :30 or :45. */
export const TICK = 15 * MINUTE;

/** The last tick at or before an instant. */
export const tickOf = (at: Instant): Instant => Math.floor(at / TICK) * TICK;

/** An instant as ISO 8601 UTC to the second, as people and other programs read it. */
export const iso = (at: Instant): string => `${new Date(at).toISOString().slice(0, 19)}Z`;

/** A calendar date, YYYY-MM-DD, in a zone that the context names. */
export const localDate = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, 'a date as YYYY-MM-DD');

export type LocalDate = z.infer<typeof localDate>;
