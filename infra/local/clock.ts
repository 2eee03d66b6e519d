import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { type Instant, instant } from '../../functions/model/time.ts';
import type { Clock } from '../../functions/ports.ts';

/** A clock that runs at real speed from wherever it was set, and never goes back. */
export interface LocalClock extends Clock {
  /**
   * Moves the clock forward.
   * @returns false, and nothing changes, if `at` lies behind it
   */
  set(at: Instant): boolean;
}

const saved = z.object({ ahead: instant });

const FILE = 'clock.json';

const readAhead = (dir: string): number | undefined => {
  try {
    return saved.parse(JSON.parse(readFileSync(join(dir, FILE), 'utf8'))).ahead;
  } catch {
    // none yet, or written by hand: the clock then starts anew, which the ledger survives
    return undefined;
  }
};

/**
 * @param options.dir where the clock's distance from real time is kept; absent: in memory
 * @param options.at where a clock that was never set starts; absent: real time
 * @param options.wall real time, for tests
 */
export const createClock = (
  options: { dir?: string | undefined; at?: Instant | undefined; wall?: () => Instant } = {},
): LocalClock => {
  const { dir, at, wall = Date.now } = options;
  const before = dir === undefined ? undefined : readAhead(dir);
  let ahead = before ?? (at === undefined ? 0 : at - wall());
  // real time may step back (NTP, a laptop waking up): ours stands still until it has caught up
  let latest = -Infinity;
  const keep = (): void => {
    if (dir === undefined) return;
    // whole or not at all: a clock cut short would start anew, behind what was sent
    writeFileSync(join(dir, `${FILE}.new`), JSON.stringify({ ahead }));
    renameSync(join(dir, `${FILE}.new`), join(dir, FILE));
  };
  const now = (): Instant => {
    latest = Math.max(latest, wall() + ahead);
    return latest;
  };
  keep();
  return {
    now,
    set(to) {
      if (to < now()) return false;
      ahead = to - wall();
      keep();
      return true;
    },
  };
};

/** True if the data directory holds a clock from an earlier run. */
export const hasClock = (dir: string): boolean => readAhead(dir) !== undefined;
