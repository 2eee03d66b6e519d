import PostalMime from 'postal-mime';
import { beforeEach, describe, expect, it } from 'vitest';
import { createPress } from '../../functions/digest/press/press.ts';
import type { DeliveryState } from '../../functions/model/delivery.ts';
import type { LetterMessage } from '../../functions/model/messages.ts';
import { CHROME_LANGUAGES, type Status } from '../../functions/model/subscriber.ts';
import { DAY, HOUR, MINUTE } from '../../functions/model/time.ts';
import { createLinks, openLink } from '../../functions/subscribers/links.ts';
import { type LetterPorts, sendLetter } from '../../functions/subscribers/send-letter.ts';
import { aSource, aSubscriber, BASE_AT } from '../builders.ts';
import { freePace, memoryPorts } from '../fakes.ts';
import { KEY, PUBLIC_URL } from './site.ts';

const aDesk = () => {
  const memory = memoryPorts();
  const digests: string[] = [];
  const pace = freePace();
  const ports: LetterPorts = {
    ...memory,
    pace,
    press: createPress({
      name: 'Broadsheet',
      from: 'news@news.example',
      postalAddress: '1 Example Street',
      contact: 'help@news.example',
    }),
    links: createLinks(PUBLIC_URL, KEY),
    digestNow: async (subscriber, { kind }): Promise<DeliveryState> => {
      digests.push(`${kind} ${subscriber.id}`);
      return { kind: 'sent', at: BASE_AT };
    },
  };
  return { ...memory, pace, ports, digests };
};

type Kind = LetterMessage['kind'];

