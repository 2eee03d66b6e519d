import { describe, expect, it } from 'vitest';
import { deliverChunk } from '../../functions/digest/deliver.ts';
import { mailedAtOnce, nextDigest } from '../../functions/digest/why-not.ts';
import type { Subscriber } from '../../functions/model/subscriber.ts';
import { DAY, HOUR } from '../../functions/model/time.ts';
import { aDelivery, BASE_AT } from '../builders.ts';
import { type Bench, chunkFor, meanwhile, NEVER, oneReader, PERIOD, stateOf } from './worker.ts';

describe('who gets nothing', () => {
  const skippedAs = async (ports: Bench, reader: Subscriber, chunk: ReturnType<typeof chunkFor>) => {
    await deliverChunk(ports, chunk, NEVER);
    expect(ports.mailer.calls).toBe(0);
    const state = await stateOf(ports, reader);
    return state.kind === 'skipped' ? state.reason : state.kind;
  };

  it.each([
    ['left', { kind: 'left', at: BASE_AT, why: 'unsubscribed' }],
    ['paused', { kind: 'paused', until: BASE_AT + DAY }],
  ] as const)('whoever %s between the queue and the mail', async (reason, status) => {
    const { ports, reader, chunk } = await oneReader();
    await meanwhile(ports, reader, (each) => ({ ...each, status }));
    expect(await skippedAs(ports, reader, chunk)).toBe(reason);
  });

  it('an address that SES or its reader stopped', async () => {
    const { ports, reader, chunk } = await oneReader();
    await ports.control.suppress(reader.addressKey, 'complaint', BASE_AT);
    expect(await skippedAs(ports, reader, chunk)).toBe('suppressed');
  });

  it('whoever has waited too long, by a day or by the next digest', async () => {
    const { ports, reader, chunk } = await oneReader();
    ports.clock.set(BASE_AT + DAY);
    expect(await skippedAs(ports, reader, chunk)).toBe('too-late');
  });

  it('a weekly reader after a day, though the next digest is far', async () => {
    const { ports, reader, chunk } = await oneReader({ cadence: 'weekly' });
    ports.clock.set(BASE_AT + DAY + 1);
    expect(await skippedAs(ports, reader, chunk)).toBe('too-late');
  });

  it.each([
    ['within six hours of any other', { kind: 'now' as const, date: '2026-01-05' }, BASE_AT - 5 * HOUR],
    ['on a local date that has one', { kind: 'week' as const, date: '2026-01-05' }, BASE_AT - 6.5 * HOUR],
  ])('a digest that comes too soon: %s', async (_, period, at) => {
    const { ports, reader, chunk } = await oneReader();
    await ports.deliveries.claim(
      aDelivery({ subscriber: reader.id, period, dueAt: at, state: { kind: 'sent', at }, stories: [] }),
    );
    expect(await skippedAs(ports, reader, chunk)).toBe('too-soon');
  });

  it('but a welcome of the night before forbids nothing', async () => {
    const { ports, reader, chunk } = await oneReader();
    const at = BASE_AT - 8 * HOUR;
    const period = { kind: 'welcome' as const, date: '2026-01-04' };
    await ports.deliveries.claim(
      aDelivery({ subscriber: reader.id, period, dueAt: at, state: { kind: 'sent', at }, stories: [] }),
    );
    await deliverChunk(ports, chunk, NEVER);
    expect(ports.mailer.calls).toBe(1);
  });

  it.each(['welcome', 'now'] as const)(
    'but a %s of six hours before, which SES took seconds later, keeps its word',
    async (kind) => {
      const { ports, reader, chunk } = await oneReader();
      const askedAt = BASE_AT - 6 * HOUR;
      const period = { kind, date: '2026-01-05' };
      expect(nextDigest(reader, askedAt, [mailedAtOnce({ period, dueAt: askedAt })])).toBe(BASE_AT);
      await ports.deliveries.claim(
        aDelivery({
          subscriber: reader.id,
          period,
          dueAt: askedAt,
          state: { kind: 'sent', at: askedAt + 9000 },
          stories: [],
        }),
      );
      await deliverChunk(ports, chunk, NEVER);
      expect(ports.mailer.calls).toBe(1);
    },
  );

  // fails if countedFrom forgives whatever the way took
  it('but not beside a welcome that lay on its way for hours', async () => {
    const { ports, reader, chunk } = await oneReader();
    const askedAt = BASE_AT - 6 * HOUR;
    await ports.deliveries.claim(
      aDelivery({
        subscriber: reader.id,
        period: { kind: 'welcome', date: '2026-01-05' },
        dueAt: askedAt,
        state: { kind: 'sent', at: BASE_AT - HOUR },
        stories: [],
      }),
    );
    await deliverChunk(ports, chunk, NEVER);
    expect(ports.mailer.calls).toBe(0);
  });

  it('whoever moved to an hour that is over; an hour to come keeps the period free', async () => {
    const over = await oneReader();
    await meanwhile(over.ports, over.reader, (each) => ({ ...each, preferences: { ...each.preferences, hour: 5 } }));
    expect(await skippedAs(over.ports, over.reader, over.chunk)).toBe('not-in-cohort');

    const { ports, reader, chunk } = await oneReader();
    const { ofCohort } = ports.subscribers;
    await meanwhile(ports, reader, (each) => ({ ...each, preferences: { ...each.preferences, hour: 18 } }));
    await deliverChunk(ports, chunk, NEVER);
    expect(await ports.deliveries.byPeriod(reader.id, PERIOD)).toBeUndefined();
    ports.subscribers.ofCohort = ofCohort;
    const moved = await ports.subscribers.byId(reader.id);
    ports.clock.set(BASE_AT + 11 * HOUR);
    await deliverChunk(ports, chunkFor(moved ? [moved] : [], { dueAt: BASE_AT + 11 * HOUR }), NEVER);
    expect(ports.mailer.calls).toBe(1);
  });

  it.each([
    ['fewer days', { cadence: 'workdays' as const }],
    ['a zone of the same time', { zone: 'Europe/Paris' }],
  ])('but nobody who moved to %s at the hour of their digest, whichever chunk comes first', async (_, moved) => {
    const { ports, reader, chunk } = await oneReader();
    const { ofCohort } = ports.subscribers;
    await meanwhile(ports, reader, (each) => ({ ...each, preferences: { ...each.preferences, ...moved } }));
    await deliverChunk(ports, chunk, NEVER);
    expect(await stateOf(ports, reader)).toMatchObject({ kind: 'sent' });
    ports.subscribers.ofCohort = ofCohort;
    const now = await ports.subscribers.byId(reader.id);
    await deliverChunk(ports, chunkFor(now ? [now] : []), NEVER);
    expect(ports.mailer.calls).toBe(1);
  });

  it('whoever deleted themselves: no row, no mail', async () => {
    const { ports, reader, chunk } = await oneReader();
    await meanwhile(ports, reader, (each) => each);
    await ports.subscribers.delete(reader.id);
    await deliverChunk(ports, chunk, NEVER);
    expect(ports.mailer.calls).toBe(0);
    expect(await ports.deliveries.byPeriod(reader.id, PERIOD)).toBeUndefined();
  });
});

describe('when the next digest is promised', () => {
  const MONDAY = '2026-01-05';
  const weekly = { cadence: 'weekly' as const, weekday: 4 };

  it.each([
    ['at the next hour, if nothing was mailed', {}, [], BASE_AT],
    ['not within six hours of a welcome', {}, [{ kind: 'welcome' as const, before: 5 }], BASE_AT + DAY],
    ['at the next hour, six hours after a welcome', {}, [{ kind: 'welcome' as const, before: 6 }], BASE_AT],
    [
      'not twice on a date, though the hour was moved on',
      { hour: 18 },
      [{ kind: 'day' as const, before: 1 }],
      BASE_AT + 35 * HOUR,
    ],
    [
      'not twice in a week, though the day was moved on',
      weekly,
      [{ kind: 'week' as const, before: 1 }],
      BASE_AT + 10 * DAY,
    ],
  ])('%s', async (_, preferences, mailed, at) => {
    const { reader } = await oneReader(preferences);
    const ledger = mailed.map(({ kind, before }) =>
      mailedAtOnce({ period: { kind, date: MONDAY }, dueAt: BASE_AT - before * HOUR }),
    );
    expect(nextDigest(reader, BASE_AT - 1, ledger)).toBe(at);
  });
});
