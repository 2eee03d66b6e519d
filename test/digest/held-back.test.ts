import { describe, expect, it } from 'vitest';
import { deliverChunk } from '../../functions/digest/deliver.ts';
import { HOUR, MINUTE } from '../../functions/model/time.ts';
import { BASE_AT } from '../builders.ts';
import { acceptances, bench, chunkFor, drain, NEVER, names, oneReader, PERIOD, readersOf, stateOf } from './worker.ts';

describe('a chunk that is held back', () => {
  it('hands the rest back at the deadline, to go on behind the last reader served', async () => {
    const ports = await bench();
    const readers = await readersOf(ports, names(40));
    ports.mailer.outcomes = Array(40).fill(() => {
      ports.clock.advance(1000);
      return { kind: 'accepted', messageId: 'm' };
    });
    expect(await deliverChunk(ports, chunkFor(readers), BASE_AT + 10_000)).toBe('handed-back');
    const first = ports.mailer.calls;
    expect(first).toBeLessThan(40);
    await drain(ports);
    expect(ports.mailer.calls).toBe(40);
    expect([...acceptances(ports).values()]).toEqual(Array(40).fill(1));
  });

  it.each(['throttled', 'quota', 'paused', 'misconfigured'] as const)(
    'hands back what SES is too busy for (%s), and burns nothing',
    async (error) => {
      const ports = await bench();
      const readers = await readersOf(ports, names(20));
      ports.mailer.outcomes = Array(3).fill({ kind: 'refused', error, message: '' });
      expect(await deliverChunk(ports, chunkFor(readers), NEVER)).toBe('handed-back');
      expect(ports.queues.digests.sent[0]?.delayMs).toBe(error === 'throttled' ? 10_000 : 15 * MINUTE);
      await drain(ports);
      expect([...acceptances(ports).values()]).toEqual(Array(20).fill(1));
      for (const reader of readers) expect(await stateOf(ports, reader)).toMatchObject({ kind: 'sent' });
    },
  );

  it.each([
    ['rate', 7_000],
    ['quota', 15 * MINUTE],
  ] as const)('hands back what the account has no place for (%s), before it claims or mails', async (why, waitMs) => {
    const ports = await bench();
    const readers = await readersOf(ports, names(60));
    ports.pace.held.push({ kind: 'held', why, waitMs });
    expect(await deliverChunk(ports, chunkFor(readers), NEVER)).toBe('handed-back');
    expect(ports.queues.digests.sent[0]?.delayMs).toBe(waitMs);
    const entries = await Promise.all(readers.map(({ id }) => ports.deliveries.byPeriod(id, PERIOD)));
    expect(entries.filter(Boolean)).toHaveLength(ports.mailer.calls);
    expect(ports.mailer.calls).toBeLessThan(24);
    await drain(ports);
    expect([...acceptances(ports).values()]).toEqual(Array(60).fill(1));
  });

  it('waits twenty hours for the brake to be released, and settles digests as skipped then', async () => {
    const { ports, reader, chunk } = await oneReader();
    const braked = { kind: 'held' as const, why: 'brake' as const, waitMs: 15 * MINUTE };
    ports.pace.take = async () => braked;
    ports.clock.set(BASE_AT + 20 * HOUR);
    expect(await deliverChunk(ports, chunk, NEVER)).toBe('handed-back');
    expect(ports.queues.digests.sent).toMatchObject([{ message: chunk, delayMs: 15 * MINUTE }]);
    expect(await ports.deliveries.byPeriod(reader.id, PERIOD)).toBeUndefined();
    ports.clock.advance(1);
    expect(await deliverChunk(ports, chunk, NEVER)).toBe('done');
    expect(await stateOf(ports, reader)).toMatchObject({ kind: 'skipped', reason: 'brake' });
    expect(ports.mailer.calls).toBe(0);
  });

  it.each([
    ['throttled', ['throttled'], []],
    ['quota', ['quota'], []],
    ['paused', [], ['mail.stopped']],
    ['misconfigured', [], ['mail.stopped']],
    ['rejected', [], []],
  ] as const)(
    'tells the other workers of what concerns them, and the operator of what stops all mail (%s)',
    async (error, told, alarms) => {
      const { ports, chunk } = await oneReader();
      ports.mailer.outcomes = [{ kind: 'refused', error, message: '' }];
      await deliverChunk(ports, chunk, NEVER);
      expect(ports.pace.told).toEqual(told);
      expect(ports.log.lines.flatMap(({ level, event }) => (level === 'error' ? [event] : []))).toEqual(alarms);
    },
  );
});
