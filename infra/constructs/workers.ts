import type { RemovalPolicy } from 'aws-cdk-lib';
import type { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { ACCESS, type FunctionName, TABLE_NAMES } from '../access.ts';
import { QUEUES } from '../queues.ts';
import type { Settings } from '../settings.ts';
import { BroadsheetFunction } from './broadsheet-function.ts';
import type { Mail } from './mail.ts';
import type { QueuePair } from './queue-pair.ts';
import type { Tables } from './tables.ts';

export interface WorkersProps {
  settings: Settings;
  tables: Tables;
  queues: Record<keyof typeof QUEUES, QueuePair>;
  mail: Mail;
  publicUrl: string;
  logRetention: RetentionDays;
  removalPolicy: RemovalPolicy;
}

/** The eight functions, each with the permissions of `access.ts` and no more. */
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
    const { queues, mail, settings } = props;
    const mark = `/broadsheet/${settings.stage}/planned`;
    const secrets = {
      SECRETS: 'ssm',
      LINK_KEY_PARAMETER: `/broadsheet/${settings.stage}/link-key`,
      PEPPER_PARAMETER: `/broadsheet/${settings.stage}/pepper`,
    };
    const secretNames = [secrets.LINK_KEY_PARAMETER, secrets.PEPPER_PARAMETER];

    this.fetchSources = this.#add(
      'fetch-sources',
      'Fetches sources; the only one that reaches the open web, and it holds no key',
      QUEUES.fetch.timeoutSeconds,
      1024,
    )
      .consume(queues.fetch)
      .sendTo(queues.fetch);
    this.editShelves = this.#add('edit-shelves', 'Clusters and ranks new stories, publishes the edition', 120, 2048);
    this.planDigests = this.#add('plan-digests', 'Puts the cohorts that are due on the queue', 120, 512, {
      MARK_PARAMETER: mark,
    })
      .sendTo(queues.digests)
      .readParameters(mark)
      .writeParameter(mark);
    this.sendDigests = this.#add(
      'send-digests',
      'Selects, renders, claims, sends and settles digests',
      QUEUES.digests.timeoutSeconds,
      1769,
      secrets,
    )
      .consume(queues.digests)
      .sendTo(queues.digests, queues.letters)
      .readParameters(...secretNames);
    this.sendLetters = this.#add(
      'send-letters',
      'Sends confirmations, links and first digests',
      QUEUES.letters.timeoutSeconds,
      1024,
      secrets,
    )
      .consume(queues.letters)
      .sendTo(queues.digests, queues.letters)
      .readParameters(...secretNames);
    this.web = this.#add('web', 'Sign-up, confirmation, preferences, unsubscribe', 15, 512, secrets)
      .sendTo(queues.letters, queues.fetch)
      .readParameters(...secretNames);
    this.handleFeedback = this.#add(
      'handle-feedback',
      'Takes SES events: evidence, bounces, complaints',
      QUEUES.events.timeoutSeconds,
      512,
      secrets,
    )
      .consume(queues.events)
      .readParameters(...secretNames);
    this.takeCensus = this.#add(
      'take-census',
      'Counts all subscribers at night, mends the registry, compares who was due with the ledger',
      900,
      1769,
      { MARK_PARAMETER: mark },
    )
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

  #add(
    name: FunctionName,
    description: string,
    timeoutSeconds: number,
    memoryMiB: number,
    own: Record<string, string> = { SECRETS: 'none' },
  ): BroadsheetFunction {
    const { tables, logRetention, removalPolicy } = this.#props;
    const made = new BroadsheetFunction(this, name, {
      handler: name,
      description,
      timeoutSeconds,
      memoryMiB,
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
      CONFIGURATION_SET: mail.configurationSetName,
      ...tables.environment(),
      QUEUE_FETCH: queues.fetch.queue.queueUrl,
      QUEUE_DIGESTS: queues.digests.queue.queueUrl,
      QUEUE_LETTERS: queues.letters.queue.queueUrl,
      QUEUE_SETTLE: queues.digests.queue.queueUrl,
    };
  }
}
