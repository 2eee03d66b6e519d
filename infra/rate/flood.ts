import { createServer, type Server } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Period } from '../../functions/model/delivery.ts';
import type { Subscriber } from '../../functions/model/subscriber.ts';
import { type Instant, iso, MINUTE } from '../../functions/model/time.ts';
import type { Log } from '../../functions/ports.ts';
import { openBrowser } from '../day/post-form.ts';
import { createClock } from '../local/clock.ts';
import { invoke } from '../local/invoke.ts';
import { createMailStore } from '../local/mail-store.ts';
import { sampleAt, sampleNews } from '../local/news.ts';
import { type LocalStack, startLocal } from '../local/stack.ts';
import { seedReaders } from './readers.ts';

export interface FloodWishes {
  readers: number;
  /** SES's limits: mails a second of real time, and in 24 hours. */
  ratePerSecond: number;
  maxPer24h: number;
  /** Invocations of send-digests side by side. */
  workers: number;
  /** Somebody signs up every so often while digests go out, in ms. */
  signUpEveryMs: number;
  onError: (error: unknown) => void;
}

/** What a flood of digests did, counted by SES and the ledger, not by the product. */
export interface FloodReport {
  due: number;
  sent: number;
  skipped: number;
  failed: number;
  /** Due, and neither sent nor settled otherwise. */
  lost: number;
  /** Delivery ids that SES took more than once. */
  twice: number;
  ses: { calls: number; accepted: number; throttled: number; overQuota: number; quotaRead: number };
  /** Refusals for the rate, of all calls. */
  throttledShare: number;
  seconds: number;
  digestsPerSecond: number;
  /** Writes of the budget in Control, for all mails. */
  budgetWrites: number;
  confirmations: { asked: number; arrived: number; medianMs: number; slowestMs: number; beforeLastDigest: number };
}

const DUE_AT = Date.UTC(2026, 0, 6, 7);
const PERIOD: Period = { kind: 'day', date: '2026-01-06' };
const HOST = 'broadsheet.example';

