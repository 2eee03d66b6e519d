import { deliveryKept, NEWS_KEPT } from '../../functions/adapters/dynamo/table.ts';
import { DAY, TICK } from '../../functions/model/time.ts';
import { QUEUES } from '../queues.ts';
import type { Measured, Part } from './measured.ts';
import type { PriceName, Prices } from './prices.ts';
import { memoryOf, type StackFacts } from './stack-facts.ts';

const MONTH_DAYS = 365.25 / 12;
const TICKS = (MONTH_DAYS * DAY) / TICK;
const GIB = 1024 ** 3;

/** Lambda keeps five connections open to each queue, each a long poll of 20 s (AWS docs and threads; review of the plan, 1.9). */
const POLLS_A_MONTH = 5 * 3 * 60 * 24 * MONTH_DAYS;
/** SQS takes and gives ten messages a request at most. */
const MESSAGES_A_REQUEST = 10;
/** Lambda's own START, END and REPORT lines of an invocation: from memory. */
const PLATFORM_LOG_BYTES = 340;
/** Logs are stored compressed: CloudWatch's own figure for its price example. */
const LOG_COMPRESSED = 0.15;
/** The cohorts over which readers lie (infra/scale/readers.ts), and their shards. */
const COHORTS = 486;
const SHARDS = 64;
const SHARDS_A_CHUNK = 8;
/** Digests have four fifths of SES's rate. */
const RATE_SHARE = 0.8;

/** One line of the bill of a month. */
export interface Line {
  name: string;
  /** Only with SES events switched on. */
  evidence: boolean;
  quantity: number;
  unit: string;
  usd: number;
}

export interface Bill {
  subscribers: number;
  digests: number;
  lines: Line[];
  /** Chunks that a digest is a share of: what overhead is measured by. */
  chunksPerDigest: number;
}

/** Chunks a digest, for readers who lie over all cohorts: a shard is used once somebody is in it. */
export const chunksPerDigest = (subscribers: number): number => {
  const readers = Math.max(1, subscribers / COHORTS);
  const shards = SHARDS * (1 - Math.exp(-readers / SHARDS));
  return Math.max(1, Math.ceil(shards / SHARDS_A_CHUNK)) / readers;
};

/** What a digest takes: between the two runs measured, by its share of a chunk. */
const perDigest = (measured: Measured, subscribers: number, of: (part: Part) => number): number => {
  const { dense, sparse } = measured;
  const share = (part: Part): number => part.invocations / part.count;
  const place = (chunksPerDigest(subscribers) - share(dense)) / (share(sparse) - share(dense));
  const [few, many] = [of(sparse) / sparse.count, of(dense) / dense.count];
  return many + Math.min(1, Math.max(0, place)) * (few - many);
};

const unitsOf =
  (kind: 'table' | 'index', what: 'read' | 'write') =>
  ({ consumed }: Part): number =>
    Object.values(consumed[kind]).reduce((sum, units) => sum + units[what], 0);

/** Seconds times GiB of memory. */
const gbSeconds = (ms: number, memoryMiB: number): number => (ms / 1000) * (memoryMiB / 1024);

/** SES's rate of an account whose mail has grown to so many readers: what it takes to mail them in half an hour, and 14 at least. */
export const sesRateOf = (subscribers: number): number => Math.max(14, Math.min(500, subscribers / 2000));

export interface BillOf {
  subscribers: number;
  measured: Measured;
  facts: StackFacts;
  prices: Prices;
  plan: 'essentials' | 'payg';
}

