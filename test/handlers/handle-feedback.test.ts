import { beforeEach, describe, expect, it } from 'vitest';
import { deliverChunk } from '../../functions/digest/deliver.ts';
import { openPace } from '../../functions/digest/pace.ts';
import { handleFeedbackHandler } from '../../functions/handlers/handle-feedback.ts';
import { reputationWindow } from '../../functions/model/brake.ts';
import { deliveryId } from '../../functions/model/delivery.ts';
import { DAY, HOUR } from '../../functions/model/time.ts';
import type { FeedbackPorts } from '../../functions/wiring.ts';
import { anId, BASE_AT } from '../builders.ts';
import { type Bench, bench, chunkFor, NEVER, PERIOD, readersOf, stateOf } from '../digest/worker.ts';

/**
 * SES events through the handler, in EventBridge's envelope. Fails if: an event counts twice · few mails brake · letters count ·
 * the brake holds after its release · another account's or configuration set's events are taken.
 */

const ACCOUNT = '111122223333';
const SET = 'broadsheet-prod';

interface Told {
  n?: number;
  at?: number;
  subscriber?: string;
  address?: string;
  tags?: Record<string, string[]>;
  account?: string;
  set?: string;
}

const envelope = (detail: Record<string, unknown>, told: Told): string => {
  const { n = 0, at = BASE_AT, subscriber = anId(`${n}`), address = `reader${n}@example.com` } = told;
  const tags = told.tags ?? { delivery: [deliveryId(subscriber, PERIOD)] };
  const mail = {
    messageId: `m${n}`,
    timestamp: new Date(at).toISOString(),
    source: 'news@news.example',
    sendingAccountId: ACCOUNT,
    destination: [address],
    headersTruncated: false,
    tags: { ...tags, 'ses:configuration-set': [told.set ?? SET], 'ses:operation': ['SendRawEmail'] },
  };
  return JSON.stringify({
    version: '0',
    id: `${n}`,
    'detail-type': 'Email Bounced',
    source: 'aws.ses',
    account: told.account ?? ACCOUNT,
    time: new Date(at).toISOString(),
    detail: { ...detail, mail },
  });
};

const bounce = (told: Told = {}, bounceType = 'Permanent', bounceSubType = 'General'): string =>
  envelope(
    {
      eventType: 'Bounce',
      bounce: {
        feedbackId: 'f',
        bounceType,
        bounceSubType,
        bouncedRecipients: [{ emailAddress: told.address ?? `reader${told.n ?? 0}@example.com`, status: '5.1.1' }],
        timestamp: new Date(BASE_AT).toISOString(),
        reportingMTA: 'dns; amazonses.com',
      },
    },
    told,
  );

const complaint = (told: Told = {}, complaintSubType: string | null = null): string =>
  envelope(
    {
      eventType: 'Complaint',
      complaint: {
        complaintSubType,
        complainedRecipients: [{ emailAddress: told.address ?? `reader${told.n ?? 0}@example.com` }],
        complaintFeedbackType: 'abuse',
      },
    },
    told,
  );

const times = (count: number, make: (told: Told) => string, from = 0): string[] =>
  Array.from({ length: count }, (_, n) => make({ n: from + n }));

