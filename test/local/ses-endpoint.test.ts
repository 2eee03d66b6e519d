import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GetSendQuotaCommand, SESClient, SendRawEmailCommand, VerifyEmailIdentityCommand } from '@aws-sdk/client-ses';
import { afterEach, expect, test } from 'vitest';
import { sesEnvelope } from '../../functions/model/ses-event.ts';
import { createMailStore } from '../../infra/local/mail-store.ts';
import { LOCAL_CREDENTIALS } from '../../infra/local/queues.ts';
import { type SesEndpoint, type SesMode, type SesOptions, startSes } from '../../infra/local/ses-endpoint.ts';

const NOW = Date.UTC(2026, 0, 5, 7);
const ends: (() => unknown)[] = [];

afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

const start = async (options: Partial<SesOptions> = {}) => {
  const events: unknown[] = [];
  const endpoint = await startSes({
    clock: { now: () => NOW },
    configurationSet: 'set',
    onEvent: (text) => events.push(JSON.parse(text)),
    ...options,
  });
  const client = new SESClient({
    endpoint: endpoint.url,
    region: 'eu-west-1',
    credentials: LOCAL_CREDENTIALS,
    maxAttempts: 1,
  });
  ends.push(
    () => endpoint.stop(),
    () => client.destroy(),
  );
  const kinds = (): string[] => events.map((event) => sesEnvelope.parse(event).detail.eventType);
  return { endpoint, client, events, kinds };
};

const RAW = 'From: a@example.com\r\nTo: b@example.com\r\nSubject: Hi\r\n\r\nText with = and + and \u00e9\r\n';

const mail = (over: { raw?: string; to?: string; set?: string; tag?: string } = {}): SendRawEmailCommand =>
  new SendRawEmailCommand({
    Source: 'a@example.com',
    Destinations: [over.to ?? 'b@example.com'],
    RawMessage: { Data: Buffer.from(over.raw ?? RAW) },
    ConfigurationSetName: over.set ?? 'set',
    Tags: [{ Name: 'delivery', Value: over.tag ?? 'x_2026-01-05_day' }],
  });

test('a mail is kept as it was handed over, with envelope, tags and configuration set, and told of', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'broadsheet-test-'));
  ends.push(() => rmSync(dir, { recursive: true }));
  const { client, endpoint, events, kinds } = await start({ mails: createMailStore(dir) });
  const { MessageId } = await client.send(mail());
  const kept = (store: SesEndpoint): unknown => [
    store.mails.all(),
    Buffer.from(store.mails.raw('000001') ?? []).toString(),
  ];
  const expected = [
    [
      {
        id: '000001',
        messageId: MessageId,
        from: 'a@example.com',
        to: ['b@example.com'],
        at: NOW,
        tags: { delivery: 'x_2026-01-05_day' },
        configurationSet: 'set',
      },
    ],
    RAW,
  ];
  expect(kept(endpoint)).toEqual(expected);
  expect(kinds()).toEqual(['Send', 'Delivery']);
  expect(sesEnvelope.parse(events[0]).detail.mail).toMatchObject({
    messageId: MessageId,
    tags: { delivery: ['x_2026-01-05_day'] },
  });
  const { endpoint: next } = await start({ mails: createMailStore(dir) });
  expect(kept(next)).toEqual(expected);
});

const modes: [mode: SesMode, outcome: string, kept: number, told: string[]][] = [
  ['normal', 'accepted', 1, ['Send', 'Delivery']],
  ['noevents', 'accepted', 1, []],
  ['bounce', 'accepted', 1, ['Send', 'Bounce']],
  ['complaint', 'accepted', 1, ['Send', 'Delivery', 'Complaint']],
  ['throttle', 'Throttling client 400', 0, []],
  ['drop', 'TimeoutError  undefined', 1, ['Send', 'Delivery']],
  ['delay', 'AbortError  undefined', 1, ['Send', 'Delivery']],
];

