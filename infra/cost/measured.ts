import { readFileSync, writeFileSync } from 'node:fs';
import * as z from 'zod';

const units = z.record(z.string(), z.object({ read: z.number(), write: z.number() }));

/** Units by table and index. */
const consumed = z.object({ table: units, index: units });

/** What one kind of work consumed in a run, and how much of it was done. */
const part = z.object({
  /** Digests, events, ticks of the newsroom, or subscribers, by the part. */
  count: z.number().positive(),
  consumed,
  invocations: z.number(),
  /** Sends to queues by requests of up to 64 KB, and the messages in them. */
  sends: z.number(),
  messages: z.number(),
  /** Processor time of the process that held functions, queues and SES endpoint: more than the function alone would take. */
  cpuMs: z.number(),
  logBytes: z.number(),
});

export type Part = z.infer<typeof part>;

const measured = z.object({
  commit: z.string(),
  date: z.iso.date(),
  news: z.string(),
  /**
   * Planning, selecting, rendering, claiming, sending, settling: a digest. Dense: readers of one cohort, as many to a shard as in a
   * readership of a million. Sparse: a readership so small that most chunks hold one reader.
   */
  dense: part,
  sparse: part,
  /** Reads of News by one worker for one edition: its shelves, events, stories and sources, however many readers it serves. */
  editionReads: z.number(),
  /** A tick of the planner at which nothing is due; what is due takes the rest. */
  planning: part,
  /** An SES event. */
  events: part,
  /** Fetching, a tick; editing, a tick. */
  fetching: part,
  editing: part,
  /** The night's census with reconciliation, a subscriber. */
  census: part,
  bytes: z.object({
    /** A row, with what DynamoDB adds to each; of deliveries those that the run itself made. */
    delivery: z.number(),
    subscriber: z.number(),
    address: z.number(),
    /** Written to News by one tick of the newsroom. */
    newsPerTick: z.number(),
    mail: z.number(),
  }),
  /** Digests a subscriber gets in a month, by the calendar and the readers of the run. */
  digestsPerMonth: z.number(),
});

/** A run of which the cost is made. */
export type Measured = z.infer<typeof measured>;

export const OUR_RUN = new URL('measured.json', import.meta.url);

/** @throws an Error of one line if there is none */
export const readMeasured = (file: string | URL = OUR_RUN): Measured => {
  try {
    return measured.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    throw new Error(`${file}: no measured run; npm run cost -- --measure makes one`);
  }
};

export const writeMeasured = (run: Measured, file: string | URL = OUR_RUN): void =>
  writeFileSync(file, `${JSON.stringify(measured.parse(run), null, 2)}\n`);
