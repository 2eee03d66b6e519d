import type { FunctionName } from './access.ts';

/** An alarm on lines that a function logs: `{"level", "event", ...}`. */
export interface LogAlarm {
  id: string;
  /** What the operator reads when it fires: what is wrong, and what to do. */
  says: string;
  events: readonly string[];
  of: readonly FunctionName[];
  /** Logs such lines too, where mail is taken. */
  ofInbound?: FunctionName;
  /** More lines than this within `minutes` fire it. */
  above: number;
  minutes: number;
}

/** Lines that mean trouble. A metric is paid by the hours in which it gets a line: those with `above: 0` cost nothing on an ordinary day. */
export const LOG_ALARMS: readonly LogAlarm[] = [
  {
    id: 'Unknown',
    says: 'Digests ended failed(unknown): nobody knows whether SES took them. Look at SES and at the road of its events.',
    events: ['settle.unknown'],
    of: ['send-digests', 'send-letters'],
    above: 0,
    minutes: 15,
  },
  {
    id: 'Overdue',
    says: 'Digests that were due an hour ago are not settled. Is send-digests running, is the quota used up, is the brake on?',
    events: ['plan.overdue', 'plan.too-late'],
    of: ['plan-digests'],
    above: 0,
    minutes: 15,
  },
  {
    id: 'Brake',
    says: 'Too many bounces or complaints: digests are held back. See `npx broadsheet brake`, and release it once you know why.',
    events: ['brake.on'],
    of: ['handle-feedback'],
    above: 0,
    minutes: 15,
  },
  {
    id: 'Lost',
    says: 'The census found readers that planning had lost, or digests missing from the ledger; the log names them.',
    events: ['reconcile.missing', 'reconcile.stray', 'reconcile.held-back', 'census.repaired', 'census.address-twice'],
    of: ['take-census'],
    above: 0,
    minutes: 60,
  },
  {
    id: 'Restored',
    says: 'The tables are older than what was planned: nothing is mailed until `npx broadsheet resume --from ISO`.',
    events: ['plan.restored-tables', 'reconcile.restored-tables'],
    of: ['plan-digests', 'take-census'],
    above: 0,
    minutes: 15,
  },
  {
    id: 'Broken',
    says: 'Rows, cohorts or digests that cannot be read or made: each costs one reader. The log names them.',
    events: ['row.broken', 'send.broken', 'settle.broken', 'plan.cohort-broken', 'reconcile.broken', 'census.broken'],
    of: ['edit-shelves', 'plan-digests', 'send-digests', 'send-letters', 'take-census'],
    above: 0,
    minutes: 15,
  },
  {
    id: 'Rate',
    says: 'SES refuses mails for their rate or quota, or does not tell its limits: sending has slowed down.',
    events: ['rate.refused', 'rate.unread'],
    of: ['send-digests', 'send-letters'],
    above: 5,
    minutes: 15,
  },
  {
    id: 'Quota',
    says: 'Four fifths of the day’s SES quota are used. At 95 % digests wait; ask AWS for more.',
    events: ['rate.quota-high'],
    of: ['send-digests', 'send-letters'],
    above: 0,
    minutes: 15,
  },
  {
    id: 'FailingSources',
    says: 'A quarter of all sources fail again and again: are we cut off, or turned away? The log says how many, fetch-sources why.',
    events: ['sources.failing'],
    of: ['edit-shelves'],
    above: 0,
    minutes: 60,
  },
  {
    id: 'Rejected',
    says: 'SES takes no mail of ours: mail.stopped in the log says whether the account is paused, the sender not verified or a permission missing; letters wait for two days, digests for one. Or it found a virus in a mail (mail.rejected).',
    events: ['mail.stopped', 'mail.rejected'],
    of: ['send-digests', 'send-letters', 'handle-feedback'],
    above: 0,
    minutes: 15,
  },
  {
    id: 'Pages',
    says: 'The pages answered with errors of their own.',
    events: ['web.failed'],
    of: ['web'],
    above: 0,
    minutes: 15,
  },
  {
    id: 'SignUps',
    says: 'Unusually many sign-ups: somebody may be using the form to bother other people.',
    events: ['sign-up.taken'],
    of: ['web'],
    ofInbound: 'handle-mail',
    above: 500,
    minutes: 60,
  },
  {
    id: 'ZoneData',
    says: 'The time zone data of the runtime is older than the newest that was known at release: where a country has changed its hours since, digests may come an hour off until AWS renews Node. Told once a day.',
    events: ['zone-data.old'],
    of: ['plan-digests'],
    above: 0,
    minutes: 60,
  },
];

/**
 * Functions that must run: their silence is the alarm. AWS counts invocations for nothing; that one did its work is told by the queue
 * of missed ticks, where a run lands that failed three times.
 */
export const HEARTBEATS = [
  {
    id: 'Planner',
    says: 'The planner did not run for an hour: the schedule stands still. Digests wait.',
    of: 'plan-digests',
    minutes: 60,
  },
  {
    id: 'Newsroom',
    says: 'The editor did not run for an hour: digests go out with old news, or none.',
    of: 'edit-shelves',
    minutes: 60,
  },
  {
    id: 'Census',
    says: 'The census did not run for a day: lost readers would stay lost.',
    of: 'take-census',
    minutes: 24 * 60,
  },
] as const satisfies readonly { id: string; says: string; of: FunctionName; minutes: number }[];

/** A run that took a greater share of its timeout was nearly killed. */
export const SLOW = {
  says: 'A function took more than four fifths of the time that it has. The REPORT lines of its log say how long.',
  minutes: 15,
} as const;

/**
 * The share of its timeout from which a run is slow. A long chunk of digests is worked on until 15 seconds before the end, and the rest
 * handed back: only what comes closer is slow.
 */
export const slowShare = (name: FunctionName): number => (name === 'send-digests' ? 0.97 : 0.8);

/**
 * What Lambda counts of all functions of the account, and for nothing: a metric for each of ours would be paid. One failed run is tried
 * again; more within a quarter of an hour are no accident.
 */
export const FAILED = {
  says: 'Functions failed again and again: their logs say why. The figure is of the whole account, other applications included.',
  above: 2,
  minutes: 15,
} as const;

/** No function keeps a share of the account's concurrency for itself: if one is throttled, the whole account is. */
export const THROTTLED = {
  says: 'Lambda turned calls away: the account runs as many functions at once as it may. Ask AWS for more, or see who uses them.',
  above: 0,
  minutes: 15,
} as const;

/** How old the oldest message of each queue may become, in minutes. A confirmation is waited for. */
export const OLDEST_MINUTES = { fetch: 60, digests: 60, letters: 10, events: 60, mail: 60 } as const;

/** SES reviews an account at 5 % bounces and 0.1 % complaints: the alarm is for what our own brake does not see. */
export const REPUTATION = [
  { id: 'Bounces', metric: 'Reputation.BounceRate', above: 0.04 },
  { id: 'Complaints', metric: 'Reputation.ComplaintRate', above: 0.0009 },
] as const;
