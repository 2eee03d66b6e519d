import { dueInstants, periodAt } from '../../functions/digest/due.ts';
import { cohortOf } from '../../functions/model/cohort.ts';
import { deliveryId } from '../../functions/model/delivery.ts';
import { HOUR, type Instant, TICK } from '../../functions/model/time.ts';
import { scaleReader } from './readers.ts';

/** Monday, midnight UTC: a workday, and one on which weekly digests are due. */
export const DAY_OF_RUN = Date.UTC(2026, 10, 23);

/** What a run must mail. */
export interface Due {
  ids: Set<string>;
  /** Ascending. */
  ticks: Instant[];
}

/** Delivery ids that must be mailed once, by the calendar and the readers alone, and the ticks they are due at. */
export const dueOf = (
  wishes: { subscribers: number; from: number; hours: number },
  sources: readonly string[],
): Due => {
  const ids = new Set<string>();
  const ticks = new Set<Instant>();
  const begin = DAY_OF_RUN + wishes.from * HOUR;
  for (let number = 0; number < wishes.subscribers; number++) {
    const reader = scaleReader(number, sources, DAY_OF_RUN);
    const cohort = cohortOf(reader.preferences);
    for (const at of dueInstants(cohort, begin, begin + wishes.hours * HOUR)) {
      ids.add(deliveryId(reader.id, periodAt(cohort, at)));
      ticks.add(Math.ceil(at / TICK) * TICK);
    }
  }
  return { ids, ticks: [...ticks].sort((a, b) => a - b) };
};
