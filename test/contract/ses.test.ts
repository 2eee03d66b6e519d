import type { ServerResponse } from 'node:http';
import { SESClient, type SESClientConfig } from '@aws-sdk/client-ses';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createMailer, SES_CLIENT } from '../../functions/adapters/ses.ts';
import type { SendOutcome } from '../../functions/model/mail.ts';
import { type Loopback, startLoopback } from './loopback.ts';

/** The mailer against an endpoint that speaks SES v1, and against one that misbehaves. */

let server: Loopback;
let ses: SESClient;

beforeAll(async () => {
  server = await startLoopback();
  ses = client(SES_CLIENT);
});
beforeEach(() => {
  server.bodies.length = 0;
});
afterAll(async () => {
  ses.destroy();
  await server.close();
});

const client = (of: SESClientConfig): SESClient =>
  new SESClient({
    endpoint: server.endpoint,
    region: 'eu-west-1',
    credentials: { accessKeyId: 'a', secretAccessKey: 's' },
    ...of,
  });

const mailer = (limitMs?: number) =>
  createMailer(ses, {
    configurationSet: 'broadsheet',
    from: 'news@paper.example',
    ...(limitMs === undefined ? {} : { limitMs }),
  });

const mail = {
  to: 'reader@example.com',
  raw: 'Subject: Hello\r\n\r\nGood morning.\r\n',
  tags: { delivery: 'abc_2026-01-05_day' },
};

const xml = (response: ServerResponse, status: number, body: string): void => {
  response.writeHead(status, { 'content-type': 'text/xml' }).end(body);
};

const NS = 'xmlns="http://ses.amazonaws.com/doc/2010-12-01/"';

const accepted = (response: ServerResponse): void =>
  xml(
    response,
    200,
    `<SendRawEmailResponse ${NS}><SendRawEmailResult><MessageId>m-1</MessageId></SendRawEmailResult><ResponseMetadata><RequestId>r</RequestId></ResponseMetadata></SendRawEmailResponse>`,
  );

const refusal =
  (code: string, message: string, status = 400, type = 'Sender') =>
  (response: ServerResponse) =>
    xml(
      response,
      status,
      `<ErrorResponse ${NS}><Error><Type>${type}</Type><Code>${code}</Code><Message>${message}</Message></Error><RequestId>r</RequestId></ErrorResponse>`,
    );

const UNVERIFIED = 'Email address is not verified. The following identities failed the check in region EU-WEST-1:';

const send = async (answer: (response: ServerResponse) => void, limitMs?: number): Promise<SendOutcome> => {
  server.answer = (_body, response) => answer(response);
  return mailer(limitMs).send(mail);
};

