import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { DeleteMessageCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createStores } from '../../functions/adapters/dynamo/stores.ts';
import { idFloor } from '../../functions/model/story.ts';
import { iso, TICK, tickOf } from '../../functions/model/time.ts';
import { createTables, type LocalDynamo, startDynamo } from '../../infra/local/dynamo.ts';
import { localEnvironment } from '../../infra/local/environment.ts';
import { openPostOffice } from '../../infra/local/post-office.ts';
import { LOCAL_CREDENTIALS, type LocalQueues, startQueues } from '../../infra/local/queues.ts';
import { type SesEndpoint, startSes } from '../../infra/local/ses-endpoint.ts';
import { LOCAL_TABLES } from '../../infra/tables.ts';
import { INBOUND, writtenMail } from '../incoming-mails.ts';
import { aSource, eight } from './bundle-facts.ts';

const run = promisify(execFile);

/** The bundles are started as the cloud would start them, so they live on the machine's own clock. */
const tick = tickOf(Date.now());

let out: string;
let bundles: Map<string, string>;
let dynamo: LocalDynamo;
let queues: LocalQueues;
let sqs: SQSClient;
let ses: SesEndpoint;
let feed: Server;
let environment: Record<string, string>;
const events: string[] = [];

const SETTINGS = {
  stage: 'test',
  brand: {
    name: 'T',
    from: 'digest@news.example',
    postalAddress: 'Some Street 1, Town',
    contact: 'hello@news.example',
  },
  // the stack with all that may be in it
  inbound: { domain: INBOUND },
};

/** Runs the app as `cdk` does, and says where its stack keeps each function's bundle, by the name of its handler. */
const synthesise = async (outdir: string): Promise<Map<string, string>> => {
  const context = JSON.stringify({ broadsheet: SETTINGS });
  await run(process.execPath, ['infra/run.mjs', 'synth'], {
    env: { PATH: process.env.PATH ?? '', CDK_OUTDIR: outdir, CDK_CONTEXT_JSON: context },
  });
  const template = JSON.parse(readFileSync(join(outdir, 'broadsheet-test.template.json'), 'utf8'));
  const found = new Map<string, string>();
  for (const [id, { Type, Properties }] of Object.entries<{ Type: string; Properties: { Code?: { S3Key: string } } }>(
    template.Resources,
  )) {
    const name = [...eight, 'handle-mail'].find((one) => id.startsWith(`Workers${one.replaceAll('-', '')}`));
    // an asset is named by its hash, in the bucket and in cdk.out
    if (Type === 'AWS::Lambda::Function' && name)
      found.set(name, join(outdir, `asset.${Properties.Code?.S3Key.replace('.zip', '')}`, 'index.mjs'));
  }
  return found;
};

/** Runs one event through a bundle in a process of its own. */
const call = async (name: string, event: object): Promise<unknown> => {
  const { stdout } = await run(
    process.execPath,
    ['test/infra/run-bundle.mjs', bundles.get(name) ?? '', JSON.stringify(event)],
    {
      env: {
        ...environment,
        AWS_REGION: queues.region,
        AWS_ACCESS_KEY_ID: LOCAL_CREDENTIALS.accessKeyId,
        AWS_SECRET_ACCESS_KEY: LOCAL_CREDENTIALS.secretAccessKey,
        PATH: process.env.PATH ?? '',
      },
    },
  );
  return JSON.parse(stdout.trim().split('\n').at(-1) ?? '').answer;
};

const records = (...bodies: string[]): object => ({
  Records: bodies.map((body, n) => ({ messageId: String(n), body })),
});

/** Takes what is on a queue off it, as an event source would. */
const take = async (queue: 'fetch' | 'digests' | 'letters' | 'mail'): Promise<string[]> => {
  const { Messages = [] } = await sqs.send(
    new ReceiveMessageCommand({ QueueUrl: queues.url(queue), MaxNumberOfMessages: 10 }),
  );
  for (const { ReceiptHandle } of Messages)
    await sqs.send(new DeleteMessageCommand({ QueueUrl: queues.url(queue), ReceiptHandle }));
  return Messages.map(({ Body = '' }) => Body);
};

const http = (method: string, path: string, body = ''): object => ({
  version: '2.0',
  routeKey: '$default',
  rawPath: path,
  rawQueryString: '',
  headers: { host: '127.0.0.1', 'content-type': 'application/x-www-form-urlencoded', 'sec-fetch-site': 'same-origin' },
  requestContext: {
    http: { method, path, sourceIp: '127.0.0.1', protocol: 'HTTP/1.1', userAgent: '' },
    domainName: '127.0.0.1',
    timeEpoch: 0,
    requestId: '1',
    accountId: '',
    apiId: '',
    stage: '$default',
    routeKey: '$default',
    time: '',
    domainPrefix: '',
  },
  body,
  isBase64Encoded: false,
});

const NONE_FAILED = { batchItemFailures: [] };

