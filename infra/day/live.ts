import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Instant, MINUTE, TICK } from '../../functions/model/time.ts';
import type { Log } from '../../functions/ports.ts';
import { createClock } from '../local/clock.ts';
import { createMailStore } from '../local/mail-store.ts';
import type { News } from '../local/news.ts';
import { type LocalStack, startLocal } from '../local/stack.ts';
import { dueOf, type Person } from './people.ts';
import { countFailing, type Outcome, outcomeOf, peakMiB, type SentDigest, secondsSince } from './report.ts';
import { signUpAll } from './sign-up.ts';

export interface DayWishes {
  news: News;
  from: Instant;
  to: Instant;
  people: readonly Person[];
  out: string;
  /** Told after every tick. */
  progress: (done: { at: Instant; tick: number; ticks: number; mails: number; stories: number }) => void;
  onError: (error: unknown) => void;
}

/** The report of a day (contract 3), and how much of what was due was left open. */
export type DayReport = { people: number; mails: number } & Omit<Outcome, 'unsettled' | 'digests'> & {
    unsettled: number;
    fetches: number;
    notModified: number;
    sourcesFailing: number;
    stories: number;
    events: number;
    seconds: number;
    peakMiB: number;
    consumed: ReturnType<LocalStack['meter']['consumed']>;
    digests: Outcome['digests'];
  };

/** Sums of what the functions log: the same lines from which an operator counts in the cloud. */
interface Tally {
  fetches: number;
  notModified: number;
  stories: number;
  events: number;
}

const tallyLog = (tally: Tally, onError: (error: unknown) => void): Log => ({
  info(event, fields = {}) {
    if (event === 'host-fetched') {
      tally.fetches += Number(fields.requests);
      tally.notModified += Number(fields.notModified);
    } else if (event === 'edited') {
      tally.stories += Number(fields.stories);
      tally.events = Number(fields.events);
    }
  },
  warn: () => undefined,
  error: (event, fields) => onError(`${event} ${JSON.stringify(fields ?? {})}`),
});

const HOST = 'broadsheet.example';
/** Node lets garbage pile up where memory is plenty; a day is held to a gigabyte, so `npm run day` runs with --expose-gc. In ticks. */
const SWEPT_EVERY = 4;
/** Sign-ups come this long before the first tick: after the quarter before it, at which nobody is yet there to be due. */
const BEFORE = 5 * MINUTE;
/** An open claim is looked at again after 15 and 30 minutes, and may then be mailed once more and looked at again. */
const TICKS_AFTER = 6;

const liveThrough = async (stack: LocalStack, wishes: DayWishes, tally: Tally): Promise<void> => {
  const { from, to, progress } = wishes;
  const ticks = Math.ceil((to - from) / TICK);
  for (let tick = 0; tick < ticks; tick++) {
    const at = from + tick * TICK;
    stack.clock.set(at);
    await stack.tick(at);
    if (tick % SWEPT_EVERY === 0) globalThis.gc?.();
    progress({ at, tick: tick + 1, ticks, mails: stack.ses.mails.all().length, stories: tally.stories });
  }
  for (let more = 0; more < TICKS_AFTER && stack.delayed.waiting() > 0; more++) {
    stack.clock.set(from + (ticks + more) * TICK);
    await stack.settle();
  }
};

/** Lives through a span of time under a virtual clock, everything in memory but the mails and the tables, and reports. */
export const liveDay = async (wishes: DayWishes): Promise<DayReport> => {
  const startedAt = Date.now();
  const { news, from, to, people, out, onError } = wishes;
  const due = dueOf(people, from, to);
  const tally: Tally = { fetches: 0, notModified: 0, stories: 0, events: 0 };
  const observed = new Map<string, SentDigest>();
  // editions of days are too much for a gigabyte of memory
  const tablesDir = mkdtempSync(join(tmpdir(), 'broadsheet-day-'));
  const stack = await startLocal({
    // no real time passes in it: a slow machine must not make a digest late
    clock: createClock({ at: from - BEFORE, wall: () => 0 }),
    mails: createMailStore(out, { index: false }),
    tablesDir,
    publicUrl: `https://${HOST}`,
    allow: news.allow,
    welcome: false,
    log: tallyLog(tally, onError),
    onError,
    observe: (sent) => observed.set(sent.delivery, sent),
  });
  try {
    await stack.use(news);
    const ids = await signUpAll(stack, people, HOST);
    await liveThrough(stack, wishes, tally);
    const consumed = stack.meter.consumed();
    const { digests, ...outcome } = await outcomeOf(stack, due, ids, observed);
    return {
      people: people.length,
      mails: stack.ses.mails.all().length,
      ...outcome,
      ...tally,
      sourcesFailing: await countFailing(stack),
      seconds: secondsSince(startedAt),
      peakMiB: peakMiB(),
      consumed,
      digests,
    };
  } finally {
    await stack.stop();
    rmSync(tablesDir, { recursive: true, force: true });
  }
};
