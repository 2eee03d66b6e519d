import { deliveryKept, NEWS_KEPT } from '../../functions/adapters/dynamo/table.ts';
import { DAY } from '../../functions/model/time.ts';
import { QUEUES } from '../queues.ts';
import type { Measured } from './measured.ts';
import { type Figure, MONTH_DAYS, type Month, monthOf, sesRateOf, TICKS } from './month.ts';
import type { PriceName, Prices } from './prices.ts';
import { memoryOf, type StackFacts } from './stack-facts.ts';

const GIB = 1024 ** 3;

/** Lambda keeps five connections open to each queue, each a long poll of 20 s (AWS docs and threads; review of the plan, 1.9). */
const POLLS_A_MONTH = 5 * 3 * 60 * 24 * MONTH_DAYS;
/** SQS takes and gives ten messages a request at most. */
const MESSAGES_A_REQUEST = 10;
/** Lambda's own START, END and REPORT lines of an invocation: from memory. */
const PLATFORM_LOG_BYTES = 340;
/** Logs are stored compressed: CloudWatch's own figure for its price example. */
const LOG_COMPRESSED = 0.15;
/** Digests have four fifths of SES's rate. */
const RATE_SHARE = 0.8;
/** A metric is paid by the hours in which it gets data: those of trouble, say, one day a month each. */
const TROUBLE_DAYS = 1;

/** What the bill takes for granted, for those who read it. */
export const ASSUMPTIONS = [
  'no free allowance is taken off; sign-ups, pages and letters are not in it',
  'Lambda is paid for the processor time of the run, or for waiting for a place of SES’s rate where that is longer',
  'Lambda polls each queue over five connections, 20 seconds a poll',
  'a metric that no ordinary day feeds has data on one day a month',
  'readers lie over 486 cohorts; the SES rate is what mails all of them in half an hour, 14 to 500 a second',
] as const;

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
}

const unitsOf =
  (kind: 'table' | 'index', what: 'read' | 'write'): Figure =>
  ({ consumed }) =>
    Object.values(consumed[kind]).reduce((sum, units) => sum + units[what], 0);

const invocationsOf: Figure = ({ invocations }) => invocations;
const processorMs: Figure = ({ cpuMs }) => cpuMs;
const logBytesOf: Figure = ({ logBytes, invocations }) => logBytes + invocations * PLATFORM_LOG_BYTES;

/** Seconds times GiB of memory. */
const gbSeconds = (ms: number, memoryMiB: number): number => (ms / 1000) * (memoryMiB / 1024);

/** A line before its price. */
type Item = readonly [name: string, price: PriceName, quantity: number, unit: string];

const tableLines = ({ ofAll, digests, measured }: Month): Item[] => {
  const loads = Math.min(TICKS, digests) * QUEUES.digests.concurrency;
  return [
    ['tables: writes', 'writeUnit', ofAll(unitsOf('table', 'write')), 'units'],
    ['indexes: writes', 'writeUnit', ofAll(unitsOf('index', 'write')), 'units'],
    ['tables: reads', 'readUnit', ofAll(unitsOf('table', 'read')), 'units'],
    ['tables: reads of editions', 'readUnit', loads * measured.editionReads, 'units'],
    ['indexes: reads', 'readUnit', ofAll(unitsOf('index', 'read')), 'units'],
  ];
};

const queueLines = ({ ofAll, facts }: Month): Item[] => {
  // each message is sent, received and deleted; batches of one where chunks are long
  const requests = ofAll(({ sends, invocations }) => sends + 2 * invocations);
  return [
    ['SQS: messages', 'queueRequest', requests, 'requests'],
    ['SQS: idle polling', 'queueRequest', facts.polledQueues * POLLS_A_MONTH, 'requests'],
  ];
};

const lambdaLines = ({ ofAll, ofDigests, ofTicks, ofCensus, digests, facts, subscribers }: Month): Item[] => {
  // a worker is paid for while it waits for a place of the rate, too
  const waitMs = (QUEUES.digests.concurrency * 1000) / (RATE_SHARE * sesRateOf(subscribers));
  const time = (name: string, ms: number): Item => [
    `Lambda: ${name}`,
    'lambdaGbSecond',
    gbSeconds(ms, memoryOf(facts, name)),
    'GB-s',
  ];
  return [
    ['Lambda: requests', 'lambdaRequest', ofAll(invocationsOf), 'requests'],
    time('send-digests', Math.max(digests * waitMs, ofDigests(processorMs))),
    time('plan-digests', ofTicks('planning', processorMs)),
    time('fetch-sources', ofTicks('fetching', processorMs)),
    time('edit-shelves', ofTicks('editing', processorMs)),
    time('take-census', ofCensus(processorMs)),
  ];
};

