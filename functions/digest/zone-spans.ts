import { Temporal } from 'temporal-polyfill';
import { DAY, HOUR, type Instant } from '../model/time.ts';

/** A stretch of time in which a zone keeps one offset. */
interface Span {
  fromAt: Instant;
  untilAt: Instant;
  offset: number;
}

/**
 * No zone's clock ever jumped further than this (Apia left out a whole day), so an instant this far inside a span is the only one with
 * its wall time.
 */
const WIDEST_JUMP = 26 * HOUR;

const spansOf = new Map<string, Span[]>();

const transition = (at: Temporal.ZonedDateTime, direction: 'next' | 'previous'): Instant | undefined =>
  at.getTimeZoneTransition(direction)?.epochMilliseconds;

const readSpan = (zone: string, at: Instant): Span => {
  const zoned = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone);
  // 'previous' looks strictly before, and a transition at this very instant begins the span.
  return {
    fromAt: transition(zoned.add({ milliseconds: 1 }), 'previous') ?? Number.NEGATIVE_INFINITY,
    untilAt: transition(zoned, 'next') ?? Number.POSITIVE_INFINITY,
    offset: Math.round(zoned.offsetNanoseconds / 1e6),
  };
};

/** Temporal costs some 50 microseconds a conversion; the planner asks for thousands each tick, so the last spans of a zone are kept. */
const spanAt = (zone: string, at: Instant): Span => {
  const spans = spansOf.get(zone);
  const known = spans?.find((span) => span.fromAt <= at && at < span.untilAt);
  if (known) {
    return known;
  }
  const span = readSpan(zone, at);
  spansOf.set(zone, [span, ...(spans ?? [])].slice(0, 4));
  return span;
};

/** Days since 1970-01-01 of the local date at an instant. Throws RangeError for a zone that is none. */
export const localDay = (zone: string, at: Instant): number => Math.floor((at + spanAt(zone, at).offset) / DAY);

const slowly = (zone: string, wall: number): Instant =>
  Temporal.Instant.fromEpochMilliseconds(wall)
    .toZonedDateTimeISO('UTC')
    .toPlainDateTime()
    .toZonedDateTime(zone, { disambiguation: 'compatible' }).epochMilliseconds;

/**
 * The instant of a wall time, given as the milliseconds since 1970-01-01T00:00 that the clock on the wall shows. A time that a gap
 * leaves out moves forward by the gap, of a time that comes twice it is the first (Temporal's 'compatible').
 */
export const instantOf = (zone: string, wall: number): Instant => {
  const span = spanAt(zone, wall);
  const at = wall - span.offset;
  return at - WIDEST_JUMP >= span.fromAt && at < span.untilAt ? at : slowly(zone, wall);
};