describe('the mailer', () => {
  it('hands SES the mail, its sender, its tags and the configuration set', async () => {
    expect(await send(accepted)).toEqual({ kind: 'accepted', messageId: 'm-1' });
    const form = Object.fromEntries(new URLSearchParams(server.bodies[0]));
    expect(form).toMatchObject({
      Action: 'SendRawEmail',
      Source: 'news@paper.example',
      'Destinations.member.1': 'reader@example.com',
      ConfigurationSetName: 'broadsheet',
      'Tags.member.1.Name': 'delivery',
      'Tags.member.1.Value': 'abc_2026-01-05_day',
    });
    expect(atob(form['RawMessage.Data'] ?? '')).toBe(mail.raw);
  });

  it('gives SES an international domain in Punycode', async () => {
    server.answer = (_body, response) => accepted(response);
    await mailer().send({ ...mail, to: 'ada@bücher.example' });
    const [to] = new URLSearchParams(server.bodies[0]).getAll('Destinations.member.1');
    expect(to).toBe('ada@xn--bcher-kva.example');
  });

  it.each([
    ['Throttling', 'Maximum sending rate exceeded.', 'throttled'],
    ['ThrottlingException', 'Rate exceeded', 'throttled'],
    ['Throttling', 'Daily message quota exceeded.', 'quota'],
    ['MessageRejected', 'Message contains a virus.', 'rejected'],
    ['MessageRejected', 'Sending paused for this account. For more information, please check the inbox.', 'paused'],
    ['MessageRejected', 'Sending suspended for this account. For more information, please check the inbox.', 'paused'],
    ['MessageRejected', `${UNVERIFIED} news@paper.example`, 'misconfigured'],
    ['MessageRejected', `${UNVERIFIED} Paper &lt;news@paper.example&gt;, reader@example.com`, 'misconfigured'],
    ['MessageRejected', `${UNVERIFIED} reader@example.com`, 'rejected'],
    ['MessageRejected', 'Email address is not verified.', 'misconfigured'],
    ['InvalidParameterValue', 'Domain starts with dot', 'rejected'],
    ['AccountSendingPausedException', 'paused', 'paused'],
    ['ConfigurationSetSendingPausedException', 'paused', 'paused'],
    ['ConfigurationSetDoesNotExist', 'no such set', 'misconfigured'],
    ['MailFromDomainNotVerifiedException', 'not verified', 'misconfigured'],
    ['SignatureDoesNotMatch', 'no', 'misconfigured'],
    ['AccessDenied', 'no', 'misconfigured'],
    ['ANameOfTomorrow', 'who knows', 'rejected'],
  ])('says refused to %s (%s)', async (code, message, error) => {
    const outcome = await send(refusal(code, message));
    expect(outcome).toMatchObject({ kind: 'refused', error });
    expect(JSON.stringify(outcome)).not.toContain('reader@');
    expect(server.bodies).toHaveLength(1);
  });

  it('names the cause where the sandbox does not know the recipient', async () => {
    const outcome = await send(refusal('MessageRejected', `${UNVERIFIED} reader@example.com`));
    expect(outcome).toEqual({ kind: 'refused', error: 'rejected', message: 'RecipientNotVerified' });
  });

  it.each<[string, (response: ServerResponse) => void]>([
    ['503', refusal('ServiceUnavailable', 'try later', 503, 'Receiver')],
    ['500', refusal('InternalFailure', 'try later', 500, 'Receiver')],
    ['a 503 without XML', (response) => response.writeHead(503).end('<html>busy</html>')],
    ['a 200 without XML', (response) => response.writeHead(200).end('OK')],
    ['an empty 200', (response) => response.writeHead(200).end()],
    ['a 200 that lacks the id', (response) => xml(response, 200, `<SendRawEmailResponse ${NS}/>`)],
    [
      'a 400 of a proxy',
      (response) => response.writeHead(400, { 'content-type': 'text/html' }).end('<html>Bad</html>'),
    ],
    ['a 408 without a word', (response) => response.writeHead(408).end()],
    ["a 400 that is SES's own fault", refusal('InternalFailure', 'sorry', 400, 'Receiver')],
    ['a reset', (response) => response.socket?.resetAndDestroy()],
    [
      'half an answer',
      (response) => void response.writeHead(200, { 'content-length': '900' }).write('<Send', () => response.destroy()),
    ],
    ['silence', () => undefined],
  ])('says unknown to %s, and asks once', async (_what, answer) => {
    expect(await send(answer, 150)).toMatchObject({ kind: 'unknown' });
    expect(server.bodies).toHaveLength(1);
  });

  it('is one acceptance when SES takes the mail and the answer is lost', async () => {
    let taken = 0;
    const outcome = await send((response) => {
      taken++;
      response.socket?.destroy();
    });
    expect(outcome.kind).toBe('unknown');
    expect(taken).toBe(1);
  });

  it('refuses a client that would repeat', async () => {
    const eager = client({ ...SES_CLIENT, maxAttempts: 3 });
    const send = createMailer(eager, { configurationSet: 'broadsheet', from: 'news@paper.example' }).send(mail);
    await expect(send).rejects.toThrow('SES_CLIENT');
    expect(server.bodies).toHaveLength(0);
    eager.destroy();
  });

  it('reads the quota', async () => {
    server.answer = (_body, response) =>
      xml(
        response,
        200,
        `<GetSendQuotaResponse ${NS}><GetSendQuotaResult><Max24HourSend>200</Max24HourSend><MaxSendRate>1</MaxSendRate><SentLast24Hours>12</SentLast24Hours></GetSendQuotaResult><ResponseMetadata><RequestId>r</RequestId></ResponseMetadata></GetSendQuotaResponse>`,
      );
    expect(await mailer().quota()).toEqual({ maxPer24h: 200, ratePerSecond: 1, sentLast24h: 12 });
  });
});
