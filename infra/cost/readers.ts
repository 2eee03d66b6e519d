import { dueInstants } from '../../functions/digest/due.ts';
import { cohortOf } from '../../functions/model/cohort.ts';
import type { Subscriber } from '../../functions/model/subscriber.ts';
import { DAY, type Instant } from '../../functions/model/time.ts';
import type { LocalStack } from '../local/stack.ts';
import { fillReaders } from '../scale/fill.ts';
import { scaleReader } from '../scale/readers.ts';
import { fillHistory } from './history.ts';

const MONTH_DAYS = 365.25 / 12;

/** Digests a reader gets in a month: four weeks of the calendar, which holds every weekday alike. */
export const digestsPerMonth = (readers: readonly Subscriber[], from: Instant): number => {
  const due = readers.reduce(
    (sum, { preferences }) => sum + dueInstants(cohortOf(preferences), from, from + 28 * DAY).length,
    0,
  );
  return (due / readers.length / 28) * MONTH_DAYS;
};

/** The first readers of the scale run. */
export const readership = (count: number, sources: readonly string[], at: Instant): Subscriber[] =>
  Array.from({ length: count }, (_, number) => scaleReader(number, sources, at));

/** The same reader, due at this instant with all others. */
export const inOneCohort = (reader: Subscriber, at: Instant): Subscriber => ({
  ...reader,
  preferences: { ...reader.preferences, cadence: 'daily', zone: 'UTC', hour: new Date(at).getUTCHours() },
});

/** Writes readers and the ledgers of those who were there for long. */
export const settleIn = async (stack: LocalStack, readers: readonly Subscriber[], at: Instant): Promise<void> => {
  const known = new Map(readers.map((reader, number) => [number, reader]));
  const readerOf = (number: number): Subscriber => known.get(number) ?? scaleReader(number, [], at);
  await fillReaders(stack, readers.length, readerOf, at - 1);
  await fillHistory(stack.dynamo, readers, at);
};
