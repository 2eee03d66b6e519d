import type { Instant } from '../../model/time.ts';
import { MINUTE } from '../../model/time.ts';

/** A wall-clock reading before its zone is applied; months from 1. */
export interface Wall {
  year: number;
  month: number;
  day: number;
  hour?: number;
  minute?: number;
  second?: number;
}

/** The UTC instant of a wall-clock time, strictly: 31 April, hour 25 or second 61 are no times. A leap second counts as the second before it. */
export const instantOf = (wall: Wall, offsetMinutes: number): Instant | undefined => {
  const { year, month, day, hour = 0, minute = 0, second = 0 } = wall;
  if (hour > 24 || minute > 59 || second > 60 || (hour === 24 && minute + second > 0)) return undefined;
  const date = new Date(Date.UTC(2000, month - 1, day));
  date.setUTCFullYear(year, month - 1, day);
  if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return undefined;
  return date.getTime() + (hour * 60 + minute - offsetMinutes) * MINUTE + Math.min(second, 59) * 1000;
};
