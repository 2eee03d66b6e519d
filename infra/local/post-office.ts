import { randomUUID } from 'node:crypto';
import { BucketAlreadyOwnedByYou, CreateBucketCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { iso } from '../../functions/model/time.ts';
import type { Clock } from '../../functions/ports.ts';
import { LOCAL_CREDENTIALS, type LocalQueues } from './queues.ts';
import { asReceived, type Handed } from './received.ts';

export const MAIL_BUCKET = 'broadsheet-mails';

/** SES as it takes mail in: the receipt rule's part, and S3's, whose emulator tells nobody what it gets. */
export interface PostOffice {
  /** Puts a mail into the bucket and word of it on the queue; says under which key. */
  receive(raw: Uint8Array, handed: Handed): Promise<string>;
  close(): void;
}

/** What S3 says on a queue of an object that came (S3 user guide, "Event message structure"). */
const notification = (key: string, size: number, at: number, region: string): string =>
  JSON.stringify({
    Records: [
      {
        eventVersion: '2.1',
        eventSource: 'aws:s3',
        awsRegion: region,
        eventTime: iso(at),
        eventName: 'ObjectCreated:Put',
        s3: {
          s3SchemaVersion: '1.0',
          bucket: { name: MAIL_BUCKET, arn: `arn:aws:s3:::${MAIL_BUCKET}` },
          object: { key: encodeURIComponent(key), size },
        },
      },
    ],
  });

/** Opens the bucket; one that is there from an earlier start keeps what is in it. */
export const openPostOffice = async (queues: LocalQueues, clock: Clock): Promise<PostOffice> => {
  const { endpoint, region } = queues;
  const s3 = new S3Client({ endpoint, region, credentials: LOCAL_CREDENTIALS, forcePathStyle: true });
  try {
    await s3.send(new CreateBucketCommand({ Bucket: MAIL_BUCKET }));
  } catch (error) {
    if (!(error instanceof BucketAlreadyOwnedByYou)) throw error;
  }
  return {
    async receive(raw, handed) {
      const key = randomUUID().replaceAll('-', '');
      // bytes as they came, whatever their character set
      const text = asReceived(Buffer.from(raw).toString('latin1'), handed, key, clock.now());
      const body = Buffer.from(text, 'latin1');
      await s3.send(new PutObjectCommand({ Bucket: MAIL_BUCKET, Key: key, Body: body }));
      queues.put('mail', notification(key, body.length, clock.now(), region));
      return key;
    },
    close: () => s3.destroy(),
  };
};
