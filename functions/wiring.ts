import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import { SESClient } from '@aws-sdk/client-ses';
import { SQSClient } from '@aws-sdk/client-sqs';
import { SSMClient } from '@aws-sdk/client-ssm';
import type * as z from 'zod';
import { systemChance } from './adapters/chance.ts';
import { systemClock, systemWait } from './adapters/clock.ts';
import { createStores, type Stores } from './adapters/dynamo/stores.ts';
import { sourceIpOf } from './adapters/http/source-ip.ts';
import { createWebReader } from './adapters/http/web-reader.ts';
import { HASTY, LEAN, lean } from './adapters/lean.ts';
import { createArrivals } from './adapters/s3.ts';
import { createMailer, SES_CLIENT } from './adapters/ses.ts';
import { createQueue, type HoldMessage } from './adapters/sqs.ts';
import {
  createMark,
  NO_SECRETS,
  readKey,
  readSecret,
  readSecretsFrom,
  type Secrets,
  secretsIn,
} from './adapters/ssm.ts';
import { brandOf, type Environment, processConfig } from './config.ts';
import { createEditionCache } from './digest/edition-cache.ts';
import { type Leftover, openPace } from './digest/pace.ts';
import { digestPages } from './digest/pages.ts';
import type { DigestPorts } from './digest/ports-of-digest.ts';
import { createPress } from './digest/press/press.ts';
import { createLog } from './log.ts';
import type { Lane } from './model/budget.ts';
import { chunkMessage, fetchMessage, letterMessage, settleMessage } from './model/messages.ts';
import { newDesk } from './newsroom/desk.ts';
import { loadModel } from './newsroom/model/load.ts';
import type { Clock, Control, Log, Queue } from './ports.ts';
import { createLinks } from './subscribers/links.ts';
import type { Notice } from './subscribers/ports-of-web.ts';

/** What local mode brings of its own: a clock that can be set, a meter on the tables, a place for messages that wait. */
export interface Overrides {
  clock?: Clock;
  log?: Log;
  dynamo?: DynamoDBClient;
  sqs?: SQSClient;
  credentials?: { accessKeyId: string; secretAccessKey: string };
  region?: string;
  hold?: HoldMessage;
  observe?: DigestPorts['observe'];
  notices?: readonly Notice[];
}

const secretsOf = (config: Environment): Promise<Secrets> => readSecretsFrom(config, () => new SSMClient(HASTY));

/** @throws where the settings do not say where it is */
const pepperOf = async (config: Environment): Promise<Uint8Array> => {
  if (config.SECRETS === 'environment') return readKey('PEPPER', config.PEPPER);
  if (config.PEPPER_PARAMETER === undefined)
    throw new Error('PEPPER_PARAMETER is not set: print the settings of the CensusFunction again');
  return readSecret(new SSMClient(HASTY), config.PEPPER_PARAMETER);
};

interface Connected extends Stores {
  config: Environment;
  secrets: Secrets;
  overrides: Overrides;
  clock: Clock;
  log: Log;
  queue: <Message>(url: string, schema: z.ZodType<Message>) => Queue<Message>;
}

/** What every client is made with: an emulator's address where one is configured, else the function's own role and region. */
const clientOptions = ({ credentials, region }: Overrides, endpoint: string | undefined) => ({
  ...(endpoint && { endpoint }),
  ...(credentials && { credentials }),
  ...(region && { region }),
});

const connect = (config: Environment, secrets: Secrets, overrides: Overrides = {}): Connected => {
  const clock = overrides.clock ?? systemClock;
  const log = overrides.log ?? createLog((line) => process.stdout.write(`${line}\n`), config.LOG_LEVEL);
  const dynamo =
    overrides.dynamo ??
    lean(new DynamoDBClient({ ...clientOptions(overrides, config.ENDPOINT_DYNAMODB), ...HASTY, ...LEAN }));
  const sqs = overrides.sqs ?? new SQSClient({ ...clientOptions(overrides, config.ENDPOINT_SQS), ...HASTY });
  const tables = {
    news: config.TABLE_NEWS,
    subscribers: config.TABLE_SUBSCRIBERS,
    deliveries: config.TABLE_DELIVERIES,
    cohorts: config.TABLE_COHORTS,
    control: config.TABLE_CONTROL,
  };
  const stores = createStores(dynamo, tables, secrets.pepper, {
    now: () => clock.now(),
    broken: (row) => log.error('row.broken', { row: row.row, why: row.message }),
  });
  return {
    ...stores,
    config,
    secrets,
    overrides,
    clock,
    log,
    queue: (url, schema) => createQueue(sqs, url, schema, overrides.hold ? { hold: overrides.hold } : {}),
  };
};

const fetchPorts = (to: Connected) => ({
  ...to,
  fetches: to.queue(to.config.QUEUE_FETCH, fetchMessage),
  web: createWebReader({
    userAgent: `Broadsheet/1.0 (+${to.config.PUBLIC_URL})`,
    allow: to.config.FETCH_ALLOW,
    now: () => to.clock.now(),
  }),
});

const editPorts = (to: Connected) => ({ ...to, desk: newDesk(loadModel(), Number.parseInt(systemChance.id(6), 36)) });

const planPorts = (to: Connected) => ({
  ...to,
  digests: to.queue(to.config.QUEUE_DIGESTS, chunkMessage),
  zoneData: process.versions.tz,
  mark: to.config.MARK_PARAMETER ? createMark(new SSMClient(HASTY), to.config.MARK_PARAMETER) : undefined,
});

/** What making a digest takes from the newsroom and the operator, kept between invocations. */
const readingPorts = (to: Connected) => ({
  news: createEditionCache(to),
  press: createPress(brandOf(to.config)),
  links: createLinks(to.config.PUBLIC_URL, to.secrets.linkKeys[0]),
});

