import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  answered,
  asking,
  lease,
  mustAsk,
  newBudget,
  rateOf,
  slowedDown,
  usedUp,
} from '../../functions/digest/rate.ts';
import type { Budget, Lane, SendLimits } from '../../functions/model/budget.ts';
import { MINUTE } from '../../functions/model/time.ts';
import { BASE_AT } from '../builders.ts';

/** Fails if: a lane takes another share · the next place is not moved on · a lease is longer than a second · slowing down is undone at once. */

const LIMITS: SendLimits = { ratePerSecond: 10, maxPer24h: 1000, sentLast24h: 0 };

const known = (limits: Partial<SendLimits> = {}): Budget =>
  answered(asking(newBudget(), BASE_AT), { ...LIMITS, ...limits });

const take = (of: Budget, over: { lane?: Lane; wanted?: number; patienceMs?: number } = {}, now = BASE_AT) =>
  lease(of, { lane: 'digests', wanted: 1000, patienceMs: 3000, ...over }, now);

const granted = (...args: Parameters<typeof take>) => {
  const result = take(...args);
  if (result.kind !== 'lease') throw new Error(`no lease: ${result.why}`);
  return result;
};

describe('a lease', () => {
  it('is a second of the lane at most, spread over a second, and the next one lies behind it', () => {
    const first = granted(known());
    expect(first).toMatchObject({ fromAt: BASE_AT, gapMs: 125, count: 8 });
    expect(granted(first.budget)).toMatchObject({ fromAt: BASE_AT + 1000, count: 8 });
    expect(granted(known(), { wanted: 4 })).toMatchObject({
      gapMs: 250,
      budget: { freeAt: { digests: BASE_AT + 500 } },
    });
  });

  it('does not save up what nobody took', () => {
    expect(granted(known(), {}, BASE_AT + MINUTE)).toMatchObject({ fromAt: BASE_AT + MINUTE, count: 8 });
  });

  it('is not given for a time too far ahead; then it says how long to stay away', () => {
    let of = known();
    for (let n = 0; n < 4; n++) of = granted(of, { patienceMs: 10_000 }).budget;
    expect(take(of)).toEqual({ kind: 'none', why: 'rate', waitMs: 4000 });
  });

  it('is one mail where a second has room for less than one', () => {
    const sandbox = known({ ratePerSecond: 1, maxPer24h: 200 });
    expect(granted(sandbox)).toMatchObject({ count: 1, budget: { freeAt: { digests: BASE_AT + 1250 } } });
    expect(granted(sandbox, { lane: 'letters' })).toMatchObject({
      count: 1,
      budget: { freeAt: { letters: BASE_AT + 5000 } },
    });
  });

  it('waits a moment for the first answer of SES, and minutes if there is no rate at all', () => {
    expect(take(newBudget())).toEqual({ kind: 'none', why: 'rate', waitMs: 1000 });
    expect(take(known({ ratePerSecond: 0 }))).toMatchObject({ kind: 'none', why: 'quota' });
  });
});

describe('letters', () => {
  it('have a lane of their own: a full lane of digests does not hold them up', () => {
    let of = known();
    for (let n = 0; n < 3; n++) of = granted(of, { patienceMs: 60_000 }).budget;
    expect(granted(of, { lane: 'letters' })).toMatchObject({ fromAt: BASE_AT, gapMs: 500, count: 2 });
  });

  it('use the other lane while nobody else does', () => {
    const { budget } = granted(known({ ratePerSecond: 1 }), { lane: 'letters' });
    expect(granted(budget, { lane: 'letters' })).toMatchObject({
      fromAt: BASE_AT,
      budget: { freeAt: { digests: BASE_AT + 1250 } },
    });
    const both = granted(budget).budget;
    expect(granted(both, { lane: 'letters', patienceMs: 8000 })).toMatchObject({ fromAt: BASE_AT + 5000 });
  });

  it('have the last twentieth of the quota for themselves', () => {
    const of = known({ sentLast24h: 948 });
    const { budget, count } = granted(of);
    expect(count).toBe(2);
    expect(take(budget)).toMatchObject({ kind: 'none', why: 'quota', waitMs: 15 * MINUTE });
    expect(granted(budget, { lane: 'letters', patienceMs: 9000 }).count).toBe(2);
    expect(take(known({ sentLast24h: 1000 }), { lane: 'letters' })).toMatchObject({ kind: 'none', why: 'quota' });
  });
});