describe('sendLetter', () => {
  let desk: ReturnType<typeof aDesk>;
  beforeEach(() => {
    desk = aDesk();
  });
  const reader = aSubscriber({ address: 'Ada@example.com' });
  const given = async (status: Status, language: (typeof CHROME_LANGUAGES)[number] = 'en') =>
    desk.subscribers.save({ ...reader, status, version: 1, preferences: { ...reader.preferences, language } });
  const message = (kind: Kind, askedAt = BASE_AT): LetterMessage => {
    const base = { v: 1 as const, subscriber: reader.id, askedAt };
    if (kind === 'address-change') return { ...base, kind, to: 'new@example.org' };
    return kind === 'source-stopped' ? { ...base, kind, source: 'daily-example' } : { ...base, kind };
  };
  const sent = async () => {
    const [mail] = desk.mailer.mails;
    if (!mail) throw new Error('no mail was sent');
    return { ...mail, read: await PostalMime.parse(mail.raw) };
  };

  it.each([
    ['confirm', { kind: 'pending' }, 'confirm', 'Ada@example.com'],
    ['manage', { kind: 'active' }, 'own', 'Ada@example.com'],
    ['address-change', { kind: 'active' }, 'address', 'new@example.org'],
  ] as const)('mails %s with the one link that does it', async (kind, status, purpose, to) => {
    await given(status);
    await sendLetter(desk.ports, message(kind));
    const mail = await sent();
    expect([mail.to, mail.tags]).toEqual([to, { letter: `${kind}_${reader.id}` }]);
    const token = /\/[cma]\/([\w-]+)/.exec(mail.read.text ?? '')?.[1] ?? '';
    expect(openLink([KEY], token, BASE_AT)).toMatchObject({ ok: true, purpose, id: reader.id });
    expect(mail.read.to?.[0]?.address).toBe(to);
  });

  it.each(CHROME_LANGUAGES)('confirms in %s', async (language) => {
    await given({ kind: 'pending' }, language);
    await sendLetter(desk.ports, message('confirm'));
    expect((await sent()).read.html).toContain(`lang="${language}"`);
  });

  it('tells of a stopped source while it still fails', async () => {
    await given({ kind: 'active' });
    await desk.sources.save(aSource());
    await sendLetter(desk.ports, message('source-stopped'));
    expect(desk.mailer.calls).toBe(0);
    await desk.sources.save(aSource({ failing: { why: 'gone', sinceAt: BASE_AT - 20 * DAY, times: 40 } }));
    await sendLetter(desk.ports, message('source-stopped'));
    const { read } = await sent();
    expect(read.subject).toContain('stopped');
    expect(read.text).toContain('because your Broadsheet digest follows');
    const leave = read.headers.find(({ key }) => key === 'list-unsubscribe')?.value ?? '';
    const token = /\/u\/([\w-]+)>/.exec(leave)?.[1] ?? '';
    expect(openLink([KEY], token, BASE_AT)).toMatchObject({ ok: true, purpose: 'unsubscribe', id: reader.id });
  });

  it.each([
    ['confirm', { kind: 'active' }],
    ['confirm', { kind: 'left', at: 1, why: 'unsubscribed' }],
    ['manage', { kind: 'pending' }],
    ['manage', { kind: 'left', at: 1, why: 'bounced' }],
    ['address-change', { kind: 'left', at: 1, why: 'unsubscribed' }],
    ['welcome', { kind: 'pending' }],
    ['welcome', { kind: 'paused', until: BASE_AT + DAY }],
    ['now', { kind: 'left', at: 1, why: 'unsubscribed' }],
    ['source-stopped', { kind: 'paused', until: BASE_AT + DAY }],
  ] as const)('drops %s to a reader who is %j', async (kind, status) => {
    await given(status);
    await sendLetter(desk.ports, message(kind));
    expect([desk.mailer.calls, desk.digests]).toEqual([0, []]);
  });

  it('drops what is stale, for nobody, or to a suppressed address', async () => {
    await sendLetter(desk.ports, message('confirm'));
    await given({ kind: 'pending' });
    await sendLetter(desk.ports, message('confirm', BASE_AT - 2 * DAY - HOUR));
    await desk.control.suppress('ada@example.com', 'complaint', BASE_AT);
    await sendLetter(desk.ports, message('confirm'));
    await desk.control.suppress('new@example.org', 'bounce', BASE_AT);
    await sendLetter(desk.ports, message('address-change'));
    expect(desk.mailer.calls).toBe(0);
    expect(desk.log.lines.map(({ fields }) => fields.outcome)).toEqual([
      'unwanted',
      'stale',
      'suppressed',
      'suppressed',
    ]);
  });

  it('sends to a reader whose pause is over what any other gets', async () => {
    await given({ kind: 'paused', until: BASE_AT - DAY });
    await sendLetter(desk.ports, message('welcome'));
    expect(desk.digests).toEqual([`welcome ${reader.id}`]);
  });

  it('has digests made outside the calendar', async () => {
    await given({ kind: 'active' });
    await sendLetter(desk.ports, message('welcome'));
    await sendLetter(desk.ports, message('now'));
    expect(desk.digests).toEqual([`welcome ${reader.id}`, `now ${reader.id}`]);
  });

  it.each(['throttled', 'quota', 'paused', 'misconfigured'] as const)(
    'leaves it to the queue when SES says %s',
    async (error) => {
      await given({ kind: 'pending' });
      desk.mailer.outcomes.push({ kind: 'refused', error, message: 'no' });
      await expect(sendLetter(desk.ports, message('confirm'))).rejects.toMatchObject({
        name: 'NotNow',
        waitMs: error === 'throttled' ? 5_000 : error === 'quota' ? 5 * MINUTE : 15 * MINUTE,
      });
      expect(desk.pace.told).toEqual(error === 'throttled' || error === 'quota' ? [error] : []);
      await sendLetter(desk.ports, message('confirm'));
      expect(desk.mailer.mails).toHaveLength(1);
    },
  );

  it('waits for a place in the lane of letters, and then looks whether it is still wanted', async () => {
    await given({ kind: 'pending' });
    desk.pace.held.push({ kind: 'held', why: 'rate', waitMs: 8_000 });
    await expect(sendLetter(desk.ports, message('confirm'))).rejects.toMatchObject({ name: 'NotNow', waitMs: 8_000 });
    desk.pace.take = async () => {
      await desk.subscribers.save({ ...reader, status: { kind: 'active' }, version: 2 });
      return { kind: 'go' };
    };
    await sendLetter(desk.ports, message('confirm'));
    expect(desk.mailer.calls).toBe(0);
  });

  it('waits where SES takes no mail at all, and alarms: nobody else would see that confirmations stay away', async () => {
    await given({ kind: 'pending' });
    desk.mailer.outcomes.push({ kind: 'refused', error: 'misconfigured', message: 'AccessDenied' });
    await expect(sendLetter(desk.ports, message('confirm'))).rejects.toMatchObject({ waitMs: 15 * MINUTE });
    expect(desk.log.lines).toContainEqual({
      level: 'error',
      event: 'mail.stopped',
      fields: { error: 'misconfigured', why: 'AccessDenied' },
    });
  });

  it('gives up a letter that SES rejects', async () => {
    await given({ kind: 'pending' });
    desk.mailer.outcomes.push({ kind: 'refused', error: 'rejected', message: 'no' });
    await sendLetter(desk.ports, message('confirm'));
    expect(desk.mailer.mails).toEqual([]);
  });

  it('repeats a letter of unknown fate once', async () => {
    await given({ kind: 'pending' });
    desk.mailer.outcomes.push({ kind: 'unknown', message: 'reset' }, { kind: 'unknown', message: 'reset' });
    await expect(sendLetter(desk.ports, message('confirm'))).rejects.toThrow('may not have left');
    await sendLetter(desk.ports, message('confirm'));
    expect(desk.mailer.calls).toBe(2);
  });
});
