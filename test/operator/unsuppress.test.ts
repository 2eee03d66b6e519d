import { execFile } from 'node:child_process';
import { createHash, createHmac } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { SESClient } from '@aws-sdk/client-ses';
import { afterEach, describe, expect, it } from 'vitest';
import { createStores } from '../../functions/adapters/dynamo/stores.ts';
import { createMailer, SES_CLIENT } from '../../functions/adapters/ses.ts';
import { createTables, startDynamo } from '../../infra/local/dynamo.ts';
import { CONFIGURATION_SET, localEnvironment } from '../../infra/local/environment.ts';
import { LOCAL_CREDENTIALS } from '../../infra/local/queues.ts';
import { startSes } from '../../infra/local/ses-endpoint.ts';
import { createSesList } from '../../infra/operator/ses-list.ts';
import { unsuppress } from '../../infra/operator/unsuppress.ts';
import { LOCAL_TABLES } from '../../infra/tables.ts';
import { aSubscriber, BASE_AT } from '../builders.ts';
import { startLoopback } from '../contract/loopback.ts';
import { memoryPorts } from '../fakes.ts';

const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

const REGION = 'eu-west-1';
const PEPPER = Buffer.alloc(32, 7);

const run = promisify(execFile);

/** Parameter Store as far as it is asked here: the pepper, to who asks for it deciphered. */
const startParameters = async (name: string) => {
  const server = await startLoopback();
  ends.push(() => server.close());
  server.answer = (body, response) => {
    const asked = JSON.parse(body);
    const found = asked.Name === name && asked.WithDecryption;
    const answer = found
      ? { Parameter: { Name: name, Value: PEPPER.toString('base64url') } }
      : { __type: 'ParameterNotFound', message: 'none' };
    response.writeHead(found ? 200 : 400, { 'content-type': 'application/x-amz-json-1.1' }).end(JSON.stringify(answer));
  };
  return server;
};

const startAccount = async () => {
  const dynamo = await startDynamo();
  ends.push(() => dynamo.close());
  await createTables(dynamo.client, LOCAL_TABLES);
  const stores = createStores(dynamo.client, LOCAL_TABLES, PEPPER);
  const bounces: string[] = [];
  const ses = await startSes({
    clock: { now: () => BASE_AT },
    configurationSet: CONFIGURATION_SET,
    onEvent: (text) => {
      const { detail } = JSON.parse(text);
      if (detail.eventType === 'Bounce') bounces.push(detail.bounce.bounceSubType);
    },
  });
  ends.push(() => ses.stop());
  const sender = new SESClient({ endpoint: ses.url, region: REGION, credentials: LOCAL_CREDENTIALS, ...SES_CLIENT });
  ends.push(() => sender.destroy());
  const mailer = createMailer(sender, { configurationSet: CONFIGURATION_SET, from: 'news@paper.example' });
  const raw = 'From: news@paper.example\r\nSubject: Hello\r\n\r\nGood morning.\r\n';
  /** Mails an address, and says how the mail bounced. */
  const mail = async (to: string): Promise<string[]> => {
    bounces.length = 0;
    await mailer.send({ to, raw, tags: { letter: 'confirm_abcdefghij012345' } });
    return [...bounces];
  };
  return { stores, ses, dynamo, mail };
};

/** `npx broadsheet …` with the settings that the AWS CLI would print of the census function. */
const operator = async (to: { dynamo: string; ses: string }) => {
  const name = '/broadsheet/prod/pepper';
  const parameters = await startParameters(name);
  const dir = mkdtempSync(join(tmpdir(), 'broadsheet-unsuppress-'));
  ends.push(() => rmSync(dir, { recursive: true }));
  const queues = { url: () => 'http://127.0.0.1:1/queue', endpoint: 'http://127.0.0.1:1' };
  const local = localEnvironment({
    ...to,
    queues,
    dir: undefined,
    publicUrl: 'https://paper.example',
    allow: [],
    welcome: true,
  });
  const { LINK_KEY: _, PEPPER: __, ...rest } = local;
  const file = join(dir, 'settings.json');
  writeFileSync(file, JSON.stringify({ ...rest, SECRETS: 'none', PEPPER_PARAMETER: name }));
  const env = {
    PATH: process.env.PATH ?? '',
    AWS_REGION: REGION,
    AWS_ACCESS_KEY_ID: LOCAL_CREDENTIALS.accessKeyId,
    AWS_SECRET_ACCESS_KEY: LOCAL_CREDENTIALS.secretAccessKey,
    AWS_ENDPOINT_URL_SSM: parameters.endpoint,
  };
  return async (...argv: string[]) =>
    (await run(process.execPath, ['infra/broadsheet.mjs', ...argv, '--settings', file], { env })).stdout;
};

