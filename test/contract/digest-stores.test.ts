import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Stores } from '../../functions/adapters/dynamo/stores.ts';
import { DAY, HOUR, MINUTE } from '../../functions/model/time.ts';
import { aDelivery, aMailedStory, BASE_AT } from '../builders.ts';
import { BOTH, newId, trues, twenty } from './both-stores.ts';

describe.each(BOTH)('stores of digests on %s', (_name, open) => {
  let stores: Stores;
  let close: () => Promise<void>;

  beforeAll(async () => {
    ({ stores, close } = await open());
  });
  afterAll(() => close());

  describe('deliveries', () => {
    const claimed = async (over: Parameters<typeof aDelivery>[0] = {}) => {
      const entry = aDelivery({ subscriber: newId(), ...over });
      expect(await stores.deliveries.claim(entry)).toEqual({ kind: 'claimed' });
      return entry;
    };
    const second = { kind: 'claimed', at: BASE_AT + MINUTE, attempt: 2 } as const;

    it('lists what is named by dates, both ends included', async () => {
      const subscriber = newId();
      const of = (date: string, kind: 'day' | 'week' | 'welcome') => ({ subscriber, period: { kind, date } });
      const rows = [
        of('2026-01-04', 'day'),
        of('2026-01-05', 'day'),
        of('2026-01-05', 'week'),
        of('2026-01-06', 'welcome'),
        of('2026-01-07', 'day'),
      ];
      for (const row of rows) await claimed(row);
      const found = await stores.deliveries.between(subscriber, '2026-01-05', '2026-01-06');
      expect(found.map(({ period }) => period)).toEqual(rows.slice(1, 4).map(({ period }) => period));
    });

    it('is claimed by one of twenty', async () => {
      const subscriber = newId();
      const claims = await Promise.all(
        twenty.map((n) =>
          stores.deliveries.claim(aDelivery({ subscriber, edition: n, stories: [aMailedStory(`${n}`)] })),
        ),
      );
      const won = claims.findIndex(({ kind }) => kind === 'claimed');
      const entry = aDelivery({ subscriber, edition: won, stories: [aMailedStory(`${won}`)] });
      const lost = { kind: 'exists', delivery: entry };
      expect(claims).toEqual(twenty.map((n) => (n === won ? { kind: 'claimed' } : lost)));
      expect(await stores.deliveries.byPeriod(subscriber, entry.period)).toEqual(entry);
    });

    it.each([
      { kind: 'sent', at: BASE_AT, messageId: 'm1' },
      { kind: 'sent', at: BASE_AT },
      { kind: 'skipped', at: BASE_AT, reason: 'nothing-new' },
      { kind: 'failed', at: BASE_AT, reason: 'unknown' },
    ] as const)('is settled once as $kind', async (state) => {
      const entry = await claimed();
      const { subscriber, period } = entry;
      expect(await stores.deliveries.settle(subscriber, period, 2, state)).toBe(false);
      expect(await stores.deliveries.settle(subscriber, period, 1, state)).toBe(true);
      expect(await stores.deliveries.settle(subscriber, period, 1, state)).toBe(false);
      expect(await stores.deliveries.byPeriod(subscriber, period)).toEqual({ ...entry, state });
      expect(await stores.deliveries.reclaim({ ...entry, state: second })).toBe(false);
      expect(await stores.deliveries.release(subscriber, period)).toBe(false);
    });

    it('settles nothing that was never claimed', async () => {
      const state = { kind: 'sent', at: BASE_AT } as const;
      expect(await stores.deliveries.settle(newId(), aDelivery().period, 1, state)).toBe(false);
    });

    it('takes a skip as its first entry', async () => {
      const state = { kind: 'skipped', at: BASE_AT, reason: 'too-soon' } as const;
      const entry = await claimed({ state, stories: [] });
      expect(await stores.deliveries.byPeriod(entry.subscriber, entry.period)).toEqual(entry);
    });

    it('is attempted a second time by one of twenty, and the first attempt settles it no more', async () => {
      const entry = await claimed();
      const again = { ...entry, state: second, stories: [aMailedStory('other')] };
      expect(trues(await Promise.all(twenty.map(() => stores.deliveries.reclaim(again))))).toBe(1);
      const sent = { kind: 'sent', at: BASE_AT + MINUTE } as const;
      expect(await stores.deliveries.settle(entry.subscriber, entry.period, 1, sent)).toBe(false);
      expect(await stores.deliveries.byPeriod(entry.subscriber, entry.period)).toEqual(again);
      expect(await stores.deliveries.release(entry.subscriber, entry.period)).toBe(false);
      expect(await stores.deliveries.settle(entry.subscriber, entry.period, 2, sent)).toBe(true);
    });

    it('is released while it is a first claim, and may be claimed anew', async () => {
      const entry = await claimed();
      expect(
        trues(await Promise.all(twenty.map(() => stores.deliveries.release(entry.subscriber, entry.period)))),
      ).toBe(1);
      expect(await stores.deliveries.byPeriod(entry.subscriber, entry.period)).toBeUndefined();
      expect(await stores.deliveries.reclaim({ ...entry, state: second })).toBe(false);
      expect(await stores.deliveries.claim(entry)).toEqual({ kind: 'claimed' });
    });

    it('becomes sent by evidence, which ends every claim on it', async () => {
      const entry = await claimed();
      const { subscriber, period } = entry;
      expect(await stores.deliveries.evidence(subscriber, period, BASE_AT + 5, 'm9')).toBe(true);
      expect(await stores.deliveries.evidence(subscriber, period, BASE_AT + 9, 'm9')).toBe(true);
      const sent = { kind: 'sent', at: BASE_AT + 5, messageId: 'm9' };
      expect(await stores.deliveries.byPeriod(subscriber, period)).toEqual({
        ...entry,
        state: sent,
        evidenceAt: BASE_AT + 5,
      });
      expect(await stores.deliveries.settle(subscriber, period, 1, { kind: 'sent', at: BASE_AT })).toBe(false);
      expect(await stores.deliveries.reclaim({ ...entry, state: second })).toBe(false);
    });

    it('keeps a failure and the evidence against it, and knows no evidence for what is not there', async () => {
      const entry = await claimed();
      const failed = { kind: 'failed', at: BASE_AT, reason: 'unknown' } as const;
      await stores.deliveries.settle(entry.subscriber, entry.period, 1, failed);
      expect(await stores.deliveries.evidence(entry.subscriber, entry.period, BASE_AT + 7, 'm')).toBe(true);
      expect(await stores.deliveries.byPeriod(entry.subscriber, entry.period)).toEqual({
        ...entry,
        state: failed,
        evidenceAt: BASE_AT + 7,
      });
      expect(await stores.deliveries.evidence(newId(), entry.period, BASE_AT, 'm')).toBe(false);
    });

    it('lists the last ones, newest first, of one subscriber', async () => {
      const subscriber = newId();
      const dates = ['2026-01-03', '2025-12-31', '2026-01-10', '2026-01-04'];
      for (const date of dates) await claimed({ subscriber, period: { kind: 'day', date } });
      await claimed({ subscriber, period: { kind: 'welcome', date: '2026-01-03' } });
      await claimed({ period: { kind: 'day', date: '2026-02-01' } });
      const last = await stores.deliveries.last(subscriber, 4);
      expect(last.map(({ period }) => `${period.date} ${period.kind}`)).toEqual([
        '2026-01-10 day',
        '2026-01-04 day',
        '2026-01-03 welcome',
        '2026-01-03 day',
      ]);
    });

    it('keeps hashes as they are', async () => {
      const stories = Array.from({ length: 40 }, (_, n) => aMailedStory(`s${n}`, { turn: n * 6 }));
      const entry = await claimed({ stories, evidenceAt: BASE_AT });
      expect(await stores.deliveries.byPeriod(entry.subscriber, entry.period)).toEqual(entry);
      const unpackable = aDelivery({ subscriber: newId(), stories: [aMailedStory('e', { event: 2 ** 32 })] });
      await expect(stores.deliveries.claim(unpackable)).rejects.toThrow();
    });
  });

  describe('control', () => {
    it('suppresses until it is told otherwise; a complaint outlives bounces', async () => {
      const key = 'bounced@example.com';
      expect(await stores.control.suppressed(key)).toBeUndefined();
      await stores.control.suppress(key, 'bounce', BASE_AT);
      expect(await stores.control.suppressed(key)).toBe('bounce');
      await stores.control.suppress(key, 'complaint', BASE_AT);
      await stores.control.suppress(key, 'bounce', BASE_AT);
      expect(await stores.control.suppressed(key)).toBe('complaint');
      await stores.control.unsuppress(key);
      expect(await stores.control.suppressed(key)).toBeUndefined();
    });

    it('lets as many through a window as its limit, and again in the next', async () => {
      const use = (at: number, key = 'sign-up 192.0.2.1') => stores.control.withinLimit(key, 5, HOUR, at);
      expect(trues(await Promise.all(twenty.map(() => use(BASE_AT))))).toBe(5);
      expect(await use(BASE_AT + HOUR - 1)).toBe(false);
      expect(await use(BASE_AT, 'sign-up 192.0.2.2')).toBe(true);
      expect(await use(BASE_AT + HOUR)).toBe(true);
      expect(await stores.control.withinLimit('sign-up 192.0.2.1', 5, DAY, BASE_AT)).toBe(true);
    });

    it('counts by windows of ten minutes, from many places at once', async () => {
      await Promise.all(twenty.map((n) => stores.control.count('accepted', BASE_AT + n, n)));
      await stores.control.count('accepted', BASE_AT + 10 * MINUTE, 7);
      await stores.control.count('resent', BASE_AT, 1);
      expect(await stores.control.counted('accepted', BASE_AT + 9 * MINUTE)).toBe(190);
      expect(await stores.control.counted('accepted', BASE_AT + 10 * MINUTE)).toBe(7);
      expect(await stores.control.counted('accepted', BASE_AT - 1)).toBe(0);
    });

    it('counts what has a name once, beside what has none', async () => {
      const at = BASE_AT + HOUR;
      const messages = [...twenty, ...twenty].map((n) => `message ${n}`);
      await Promise.all(messages.map((name) => stores.control.countOnce('bounced', at, name)));
      await stores.control.count('bounced', at, 3);
      await stores.control.countOnce('complained', at, 'message 1');
      expect(await stores.control.counted('bounced', at)).toBe(23);
      expect(await stores.control.counted('complained', at)).toBe(1);
      expect(await stores.control.counted('bounced', at + 10 * MINUTE)).toBe(0);
    });

    it('keeps the brake as it was last set', async () => {
      expect(await stores.control.brake()).toBeUndefined();
      const on = { v: 1, kind: 'on', at: BASE_AT, why: 'complaints', events: 3, mails: 2000 } as const;
      await stores.control.setBrake(on);
      expect(await stores.control.brake()).toEqual(on);
      await stores.control.setBrake({ v: 1, kind: 'off', at: BASE_AT + 1 });
      expect(await stores.control.brake()).toEqual({ v: 1, kind: 'off', at: BASE_AT + 1 });
    });

    it('keeps the sending budget; of twenty writers of one version one is heard', async () => {
      expect(await stores.control.budget()).toBeUndefined();
      const first = {
        v: 1,
        version: 1,
        askedAt: BASE_AT,
        leased: 3,
        limits: { ratePerSecond: 0.5, maxPer24h: -1, sentLast24h: 12 },
        slowed: { share: 0.25, at: BASE_AT },
        freeAt: { digests: BASE_AT + 71.428_571, letters: 0 },
      } as const;
      const save = (version: number) => (n: number) => stores.control.saveBudget({ ...first, version, leased: n });
      expect(await stores.control.saveBudget({ ...first, version: 2 })).toBe(false);
      expect(trues(await Promise.all(twenty.map(save(1))))).toBe(1);
      expect(await stores.control.saveBudget({ ...first, version: 3 })).toBe(false);
      expect(trues(await Promise.all(twenty.map(save(2))))).toBe(1);
      expect(await stores.control.saveBudget({ ...first, version: 3 })).toBe(true);
      expect(await stores.control.budget()).toEqual({ ...first, version: 3 });
    });
  });
});