beforeAll(async () => {
  out = mkdtempSync(join(tmpdir(), 'broadsheet-bundles-'));
  bundles = await synthesise(out);
  [dynamo, queues] = await Promise.all([startDynamo(), startQueues()]);
  sqs = new SQSClient({ endpoint: queues.endpoint, region: queues.region, credentials: LOCAL_CREDENTIALS });
  await createTables(dynamo.client, LOCAL_TABLES);
  ses = await startSes({
    clock: { now: () => Date.now() },
    configurationSet: 'broadsheet',
    onEvent: (envelope) => events.push(envelope),
  });
  feed = createServer((_, response) =>
    response
      .setHeader('content-type', 'application/rss+xml')
      .end(
        readFileSync('test/infra/bundle-feed.xml', 'utf8').replaceAll(
          'DATE',
          new Date(Date.now() - 60_000).toUTCString(),
        ),
      ),
  );
  await new Promise<void>((ready) => feed.listen(0, '127.0.0.1', ready));
  const { port } = feed.address() as AddressInfo;
  environment = localEnvironment({
    dir: undefined,
    publicUrl: 'http://127.0.0.1:8300',
    queues,
    dynamo: dynamo.endpoint,
    ses: ses.url,
    allow: [`127.0.0.1:${port}`],
    welcome: false,
    inbound: INBOUND,
  });
  const stores = createStores(dynamo.client, LOCAL_TABLES, new Uint8Array(32));
  await stores.sources.save(aSource({ id: 'paper', url: `http://127.0.0.1:${port}/feed`, addedAt: tick }));
});

afterAll(async () => {
  feed.close();
  await Promise.all([ses.stop(), queues.stop()]);
  await dynamo.close();
  rmSync(out, { recursive: true, force: true });
});

describe('each bundle of cdk.out, in a process of its own, on the emulators', () => {
  it('exists for all eight functions, and for the one that takes mail', () => {
    expect([...bundles.keys()].sort()).toEqual([...eight, 'handle-mail'].sort());
    expect([...bundles.values()].every((path) => existsSync(path))).toBe(true);
  });

  it('holds no compiler of mails and no other library of the slow path in the sender, and is at most 900 KB', () => {
    const sender = bundles.get('send-digests') ?? '';
    expect(statSync(sender).size).toBeLessThan(900 * 1024);
    expect(readFileSync(sender, 'utf8')).not.toMatch(/mjml-core|nodemailer|feedsmith|undici/);
  });

  it('fetches, edits, signs up, confirms, plans, sends and takes feedback', async () => {
    const stores = createStores(dynamo.client, LOCAL_TABLES, Buffer.from(environment.PEPPER ?? '', 'base64url'));

    await call('fetch-sources', { time: iso(tick) });
    const fetches = await take('fetch');
    expect(fetches).toHaveLength(1);
    expect(await call('fetch-sources', records(...fetches))).toEqual(NONE_FAILED);
    expect(await stores.stories.since(idFloor(tick - TICK), tick + TICK)).toHaveLength(6);

    await call('edit-shelves', { time: iso(tick) });
    expect((await stores.editions.current())?.number).toBe(1);

    // a reader whose hour, in UTC, is this one
    const hour = new Date(tick).getUTCHours();
    const form = new URLSearchParams({
      email: 'ann@example.com',
      cadence: 'daily',
      hour: String(hour),
      zone: 'UTC',
      topics: 'science',
      language: 'en',
      reads: 'en',
    });
    expect(await call('web', http('POST', '/', form.toString()))).toMatchObject({ statusCode: 200 });
    const [confirm] = await take('letters');
    expect(await call('send-letters', records(confirm ?? ''))).toEqual(NONE_FAILED);
    const mailed = Buffer.from(ses.mails.raw(ses.mails.all()[0]?.id ?? '') ?? '').toString();
    const link = /http:\/\/127\.0\.0\.1:8300(\/c\/[\w-]+)/.exec(mailed.replace(/=\r\n/g, ''))?.[1] ?? '';
    expect(await call('web', http('POST', link))).toMatchObject({ statusCode: 200 });

    // the planner is asked as of the next full hour's tick of that reader
    const due = tickOf(Date.parse(`${iso(tick).slice(0, 13)}:00:00Z`)) + 24 * 3_600_000;
    await call('plan-digests', { time: iso(due) });
    const [chunk] = await take('digests');
    expect(JSON.parse(chunk ?? '{}')).toMatchObject({ kind: 'chunk', dueAt: due });
    ses.setMode('bounce');
    expect(await call('send-digests', records(chunk ?? ''))).toEqual(NONE_FAILED);
    const digest = ses.mails.all().find((mail) => mail.tags.delivery);
    expect(digest?.to).toEqual(['ann@example.com']);

    const evidence = events.filter((event) => event.includes(digest?.tags.delivery ?? '-'));
    expect(evidence.length).toBeGreaterThan(0);
    expect(await call('handle-feedback', records(...evidence))).toEqual(NONE_FAILED);
    const [subscriber = ''] = (digest?.tags.delivery ?? '').split('_');
    const [entry] = await stores.deliveries.last(subscriber, 1);
    expect(entry?.state.kind).toBe('sent');
    expect((await stores.subscribers.byId(subscriber))?.status).toMatchObject({ kind: 'left', why: 'bounced' });
  });

  it('takes a mail out of the bucket and asks for the letter that answers it', async () => {
    const office = await openPostOffice(queues, { now: () => Date.now() });
    await office.receive(Buffer.from(writtenMail({})), {
      from: 'ada@reader.example',
      to: `subscribe@${INBOUND}`,
      signedBy: 'reader.example',
    });
    office.close();
    const [notice = ''] = await take('mail');
    expect(await call('handle-mail', records(notice))).toEqual(NONE_FAILED);
    const [letter = '{}'] = await take('letters');
    expect(JSON.parse(letter)).toMatchObject({ kind: 'confirm', reply: true });
    // told of twice: the mail is gone, and that is no fault
    expect(await call('handle-mail', records(notice))).toEqual(NONE_FAILED);
    expect(await take('letters')).toEqual([]);
  });
});
