import { CreateBucketCommand, ListObjectsV2Command, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createArrivals } from '../../functions/adapters/s3.ts';
import { LOCAL_CREDENTIALS, type LocalQueues, startQueues } from '../../infra/local/queues.ts';
import { receivedMail } from '../incoming-mails.ts';

const BUCKET = 'mails';

let emulator: LocalQueues;
let s3: S3Client;
const asked: (string | undefined)[] = [];

beforeAll(async () => {
  emulator = await startQueues();
  s3 = new S3Client({
    endpoint: emulator.endpoint,
    region: emulator.region,
    credentials: LOCAL_CREDENTIALS,
    forcePathStyle: true,
  });
  await s3.send(new CreateBucketCommand({ Bucket: BUCKET }));
  s3.middlewareStack.add(
    (next, context) => (args) => {
      if (context.commandName === 'GetObjectCommand')
        asked.push('Range' in args.input ? String(args.input.Range) : undefined);
      return next(args);
    },
    { step: 'initialize' },
  );
});
afterAll(async () => {
  s3.destroy();
  await emulator.stop();
});

const put = (key: string, body: Uint8Array) => s3.send(new PutObjectCommand({ Bucket: BUCKET, Key: key, Body: body }));

/** Mails in a bucket. Fails if: more is read than 256 kB · what is gone is a fault · a mail stays after it is deleted. */
describe('arrivals', () => {
  it('reads the beginning of a mail, however long it is', async () => {
    await put(
      'long',
      receivedMail({
        subject: 'Hello',
        body: ['first', ...Array.from({ length: 9_000 }, () => 'x'.repeat(80)), 'last'],
      }),
    );
    const mail = await createArrivals(s3, BUCKET).read('long');
    expect(mail).toMatchObject({ subject: 'Hello', from: ['ada@reader.example'] });
    const text = typeof mail === 'object' ? mail.text : '';
    expect(text.startsWith('first')).toBe(true);
    expect(text).not.toContain('last');
    expect(asked).toEqual(['bytes=0-262143']);
  });

  it('reads what is no mail, and what is cut within its headers', async () => {
    await put('odd', Buffer.from([0, 255, 10, 13, 0]));
    await put('cut', Buffer.from(`From: a@b.example\r\nSubject: ${'x'.repeat(300_000)}`));
    const arrivals = createArrivals(s3, BUCKET);
    expect(await arrivals.read('odd')).toMatchObject({ from: [] });
    expect(await arrivals.read('cut')).toMatchObject({ from: ['a@b.example'] });
  });

  it('knows nothing of what is deleted, which may be done twice', async () => {
    const arrivals = createArrivals(s3, BUCKET);
    await arrivals.delete('long');
    await arrivals.delete('long');
    expect(await arrivals.read('long')).toBeUndefined();
    const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket: BUCKET }));
    expect(Contents.map(({ Key }) => Key)).not.toContain('long');
  });
});