const serveSamples = async (now: () => Instant): Promise<{ server: Server; origin: string }> => {
  const server = createServer((request, response) => {
    const sample = sampleAt((request.url ?? '').replace(/^\/samples\//, ''), now());
    response.writeHead(sample ? 200 : 404, { 'content-type': sample?.type ?? 'text/plain' }).end(sample?.body);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const bound = server.address();
  return { server, origin: `http://127.0.0.1:${typeof bound === 'object' && bound ? bound.port : 0}` };
};

const isIdle = ({ queues, delayed }: LocalStack): boolean =>
  delayed.waiting() === 0 &&
  (['digests', 'letters', 'events'] as const).every((queue) => {
    const { ready, inFlight } = queues.depth(queue);
    return ready + inFlight === 0;
  });

/** Lets the pollers work, and brings back what was put off, until nothing is left or `until` says so. */
const work = async (stack: LocalStack, until: () => boolean): Promise<void> => {
  while (!until()) {
    await stack.delayed.release(stack.clock.now());
    await sleep(20);
  }
};

const FORM = {
  cadence: ['daily'],
  hour: ['9'],
  zone: ['UTC'],
  topics: ['world'],
  reads: ['en'],
  language: ['en'],
  format: ['full'],
};

interface Asked {
  address: string;
  at: Instant;
}

/** People who sign up by the page while digests go out. */
const signUps = async (stack: LocalStack, everyMs: number, over: () => boolean): Promise<Asked[]> => {
  const browser = openBrowser(stack.functions.web, HOST, stack.clock.now);
  const asked: Asked[] = [];
  while (!over()) {
    const address = `late${asked.length}@example.org`;
    const html = await browser.get('/');
    const at = stack.clock.now();
    await browser.post({ target: '/', html }, { email: [address], ...FORM });
    asked.push({ address, at });
    await sleep(everyMs);
  }
  return asked;
};

const median = (sorted: readonly number[]): number => sorted[Math.floor(sorted.length / 2)] ?? 0;

const confirmationsOf = ({ ses }: LocalStack, asked: readonly Asked[]): FloodReport['confirmations'] => {
  const mails = ses.mails.all();
  const lastDigest = mails.findLastIndex(({ tags }) => 'delivery' in tags);
  const arrived = asked.flatMap(({ address, at }) => {
    const place = mails.findIndex(({ to, tags }) => to.includes(address) && tags.letter?.startsWith('confirm_'));
    const mail = mails[place];
    return mail ? [{ place, ms: mail.at - at }] : [];
  });
  const waits = arrived.map(({ ms }) => ms).sort((a, b) => a - b);
  return {
    asked: asked.length,
    arrived: arrived.length,
    medianMs: median(waits),
    slowestMs: waits.at(-1) ?? 0,
    beforeLastDigest: arrived.filter(({ place }) => place < lastDigest).length,
  };
};

const ledgerOf = async ({ ports }: LocalStack, readers: readonly Subscriber[]) => {
  const counts = { sent: 0, skipped: 0, failed: 0, lost: 0 };
  for (const { id } of readers) {
    const kind = (await ports.deliveries.byPeriod(id, PERIOD))?.state.kind;
    counts[kind === undefined || kind === 'claimed' ? 'lost' : kind]++;
  }
  return counts;
};

const repeated = ({ ses }: LocalStack): number => {
  const ids = ses.mails.all().flatMap(({ tags }) => tags.delivery ?? []);
  return ids.length - new Set(ids).size;
};

/** A stack whose SES has limits, with one cohort of readers and an edition: the hour before its digests are due. */
export const floodedStack = async (wishes: FloodWishes, log: Log) => {
  const clock = createClock({ at: DUE_AT - 15 * MINUTE });
  const { server, origin } = await serveSamples(clock.now);
  const news = sampleNews(origin);
  const { ratePerSecond, maxPer24h, workers, onError } = wishes;
  const stack = await startLocal({
    clock,
    mails: createMailStore(),
    publicUrl: `https://${HOST}`,
    allow: news.allow,
    welcome: false,
    sesLimits: { ratePerSecond, maxPer24h },
    workers,
    log,
    onError,
  });
  await stack.use(news);
  const readers = await seedReaders(stack.ports, wishes.readers, clock.now());
  await stack.tick(DUE_AT - 15 * MINUTE);
  clock.set(DUE_AT);
  const stop = async (): Promise<void> => {
    await stack.stop();
    server.close();
    server.closeAllConnections();
  };
  return { stack, readers, stop };
};

/** Plans everybody's digest at once, while people sign up, and waits until all is settled. Real time: as SES counts it. */
export const flood = async (wishes: FloodWishes, log: Log): Promise<FloodReport> => {
  const { stack, readers, stop } = await floodedStack(wishes, log);
  try {
    const startedAt = Date.now();
    await invoke(stack.functions.plan, { time: iso(DUE_AT) });
    const isDigest = (): number => stack.ses.mails.all().filter(({ tags }) => 'delivery' in tags).length;
    const over = (): boolean => isDigest() >= readers.length || (isIdle(stack) && Date.now() - startedAt > 5_000);
    const [asked] = await Promise.all([signUps(stack, wishes.signUpEveryMs, over), work(stack, over)]);
    const seconds = (Date.now() - startedAt) / 1000;
    await work(stack, () => isIdle(stack));
    const { accepted, throttled, overQuota, quotaRead } = stack.ses.counts();
    const calls = accepted + throttled + overQuota;
    return {
      due: readers.length,
      ...(await ledgerOf(stack, readers)),
      twice: repeated(stack),
      ses: { calls, accepted, throttled, overQuota, quotaRead },
      throttledShare: calls > 0 ? throttled / calls : 0,
      seconds,
      digestsPerSecond: isDigest() / seconds,
      budgetWrites: (await stack.ports.control.budget())?.version ?? 0,
      confirmations: confirmationsOf(stack, asked),
    };
  } finally {
    await stop();
  }
};
