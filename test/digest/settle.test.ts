import { describe, expect, it } from 'vitest';
import { deliverChunk } from '../../functions/digest/deliver.ts';
import { lookAgain } from '../../functions/digest/settle.ts';
import { deliveryId } from '../../functions/model/delivery.ts';
import { evidenceWindow } from '../../functions/model/evidence.ts';
import type { OutgoingMail } from '../../functions/model/mail.ts';
import type { SettleMessage } from '../../functions/model/messages.ts';
import { DAY, MINUTE } from '../../functions/model/time.ts';
import { BASE_AT } from '../builders.ts';
import {
  acceptances,
  type Bench,
  bench,
  chunkFor,
  drain,
  giveEvidence,
  NEVER,
  PERIOD,
  readersOf,
  stateOf,
} from './worker.ts';

/** SES takes the mail, and the answer is lost. */
const lost = (ports: Bench) => (mail: OutgoingMail) => {
  ports.mailer.mails.push(mail);
  return { kind: 'unknown' as const, message: 'time-out' };
};

/** SES never sees the mail, and nobody can tell. */
const dropped = { kind: 'unknown' as const, message: 'time-out' };

const unknownFor = async (outcome: 'lost' | 'dropped', count = 1) => {
  const ports = await bench();
  const readers = await readersOf(
    ports,
    Array.from({ length: count }, (_, at) => `reader${at}@example.com`),
  );
  ports.mailer.outcomes = readers.map(() => (outcome === 'lost' ? lost(ports) : dropped));
  await deliverChunk(ports, chunkFor(readers), NEVER);
  const [reader] = readers;
  if (!reader) throw new Error('no reader');
  return { ports, reader, readers, id: deliveryId(reader.id, PERIOD) };
};

const message = (delivery: string): SettleMessage => ({
  v: 1,
  kind: 'settle',
  delivery,
  look: 1,
  lookAt: BASE_AT + 15 * MINUTE,
});