describe('handle-feedback', () => {
  let ports: Bench;
  let take: (...bodies: string[]) => Promise<number>;
  beforeEach(async () => {
    ports = await bench();
    ports.clock.set(BASE_AT + HOUR);
    // of the configuration it reads this one name
    const handler = handleFeedbackHandler({ ...ports, config: { CONFIGURATION_SET: SET } } as unknown as FeedbackPorts);
    take = async (...bodies) => {
      const Records = bodies.map((body, n) => ({ messageId: String(n), body }));
      const answer = await handler(
        { Records },
        { invokedFunctionArn: `arn:aws:lambda:eu-west-1:${ACCOUNT}:function:f`, getRemainingTimeInMillis: () => 1000 },
      );
      return answer.batchItemFailures.length;
    };
  });
  const mailed = (count: number, at = BASE_AT) => ports.control.count('mailed', reputationWindow(at), count);
  const isBraked = async (): Promise<boolean> => (await ports.control.brake())?.kind === 'on';

  it.each([
    ['Permanent', 'General', 'left'],
    ['Permanent', 'NoEmail', 'left'],
    ['Permanent', 'Suppressed', 'left'],
    ['Permanent', 'OnAccountSuppressionList', 'left'],
    ['Transient', 'General', 'active'],
    ['Transient', 'MailboxFull', 'active'],
    ['Transient', 'MessageTooLarge', 'active'],
    ['Transient', 'ContentRejected', 'active'],
    ['Transient', 'AttachmentRejected', 'active'],
    ['Undetermined', 'Undetermined', 'active'],
    ['AKindOfTomorrow', 'Unheard', 'active'],
  ])('a bounce %s %s leaves the reader %s', async (type, subType, kind) => {
    const [reader] = await readersOf(ports, ['reader@example.com']);
    if (!reader) throw new Error('no reader');
    const told = { subscriber: reader.id, address: 'reader@example.com', at: BASE_AT + 1 };
    expect(await take(bounce(told, type, subType))).toBe(0);
    expect((await ports.subscribers.byId(reader.id))?.status.kind).toBe(kind);
  });

  it('takes no event of another account, nor of another configuration set', async () => {
    const [reader] = await readersOf(ports, ['reader@example.com']);
    const told = { subscriber: reader?.id ?? '', address: 'reader@example.com' };
    expect(await take(complaint({ ...told, account: '999999999999' }), complaint({ ...told, set: 'other' }))).toBe(2);
    expect((await ports.subscribers.byId(reader?.id ?? ''))?.status.kind).toBe('active');
    expect(await ports.control.suppressed('reader@example.com')).toBeUndefined();
  });

  it('brakes above three bounces in a hundred, not at three, and says so once', async () => {
    await mailed(1000);
    await take(...times(30, bounce));
    expect(await isBraked()).toBe(false);
    await take(bounce({ n: 30 }));
    expect(await ports.control.brake()).toEqual({
      v: 1,
      kind: 'on',
      at: BASE_AT + HOUR,
      why: 'bounces',
      events: 31,
      mails: 1000,
    });
    await take(...times(5, bounce, 31));
    expect(ports.log.lines.filter(({ event }) => event === 'brake.on')).toHaveLength(1);
  });

  it('brakes above eight complaints in ten thousand of a week', async () => {
    await mailed(5000, BASE_AT - 6 * DAY);
    await mailed(5000);
    await take(...times(8, complaint));
    expect(await isBraked()).toBe(false);
    await take(complaint({ n: 8 }));
    expect(await ports.control.brake()).toMatchObject({ kind: 'on', why: 'complaints', events: 9, mails: 10_000 });
  });

  it('brakes no small operator for one of ten, nor for six bounces and two complaints', async () => {
    await mailed(10);
    await take(...times(6, bounce), complaint({ n: 6 }), complaint({ n: 7 }));
    expect(await isBraked()).toBe(false);
    await take(bounce({ n: 8 }));
    expect(await isBraked()).toBe(true);
  });

  it('counts a mail once, however often it is told of', async () => {
    await mailed(10);
    for (let again = 0; again < 9; again++) await take(bounce(), complaint({ n: 1 }));
    expect(await isBraked()).toBe(false);
  });

  it('loses no bounce when a batch fails half way, and brakes when it comes again', async () => {
    await mailed(10);
    const batch = [...times(7, bounce), envelope({ eventType: 'Send' }, { n: 7 })];
    const { count } = ports.control;
    ports.control.count = () => Promise.reject(new Error('throughput'));
    await expect(take(...batch)).rejects.toThrow('throughput');
    ports.control.count = count;
    await take(...batch);
    expect(await ports.control.brake()).toMatchObject({ kind: 'on', events: 7 });
  });

  it.each([
    ['letters', (n: number) => bounce({ n, tags: { letter: [`confirm_${anId('x')}`] } })],
    ['soft bounces', (n: number) => bounce({ n }, 'Transient')],
    ['what SES itself held back', (n: number) => bounce({ n }, 'Permanent', 'OnAccountSuppressionList')],
    ['complaints that SES makes up for whom it held back', (n: number) => complaint({ n }, 'OnAccountSuppressionList')],
    ['mails of the day before yesterday', (n: number) => bounce({ n, at: BASE_AT - 2 * DAY })],
  ])('does not count %s', async (_, make) => {
    await mailed(10);
    await take(...Array.from({ length: 40 }, (_each, n) => make(n)));
    expect(await isBraked()).toBe(false);
  });

  it('holds digests back until it is released, then judges later mails only, and loses none', async () => {
    const [reader] = await readersOf(ports, ['reader@example.com']);
    if (!reader) throw new Error('no reader');
    ports.pace = {
      ...openPace({ ...ports, wait: async () => undefined }, 'digests'),
      told: [],
      held: [],
    };
    await take(...times(7, bounce));
    const chunk = chunkFor([reader]);
    expect(await deliverChunk(ports, chunk, NEVER)).toBe('handed-back');
    expect(ports.mailer.calls).toBe(0);
    await ports.control.setBrake({ v: 1, kind: 'off', at: ports.clock.now() });
    ports.clock.advance(2000);
    await take(...times(20, bounce, 7));
    expect(await isBraked()).toBe(false);
    expect(await deliverChunk(ports, chunk, NEVER)).toBe('done');
    expect(await stateOf(ports, reader)).toMatchObject({ kind: 'sent' });
    const later = BASE_AT + 7 * HOUR;
    ports.clock.set(later);
    await take(...Array.from({ length: 7 }, (_, n) => bounce({ n: 100 + n, at: later })));
    expect(await isBraked()).toBe(true);
  });
});
