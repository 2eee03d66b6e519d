import { join } from 'node:path';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { readConfig } from '../../functions/config.ts';
import { type Instant, iso } from '../../functions/model/time.ts';
import type { Log } from '../../functions/ports.ts';
import { createPorts, type Overrides } from '../../functions/wiring.ts';
import { seedSources } from '../catalogue/seed.ts';
import { isEvidence } from '../evidence.ts';
import { makeFolder } from '../folder.ts';
import { LOCAL_INDEXES, LOCAL_TABLES } from '../tables.ts';
import type { LocalClock } from './clock.ts';
import type { Consumption } from './consumption.ts';
import { createDelayed, type Delayed } from './delayed.ts';
import { createTables, startDynamo } from './dynamo.ts';
import { startDynamoApart } from './dynamo-apart.ts';
import { CONFIGURATION_SET, localEnvironment } from './environment.ts';
import { type EventSources, startEventSources } from './event-source-mapping.ts';
import { createFunctions, type LocalFunctions } from './functions.ts';
import { hearMails, type Inlet, openInlet } from './inlet.ts';
import { invoke } from './invoke.ts';
import type { MailStore, ReceivedMail } from './mail-store.ts';
import { attachMeter, type Meter } from './meter.ts';
import type { News } from './news.ts';
import { attachPolicies } from './policies.ts';
import { openPostOffice } from './post-office.ts';
import { LOCAL_CREDENTIALS, type LocalQueues, startQueues } from './queues.ts';
import { type SesEndpoint, startSes } from './ses-endpoint.ts';
import type { ThreadTime } from './thread-time.ts';

export interface LocalOptions {
  /** Where all data is kept; absent: in memory. */
  dir?: string | undefined;
  /** Where the tables are kept on disk though all else is in memory. */
  tablesDir?: string;
  /** Gets the mails. */
  mails: MailStore;
  clock: LocalClock;
  publicUrl: string;
  /** `host:port` of loopback feeds that may be fetched. */
  allow: readonly string[];
  /** Whether confirming sends a first digest. */
  welcome: boolean;
  /** The domain that mail is taken for; absent: incoming mail is off. */
  inbound?: string;
  /** Invocations of send-digests at one time; absent: as many as the stack has. */
  workers?: number;
  log: Log;
  onError: (error: unknown) => void;
  observe?: Overrides['observe'];
  notices?: readonly { text: string; href: string }[];
  /** The tables run in a process of their own. */
  tablesApart?: boolean;
  /** Mails that SES takes and never answers for. */
  losesAnswer?: ((mail: ReceivedMail) => boolean) | undefined;
  /** What SES allows; absent: more than this machine can send. */
  sesLimits?: { ratePerSecond: number; maxPer24h: number };
  /** Is told what the functions consume beyond the tables, which have a meter of their own. */
  consumption?: Consumption;
  /** Where another SES answers, which the functions call instead of the one started here. */
  sesUrl?: string;
  /** Gets SES events instead of the events queue. */
  holdEvent?: (envelope: string) => void;
}

/** The whole service on this machine. */
export interface LocalStack {
  clock: LocalClock;
  queues: LocalQueues;
  ses: SesEndpoint;
  delayed: Delayed;
  functions: LocalFunctions;
  ports: ReturnType<typeof createPorts>;
  meter: Meter;
  /** Where the tables answer. */
  dynamo: string;
  /** What the tables' process took. */
  tablesTime(): Promise<ThreadTime>;
  /** Takes mails in as SES does, and waits until they are done; absent where incoming mail is off. */
  inlet: Inlet | undefined;
  /** Takes a catalogue: its sources are the house sources from now on. */
  use(news: News): Promise<void>;
  /** One tick: clock of the catalogue, fetch, edit, plan, send, drain. */
  tick(at: Instant, options?: { fetch?: boolean }): Promise<void>;
  /** Puts what the clock has passed on its queues, and waits until all queues are empty. */
  settle(): Promise<void>;
  stop(): Promise<void>;
}

const sub = (dir: string | undefined, name: string): string | undefined => {
  if (dir === undefined) return undefined;
  const path = join(dir, name);
  makeFolder(path);
  return path;
};