test.each(modes)('mode %s: %s, %i kept, told %j', async (mode, outcome, kept, told) => {
  const { client, endpoint, kinds } = await start({ delayMs: 5000 });
  endpoint.setMode(mode);
  const patience = new AbortController();
  const asked = client.send(mail(), { abortSignal: patience.signal }).then(
    () => 'accepted',
    (error) => `${error.name} ${error.$fault ?? ''} ${error.$metadata?.httpStatusCode}`,
  );
  if (mode === 'delay') {
    await expect.poll(() => endpoint.mails.all().length).toBe(kept);
    patience.abort();
  }
  expect(await asked).toBe(outcome);
  expect(endpoint.mails.all()).toHaveLength(kept);
  expect(kinds()).toEqual(told);
});

const simulated: [address: string, told: string[]][] = [
  ['success@simulator.amazonses.com', ['Send', 'Delivery']],
  ['bounce+label@simulator.amazonses.com', ['Send', 'Bounce']],
  ['complaint@simulator.amazonses.com', ['Send', 'Delivery', 'Complaint']],
  ['suppressionlist@simulator.amazonses.com', ['Send', 'Bounce']],
  ['ooto@simulator.amazonses.com', ['Send', 'Delivery', 'Bounce']],
];

test.each(simulated)('the mailbox simulator: %s is told as %j', async (to, told) => {
  const { client, kinds } = await start();
  await client.send(mail({ to }));
  expect(kinds()).toEqual(told);
});

const refused: [why: string, over: Parameters<typeof mail>[0], name: string][] = [
  ['an unknown configuration set', { set: 'other' }, 'ConfigurationSetDoesNotExistException'],
  ['a tag with another character', { tag: 'a#b' }, 'InvalidParameterValue'],
  ['an address that is none', { to: 'nobody' }, 'InvalidParameterValue'],
  ['a domain that is not in Punycode', { to: 'ada@bücher.example' }, 'InvalidParameterValue'],
  ['a mail without header', { raw: 'just text' }, 'InvalidParameterValue'],
  ['a mail without subject', { raw: 'From: a@example.com\r\n\r\nHi' }, 'InvalidParameterValue'],
  ['two subjects', { raw: `Subject: again\r\n${RAW}` }, 'InvalidParameterValue'],
  ['a line that is too long', { raw: `${RAW}${'x'.repeat(1100)}\r\n` }, 'InvalidParameterValue'],
];

test.each(refused)('%s is refused, and the SDK understands it', async (_, over, name) => {
  const { client, endpoint } = await start();
  await expect(client.send(mail(over))).rejects.toMatchObject({ name, $fault: 'client' });
  expect(endpoint.mails.all()).toEqual([]);
});

test('rate and quota are held, and told by GetSendQuota', async () => {
  const { client } = await start({ ratePerSecond: 3, maxPer24h: 2 });
  await client.send(mail());
  await client.send(mail());
  await expect(client.send(mail())).rejects.toMatchObject({ message: 'Daily message quota exceeded.' });
  expect(await client.send(new GetSendQuotaCommand())).toMatchObject({
    Max24HourSend: 2,
    MaxSendRate: 3,
    SentLast24Hours: 2,
  });
  const bursts = await Promise.allSettled([1, 2, 3, 4].map(() => client.send(mail())));
  const messages = bursts.map((burst) => (burst.status === 'rejected' ? burst.reason.message : 'sent'));
  expect(messages).toContain('Maximum sending rate exceeded.');
});

test('an action it does not have is answered, not left hanging', async () => {
  const { client, endpoint } = await start();
  await expect(client.send(new VerifyEmailIdentityCommand({ EmailAddress: 'a@example.com' }))).rejects.toMatchObject({
    name: 'InvalidAction',
  });
  const unsigned = await fetch(endpoint.url, { method: 'POST', body: 'Action=GetSendQuota' });
  expect(unsigned.status).toBe(403);
});
