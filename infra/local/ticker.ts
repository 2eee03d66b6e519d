import { type Instant, TICK, tickOf } from '../../functions/model/time.ts';
import type { LocalClock } from './clock.ts';

/** Runs what is due whenever our clock passes a quarter of an hour, whether by itself or because it was moved. */
export interface Ticker {
  /**
   * Moves the clock forward and runs every tick on the way.
   * @returns false, at once, if `to` lies behind the clock; else true when all that is due has settled. False as well if it was
   * stopped on the way: the clock then stands at the last tick that was begun
   */
  advance(to: Instant): Promise<boolean>;
  /** Runs the tick that the clock stands in, without moving it. */
  now(): Promise<void>;
  /** Lets time pass by itself. */
  start(): void;
  /** Begins no more ticks; resolves once the one that is under way is done. */
  stop(): Promise<void>;
}

export interface TickerOptions {
  clock: LocalClock;
  /** One tick: fetch, edit, plan, send, drain. `passing` while the clock is on its way to a later tick. */
  tick(at: Instant, passing: boolean): Promise<void>;
  /** Between ticks: puts on their queues the messages whose time has come, and waits until they are worked off. */
  settle(): Promise<void>;
  onError(error: unknown): void;
  /** How often, in ms of real time, the clock is looked at. */
  everyMs?: number;
}

export const createTicker = (options: TickerOptions): Ticker => {
  const { clock, tick, settle, onError, everyMs = 500 } = options;
  let last = -Infinity;
  let line: Promise<unknown> = Promise.resolve();
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;
  // one after the other: two ticks at once would fetch and plan twice
  const inLine = <Result>(work: () => Promise<Result>): Promise<Result> => {
    const done = line.then(work);
    line = done.catch(() => undefined);
    return done;
  };
  const run = async (at: Instant, passing: boolean): Promise<void> => {
    if (stopped) return;
    last = Math.max(last, at);
    await tick(at, passing);
  };
  const advance = async (to: Instant): Promise<boolean> => {
    if (to < clock.now()) return false;
    for (let at = Math.max(last, tickOf(clock.now())) + TICK; at <= to; at += TICK) {
      if (stopped) return false;
      // a tick of more than a quarter of an hour leaves the clock past the next one: that runs all the same
      clock.set(at);
      await run(at, at + TICK <= to);
    }
    if (stopped) return false;
    clock.set(to);
    await settle();
    return true;
  };
  const look = (): void => {
    inLine(() => (tickOf(clock.now()) > last ? run(tickOf(clock.now()), false) : settle()))
      .catch(onError)
      .finally(() => {
        if (timer !== undefined) timer = setTimeout(look, everyMs);
      });
  };
  return {
    advance: (to) => inLine(() => advance(to)),
    now: () => inLine(() => run(tickOf(clock.now()), false)),
    start() {
      timer = setTimeout(look, everyMs);
    },
    async stop() {
      stopped = true;
      clearTimeout(timer);
      timer = undefined;
      await line;
    },
  };
};
