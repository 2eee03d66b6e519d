import { setTimeout as sleep } from 'node:timers/promises';
import type { Clock, Wait } from '../ports.ts';

/** The machine's own time. */
export const systemClock: Clock = { now: () => Date.now() };

export const systemWait: Wait = async (ms) => {
  if (ms > 0) await sleep(ms);
};
