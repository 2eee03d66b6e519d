import { beforeEach, describe, expect, it } from 'vitest';
import { deliveryId } from '../../functions/model/delivery.ts';
import { evidenceWindow } from '../../functions/model/evidence.ts';
import { type SesEvent, sesEvent } from '../../functions/model/ses-event.ts';
import { DAY, HOUR } from '../../functions/model/time.ts';
import { takeFeedback } from '../../functions/subscribers/feedback.ts';
import { aDelivery, aSubscriber, BASE_AT } from '../builders.ts';
import { memoryPorts } from '../fakes.ts';

const reader = aSubscriber({ address: 'Ada@Example.com', softBounces: undefined });
const PERIOD = { kind: 'day', date: '2026-01-05' } as const;

interface Told {
  to?: string[];
  at?: number;
  messageId?: string;
  tags?: Record<string, string[]>;
}

/** An event as SES publishes it: with fields that we do not know. */
const anEvent = (
  eventType: string,
  rest: object = {},
  { to = ['Ada@Example.com'], at = BASE_AT, messageId = 'm1', tags }: Told = {},
): SesEvent =>
  sesEvent.parse({
    eventType,
    ...rest,
    mail: {
      messageId,
      timestamp: new Date(at).toISOString(),
      source: 'news@news.example',
      destination: to,
      headersTruncated: false,
      tags: tags ?? { delivery: [deliveryId(reader.id, PERIOD)], 'ses:configuration-set': ['digests'] },
    },
  });
const bounce = (bounceType: string, told: Told = {}, recipients = told.to ?? ['Ada@Example.com']): SesEvent =>
  anEvent(
    'Bounce',
    {
      bounce: {
        bounceType,
        bounceSubType: 'General',
        bouncedRecipients: recipients.map((emailAddress) => ({ emailAddress, action: 'failed' })),
        feedbackId: 'f',
      },
    },
    told,
  );
const complaint = (told: Told = {}, recipients = told.to ?? ['Ada@Example.com']): SesEvent =>
  anEvent(
    'Complaint',
    {
      complaint: {
        complainedRecipients: recipients.map((emailAddress) => ({ emailAddress })),
        complaintFeedbackType: 'abuse',
      },
    },
    told,
  );