const watchingLines = ({ ofAll, facts }: Month): Item[] => {
  const logs = ofAll(logBytesOf) / GIB;
  return [
    ['logs: ingestion', 'logGb', logs, 'GiB'],
    ['logs: storage', 'logGbMonth', logs * LOG_COMPRESSED * (facts.logDays / MONTH_DAYS), 'GiB months'],
    ['metrics', 'metricMonth', facts.metrics, 'metrics'],
    ['metrics of trouble', 'metricMonth', facts.rareMetrics * (TROUBLE_DAYS / MONTH_DAYS), 'metric months'],
    ['alarms', 'alarmMonth', facts.alarms, 'alarms'],
    ['dashboards', 'dashboardMonth', facts.dashboards, 'dashboards'],
    ['keys', 'keyMonth', facts.keys, 'keys'],
    ['schedules', 'schedule', facts.schedulesPerDay * MONTH_DAYS, 'invocations'],
  ];
};

const storageLines = ({ measured: { bytes }, subscribers, digests }: Month): Item[] => {
  // weekly ones stay longer, and are one in sixty
  const deliveries = digests * (deliveryKept({ kind: 'day', date: '2026-01-05' }) / DAY / MONTH_DAYS) * bytes.delivery;
  const readers = subscribers * (bytes.subscriber + bytes.address);
  const news = TICKS * (NEWS_KEPT / DAY / MONTH_DAYS) * bytes.newsPerTick;
  const withIndex = readers + subscribers * bytes.subscriber;
  return [
    ['storage: Deliveries', 'tableGbMonth', deliveries / GIB, 'GiB months'],
    ['storage: Subscribers with index', 'tableGbMonth', withIndex / GIB, 'GiB months'],
    ['storage: News', 'tableGbMonth', news / GIB, 'GiB months'],
    ['point-in-time recovery', 'recoveryGbMonth', (deliveries + readers + news) / GIB, 'GiB months'],
  ];
};

const evidenceLines = ({ ofEvents, digests, facts }: Month): Item[] => [
  ['events: EventBridge', 'awsEvent', digests, 'events'],
  // one request to put an event, and a tenth each to receive and to delete it
  ['events: SQS', 'queueRequest', digests * (1 + 2 / MESSAGES_A_REQUEST), 'requests'],
  ['events: tables, reads', 'readUnit', ofEvents(unitsOf('table', 'read')), 'units'],
  ['events: tables, writes', 'writeUnit', ofEvents(unitsOf('table', 'write')), 'units'],
  ['events: Lambda, requests', 'lambdaRequest', ofEvents(invocationsOf), 'requests'],
  [
    'events: Lambda, time',
    'lambdaGbSecond',
    gbSeconds(ofEvents(processorMs), memoryOf(facts, 'handle-feedback')),
    'GB-s',
  ],
  ['events: logs', 'logGb', ofEvents(logBytesOf) / GIB, 'GiB'],
];

export interface BillOf {
  subscribers: number;
  measured: Measured;
  facts: StackFacts;
  prices: Prices;
  plan: 'essentials' | 'payg';
}

/** All lines of a month. A line of nothing is shown as well: it says that it was thought of. */
export const billOf = ({ subscribers, measured, facts, prices, plan }: BillOf): Bill => {
  const month = monthOf(subscribers, measured, facts);
  const priced =
    (evidence: boolean) =>
    ([name, price, quantity, unit]: Item): Line => ({
      name,
      evidence,
      quantity,
      unit,
      usd: quantity * prices.prices[price].usd,
    });
  const always = [tableLines, queueLines, lambdaLines, watchingLines, storageLines].flatMap((lines) => lines(month));
  const mail: Item = ['SES', plan === 'essentials' ? 'mailEssentials' : 'mailPayg', month.digests, 'mails'];
  return {
    subscribers,
    digests: month.digests,
    lines: [...always.map(priced(false)), ...evidenceLines(month).map(priced(true)), priced(false)(mail)],
  };
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
