import { DeleteObjectCommand, GetObjectCommand, NoSuchKey, type S3Client } from '@aws-sdk/client-s3';
import type { Arrivals } from '../ports.ts';
import { readMail } from './read-mail.ts';

/** What is read of a mail: its headers, and where its text begins. The rest is pictures and what was quoted. */
const BYTES = 256 * 1024;

/** The beginning of an object; nothing if there is no such object. */
const beginning = async (s3: S3Client, bucket: string, key: string): Promise<Uint8Array | undefined> => {
  try {
    const { Body } = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: key, Range: `bytes=0-${BYTES - 1}` }));
    return (await Body?.transformToByteArray()) ?? new Uint8Array();
  } catch (error) {
    if (error instanceof NoSuchKey) return undefined;
    throw error;
  }
};

/** Incoming mails in a bucket, as SES puts them there: one object each. */
export const createArrivals = (s3: S3Client, bucket: string): Arrivals => ({
  async read(key) {
    const raw = await beginning(s3, bucket, key);
    return raw && ((await readMail(raw)) ?? 'unreadable');
  },
  async delete(key) {
    await s3.send(new DeleteObjectCommand({ Bucket: bucket, Key: key }));
  },
});