describe('takeFeedback', () => {
  let ports: ReturnType<typeof memoryPorts>;
  beforeEach(async () => {
    ports = memoryPorts();
    await ports.subscribers.save({ ...reader, version: 1 });
    await ports.deliveries.claim(aDelivery({ subscriber: reader.id, period: PERIOD }));
  });
  const take = (event: SesEvent, now = BASE_AT + HOUR) => takeFeedback(ports, event, now);
  const standing = async () => ({
    status: (await ports.subscribers.byId(reader.id))?.status,
    mark: await ports.control.suppressed('ada@example.com'),
  });
  const UNTOUCHED = { status: { kind: 'active' }, mark: undefined };

  it.each([
    ['Send', anEvent('Send', { send: {} })],
    ['Delivery', anEvent('Delivery', { delivery: { smtpResponse: '250 ok' } })],
    ['DeliveryDelay', anEvent('DeliveryDelay', { deliveryDelay: { delayType: 'MailboxFull' } })],
    ['Reject', anEvent('Reject', { reject: { reason: 'Bad content' } })],
    ['Bounce', bounce('Transient')],
    ['Complaint', complaint()],
  ])('%s proves that the mail was taken', async (_, event) => {
    await take(event);
    expect((await ports.deliveries.byPeriod(reader.id, PERIOD))?.state).toMatchObject({
      kind: 'sent',
      messageId: 'm1',
    });
  });

  it('counts each mail once, when SES took it', async () => {
    const at = BASE_AT - 15 * 60_000;
    await take(anEvent('Send', {}, { at }));
    await take(anEvent('Delivery', {}, { at }));
    expect(await ports.control.counted('evidenced', evidenceWindow(at))).toBe(1);
  });

  it('stops at once after a permanent bounce', async () => {
    await take(bounce('Permanent'));
    expect(await standing()).toEqual({ status: { kind: 'left', at: BASE_AT + HOUR, why: 'bounced' }, mark: 'bounce' });
  });

  it('stops at once after a complaint, also one about a letter', async () => {
    await take(complaint({ tags: { letter: [`manage_${reader.id}`] } }));
    expect(await standing()).toMatchObject({ status: { kind: 'left', why: 'complained' }, mark: 'complaint' });
  });

  it('stops the reader before it marks the address, and marks it when the event comes again', async () => {
    const { suppress } = ports.control;
    ports.control.suppress = () => Promise.reject(new Error('throughput'));
    await expect(take(complaint())).rejects.toThrow('throughput');
    expect(await standing()).toMatchObject({ status: { kind: 'left', why: 'complained' }, mark: undefined });
    ports.control.suppress = suppress;
    await take(complaint());
    expect((await standing()).mark).toBe('complaint');
  });

  it('takes the same event many times, and bounce and complaint in any order', async () => {
    const events = [bounce('Permanent'), complaint(), anEvent('Delivery'), bounce('Permanent'), complaint()];
    for (const event of events) await take(event);
    expect(await standing()).toMatchObject({ status: { kind: 'left', why: 'bounced' }, mark: 'complaint' });
    expect((await ports.subscribers.byId(reader.id))?.version).toBe(2);
  });

  it.each([
    ['another address', bounce('Permanent', {}, ['eve@example.com'])],
    ['another address, complaining', complaint({}, ['eve@example.com'])],
    ['no address', bounce('Permanent', {}, ['not an address'])],
    ['no recipients', complaint({}, [])],
    ['no tag', bounce('Permanent', { tags: {} })],
    ['a broken tag', bounce('Permanent', { tags: { delivery: ['x_y_z'], letter: ['manage_'] } })],
    [
      'a mail to a new address not confirmed',
      bounce('Permanent', { to: ['new@example.org'], tags: { letter: [`address-change_${reader.id}`] } }),
    ],
    ['a subscriber who is gone', bounce('Permanent', { tags: { letter: ['manage_aaaaaaaaaaaaaaaa'] } })],
  ])('changes nothing for %s', async (_, event) => {
    await take(event);
    expect(await standing()).toEqual(UNTOUCHED);
    expect(await ports.control.suppressed('eve@example.com')).toBeUndefined();
  });

  it('stops a mailbox that forwards to a dead one, which every bounce names, after five mails', async () => {
    const forwarded = (n: number) => take(bounce('Permanent', { messageId: `m${n}` }, ['dead@example.org']));
    for (const n of [0, 1, 2, 3, 3, 3]) await forwarded(n);
    expect(await standing()).toEqual(UNTOUCHED);
    await forwarded(4);
    expect(await standing()).toMatchObject({ status: { kind: 'left', why: 'bounced' }, mark: 'bounce' });
    expect(await ports.control.suppressed('dead@example.org')).toBeUndefined();
  });

  it.each([
    ['bounce', bounce('Permanent', { to: ['New@example.org'], tags: { letter: [`address-change_${reader.id}`] } })],
    ['complaint', complaint({ to: ['New@example.org'], tags: { letter: [`address-change_${reader.id}`] } })],
    [undefined, bounce('Transient', { to: ['New@example.org'], tags: { letter: [`address-change_${reader.id}`] } })],
    [undefined, complaint({ to: ['New@example.org'], tags: { letter: [`manage_${reader.id}`] } })],
  ])(
    'marks (%s) an address that never asked for the letter about a move to it, and leaves the reader alone',
    async (mark, event) => {
      await take(event);
      expect(await standing()).toEqual(UNTOUCHED);
      expect(await ports.control.suppressed('new@example.org')).toBe(mark);
    },
  );

  it('finds the reader among several recipients, however the address is written', async () => {
    await take(bounce('Permanent', { to: ['eve@example.com', 'ADA@EXAMPLE.COM'] }));
    expect(await standing()).toMatchObject({ mark: 'bounce' });
  });

  it('does not let an old bounce undo a newer confirmation', async () => {
    await take(bounce('Permanent', { at: BASE_AT - 72 * HOUR }));
    expect(await standing()).toEqual(UNTOUCHED);
  });

  it('keeps the mark of a reader who had left, and how they left', async () => {
    const left = { kind: 'left', at: BASE_AT, why: 'unsubscribed' } as const;
    await ports.subscribers.save({ ...reader, status: left, version: 2 });
    await take(complaint());
    expect(await standing()).toEqual({ status: left, mark: 'complaint' });
  });

  describe('transient bounces', () => {
    const soft = (n: number, day: number) => take(bounce('Transient', { messageId: `m${n}` }), BASE_AT + day * DAY);

    it('stop only after five in a row over fourteen days', async () => {
      for (const day of [0, 1, 2, 3, 4, 5, 13]) await soft(day, day);
      expect(await standing()).toEqual(UNTOUCHED);
      await soft(14, 14);
      expect(await standing()).toMatchObject({ status: { kind: 'left', why: 'bounced' }, mark: 'bounce' });
    });

    it('are not enough when few, however long', async () => {
      for (const day of [0, 10, 20, 30]) await soft(day, day);
      expect(await standing()).toEqual(UNTOUCHED);
    });

    it('count a mail once', async () => {
      for (const day of [0, 0, 0, 0, 0]) await soft(1, day);
      expect((await ports.subscribers.byId(reader.id))?.softBounces).toEqual({ times: 1, sinceAt: BASE_AT });
    });

    it('are forgotten with a delivery, which writes nothing else', async () => {
      for (const day of [0, 1, 2, 3]) await soft(day, day);
      await take(anEvent('Delivery'), BASE_AT + 4 * DAY);
      const { softBounces, version } = (await ports.subscribers.byId(reader.id)) ?? {};
      expect([softBounces, version]).toEqual([undefined, 6]);
      await take(anEvent('Delivery'), BASE_AT + 5 * DAY);
      expect((await ports.subscribers.byId(reader.id))?.version).toBe(6);
      await soft(14, 14);
      expect(await standing()).toEqual(UNTOUCHED);
    });
  });
});
