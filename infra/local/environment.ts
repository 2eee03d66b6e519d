import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { LOCAL_TABLES } from '../tables.ts';
import { MAIL_BUCKET } from './post-office.ts';
import type { LocalQueues } from './queues.ts';

const key = z.string().min(32, 'at least 32 characters of base64url, in secrets.json of the data folder');

/** Of a key for links that was replaced, the new one stands before it, with a comma between: docs/link-key.md. */
const secrets = z.object({ LINK_KEY: key, PEPPER: key });

const newSecrets = (): z.infer<typeof secrets> => ({
  LINK_KEY: randomBytes(32).toString('base64url'),
  PEPPER: randomBytes(32).toString('base64url'),
});

/** The secrets of a data directory, made once: links in its mails stay good from start to start. */
const secretsOf = (dir: string | undefined): z.infer<typeof secrets> => {
  if (dir === undefined) return newSecrets();
  const path = join(dir, 'secrets.json');
  if (!existsSync(path)) writeFileSync(path, JSON.stringify(newSecrets()), { mode: 0o600 });
  return secrets.parse(JSON.parse(readFileSync(path, 'utf8')));
};

/** Whether a directory has secrets of ours. */
export const hasSecrets = (dir: string): boolean => {
  try {
    return secrets.safeParse(JSON.parse(readFileSync(join(dir, 'secrets.json'), 'utf8'))).success;
  } catch {
    return false;
  }
};

export const CONFIGURATION_SET = 'broadsheet';

/** The environment that the functions get in local mode, in the form in which a Lambda gets it. */
export const localEnvironment = (of: {
  dir: string | undefined;
  publicUrl: string;
  queues: Pick<LocalQueues, 'url' | 'endpoint'>;
  dynamo: string;
  ses: string;
  /** `host:port` of loopback feeds. */
  allow: readonly string[];
  welcome: boolean;
  /** The domain that mail is taken for; absent: none is. */
  inbound?: string | undefined;
}): Record<string, string> => ({
  STAGE: 'local',
  PUBLIC_URL: of.publicUrl,
  BRAND_NAME: 'Broadsheet',
  BRAND_FROM: 'news@broadsheet.example',
  BRAND_POSTAL_ADDRESS: 'Local mode, 1 Loopback Lane, 12701 Localhost',
  BRAND_CONTACT: 'hello@broadsheet.example',
  CONFIGURATION_SET,
  TABLE_NEWS: LOCAL_TABLES.news,
  TABLE_SUBSCRIBERS: LOCAL_TABLES.subscribers,
  TABLE_DELIVERIES: LOCAL_TABLES.deliveries,
  TABLE_COHORTS: LOCAL_TABLES.cohorts,
  TABLE_CONTROL: LOCAL_TABLES.control,
  QUEUE_FETCH: of.queues.url('fetch'),
  QUEUE_DIGESTS: of.queues.url('digests'),
  QUEUE_LETTERS: of.queues.url('letters'),
  QUEUE_SETTLE: of.queues.url('digests'),
  ENDPOINT_DYNAMODB: of.dynamo,
  ENDPOINT_SQS: of.queues.endpoint,
  ENDPOINT_SES: of.ses,
  FETCH_ALLOW: of.allow.join(','),
  SPARED_NETWORKS: '127.0.0.0/8,::1/128',
  ...(of.inbound && { INBOUND_DOMAIN: of.inbound, BUCKET_MAIL: MAIL_BUCKET, ENDPOINT_S3: of.queues.endpoint }),
  WELCOME: of.welcome ? 'yes' : 'no',
  SECRETS: 'environment',
  ...secretsOf(of.dir),
});
