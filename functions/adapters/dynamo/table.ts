import { createHash } from 'node:crypto';
import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import type * as z from 'zod';
import { type Period, periodId } from '../../model/delivery.ts';
import { firstSeenOf, type StoryId } from '../../model/story.ts';
import type { SubscriberId } from '../../model/subscriber.ts';
import { DAY, type Instant } from '../../model/time.ts';

/** The real names of the five tables. */
export interface TableNames {
  news: string;
  subscribers: string;
  deliveries: string;
  cohorts: string;
  control: string;
}

/** An item as DynamoDB has it. */
export type Row = Record<string, AttributeValue>;

/** The index of Subscribers: partition `cohort` (cohort and shard), ordered by `pk`; holds those who get mail only. */
export const BY_COHORT = 'by-cohort';

/** Sources and stories of a day lie in so many partitions: a news burst stays far under the 1,000 writes a second of one. */
export const SPREAD = 8;

/** Rows that web versions of digests may still show. */
export const NEWS_KEPT = 60 * DAY;

/**
 * How long the ledger keeps a delivery, and with it the web version: more than twice as long as the fourteen that a reader's memory goes back,
 * and weekly ones for fourteen weeks.
 */
export const deliveryKept = ({ kind }: Period): number => (kind === 'week' ? 100 : 50) * DAY;

export const SPREADS: readonly number[] = Array.from({ length: SPREAD }, (_, n) => n);

/** A number that sorts as text. */
const padded = (n: number): string => String(n).padStart(10, '0');

const spreadOf = (id: string): number => (createHash('sha256').update(id).digest()[0] ?? 0) % SPREAD;

const S = (text: string): AttributeValue => ({ S: text });

/** The one map of keys: every row of every table is named here and nowhere else. */
export const KEYS = {
  /** News */
  sources: (spread: number): string => `SOURCES#${spread}`,
  source: (id: string): Row => ({ pk: S(KEYS.sources(spreadOf(id))), sk: S(id) }),
  known: (id: string): Row => ({ pk: S(`KNOWN#${id}`), sk: S('-') }),
  request: (id: string): Row => ({ pk: S(`REQUEST#${id}`), sk: S('-') }),
  storiesOf: (day: string, spread: number): string => `STORY#${day}#${spread}`,
  /** A story's id alone tells where it lies: the day it was first seen, and a shard from the half that is a hash. */
  story: (id: StoryId): Row => ({
    pk: S(KEYS.storiesOf(dayOf(firstSeenOf(id)), Number.parseInt(id.slice(6), 36) % SPREAD)),
    sk: S(id),
  }),
  event: (id: StoryId, version: number): Row => ({ pk: S(`EVENT#${id}`), sk: S(padded(version)) }),
  shelf: (id: string, edition: number): Row => ({ pk: S(`SHELF#${id}`), sk: S(padded(edition)) }),
  picks: 'PICKS',
  pick: (event: StoryId): Row => ({ pk: S(KEYS.picks), sk: S(event) }),
  /** Subscribers */
  subscriber: (id: SubscriberId): Row => ({ pk: S(`SUBSCRIBER#${id}`) }),
  cohortShard: (cohortId: string, shard: number): string => `${cohortId}#${shard}`,
  address: (addressKey: string): Row => ({ pk: S(`ADDRESS#${addressKey}`) }),
  /** Deliveries */
  delivery: (subscriber: SubscriberId, of: Period): Row => ({ pk: S(subscriber), sk: S(periodId(of)) }),
  /** Cohorts */
  cohorts: 'COHORTS',
  cohort: (id: string): Row => ({ pk: S(KEYS.cohorts), sk: S(id) }),
  followed: 'FOLLOWED',
  follow: (kind: 'source' | 'keyword', what: string): Row => ({ pk: S(KEYS.followed), sk: S(`${kind}#${what}`) }),
  planner: { pk: S('PLANNER'), sk: S('-') },
  /** Control; a policy may name a prefix */
  edition: { pk: S('EDITION') },
  budget: { pk: S('RATE') },
  brake: { pk: S('BRAKE') },
  suppressed: (hash: string): Row => ({ pk: S(`SUPPRESSED#${hash}`) }),
  limit: (hash: string, window: number): Row => ({ pk: S(`LIMIT#${hash}#${window}`) }),
  count: (counter: string, windowAt: Instant, spread: number): Row => ({
    pk: S(`COUNT#${counter}#${windowAt}#${spread}`),
  }),
} as const;

/** The UTC date of an instant, as it stands in keys. */
export const dayOf = (at: Instant): string => new Date(at).toISOString().slice(0, 10);

/** The time-to-live attribute: DynamoDB wants epoch seconds. */
export const expiresAt = (at: Instant): { ttl: AttributeValue } => ({ ttl: { N: String(Math.ceil(at / 1000)) } });

/** A noun as it is stored: one JSON text, smaller and quicker than a map of attributes. What conditions need stands beside it. */
export const docOf = (noun: object): Row => ({ doc: S(JSON.stringify(noun)) });

/** A row that is not what its key says: written by another version, or by hand. `row` names it; an address is never named. */
export class BrokenRow extends Error {
  readonly row: string;
  constructor(row: Row, why: string) {
    const pk = row.pk?.S ?? '?';
    const name = pk.startsWith('ADDRESS#') ? 'ADDRESS#...' : [pk, row.sk?.S].filter(Boolean).join(' / ');
    super(`stored row ${name} cannot be read: ${why}`);
    this.name = 'BrokenRow';
    this.row = name;
  }
}

/** Checks what a row says. @throws BrokenRow naming the row and the fields at fault, never their content */
export const parseRow = <Schema extends z.ZodType>(schema: Schema, row: Row, found: unknown): z.output<Schema> => {
  const parsed = schema.safeParse(found);
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.map(({ path, code }) => `${path.join('.') || 'row'} (${code})`);
  throw new BrokenRow(row, faults.join(', '));
};

/** The noun in a row's `doc`. @throws BrokenRow */
export const readDoc = <Schema extends z.ZodType>(schema: Schema, row: Row): z.output<Schema> => {
  let found: unknown;
  try {
    found = JSON.parse(row.doc?.S ?? '');
  } catch {
    throw new BrokenRow(row, 'doc is no JSON');
  }
  return parseRow(schema, row, found);
};
