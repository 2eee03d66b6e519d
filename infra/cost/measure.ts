import { execFileSync } from 'node:child_process';
import { takeCensusHandler } from '../../functions/handlers/take-census.ts';
import { HOUR, type Instant, iso, MINUTE, TICK } from '../../functions/model/time.ts';
import { createClock } from '../local/clock.ts';
import { type Consumption, createConsumption } from '../local/consumption.ts';
import { CONFIGURATION_SET } from '../local/environment.ts';
import { invoke } from '../local/invoke.ts';
import type { News } from '../local/news.ts';
import { nightUntil } from '../local/night.ts';
import { createPassingMails } from '../local/passing-mails.ts';
import { type SesApart, startSesApart } from '../local/ses-apart.ts';
import { type LocalStack, startLocal } from '../local/stack.ts';
import { LOCAL_TABLES } from '../tables.ts';
import type { Measured, Part } from './measured.ts';
import { add, beyondTicks, withoutNews } from './parts.ts';
import { openPhases, type Phases } from './phases.ts';
import { digestsPerMonth, inOneCohort, readership, settleIn } from './readers.ts';
import { sizeOfTable } from './sizes.ts';

export interface MeasureWishes {
  /** Readers of one cohort, 32 to a shard as in a readership of a million; and a few hundred of all cohorts. */
  dense: number;
  sparse: number;
  /** Ticks of the newsroom that are measured; the first fetch of all sources is not among them. */
  newsroomTicks: number;
  /** Hours of the few hundred's digests that are measured. */
  hours: number;
  news: News;
  progress: (line: string) => void;
  onError: (error: unknown) => void;
}

/** The run's first instant, a Monday. Digests are measured from the hour on at which Berlin's mornings begin. */
export const FROM = Date.UTC(2026, 0, 5, 2);
const SENDS_FROM = FROM + 3 * HOUR;

interface Bench {
  stack: LocalStack;
  phases: Phases;
  consumption: Consumption;
  ses: SesApart;
  /** What SES took since the start; and its events that were not handed on yet. */
  took: { mails: number; bytes: number; events: string[] };
}

/** Tables and SES are processes of their own: what is left is the functions, and a queue that few messages pass. */
const openBench = async (allow: string[], onError: MeasureWishes['onError']): Promise<Bench> => {
  const consumption = createConsumption();
  const took: Bench['took'] = { mails: 0, bytes: 0, events: [] };
  const ses = await startSesApart({
    configurationSet: CONFIGURATION_SET,
    // more than this machine can send
    ratePerSecond: 1000,
    maxPer24h: 1_000_000,
    // no real time passes: nothing is late on a slow machine
    clock: createClock({ at: FROM, wall: () => 0 }),
    onMail: (_, bytes) => {
      took.mails += 1;
      took.bytes += bytes;
    },
    onEvent: (envelope) => took.events.push(envelope),
  });
  const stack = await startLocal({
    tablesApart: true,
    sesUrl: ses.url,
    clock: ses.clock,
    mails: createPassingMails({ raw: false }),
    publicUrl: 'https://broadsheet.example',
    allow,
    welcome: false,
    log: consumption.log(),
    onError,
    consumption,
  });
  return { stack, consumption, ses, took, phases: openPhases(stack, consumption) };
};

/** The newsroom's ticks after its first, and what they added to News. */
const measureNewsroom = async (
  { stack, phases }: Bench,
  wishes: MeasureWishes,
  follow: (at: Instant) => Promise<void>,
) => {
  await stack.tick(FROM);
  const before = await sizeOfTable(stack.dynamo, LOCAL_TABLES.news);
  let fetching: Part | undefined;
  let editing: Part | undefined;
  for (let tick = 1; tick <= wishes.newsroomTicks; tick++) {
    const at = FROM + tick * TICK;
    stack.clock.set(at);
    await follow(at);
    const event = { time: iso(at) };
    fetching = add(
      fetching,
      await phases.of(['fetch-sources'], async () => {
        await invoke(stack.functions.fetch, event);
        await stack.settle();
        return 1;
      }),
    );
    editing = add(
      editing,
      await phases.of(['edit-shelves'], async () => {
        await invoke(stack.functions.edit, event);
        return 1;
      }),
    );
    wishes.progress(`newsroom: tick ${tick} of ${wishes.newsroomTicks}`);
  }
  const after = await sizeOfTable(stack.dynamo, LOCAL_TABLES.news);
  if (!fetching || !editing) throw new Error('no tick of the newsroom was measured');
  return { fetching, editing, newsPerTick: (after.bytes - before.bytes) / wishes.newsroomTicks };
};

/** Works off what was handed back, too: our clock moves for it as real time would. */
const drained = async (stack: LocalStack): Promise<void> => {
  await stack.settle();
  while (stack.delayed.waiting() > 0) {
    stack.clock.set(stack.clock.now() + MINUTE);
    await stack.settle();
  }
};

interface Sent {
  digests: Part;
  events: Part;
  /** Ticks at which something was due; and what those took at which nothing was. */
  ticks: number;
  idle: Part | undefined;
}

