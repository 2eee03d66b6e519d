import { DAY, TICK } from '../../functions/model/time.ts';
import type { Measured, Part } from './measured.ts';
import type { StackFacts } from './stack-facts.ts';

export const MONTH_DAYS = 365.25 / 12;
export const TICKS = (MONTH_DAYS * DAY) / TICK;

/** The cohorts over which readers lie (infra/scale/readers.ts), and their shards. */
const COHORTS = 486;
const SHARDS = 64;
const SHARDS_A_CHUNK = 8;

/** A figure of one kind of work: units, bytes, milliseconds. */
export type Figure = (part: Part) => number;

/** What a month of so many readers takes of anything that was measured. */
export interface Month {
  subscribers: number;
  digests: number;
  measured: Measured;
  facts: StackFacts;
  /** For all digests of the month, by how many of them share a chunk. */
  ofDigests: (of: Figure) => number;
  /** For all ticks: of one kind of work at each. */
  ofTicks: (work: 'fetching' | 'editing' | 'planning', of: Figure) => number;
  ofCensus: (of: Figure) => number;
  /** For the SES events of all digests. */
  ofEvents: (of: Figure) => number;
  /** All of it but the events. */
  ofAll: (of: Figure) => number;
}

/** Chunks a digest, for readers who lie over all cohorts: a shard is used once somebody is in it. */
export const chunksPerDigest = (subscribers: number): number => {
  const readers = Math.max(1, subscribers / COHORTS);
  const shards = SHARDS * (1 - Math.exp(-readers / SHARDS));
  return Math.max(1, Math.ceil(shards / SHARDS_A_CHUNK)) / readers;
};

/** What a digest takes: between the two runs measured, by its share of a chunk. */
const perDigest = ({ dense, sparse }: Measured, subscribers: number, of: Figure): number => {
  const share = (part: Part): number => part.invocations / part.count;
  const place = (chunksPerDigest(subscribers) - share(dense)) / (share(sparse) - share(dense));
  const [few, many] = [of(sparse) / sparse.count, of(dense) / dense.count];
  return many + Math.min(1, Math.max(0, place)) * (few - many);
};

/** SES's rate of an account whose mail has grown to so many readers: what it takes to mail them in half an hour, and 14 at least. */
export const sesRateOf = (subscribers: number): number => Math.max(14, Math.min(500, subscribers / 2000));

export const monthOf = (subscribers: number, measured: Measured, facts: StackFacts): Month => {
  const digests = subscribers * measured.digestsPerMonth;
  const ofDigests = (of: Figure): number => digests * perDigest(measured, subscribers, of);
  const ofTicks: Month['ofTicks'] = (work, of) => TICKS * (of(measured[work]) / measured[work].count);
  const ofCensus = (of: Figure): number => MONTH_DAYS * subscribers * (of(measured.census) / measured.census.count);
  return {
    subscribers,
    digests,
    measured,
    facts,
    ofDigests,
    ofTicks,
    ofCensus,
    ofEvents: (of) => digests * (of(measured.events) / measured.events.count),
    ofAll: (of) =>
      ofDigests(of) + ofTicks('fetching', of) + ofTicks('editing', of) + ofTicks('planning', of) + ofCensus(of),
  };
};