const censusPorts = (to: Connected) => ({ ...planPorts(to), settle: to.queue(to.config.QUEUE_SETTLE, settleMessage) });

/**
 * Ports of the functions that mail. SES is connected anew in each invocation: a connection that slept through a freeze
 * of the function is dead, and its first call would be a mail of which nobody knows whether it was taken.
 */
const sendPorts = (to: Connected) => {
  const { config, overrides } = to;
  const lasting = {
    ...to,
    digests: to.queue(config.QUEUE_DIGESTS, chunkMessage),
    letters: to.queue(config.QUEUE_LETTERS, letterMessage),
    settle: to.queue(config.QUEUE_SETTLE, settleMessage),
    ...readingPorts(to),
    observe: overrides.observe,
  };
  // one function has one at a time; in local mode all invocations share a process, but not their places
  const idle: Record<Lane, Leftover[]> = { digests: [], letters: [] };
  const openInvocation = async (lane: Lane, forMs = Number.POSITIVE_INFINITY) => {
    const until = systemClock.now() + forMs;
    const ses = lean(new SESClient({ ...clientOptions(overrides, config.ENDPOINT_SES), ...SES_CLIENT, ...LEAN }));
    const mailer = createMailer(ses, { configurationSet: config.CONFIGURATION_SET, from: config.BRAND_FROM });
    // SES counts in real time, also where local mode sets the product's clock
    const leftover = idle[lane].pop() ?? {};
    const pace = openPace({ ...to, mailer, clock: systemClock, wait: systemWait }, lane, leftover, until);
    const close = (): void => {
      ses.destroy();
      idle[lane].push(leftover);
    };
    return { ...lasting, mailer, pace, close };
  };
  return { ...lasting, openInvocation };
};

/** What it takes to sign somebody up. */
const askedPorts = (to: Connected) => ({
  ...to,
  chance: systemChance,
  letters: to.queue(to.config.QUEUE_LETTERS, letterMessage),
  keys: to.secrets.linkKeys,
  sparedNetworks: to.config.SPARED_NETWORKS,
  // with an emulator in place of SES no mail leaves the machine, so addresses that cannot exist may be tried
  allowReserved: to.config.ENDPOINT_SES !== undefined,
});

/** @throws where incoming mail is off */
const mailPorts = (to: Connected) => {
  const { INBOUND_DOMAIN: domain, BUCKET_MAIL: bucket, BRAND_FROM: from, ENDPOINT_S3 } = to.config;
  if (domain === undefined || bucket === undefined) throw new Error('INBOUND_DOMAIN and BUCKET_MAIL are not set');
  const s3 = new S3Client({ ...clientOptions(to.overrides, ENDPOINT_S3), ...HASTY, forcePathStyle: !!ENDPOINT_S3 });
  const asked = askedPorts(to);
  const desk = { domain, from, allowReserved: asked.allowReserved };
  return { ...asked, arrivals: createArrivals(s3, bucket), desk };
};

const webPorts = (to: Connected) => {
  return {
    ...askedPorts(to),
    ...digestPages({ ...to, ...readingPorts(to) }),
    fetches: to.queue(to.config.QUEUE_FETCH, fetchMessage),
    brand: brandOf(to.config),
    publicUrl: to.config.PUBLIC_URL,
    welcome: to.config.WELCOME === 'yes',
    clientOf: sourceIpOf,
    notices: to.overrides.notices ?? [],
  };
};

export type FetchPorts = ReturnType<typeof fetchPorts>;
export type EditPorts = ReturnType<typeof editPorts>;
export type PlanPorts = ReturnType<typeof planPorts>;
export type CensusPorts = ReturnType<typeof censusPorts>;
export type SendPorts = ReturnType<typeof sendPorts>;
export type SendLettersPorts = SendPorts;
export type WebPorts = ReturnType<typeof webPorts>;
export type FeedbackPorts = Connected;

/** The ports of one function, from the environment of its process. */
const wired = async <Ports>(ports: (to: Connected) => Ports): Promise<Ports> => {
  const config = processConfig();
  return ports(connect(config, await secretsOf(config)));
};

// functions, not calls: so that a bundle drops those of the other handlers, and with them what they import
export const wireFetch = (): Promise<FetchPorts> => wired(fetchPorts);
export const wireEdit = (): Promise<EditPorts> => wired(editPorts);
export const wirePlan = (): Promise<PlanPorts> => wired(planPorts);
/** The census, and the operator's commands. */
export const wireCensus = (): Promise<CensusPorts> => wired(censusPorts);
/** The suppression marks, for the operator: by a pepper that the census itself may not read. */
export const wireMarks = async (): Promise<Control> => {
  const config = processConfig();
  return connect(config, { ...NO_SECRETS, pepper: await pepperOf(config) }).control;
};
export const wireSend = (): Promise<SendPorts> => wired(sendPorts);
export const wireLetters = (): Promise<SendLettersPorts> => wired(sendPorts);
export const wireWeb = (): Promise<WebPorts> => wired(webPorts);
export const wireFeedback = (): Promise<FeedbackPorts> => wired((to) => to);
export const wireMail = (): Promise<ReturnType<typeof mailPorts>> => wired(mailPorts);

/** The ports of all functions in one process: local mode. */
export const createPorts = (config: Environment, overrides: Overrides) => {
  const to = connect(config, secretsIn(config), overrides);
  const fetch = fetchPorts(to);
  return {
    ...fetch,
    ...editPorts(to),
    ...planPorts(to),
    ...sendPorts(to),
    ...webPorts(to),
    mail: config.INBOUND_DOMAIN === undefined ? undefined : mailPorts(to),
    close: () => fetch.web.close(),
  };
};