/** Hands the events that were held back to their queue, as one phase. */
const measureEvents = ({ stack, phases, consumption, took }: Bench): Promise<Part> => {
  const taken = took.events.splice(0);
  return phases.of(['handle-feedback'], async () => {
    for (const envelope of taken) {
      stack.queues.put('events', envelope);
      consumption.queued(stack.queues.url('events'), [envelope]);
    }
    await stack.settle();
    return taken.length;
  });
};

/** What is due from one instant to another: planned, sent, and then its events taken, each as a phase of its own. */
const measureDigests = async (
  bench: Bench,
  from: Instant,
  to: Instant,
  progress: MeasureWishes['progress'],
): Promise<Sent> => {
  const { stack, phases, ses, took } = bench;
  let [digests, events, idle]: (Part | undefined)[] = [];
  let ticks = 0;
  for (let at = from; at < to; at += TICK) {
    stack.clock.set(at);
    const before = took.mails;
    const sent = await phases.of(['plan-digests', 'send-digests'], async () => {
      await invoke(stack.functions.plan, { time: iso(at) });
      await drained(stack);
      await ses.caughtUp();
      return took.mails - before;
    });
    if (sent.count === 0) {
      idle = add(idle, { ...sent, count: 1 });
      continue;
    }
    digests = add(digests, sent);
    events = add(events, await measureEvents(bench));
    ticks += 1;
    progress(`${iso(at)}: ${sent.count} digests`);
  }
  if (!digests || !events) throw new Error('no digest was due in the hours measured');
  return { digests, events, ticks, idle };
};

/** A night's census like any other: the first one enters what the readers follow into the registry, and is not counted. */
const measureCensus = async ({ stack, phases, consumption }: Bench, count: number, at: Instant): Promise<Part> => {
  const census = { name: 'take-census', timeoutSeconds: 900, handler: takeCensusHandler(stack.ports) };
  const take = async (): Promise<void> => {
    for (const quarter of nightUntil(at)) await invoke(consumption.watch(census), { time: iso(quarter) });
  };
  await take();
  return phases.of(['take-census'], async () => {
    await take();
    return count;
  });
};

const commitOf = (): string => execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim();

/** Sizes of rows as storage is billed; of deliveries those that the run made, whose digests are real. */
const measureRows = async ({ stack, took }: Bench) => {
  const [delivery, subscriber, address] = await Promise.all([
    sizeOfTable(stack.dynamo, LOCAL_TABLES.deliveries, ({ dueAt }) => Number(dueAt?.N) >= SENDS_FROM),
    sizeOfTable(stack.dynamo, LOCAL_TABLES.subscribers, ({ pk }) => pk?.S?.startsWith('SUBSCRIBER') === true),
    sizeOfTable(stack.dynamo, LOCAL_TABLES.subscribers, ({ pk }) => pk?.S?.startsWith('ADDRESS') === true),
  ]);
  return { delivery: delivery.each, subscriber: subscriber.each, address: address.each, mail: took.bytes / took.mails };
};

/** Runs newsroom, planner, sender, feedback and census on the emulators and reads off what each consumed. */
export const measureCost = async (wishes: MeasureWishes): Promise<Measured> => {
  const { news } = wishes;
  const bench = await openBench(news.allow, wishes.onError);
  const { stack } = bench;
  const { progress, dense, sparse } = wishes;
  // now, and not at the end: the tree may move while the run goes on
  const commit = commitOf();
  try {
    await stack.use(news);
    const { newsPerTick, ...newsroom } = await measureNewsroom(bench, wishes, news.follow);
    const sources = news.entries.map(({ id }) => id);
    const some = readership(dense + sparse, sources, SENDS_FROM);
    stack.clock.set(SENDS_FROM - 1);
    await settleIn(stack, some.slice(0, sparse), SENDS_FROM);
    const small = await measureDigests(bench, SENDS_FROM, SENDS_FROM + wishes.hours * HOUR, progress);
    const hotAt = SENDS_FROM + wishes.hours * HOUR;
    stack.clock.set(hotAt - 1);
    const hot = some.slice(sparse).map((reader) => inOneCohort(reader, hotAt));
    await settleIn(stack, hot, hotAt);
    const big = await measureDigests(bench, hotAt, hotAt + TICK, progress);
    stack.clock.set(hotAt + 3 * HOUR);
    const census = await measureCensus(bench, some.length, hotAt + 3 * HOUR);
    const { idle } = small;
    if (!idle) throw new Error('something was due at each tick: what an idle one takes is not known');
    const ofDigests = ({ digests, ticks }: Sent) => withoutNews(beyondTicks(digests, idle, ticks));
    const [few, many] = [ofDigests(small), ofDigests(big)];
    return {
      commit,
      date: new Date().toISOString().slice(0, 10),
      news: news.told,
      dense: many.part,
      sparse: few.part,
      editionReads: few.news + many.news,
      planning: idle,
      events: big.events,
      ...newsroom,
      census,
      bytes: { ...(await measureRows(bench)), newsPerTick },
      digestsPerMonth: digestsPerMonth(some, FROM),
    };
  } finally {
    await stack.stop();
    await bench.ses.stop();
  }
};