const startEmulators = async (options: LocalOptions) => {
  const { dir, clock } = options;
  const dynamoDir = options.tablesDir ?? sub(dir, 'dynamo');
  const [dynamo, queues] = await Promise.all([
    options.tablesApart ? startDynamoApart(dynamoDir) : startDynamo(dynamoDir === undefined ? {} : { dir: dynamoDir }),
    startQueues({ dir: sub(dir, 'queues') }),
  ]);
  const ses = await startSes({
    clock,
    configurationSet: CONFIGURATION_SET,
    mails: options.mails,
    losesAnswer: options.losesAnswer,
    onEvent: (envelope) => {
      if (!isEvidence(envelope)) return;
      if (options.holdEvent) return options.holdEvent(envelope);
      queues.put('events', envelope);
      options.consumption?.queued(queues.url('events'), [envelope]);
    },
    ...options.sesLimits,
  });
  await createTables(dynamo.client, LOCAL_TABLES);
  const office = options.inbound === undefined ? undefined : await openPostOffice(queues, clock);
  const sqs = new SQSClient({ endpoint: queues.endpoint, region: queues.region, credentials: LOCAL_CREDENTIALS });
  const delayed = createDelayed({
    dir,
    send: async (url, body) => {
      await sqs.send(new SendMessageCommand({ QueueUrl: url, MessageBody: body }));
    },
  });
  return { dynamo, queues, ses, office, delayed, sqs };
};

type Emulators = Awaited<ReturnType<typeof startEmulators>>;

/** The product's ports on the emulators, and the client of its own by which it sends. */
const openProduct = (options: LocalOptions, { dynamo, queues, ses, delayed }: Emulators) => {
  const environment = localEnvironment({
    dir: options.dir,
    publicUrl: options.publicUrl,
    queues,
    dynamo: dynamo.endpoint,
    ses: options.sesUrl ?? ses.url,
    allow: options.allow,
    welcome: options.welcome,
    inbound: options.inbound,
  });
  const productSqs = new SQSClient({
    endpoint: queues.endpoint,
    region: queues.region,
    credentials: LOCAL_CREDENTIALS,
  });
  options.consumption?.watchQueues(productSqs);
  const ports = createPorts(readConfig(environment), {
    clock: options.clock,
    log: options.log,
    dynamo: dynamo.client,
    sqs: productSqs,
    credentials: LOCAL_CREDENTIALS,
    region: queues.region,
    hold: (url, body, delayMs) => delayed.hold(url, body, options.clock.now() + delayMs),
    ...(options.observe ? { observe: options.observe } : {}),
    ...(options.notices ? { notices: options.notices } : {}),
  });
  return { ports, productSqs };
};

const startSources = (queues: LocalQueues, functions: LocalFunctions, options: LocalOptions): EventSources => {
  const { workers, log, onError } = options;
  const mappings = functions.mappings.map((mapping) =>
    mapping.queue === 'digests' && workers !== undefined ? { ...mapping, concurrency: workers } : mapping,
  );
  return startEventSources({ queues, mappings, log, onError });
};

/** Starts the emulators on free ports of 127.0.0.1 and the product's own handlers on them. */
export const startLocal = async (given: LocalOptions): Promise<LocalStack> => {
  const heard = hearMails(given.log);
  const options = { ...given, log: heard.log };
  const { clock } = options;
  const emulators = await startEmulators(options);
  const { dynamo, queues, ses, office, delayed, sqs } = emulators;
  const meter = attachMeter(dynamo.client, LOCAL_INDEXES);
  attachPolicies(dynamo.client, LOCAL_TABLES);
  const { ports, productSqs } = openProduct(options, emulators);
  const made = createFunctions(ports);
  const functions = options.consumption?.watchFunctions(made) ?? made;
  const sources = startSources(queues, functions, options);
  let news: News | undefined;
  const settle = async (): Promise<void> => {
    do await sources.settled();
    while ((await delayed.release(clock.now())) > 0);
  };
  return {
    inlet: office && openInlet(options.inbound ?? '', office, heard, settle),
    clock,
    queues,
    ses,
    delayed,
    functions,
    ports,
    meter,
    dynamo: dynamo.endpoint,
    tablesTime: dynamo.threadTime,
    settle,
    async use(found) {
      await seedSources(ports.sources, found.entries, clock.now());
      news = found;
    },
    async tick(at, { fetch = true } = {}) {
      await news?.follow(at);
      const event = { time: iso(at) };
      await delayed.release(clock.now());
      if (fetch) await invoke(functions.fetch, event);
      await settle();
      await invoke(functions.edit, event);
      await invoke(functions.plan, event);
      await settle();
    },
    async stop() {
      await sources.stop();
      await Promise.all([ses.stop(), queues.stop()]);
      await ports.close();
      await dynamo.close();
      sqs.destroy();
      office?.close();
      productSqs.destroy();
    },
  };
};
