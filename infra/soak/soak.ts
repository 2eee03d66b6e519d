import { join } from 'node:path';
import { isNight } from '../../functions/digest/night.ts';
import { takeCensusHandler } from '../../functions/handlers/take-census.ts';
import { DAY, HOUR, type Instant, iso, MINUTE, TICK } from '../../functions/model/time.ts';
import type { Log } from '../../functions/ports.ts';
import { type Due, dueOf, type Person } from '../day/people.ts';
import { peakMiB, secondsSince } from '../day/report.ts';
import { signUpAll } from '../day/sign-up.ts';
import { createClock } from '../local/clock.ts';
import { invoke } from '../local/invoke.ts';
import type { News } from '../local/news.ts';
import { createPassingMails, type PassingMails } from '../local/passing-mails.ts';
import { type LocalStack, startLocal } from '../local/stack.ts';
import { type Judged, judgeMemory } from './flat.ts';
import { findRepeats, openMailed, type Repeat } from './repeats.ts';

export interface SoakWishes {
  news: News;
  from: Instant;
  days: number;
  people: readonly Person[];
  /** How often the newsroom fetches and edits; digests are planned every quarter of an hour whatever this is. */
  newsroomEvery: number;
  /** For the tables and what was mailed. */
  dir: string;
  progress: (day: SoakDay) => void;
  onError: (error: unknown) => void;
}

/** What had become of one day's digests when it ended, and the memory of this process after it. */
export interface SoakDay {
  day: number;
  due: number;
  sent: number;
  skipped: number;
  failed: number;
  /** Due, and without an end in the ledger: at midnight a mail that SES did not answer for may still be waited for. */
  open: number;
  /** Mails that SES took; more than `sent` would be a mail too many. */
  mails: number;
  /** After garbage collection: what the product holds. The tables live in another process. */
  heapMiB: number;
  rssMiB: number;
  seconds: number;
}

export interface SoakReport {
  people: number;
  days: SoakDay[];
  due: number;
  /** What became of all digests in the end. */
  sent: number;
  skipped: number;
  failed: number;
  open: number;
  /** Why digests were skipped or failed: `skipped.nothing-new`, and how many. */
  reasons: Record<string, number>;
  mails: number;
  repeats: Repeat[];
  /** Log lines of level error, by event. */
  errors: Record<string, number>;
  memory: Judged;
  peakMiB: number;
  seconds: number;
}

const HOST = 'broadsheet.example';
/** Sign-ups come this long before the first tick. */
const BEFORE = 5 * MINUTE;
const MIB = 1024 * 1024;

const errorLog = (errors: Record<string, number>): Log => ({
  info: () => undefined,
  warn: () => undefined,
  error: (event) => {
    errors[event] = (errors[event] ?? 0) + 1;
  },
});

const heapMiB = (): number => {
  globalThis.gc?.();
  globalThis.gc?.();
  const { heapUsed, external } = process.memoryUsage();
  return Math.round(((heapUsed + external) / MIB) * 10) / 10;
};

const settledOf = async ({ ports }: LocalStack, due: readonly Due[], ids: Map<Person, string>) => {
  const counts = { sent: 0, skipped: 0, failed: 0, open: 0 };
  const reasons: Record<string, number> = {};
  for (const { person, period } of due) {
    const entry = await ports.deliveries.byPeriod(ids.get(person) ?? '', period);
    const state = entry?.state ?? { kind: 'claimed' };
    counts[state.kind === 'claimed' ? 'open' : state.kind] += 1;
    if ('reason' in state) {
      const why = `${state.kind}.${state.reason}`;
      reasons[why] = (reasons[why] ?? 0) + 1;
    }
  }
  return { counts, reasons };
};

/** All ticks of one day, the census of the night among them. */
const liveThrough = async (stack: LocalStack, startsAt: Instant, newsroomEvery: number): Promise<void> => {
  const census = { name: 'take-census', timeoutSeconds: 900, handler: takeCensusHandler(stack.ports) };
  for (let at = startsAt; at < startsAt + DAY; at += TICK) {
    stack.clock.set(at);
    if ((at - startsAt) % newsroomEvery === 0) await stack.tick(at);
    else await invoke(stack.functions.plan, { time: iso(at) });
    await stack.settle();
    if (!isNight(at)) continue;
    await invoke(census, { time: iso(at) });
    await stack.settle();
  }
};

const liveDay = async (stack: LocalStack, wishes: SoakWishes, day: number, ids: Map<Person, string>) => {
  const begun = Date.now();
  const at = wishes.from + (day - 1) * DAY;
  await liveThrough(stack, at, wishes.newsroomEvery);
  const memory = { heapMiB: heapMiB(), rssMiB: Math.round(process.memoryUsage().rss / MIB) };
  const due = dueOf(wishes.people, at, at + DAY);
  const { counts } = await settledOf(stack, due, ids);
  return { day, due: due.length, ...counts, ...memory, seconds: secondsSince(begun) };
};

/** Nothing is planned any more, and claims that nobody settled are looked at until they are. */
const lookAtTheLast = async (stack: LocalStack, from: Instant): Promise<void> => {
  for (let at = from; at <= from + HOUR; at += TICK) {
    stack.clock.set(at);
    await stack.settle();
  }
};

/** Mails of digests, each counted once a delivery: two of one would be a mail too many. */
const countMails = (mails: PassingMails): number =>
  mails.take().filter(({ tags }) => tags.delivery !== undefined).length;

/**
 * Lives through many days under a virtual clock: real functions on the emulators, tables on disk in another process.
 * @throws what signing up or the emulators throw
 */
export const soak = async (wishes: SoakWishes): Promise<SoakReport> => {
  const startedAt = Date.now();
  const { news, from, people, dir, progress, onError } = wishes;
  const errors: Record<string, number> = {};
  const mails = createPassingMails();
  const path = join(dir, 'mailed.jsonl');
  const mailed = openMailed(path);
  const stack = await startLocal({
    dir,
    tablesApart: true,
    clock: createClock({ at: from - BEFORE, wall: () => 0 }),
    mails,
    publicUrl: `https://${HOST}`,
    allow: news.allow,
    welcome: false,
    log: errorLog(errors),
    onError,
    observe: mailed.note,
  });
  const days: SoakDay[] = [];
  const last = from + wishes.days * DAY;
  const due = dueOf(people, from, last);
  let settled: Awaited<ReturnType<typeof settledOf>>;
  let late = 0;
  try {
    await stack.use(news);
    const ids = await signUpAll(stack, people, HOST);
    mails.take();
    for (let day = 1; day <= wishes.days; day++) {
      const lived = await liveDay(stack, wishes, day, ids);
      days.push({ ...lived, mails: countMails(mails) });
      progress(days.at(-1) as SoakDay);
    }
    await lookAtTheLast(stack, last);
    late = countMails(mails);
    settled = await settledOf(stack, due, ids);
  } finally {
    await stack.stop();
    mailed.close();
  }
  return {
    people: people.length,
    days,
    due: due.length,
    ...settled.counts,
    reasons: settled.reasons,
    mails: days.reduce((sum, day) => sum + day.mails, late),
    repeats: findRepeats(path),
    errors,
    memory: judgeMemory(days.map((day) => day.heapMiB)),
    peakMiB: peakMiB(),
    seconds: secondsSince(startedAt),
  };
};