describe('the quota', () => {
  it('counts what was leased since SES was asked, and forgets it with the next answer', () => {
    const used = granted(known({ sentLast24h: 945 })).budget;
    expect(used.leased).toBe(5);
    expect(take(used)).toMatchObject({ kind: 'none', why: 'quota' });
    expect(granted(answered(used, { ...LIMITS, sentLast24h: 940 }), {}, BASE_AT + 2000).count).toBe(8);
  });

  it('has no end where SES says so', () => {
    expect(granted(known({ maxPer24h: -1, sentLast24h: 5_000_000 })).count).toBe(8);
    expect(usedUp(known({ maxPer24h: -1 }))).toBeUndefined();
  });

  it('is used up when SES says so, whatever was counted, until SES says otherwise', () => {
    const up = usedUp(known());
    expect(up && take(up, { lane: 'letters' })).toMatchObject({ kind: 'none', why: 'quota' });
    expect(up && usedUp(up)).toBeUndefined();
    expect(up && granted(answered(up, LIMITS)).count).toBe(8);
  });
});

describe('a throttle answer', () => {
  it('halves the rate of digests, once for mails under way together, and it grows back in minutes', () => {
    const half = slowedDown(known(), BASE_AT);
    if (!half) throw new Error('not slowed down');
    expect(rateOf(half, 'digests', BASE_AT)).toBe(4);
    expect(slowedDown(half, BASE_AT + 4999)).toBeUndefined();
    expect(rateOf(half, 'digests', BASE_AT + 10_000)).toBeCloseTo(4.13, 2);
    expect(rateOf(half, 'digests', BASE_AT + 2 * MINUTE)).toBeCloseTo(5.6);
    expect(rateOf(half, 'digests', BASE_AT + 5 * MINUTE)).toBe(8);
    expect(rateOf(half, 'digests', BASE_AT + MINUTE * 60)).toBe(8);
    const quarter = slowedDown(half, BASE_AT + 6_000);
    expect(quarter && rateOf(quarter, 'digests', BASE_AT + 6_000)).toBeCloseTo(2, 1);
  });

  it('leaves letters alone, and never stops digests for good', () => {
    let of = known();
    for (let n = 0; n < 50; n++) of = slowedDown(of, BASE_AT + n * 6_000) ?? of;
    const now = BASE_AT + 49 * 6_000;
    expect(rateOf(of, 'digests', now)).toBeCloseTo(0.5);
    expect(rateOf(of, 'letters', now)).toBe(2);
  });
});

it('SES is asked once a minute', () => {
  const asked = asking(newBudget(), BASE_AT);
  expect(mustAsk(newBudget(), BASE_AT)).toBe(true);
  expect(mustAsk(asked, BASE_AT + MINUTE - 1)).toBe(false);
  expect(mustAsk(asked, BASE_AT + MINUTE)).toBe(true);
});

/** Whether an SES that lets a second's mails through at once, and then its rate, would refuse one of these. */
const isThrottled = (places: readonly number[], ratePerSecond: number): boolean => {
  const burst = ratePerSecond + 2;
  let tokens = burst;
  let last = 0;
  return places
    .toSorted((a, b) => a - b)
    .some((at) => {
      tokens = Math.min(burst, tokens + ((at - last) / 1000) * ratePerSecond) - 1;
      last = at;
      return tokens < 0;
    });
};

it('whoever asks, and whenever: SES has no cause to throttle, and the day’s mails are no more than its quota', () => {
  const ask = fc.record({
    afterMs: fc.nat(700),
    lane: fc.constantFrom<Lane>('digests', 'letters'),
    wanted: fc.integer({ min: 1, max: 60 }),
    skewMs: fc.integer({ min: -1500, max: 1500 }),
    throttled: fc.boolean(),
  });
  fc.assert(
    fc.property(
      fc.array(ask, { maxLength: 80 }),
      fc.integer({ min: 1, max: 60 }),
      fc.integer({ min: 0, max: 400 }),
      (asks, ratePerSecond, sentLast24h) => {
        let of = known({ ratePerSecond, sentLast24h, maxPer24h: 500 });
        let now = BASE_AT;
        const places: number[] = [];
        const counts = { digests: 0, letters: 0 };
        for (const { afterMs, lane, wanted, skewMs, throttled } of asks) {
          now += afterMs;
          if (throttled) of = slowedDown(of, now) ?? of;
          const result = take(of, { lane, wanted, patienceMs: 8000 }, now + skewMs);
          if (result.kind === 'none') continue;
          expect(result.fromAt).toBeGreaterThanOrEqual(now + skewMs);
          of = result.budget;
          counts[lane] += result.count;
          for (let n = 0; n < result.count; n++) places.push(result.fromAt + n * result.gapMs);
        }
        expect(isThrottled(places, ratePerSecond)).toBe(false);
        expect(sentLast24h + counts.digests + counts.letters).toBeLessThanOrEqual(500);
        expect(sentLast24h + counts.digests).toBeLessThanOrEqual(Math.max(475, sentLast24h));
      },
    ),
    { numRuns: 500 },
  );
});