describe('a claim that nobody settled', () => {
  // fails if the reader is not read again once there is a place
  it.each([
    ['left', { status: { kind: 'left', at: BASE_AT, why: 'unsubscribed' } }, []],
    ['moved', { address: 'moved@example.com', addressKey: 'moved@example.com' }, ['moved@example.com']],
  ] as const)('is mailed as the reader wants it who %s while there was no place', async (_, change, mailed) => {
    const { ports, reader, id } = await unknownFor('dropped');
    ports.clock.advance(40 * MINUTE);
    ports.pace.take = async () => {
      const now = await ports.subscribers.byId(reader.id);
      if (now) await ports.subscribers.save({ ...now, ...change, version: now.version + 1 });
      return { kind: 'go' };
    };
    await lookAgain(ports, { ...message(id), look: 2 });
    expect(ports.mailer.mails.map(({ to }) => to)).toEqual(mailed);
  });

  it('waits where the account has no place for a second attempt, which is then not counted', async () => {
    const { ports, reader, id } = await unknownFor('dropped');
    ports.clock.advance(40 * MINUTE);
    ports.queues.settle.take();
    ports.pace.held.push({ kind: 'held', why: 'rate', waitMs: 7_000 });
    await lookAgain(ports, { ...message(id), look: 2 });
    expect(ports.queues.settle.sent).toMatchObject([{ message: { delivery: id }, delayMs: 7_000 }]);
    expect(await ports.control.counted('resent', ports.clock.now())).toBe(0);
    expect(await stateOf(ports, reader)).toMatchObject({ kind: 'claimed', attempt: 1 });
    await drain(ports);
    expect(acceptances(ports).get(id)).toBe(1);
  });

  it('is put on the settle queue, by who could not settle it and by who meets it', async () => {
    const { ports, readers, id } = await unknownFor('lost');
    expect(ports.queues.settle.take()).toEqual([message(id)]);
    ports.clock.advance(5 * MINUTE);
    await deliverChunk(ports, chunkFor(readers), NEVER);
    expect(ports.queues.settle.sent).toEqual([{ message: message(id), delayMs: 10 * MINUTE }]);
    expect(ports.mailer.calls).toBe(1);
  });

  it('is settled as sent by any event, and never mailed again', async () => {
    const { ports, reader, id } = await unknownFor('lost');
    await giveEvidence(ports, id);
    await drain(ports);
    expect(await stateOf(ports, reader)).toMatchObject({ kind: 'sent' });
    expect(acceptances(ports)).toEqual(new Map([[id, 1]]));
  });

  it('is left alone for 30 minutes since SES took it, by any clock, also by looks that come early', async () => {
    const { ports, reader, id } = await unknownFor('dropped');
    for (const minutes of [0, 14, 15, 38]) {
      ports.clock.set(BASE_AT + minutes * MINUTE);
      await lookAgain(ports, message(id));
      expect(await stateOf(ports, reader)).toMatchObject({ kind: 'claimed', attempt: 1 });
    }
    expect(ports.mailer.calls).toBe(1);
    const waits = ports.queues.settle.sent.map(({ delayMs }) => delayMs / MINUTE);
    expect(waits).toEqual([15, 15, 1, 15, 1]);
  });

  it('is mailed a second time where events arrive for the others and none came for it', async () => {
    const { ports, reader, id } = await unknownFor('dropped');
    await ports.control.count('accepted', evidenceWindow(BASE_AT), 100);
    await ports.control.count('evidenced', evidenceWindow(BASE_AT), 99);
    await drain(ports);
    expect(acceptances(ports)).toEqual(new Map([[id, 1]]));
    expect(await stateOf(ports, reader)).toMatchObject({ kind: 'sent', at: BASE_AT + 39 * MINUTE });
    expect(await ports.control.counted('resent', BASE_AT + 39 * MINUTE)).toBe(1);
  });

  it('ends as failed(unknown), with an alarm, where the road of events is down', async () => {
    const { ports, reader, id } = await unknownFor('lost');
    await ports.control.count('accepted', evidenceWindow(BASE_AT), 100);
    await ports.control.count('evidenced', evidenceWindow(BASE_AT), 98);
    await drain(ports);
    expect(acceptances(ports)).toEqual(new Map([[id, 1]]));
    expect(await stateOf(ports, reader)).toMatchObject({ kind: 'failed', reason: 'unknown' });
    expect(ports.log.lines.filter(({ level }) => level === 'error')).toMatchObject([
      { event: 'settle.unknown', fields: { why: 'no events arrive' } },
    ]);
  });

  it('is mailed at most twice, whatever is lost', async () => {
    const { ports, reader, id } = await unknownFor('lost');
    ports.mailer.outcomes = [lost(ports), lost(ports)];
    await drain(ports);
    expect(acceptances(ports)).toEqual(new Map([[id, 2]]));
    expect(await stateOf(ports, reader)).toMatchObject({ kind: 'failed', reason: 'unknown' });
  });

  it('is one of at most ten an hour that are mailed again', async () => {
    const { ports, readers } = await unknownFor('dropped', 25);
    await drain(ports);
    expect(ports.mailer.mails).toHaveLength(10);
    const states = await Promise.all(readers.map((reader) => stateOf(ports, reader)));
    expect(states.filter(({ kind }) => kind === 'failed')).toHaveLength(15);
  });

  it('may be one of more where the hour is big: half a percent', async () => {
    const { ports } = await unknownFor('dropped', 25);
    await ports.control.count('accepted', evidenceWindow(BASE_AT), 4000);
    await ports.control.count('evidenced', evidenceWindow(BASE_AT), 4000);
    await drain(ports);
    expect(ports.mailer.mails).toHaveLength(20);
  });

  it.each([
    ['it is too late', async ({ ports }: { ports: Bench }) => ports.clock.set(BASE_AT + DAY)],
    [
      'the reader left',
      async ({ ports, reader }: Awaited<ReturnType<typeof unknownFor>>) =>
        ports.subscribers.save({ ...reader, version: 2, status: { kind: 'left', at: BASE_AT, why: 'unsubscribed' } }),
    ],
    [
      'the address is suppressed',
      async ({ ports, reader }: Awaited<ReturnType<typeof unknownFor>>) =>
        ports.control.suppress(reader.addressKey, 'bounce', BASE_AT),
    ],
    [
      'the reader is gone',
      async ({ ports, reader }: Awaited<ReturnType<typeof unknownFor>>) => ports.subscribers.delete(reader.id),
    ],
  ])('is not mailed again where %s', async (_, happen) => {
    const staged = await unknownFor('dropped');
    await happen(staged);
    await drain(staged.ports);
    expect(staged.ports.mailer.mails).toEqual([]);
    expect(await stateOf(staged.ports, staged.reader)).toMatchObject({ kind: 'failed', reason: 'unknown' });
  });

  it('yields to evidence that comes between the look and the second attempt', async () => {
    const { ports, reader, id } = await unknownFor('lost');
    const { counted } = ports.control;
    ports.control.counted = async (counter, at) => {
      await giveEvidence(ports, id);
      return counted(counter, at);
    };
    await drain(ports);
    expect(acceptances(ports)).toEqual(new Map([[id, 1]]));
    expect(await stateOf(ports, reader)).toMatchObject({ kind: 'sent' });
  });

  it('is mailed once by two looks at the same time', async () => {
    const { ports, id } = await unknownFor('dropped');
    ports.clock.advance(39 * MINUTE);
    await Promise.all([lookAgain(ports, message(id)), lookAgain(ports, message(id)), lookAgain(ports, message(id))]);
    expect(ports.mailer.mails).toHaveLength(1);
  });

  it('holds the same stories the second time', async () => {
    const { ports } = await unknownFor('dropped');
    await drain(ports);
    const [first, second] = ports.seen.map(({ selection }) => selection);
    expect(second).toEqual(first);
  });

  it('names no delivery: nothing happens', async () => {
    const ports = await bench();
    await lookAgain(ports, message('nonsense'));
    await lookAgain(ports, message(deliveryId('a'.repeat(16), PERIOD)));
    expect(ports.mailer.calls + ports.queues.settle.sent.length).toBe(0);
  });
});

describe('its stories', () => {
  it('do not come the next day: they may have been read', async () => {
    const { ports, readers } = await unknownFor('dropped');
    await ports.control.count('accepted', evidenceWindow(BASE_AT), 100);
    await drain(ports);
    ports.clock.set(BASE_AT + DAY);
    await deliverChunk(
      ports,
      chunkFor(readers, { dueAt: BASE_AT + DAY, period: { kind: 'day', date: '2026-01-06' } }),
      NEVER,
    );
    expect(ports.mailer.mails).toEqual([]);
  });
});
