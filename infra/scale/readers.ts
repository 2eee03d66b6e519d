import { createHash } from 'node:crypto';
import type { Cadence, Preferences, Subscriber } from '../../functions/model/subscriber.ts';
import { DAY, type Instant } from '../../functions/model/time.ts';
import { TOPICS } from '../../functions/model/topic.ts';

/**
 * How a big readership lies over the week. These shares are ours, not measured anywhere: mornings in one populous zone are the worst
 * that the sender has to take, and 0.7 x 0.3 x 0.24 puts 50,400 of a million readers into the cohort daily|7|Europe/Berlin.
 */
const CADENCES: [Cadence, number][] = [
  ['daily', 70],
  ['workdays', 20],
  ['weekly', 10],
];
const HOURS: [number, number][] = [
  [7, 30],
  [8, 20],
  [6, 15],
  [18, 15],
  [12, 10],
  [21, 10],
];
const ZONES: [string, number][] = [
  ['Europe/Berlin', 24],
  ['America/New_York', 20],
  ['America/Los_Angeles', 12],
  ['Europe/London', 12],
  ['Asia/Kolkata', 10],
  ['America/Sao_Paulo', 7],
  ['Asia/Tokyo', 6],
  ['Australia/Sydney', 5],
  ['Africa/Nairobi', 4],
];

/** The cohort with the most readers. */
export const HOT_COHORT = 'daily|7|Europe/Berlin';

/** The value whose share of a hundred the number falls into. */
const shareOf = <Value>(shares: readonly [Value, number][], number: number): Value => {
  let left = number % 100;
  for (const [value, share] of shares) {
    left -= share;
    if (left < 0) return value;
  }
  throw new Error('shares are of a hundred');
};

const preferencesOf = (hash: Buffer, sources: readonly string[]): Preferences => {
  const byte = (at: number): number => hash[at] ?? 0;
  const topics = TOPICS.filter((_, at) => (hash.readUInt16BE(8) >> at) & 1);
  return {
    cadence: shareOf(CADENCES, hash.readUInt16BE(0)),
    weekday: 1 + (byte(10) % 7),
    hour: shareOf(HOURS, hash.readUInt16BE(2)),
    zone: shareOf(ZONES, hash.readUInt16BE(4)),
    topics: topics.length > 0 ? topics : ['world'],
    sources: sources.filter((_, at) => byte(12 + (at % 8)) % 5 === at % 5).slice(0, 8),
    keywords: [],
    mutes: [],
    votes: [],
    reads: ['en'],
    country: 'DE',
    language: 'en',
    format: 'full',
    pictures: 'lead',
    maxStories: 15,
  };
};

/** The reader of a number: the same in every run, and no two alike. */
export const scaleReader = (number: number, sources: readonly string[], at: Instant): Subscriber => {
  const hash = createHash('sha256').update(`reader ${number}`).digest();
  const address = `reader-${number}@people.example`;
  const since = at - (1 + (hash.readUInt16BE(20) % 900)) * DAY;
  return {
    v: 1,
    id: BigInt(`0x${hash.toString('hex')}`)
      .toString(36)
      .slice(1, 17),
    address,
    addressKey: address,
    status: { kind: 'active' },
    preferences: preferencesOf(hash, sources),
    version: 1,
    generation: 0,
    signedUpAt: since,
    confirmedAt: since,
    movedAt: since,
  };
};
