import * as fc from 'fast-check';
import { HOUR, MINUTE } from '../../functions/model/time.ts';

/** What SES makes of one call: `lost` and `thrown` mails are taken without our hearing of it, a `dropped` one is not taken. */
export const ANSWERS = ['accepted', 'lost', 'thrown', 'dropped', 'throttled', 'quota', 'rejected'] as const;

/** How late an event of SES comes; null: never. */
const late = fc.constantFrom(null, 0, MINUTE, 14 * MINUTE, 29 * MINUTE, 31 * MINUTE, 2 * HOUR);

const skew = fc.integer({ min: -2 * MINUTE, max: 2 * MINUTE });

/** All chance of one history. Lists are used up in order; after their end nothing out of the ordinary happens. */
export const history = fc.record({
  /** Which of all that could happen next does happen. */
  turns: fc.array(fc.nat(255), { maxLength: 300, size: 'max' }),
  /** At which step a worker dies (SIGKILL), or its call throws: before or after it took effect. */
  faults: fc.array(
    fc.record({ step: fc.nat(300), kind: fc.constantFrom('kill' as const, 'kill' as const, 'throw' as const) }),
    { maxLength: 6, size: 'max' },
  ),
  /** By how much each worker's clock is wrong. */
  skews: fc.tuple(skew, skew, skew),
  answers: fc.array(fc.constantFrom(...ANSWERS), { maxLength: 8, size: 'max' }),
  /** The events of each mail that SES took. */
  events: fc.array(fc.record({ send: late, delivery: late, twice: fc.boolean() }), { maxLength: 8, size: 'max' }),
  /** `down`: no event of any mail ever arrives. */
  road: fc.constantFrom('up' as const, 'up' as const, 'down' as const),
  /** Which of the messages put on a queue come twice. */
  doubled: fc.array(fc.boolean(), { maxLength: 24, size: 'max' }),
  /** When a message comes again whose worker died or threw, ms. */
  returnsAfter: fc.constantFrom(1000, 6 * MINUTE, 30 * MINUTE),
  /** A reader who leaves, so many minutes after the first digest is due. */
  leaves: fc.option(fc.record({ reader: fc.nat(2), after: fc.nat(40) }), { freq: 3 }),
});

export type History = typeof history extends fc.Arbitrary<infer Value> ? Value : never;
