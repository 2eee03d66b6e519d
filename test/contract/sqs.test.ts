import { createHash } from 'node:crypto';
import { SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { createQueue } from '../../functions/adapters/sqs.ts';
import { type Loopback, startLoopback } from './loopback.ts';

/** The queue against an endpoint that speaks SQS's JSON, and refuses as told. */

const message = z.object({ n: z.number(), text: z.string().optional() });
const entries = z.object({
  Entries: z.array(z.object({ Id: z.string(), MessageBody: z.string(), DelaySeconds: z.number() })),
});

let server: Loopback;
let sqs: SQSClient;
/** Entries of each call. */
let calls: { body: z.infer<typeof message>; delay: number }[][] = [];
/** Which entries fail: by the number of the call. */
let failing: (n: number, call: number) => { SenderFault: boolean } | undefined = () => undefined;

const md5 = (text: string): string => createHash('md5').update(text).digest('hex');

beforeAll(async () => {
  server = await startLoopback();
  sqs = new SQSClient({
    endpoint: server.endpoint,
    region: 'eu-west-1',
    credentials: { accessKeyId: 'a', secretAccessKey: 's' },
  });
  server.answer = (body, response) => {
    const { Entries } = entries.parse(JSON.parse(body));
    const read = Entries.map((entry) => ({ ...entry, message: message.parse(JSON.parse(entry.MessageBody)) }));
    calls.push(read.map((entry) => ({ body: entry.message, delay: entry.DelaySeconds })));
    const told = read.map((entry) => ({ entry, fault: failing(entry.message.n, calls.length) }));
    const answer = {
      Successful: told.flatMap(({ entry, fault }) =>
        fault ? [] : [{ Id: entry.Id, MessageId: 'm', MD5OfMessageBody: md5(entry.MessageBody) }],
      ),
      Failed: told.flatMap(({ entry, fault }) => (fault ? [{ Id: entry.Id, Code: 'InternalError', ...fault }] : [])),
    };
    response.writeHead(200, { 'content-type': 'application/x-amz-json-1.0' }).end(JSON.stringify(answer));
  };
});
beforeEach(() => {
  calls = [];
  failing = () => undefined;
});
afterAll(async () => {
  sqs.destroy();
  await server.close();
});

const queue = () => createQueue(sqs, `${server.endpoint}/000000000000/fetch`, message);
const some = (count: number, text?: string) =>
  Array.from({ length: count }, (_, n) => ({ n, ...(text === undefined ? {} : { text }) }));
const sent = () => calls.flat().map(({ body }) => body.n);

describe('the queue', () => {
  it('sends by ten', async () => {
    await queue().send(some(23));
    expect(calls.map((call) => call.length)).toEqual([10, 10, 3]);
    expect(sent()).toEqual(some(23).map(({ n }) => n));
  });

  it('sends nothing for no messages', async () => {
    await queue().send([]);
    expect(calls).toEqual([]);
  });

  it('keeps a batch under 256 KB, in bytes', async () => {
    await queue().send(some(4, 'é'.repeat(50_000)));
    expect(calls.map((call) => call.length)).toEqual([2, 2]);
    await expect(queue().send(some(1, 'é'.repeat(140_000)))).rejects.toThrow('more than SQS takes');
  });

  it('sends again what failed, and only that', async () => {
    failing = (n, call) => (call === 1 && n % 4 === 0 ? { SenderFault: false } : undefined);
    await queue().send(some(10));
    expect(calls.map((call) => call.map(({ body }) => body.n))).toEqual([
      [0, 1, 2, 3, 4, 5, 6, 7, 8, 9],
      [0, 4, 8],
    ]);
  });

  it('throws when a message keeps failing', async () => {
    failing = (n) => (n === 1 ? { SenderFault: false } : undefined);
    await expect(queue().send(some(3))).rejects.toThrow('InternalError');
    expect(calls).toHaveLength(4);
  });

  it('does not repeat what SQS blames us for', async () => {
    failing = () => ({ SenderFault: true });
    await expect(queue().send(some(3))).rejects.toThrow('SQS took 0 of 3');
    expect(calls).toHaveLength(1);
  });

  it('delays by whole seconds up to fifteen minutes', async () => {
    await queue().send(some(1), 1500);
    expect(calls).toEqual([[{ body: { n: 0 }, delay: 2 }]]);
    await expect(queue().send(some(1), 15 * 60_000 + 1)).rejects.toThrow('15 minutes');
  });

  it('hands what must wait to whoever holds it instead', async () => {
    const held: [string, string, number][] = [];
    const holding = createQueue(sqs, 'q', message, { hold: (...waiting) => void held.push(waiting) });
    await holding.send(some(1), 60_000);
    expect(held).toEqual([['q', '{"n":0}', 60_000]]);
    expect(calls).toEqual([]);
  });

  it('refuses a message that its consumer could not read', async () => {
    const careless = { n: 'one' } as unknown as { n: number };
    await expect(queue().send([careless])).rejects.toThrow();
    expect(calls).toEqual([]);
  });
});
