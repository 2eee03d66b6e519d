import { partOfNight } from '../../functions/digest/night.ts';
import { type Instant, TICK } from '../../functions/model/time.ts';

/** A whole night that ends at an instant: the eight quarters of an hour to it, in the order of their readers, as the schedule has them. */
export const nightUntil = (at: Instant): Instant[] =>
  Array.from({ length: partOfNight(at).of }, (_, quarter) => at - quarter * TICK).sort(
    (a, b) => partOfNight(a).part - partOfNight(b).part,
  );
