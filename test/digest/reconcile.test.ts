import { beforeEach, describe, expect, it } from 'vitest';
import { nightlySpan } from '../../functions/digest/night.ts';
import { newReconciliation } from '../../functions/digest/reconcile.ts';
import { cohortId, cohortOf, shardOf } from '../../functions/model/cohort.ts';
import type { Delivery } from '../../functions/model/delivery.ts';
import { DAY, HOUR, MINUTE } from '../../functions/model/time.ts';
import { aSubscriber, BASE_AT } from '../builders.ts';
import { aNight, DAY_OF, type Night, NOON, SENT, TUESDAY, todays } from './reconciled-night.ts';

let memory: Night['memory'];
let reader: Night['reader'];
let enter: Night['enter'];
let reconcile: Night['reconcile'];
let named: Night['named'];

beforeEach(async () => {
  ({ memory, reader, enter, reconcile, named } = await aNight());
});

describe('reconciliation', () => {
  it('accounts for every digest that was due, and says nothing', async () => {
    const states: Delivery['state'][] = [
      SENT,
      SENT,
      { kind: 'skipped', at: BASE_AT, reason: 'nothing-new' },
      { kind: 'skipped', at: BASE_AT, reason: 'paused' },
      { kind: 'failed', at: BASE_AT, reason: 'unknown' },
    ];
    for (const [n, state] of states.entries())
      await enter(await reader({ address: `r${n}@example.com` }), BASE_AT, { state });
    expect(await reconcile()).toEqual({
      due: 5,
      sent: 2,
      skipped: { 'nothing-new': 1, paused: 1 },
      failed: { unknown: 1 },
      missing: [],
      stray: [],
      unsettled: [],
      queued: 0,
      tooLate: 0,
      held: 0,
    });
    expect(memory.log.lines.filter(({ level }) => level !== 'info')).toEqual([]);
  });

  it('names a row that was deleted and one that was added', async () => {
    const fine = await reader({ address: 'fine@example.com' });
    const robbed = await reader({ address: 'robbed@example.com' });
    const added = await reader({ address: 'added@example.com', preferences: { cadence: 'weekly', weekday: 3 } });
    await enter(fine);
    await enter(added);
    const report = await reconcile();
    expect(report).toMatchObject({ due: 2, sent: 1, missing: [todays(robbed)], stray: [todays(added)] });
    expect([named('reconcile.missing'), named('reconcile.stray')]).toEqual([[todays(robbed)], [todays(added)]]);
    expect(JSON.stringify(memory.log.lines)).not.toContain('example.com');
  });

  it('queues what is less than 24 hours late, readers of a cohort together', async () => {
    const readers = [];
    for (const n of [1, 2, 3]) readers.push(await reader({ address: `r${n}@example.com` }));
    expect(await reconcile()).toMatchObject({ queued: 3, tooLate: 0, held: 0 });
    expect(memory.queues.digests.take()).toEqual([
      {
        v: 1,
        kind: 'chunk',
        cohort: 'daily|7|Europe/Berlin',
        dueAt: BASE_AT,
        period: { kind: 'day', date: '2026-01-05' },
        shards: [...new Set(readers.map(({ id }) => shardOf(id)))].sort((a, b) => a - b),
        edition: 1,
      },
    ]);
  });

  it('writes what is later as skipped, and finds it settled the next time', async () => {
    const one = await reader();
    expect(await reconcile(DAY_OF, BASE_AT + DAY)).toMatchObject({ queued: 0, tooLate: 1, missing: [todays(one)] });
    expect(memory.queues.digests.take()).toEqual([]);
    expect(await reconcile(DAY_OF, BASE_AT + DAY)).toMatchObject({ due: 1, skipped: { 'too-late': 1 }, missing: [] });
  });

  it('sends claims that nobody settled to the settle queue', async () => {
    const one = await reader();
    await enter(one, BASE_AT, { state: { kind: 'claimed', at: BASE_AT, attempt: 1 } });
    expect(await reconcile()).toMatchObject({ due: 1, unsettled: [todays(one)], missing: [] });
    expect(memory.queues.settle.take()).toEqual([
      { v: 1, kind: 'settle', delivery: todays(one), look: 2, lookAt: NOON },
    ]);
  });

  it('looks again consistently before it alarms', async () => {
    await enter(await reader());
    const between = async () => [];
    expect(await reconcile(DAY_OF, NOON, { deliveries: { ...memory.deliveries, between } })).toMatchObject({
      due: 1,
      sent: 1,
      missing: [],
    });
  });

  describe('what may have been mailed', () => {
    const crowd = async (count: number) => {
      for (let n = 0; n < count; n++) await reader({ address: `r${n}@example.com` });
    };

    it('is not sent again without asking, if it is much', async () => {
      await crowd(11);
      expect(await reconcile()).toMatchObject({ queued: 0, held: 11 });
      expect(memory.queues.digests.take()).toEqual([]);
      expect(memory.log.lines).toContainEqual({
        level: 'error',
        event: 'reconcile.held-back',
        fields: { digests: 11, due: 11 },
      });
    });

    it('is told from what was never planned: a cohort registered later', async () => {
      await crowd(11);
      await memory.cohorts.noteIdle('daily|7|Europe/Berlin', (await memory.cohorts.all())[0]?.shards ?? [], 0);
      await memory.cohorts.retire('daily|7|Europe/Berlin', (await memory.cohorts.all())[0]?.shards ?? [], 0);
      expect(await reconcile()).toMatchObject({ queued: 11, held: 0 });
      await memory.cohorts.register(cohortOf(aSubscriber().preferences), 0, NOON);
      expect(await reconcile()).toMatchObject({ queued: 11, held: 0 });
    });

    it('is told from the shards that this census found lost', async () => {
      await crowd(11);
      const [cohort] = await memory.cohorts.all();
      if (cohort) await memory.cohorts.restore(cohort, cohort.shards, NOON);
      expect(await reconcile()).toMatchObject({ queued: 11, held: 0 });
    });

    it('is not taken for lost because of what an earlier census found', async () => {
      await crowd(11);
      const [cohort] = await memory.cohorts.all();
      if (cohort) await memory.cohorts.restore(cohort, cohort.shards, BASE_AT - DAY);
      expect(await reconcile()).toMatchObject({ queued: 0, held: 11 });
    });

    it('is ten a day in all, however many parts the night has', async () => {
      await crowd(16);
      const parts = [0, 1].map((part) => memory.subscribers.scan({ part, of: 2 }));
      const reports = [];
      for (const readers of parts) {
        const reconciliation = newReconciliation({ ...memory, ...memory.queues }, DAY_OF);
        for await (const page of readers) await reconciliation.take(page);
        reports.push(await reconciliation.finish(NOON));
      }
      const [first, second] = reports;
      expect((first?.queued ?? 0) + (second?.queued ?? 0)).toBeGreaterThan(0);
      expect((first?.queued ?? 0) + (second?.queued ?? 0)).toBeLessThanOrEqual(10);
      expect((first?.due ?? 0) + (second?.due ?? 0)).toBe(16);
    });

    it('is not sent while tables are older than the planner', async () => {
      await crowd(1);
      await memory.cohorts.ticked({ at: BASE_AT - DAY });
      const mark = { read: async () => BASE_AT, write: async () => undefined };
      expect(await reconcile(DAY_OF, NOON, { mark })).toMatchObject({ queued: 0, held: 1 });
    });

    it('is not sent if an operator resumed after it', async () => {
      await crowd(1);
      await memory.cohorts.ticked({ at: NOON, resumedFromAt: BASE_AT + 1 });
      expect(await reconcile()).toMatchObject({ queued: 0, held: 1, missing: [expect.any(String)] });
    });
  });

  describe('a reader who moved', () => {
    it.each([
      ['an hour after the new hour', { movedAt: BASE_AT + HOUR }],
      ['in the quarter of an hour of the plan', { movedAt: BASE_AT - 5 * MINUTE }],
      ['into the service', { confirmedAt: BASE_AT + HOUR, movedAt: BASE_AT + HOUR }],
    ])('%s owes nothing by the new calendar, if there was something lately', async (_, over) => {
      const one = await reader({ address: 'moved@example.com', ...over });
      await enter(one, BASE_AT - DAY);
      expect(await reconcile()).toMatchObject({ due: 0, missing: [], stray: [] });
    });

    it('may have entries of the old calendar', async () => {
      const one = await reader({ preferences: { cadence: 'weekly', weekday: 3 }, movedAt: BASE_AT + HOUR });
      await enter(one);
      expect(await reconcile()).toMatchObject({ due: 1, sent: 1, missing: [], stray: [] });
    });

    it('is missed if the new calendar asks', async () => {
      const one = await reader({ movedAt: BASE_AT - HOUR });
      expect((await reconcile()).missing).toEqual([todays(one)]);
    });

    it('is named when nothing at all came for a period and a day', async () => {
      const one = await reader({ movedAt: BASE_AT + 3 * HOUR });
      expect((await reconcile()).missing).toEqual([todays(one)]);
    });

    it('is not named for moving if a week has its entry under another weekday', async () => {
      const one = await reader({ preferences: { cadence: 'weekly', weekday: 2 }, movedAt: BASE_AT + HOUR });
      await enter(one, BASE_AT, { period: { kind: 'week', date: '2026-01-05' } });
      const span = { from: TUESDAY - HOUR, to: TUESDAY + HOUR };
      expect(await reconcile(span, TUESDAY + 5 * HOUR)).toMatchObject({ due: 1, sent: 1, missing: [], stray: [] });
    });
  });

  it.each<[string, Parameters<typeof aSubscriber>[0], number]>([
    ['pending', { status: { kind: 'pending' } }, 0],
    ['left before', { status: { kind: 'left', at: BASE_AT - 2 * DAY, why: 'unsubscribed' } }, 0],
    ['left since', { status: { kind: 'left', at: BASE_AT + HOUR, why: 'unsubscribed' } }, 0],
    ['paused', { status: { kind: 'paused', until: BASE_AT + DAY } }, 1],
  ])('of who is %s', async (_, over, missing) => {
    await reader(over);
    expect((await reconcile()).missing).toHaveLength(missing);
  });

  it('asks nothing of a weekly reader on other days', async () => {
    await reader({ preferences: { cadence: 'weekly', weekday: 3 } });
    expect(await reconcile()).toMatchObject({ due: 0, missing: [] });
  });

  it('reads no ledger of those whom a span does not concern', async () => {
    await reader({ status: { kind: 'left', at: DAY_OF.from - 1, why: 'bounced' } });
    const between = async () => {
      throw new Error('read for nothing');
    };
    expect(await reconcile(DAY_OF, NOON, { deliveries: { ...memory.deliveries, between } })).toMatchObject({ due: 0 });
  });

  it('looks at two nights, and at nothing that may be under way', () => {
    expect(nightlySpan(BASE_AT + 1)).toEqual({ from: BASE_AT - 50 * HOUR, to: BASE_AT - 2 * HOUR });
  });

  it('knows its cohort by the name that planning uses', () => {
    expect(cohortId(cohortOf(aSubscriber().preferences))).toBe('daily|7|Europe/Berlin');
  });
});
