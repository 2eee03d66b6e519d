import type { RemovalPolicy } from 'aws-cdk-lib';
import type { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { ACCESS, type FunctionName, TABLE_NAMES } from '../access.ts';
import { MAIL_QUEUE, QUEUES } from '../queues.ts';
import type { Settings } from '../settings.ts';
import { BroadsheetFunction } from './broadsheet-function.ts';
import type { Inbound } from './inbound.ts';
import type { Mail } from './mail.ts';
import type { QueuePair } from './queue-pair.ts';
import type { Tables } from './tables.ts';

export interface WorkersProps {
  settings: Settings;
  tables: Tables;
  queues: Record<keyof typeof QUEUES, QueuePair>;
  mail: Mail;
  /** Absent where no mail is taken. */
  inbound: Inbound | undefined;
  publicUrl: string;
  logRetention: RetentionDays;
  removalPolicy: RemovalPolicy;
}

interface Shape {
  description: string;
  /** Of a function behind a queue: as long as the queue waits for it. */
  timeoutSeconds: number;
  memoryMiB: number;
  /** What waits for SES goes back to the function's own queue, again and again, for hours if need be. */
  handsBack?: true;
}

/** What each function is for, how long it may run and how large it is. */
const SHAPES: Record<FunctionName, Shape> = {
  'fetch-sources': {
    description: 'Fetches sources; the only one that reaches the open web, and it holds no key',
    timeoutSeconds: QUEUES.fetch.timeoutSeconds,
    memoryMiB: 1024,
  },
  'edit-shelves': {
    description: 'Clusters and ranks new stories, publishes the edition',
    timeoutSeconds: 120,
    memoryMiB: 2048,
  },
  'plan-digests': {
    description: 'Puts the cohorts that are due on the queue',
    timeoutSeconds: 120,
    memoryMiB: 512,
  },
  'send-digests': {
    description: 'Selects, renders, claims, sends and settles digests',
    timeoutSeconds: QUEUES.digests.timeoutSeconds,
    memoryMiB: 1769,
    handsBack: true,
  },
  'send-letters': {
    description: 'Sends confirmations, links and first digests',
    timeoutSeconds: QUEUES.letters.timeoutSeconds,
    memoryMiB: 1024,
    handsBack: true,
  },
  web: {
    description: 'Sign-up, confirmation, preferences, unsubscribe',
    timeoutSeconds: 15,
    memoryMiB: 512,
  },
  'handle-feedback': {
    description: 'Takes SES events: evidence, bounces, complaints',
    timeoutSeconds: QUEUES.events.timeoutSeconds,
    memoryMiB: 512,
  },
  'handle-mail': {
    description: 'Takes mails of readers: sign-ups, and leaving by the token in the address',
    timeoutSeconds: MAIL_QUEUE.timeoutSeconds,
    memoryMiB: 512,
  },
  'take-census': {
    description: 'Counts all subscribers at night, mends the registry, compares who was due with the ledger',
    timeoutSeconds: 900,
    memoryMiB: 1769,
  },
};

/** The eight functions, and one more where mail is taken, each with the permissions of `access.ts` and no more. */
export class Workers extends Construct {
  readonly fetchSources: BroadsheetFunction;
  readonly editShelves: BroadsheetFunction;
  readonly planDigests: BroadsheetFunction;
  readonly sendDigests: BroadsheetFunction;
  readonly sendLetters: BroadsheetFunction;
  readonly web: BroadsheetFunction;
  readonly handleFeedback: BroadsheetFunction;
  readonly takeCensus: BroadsheetFunction;
  readonly #props: WorkersProps;
  readonly #made = new Map<FunctionName, BroadsheetFunction>();

  constructor(scope: Construct, id: string, props: WorkersProps) {
    super(scope, id);
    this.#props = props;
    const { queues, mail, inbound, settings } = props;
    const mark = `/broadsheet/${settings.stage}/planned`;
    const secrets = {
      SECRETS: 'ssm',
      LINK_KEY_PARAMETER: `/broadsheet/${settings.stage}/link-key`,
      PEPPER_PARAMETER: `/broadsheet/${settings.stage}/pepper`,
    };
    const secretNames = [secrets.LINK_KEY_PARAMETER, secrets.PEPPER_PARAMETER];

    this.fetchSources = this.#add('fetch-sources').consume(queues.fetch).sendTo(queues.fetch);
    this.editShelves = this.#add('edit-shelves');
    this.planDigests = this.#add('plan-digests', { MARK_PARAMETER: mark })
      .sendTo(queues.digests)
      .readParameters(mark)
      .writeParameter(mark);
    this.sendDigests = this.#add('send-digests', secrets)
      .consume(queues.digests)
      .sendTo(queues.digests, queues.letters)
      .readParameters(...secretNames);
    this.sendLetters = this.#add('send-letters', secrets)
      .consume(queues.letters)
      .sendTo(queues.digests, queues.letters)
      .readParameters(...secretNames);
    this.web = this.#add('web', secrets)
      .sendTo(queues.letters, queues.fetch)
      .readParameters(...secretNames);
    this.handleFeedback = this.#add('handle-feedback', secrets)
      .consume(queues.events)
      .readParameters(...secretNames);
    if (inbound) {
      const taker = this.#add('handle-mail', { ...secrets, BUCKET_MAIL: inbound.bucketName });
      taker
        .consume(inbound.mails)
        .sendTo(queues.letters)
        .readParameters(...secretNames);
      inbound.grantTake(taker);
    }
    // the operator's commands take their settings from here: of the pepper the name alone, of the events and mails their dead letters
    const forOperator = {
      PEPPER_PARAMETER: secrets.PEPPER_PARAMETER,
      QUEUE_EVENTS: queues.events.queue.queueUrl,
      ...(inbound && { QUEUE_MAIL: inbound.mails.queue.queueUrl }),
    };
    this.takeCensus = this.#add('take-census', { MARK_PARAMETER: mark, ...forOperator })
      .sendTo(queues.digests)
      .readParameters(mark);
    mail.grantSend(this.sendDigests);
    mail.grantSend(this.sendLetters);
  }

  /** The function of a handler. */
  readonly functionOf = (name: FunctionName): BroadsheetFunction => {
    const made = this.#made.get(name);
    if (!made) throw new Error(`there is no function ${name}`);
    return made;
  };

  #add(name: FunctionName, own: Record<string, string> = {}): BroadsheetFunction {
    const { tables, logRetention, removalPolicy } = this.#props;
    const made = new BroadsheetFunction(this, name, {
      handler: name,
      ...SHAPES[name],
      logRetention,
      removalPolicy,
      environment: { SECRETS: 'none', ...this.#environment(), ...own },
    });
    this.#made.set(name, made);
    for (const table of TABLE_NAMES) {
      for (const grant of ACCESS[name][table] ?? []) made.bindTable(tables.byName(table), grant);
    }
    return made;
  }

  #environment(): Record<string, string> {
    const { settings, tables, queues, mail, publicUrl } = this.#props;
    const { accent, logo } = settings.brand;
    return {
      STAGE: settings.stage,
      PUBLIC_URL: publicUrl,
      BRAND_NAME: settings.brand.name,
      BRAND_FROM: settings.brand.from,
      BRAND_POSTAL_ADDRESS: settings.brand.postalAddress,
      BRAND_CONTACT: settings.brand.contact,
      ...(accent && { BRAND_ACCENT: `${accent.light} ${accent.dark}` }),
      ...(logo && { BRAND_LOGO: `${logo.url} ${logo.width} ${logo.height}` }),
      ...(settings.inbound && { INBOUND_DOMAIN: settings.inbound.domain }),
      CONFIGURATION_SET: mail.configurationSetName,
      ...tables.environment(),
      QUEUE_FETCH: queues.fetch.queue.queueUrl,
      QUEUE_DIGESTS: queues.digests.queue.queueUrl,
      QUEUE_LETTERS: queues.letters.queue.queueUrl,
      QUEUE_SETTLE: queues.digests.queue.queueUrl,
    };
  }
}