/** All lines of a month. A line of nothing is shown as well: it says that it was thought of. */
export const billOf = ({ subscribers, measured, facts, prices, plan }: BillOf): Bill => {
  const digests = subscribers * measured.digestsPerMonth;
  const lines: Line[] = [];
  const line = (name: string, price: PriceName, quantity: number, unit: string, evidence = false): void => {
    lines.push({ name, evidence, quantity, unit, usd: quantity * prices.prices[price].usd });
  };
  const ofDigests = (of: (part: Part) => number): number => digests * perDigest(measured, subscribers, of);
  const ofTicks = (of: (part: Part) => number): number =>
    TICKS * (of(measured.fetching) / measured.fetching.count + of(measured.editing) / measured.editing.count);
  const ofCensus = (of: (part: Part) => number): number =>
    MONTH_DAYS * subscribers * (of(measured.census) / measured.census.count);
  const ofEvents = (of: (part: Part) => number): number => digests * (of(measured.events) / measured.events.count);
  const all = (of: (part: Part) => number): number => ofDigests(of) + ofTicks(of) + ofCensus(of);

  const loads = Math.min(TICKS, digests) * QUEUES.digests.concurrency;
  line('tables: writes', 'writeUnit', all(unitsOf('table', 'write')), 'units');
  line('indexes: writes', 'writeUnit', all(unitsOf('index', 'write')), 'units');
  line('tables: reads', 'readUnit', all(unitsOf('table', 'read')), 'units');
  line('tables: reads of editions', 'readUnit', loads * measured.editionReads, 'units');
  line('indexes: reads', 'readUnit', all(unitsOf('index', 'read')), 'units');
  // each message is sent, received and deleted; batches of one where chunks are long
  line(
    'SQS: messages',
    'queueRequest',
    all(({ sends, invocations }) => sends + 2 * invocations),
    'requests',
  );
  line('SQS: idle polling', 'queueRequest', facts.polledQueues * POLLS_A_MONTH, 'requests');
  lambdaLines(line, { measured, facts, subscribers, digests, all });
  const logBytes = all(({ logBytes: bytes, invocations }) => bytes + invocations * PLATFORM_LOG_BYTES);
  line('logs: ingestion', 'logGb', logBytes / GIB, 'GiB');
  line('logs: storage', 'logGbMonth', (logBytes / GIB) * LOG_COMPRESSED * (facts.logDays / MONTH_DAYS), 'GiB months');
  line('metrics', 'metricMonth', facts.metrics, 'metrics');
  line('alarms', 'alarmMonth', facts.alarms, 'alarms');
  line('dashboards', 'dashboardMonth', facts.dashboards, 'dashboards');
  line('keys', 'keyMonth', facts.keys, 'keys');
  line('schedules', 'schedule', facts.schedulesPerDay * MONTH_DAYS, 'invocations');
  storageLines(line, { measured, subscribers, digests });
  line('events: EventBridge', 'awsEvent', digests, 'events', true);
  // one request to put an event, and a tenth each to receive and to delete it
  line('events: SQS', 'queueRequest', digests * (1 + 2 / MESSAGES_A_REQUEST), 'requests', true);
  line('events: tables, reads', 'readUnit', ofEvents(unitsOf('table', 'read')), 'units', true);
  line('events: tables, writes', 'writeUnit', ofEvents(unitsOf('table', 'write')), 'units', true);
  line(
    'events: Lambda, requests',
    'lambdaRequest',
    ofEvents(({ invocations }) => invocations),
    'requests',
    true,
  );
  const feedbackMs = ofEvents(({ cpuMs }) => cpuMs);
  line(
    'events: Lambda, time',
    'lambdaGbSecond',
    gbSeconds(feedbackMs, memoryOf(facts, 'handle-feedback')),
    'GB-s',
    true,
  );
  line(
    'events: logs',
    'logGb',
    ofEvents(({ logBytes: b, invocations }) => b + invocations * PLATFORM_LOG_BYTES) / GIB,
    'GiB',
    true,
  );
  line('SES', plan === 'essentials' ? 'mailEssentials' : 'mailPayg', digests, 'mails');
  return { subscribers, digests, lines, chunksPerDigest: chunksPerDigest(subscribers) };
};

type AddLine = (name: string, price: PriceName, quantity: number, unit: string) => void;

const lambdaLines = (
  line: AddLine,
  of: {
    measured: Measured;
    facts: StackFacts;
    subscribers: number;
    digests: number;
    all: (of: (part: Part) => number) => number;
  },
): void => {
  const { measured, facts, subscribers, digests, all } = of;
  const { fetching, editing, census } = measured;
  line(
    'Lambda: requests',
    'lambdaRequest',
    all(({ invocations }) => invocations),
    'requests',
  );
  // a worker is paid for while it waits for a place of the rate, too
  const waitMs = (QUEUES.digests.concurrency * 1000) / (RATE_SHARE * sesRateOf(subscribers));
  const sendMs = Math.max(
    waitMs,
    perDigest(measured, subscribers, ({ cpuMs }) => cpuMs),
  );
  line('Lambda: send-digests', 'lambdaGbSecond', gbSeconds(digests * sendMs, memoryOf(facts, 'send-digests')), 'GB-s');
  const eachTick = ({ cpuMs, count }: Part): number => (TICKS * cpuMs) / count;
  line(
    'Lambda: fetch-sources',
    'lambdaGbSecond',
    gbSeconds(eachTick(fetching), memoryOf(facts, 'fetch-sources')),
    'GB-s',
  );
  line('Lambda: edit-shelves', 'lambdaGbSecond', gbSeconds(eachTick(editing), memoryOf(facts, 'edit-shelves')), 'GB-s');
  const censusMs = MONTH_DAYS * subscribers * (census.cpuMs / census.count);
  line('Lambda: take-census', 'lambdaGbSecond', gbSeconds(censusMs, memoryOf(facts, 'plan-digests')), 'GB-s');
};

const storageLines = (
  line: AddLine,
  { measured, subscribers, digests }: { measured: Measured; subscribers: number; digests: number },
): void => {
  const { bytes } = measured;
  // weekly ones stay longer, and are one in sixty
  const deliveries = digests * (deliveryKept({ kind: 'day', date: '2026-01-05' }) / DAY / MONTH_DAYS) * bytes.delivery;
  const readers = subscribers * (bytes.subscriber + bytes.address);
  const news = TICKS * (NEWS_KEPT / DAY / MONTH_DAYS) * bytes.newsPerTick;
  line('storage: Deliveries', 'tableGbMonth', deliveries / GIB, 'GiB months');
  line(
    'storage: Subscribers with index',
    'tableGbMonth',
    (readers + subscribers * bytes.subscriber) / GIB,
    'GiB months',
  );
  line('storage: News', 'tableGbMonth', news / GIB, 'GiB months');
  line('point-in-time recovery', 'recoveryGbMonth', (deliveries + readers + news) / GIB, 'GiB months');
};

/** Sums of a bill. */
export const sumsOf = ({ lines }: Bill): { beyondSes: number; evidence: number; ses: number } => {
  const sum = (wanted: (line: Line) => boolean): number =>
    lines.filter(wanted).reduce((total, { usd }) => total + usd, 0);
  return {
    beyondSes: sum(({ name, evidence }) => name !== 'SES' && !evidence),
    evidence: sum(({ evidence }) => evidence),
    ses: sum(({ name }) => name === 'SES'),
  };
};