describe('npx broadsheet unsuppress', () => {
  const reader = aSubscriber({
    address: 'Ada@example.com',
    addressKey: 'ada@example.com',
    status: { kind: 'left', at: BASE_AT, why: 'bounced' },
  });

  it('lets mail go again to an address that bounced: our mark and SES’s own are gone, and nobody is subscribed', async () => {
    const { stores, ses, dynamo, mail } = await startAccount();
    await stores.subscribers.claimAddress(reader.addressKey, reader.id);
    await stores.subscribers.save(reader);
    ses.setMode('bounce');
    expect(await mail(reader.address)).toEqual(['General']);
    ses.setMode('normal');
    await stores.control.suppress(reader.addressKey, 'bounce', BASE_AT);
    expect(await mail(reader.address)).toEqual(['OnAccountSuppressionList']);

    const broadsheet = await operator({ dynamo: dynamo.endpoint, ses: ses.url });
    // as another would write it: what SES has is what mail was sent to
    const said = await broadsheet('unsuppress', 'ADA@example.com');
    expect(said).toContain('it was set by a hard bounce');
    expect(said).toContain('it is gone from there');
    expect(said.toLowerCase()).not.toContain('ada@');
    expect(await stores.control.suppressed(reader.addressKey)).toBeUndefined();
    expect(await mail(reader.address)).toEqual([]);
    expect((await stores.subscribers.byId(reader.id))?.status).toEqual(reader.status);

    expect(JSON.parse(await broadsheet('unsuppress', 'ada@example.com', '--json'))).toEqual({ mark: null, ses: false });
  });

  it('leaves the mark where SES refuses: a confirmation would only bounce', async () => {
    const server = await startLoopback();
    ends.push(() => server.close());
    server.answer = (_, response) =>
      response
        .writeHead(403, { 'x-amzn-errortype': 'AccessDeniedException:http://internal.example/' })
        .end(JSON.stringify({ message: 'not authorized' }));
    const ses = new SESClient({ region: REGION, credentials: LOCAL_CREDENTIALS });
    ends.push(() => ses.destroy());
    const memory = memoryPorts();
    await memory.control.suppress(reader.addressKey, 'complaint', BASE_AT);
    const ports = { ...memory, openMarks: async () => memory.control, sesList: createSesList(ses, server.endpoint) };
    await expect(unsuppress(ports, reader)).rejects.toThrow(
      "SES's suppression list: AccessDeniedException, not authorized",
    );
    expect(await memory.control.suppressed(reader.addressKey)).toBe('complaint');
  });
});

describe('the request to SES', () => {
  const sha = (text: string): string => createHash('sha256').update(text).digest('hex');
  const hmac = (key: string | Buffer, text: string): Buffer => createHmac('sha256', key).update(text).digest();

  /** The signature that AWS works out (IAM user guide, "Create a signed AWS API request"): a path is encoded once more than it was sent. */
  const signatureOf = ({ url = '', headers }: IncomingMessage): string => {
    const [, date = '', signed = ''] =
      /Credential=[^/]+\/(\d{8})\/.*SignedHeaders=([^,]+),/.exec(headers.authorization ?? '') ?? [];
    const canonical = [
      'DELETE',
      url.split('/').map(encodeURIComponent).join('/'),
      '',
      ...signed.split(';').map((name) => `${name}:${headers[name]}`),
      '',
      signed,
      sha(''),
    ].join('\n');
    const scope = `${date}/${REGION}/ses/aws4_request`;
    const key = [date, REGION, 'ses', 'aws4_request'].reduce<string | Buffer>(
      hmac,
      `AWS4${LOCAL_CREDENTIALS.secretAccessKey}`,
    );
    return hmac(key, ['AWS4-HMAC-SHA256', headers['x-amz-date'], scope, sha(canonical)].join('\n')).toString('hex');
  };

  it.each(['ada@example.com', "o'neil+news!*@example.com"])('is signed as AWS signs it (%s)', async (address) => {
    const server = await startLoopback();
    ends.push(() => server.close());
    const seen: string[] = [];
    server.answer = (_, response, request) => {
      const [, given] = /Signature=([0-9a-f]{64})$/.exec(request.headers.authorization ?? '') ?? [];
      seen.push(decodeURIComponent(request.url?.split('/').at(-1) ?? ''), given ?? '', signatureOf(request));
      response.writeHead(200).end('{}');
    };
    const ses = new SESClient({ region: REGION, credentials: LOCAL_CREDENTIALS });
    ends.push(() => ses.destroy());
    expect(await createSesList(ses, server.endpoint).remove(address)).toBe(true);
    const [to, given, right] = seen;
    expect(to).toBe(address);
    expect(given).toBe(right);
  });
});
