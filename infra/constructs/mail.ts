import { Stack } from 'aws-cdk-lib';
import * as events from 'aws-cdk-lib/aws-events';
import * as targets from 'aws-cdk-lib/aws-events-targets';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as ses from 'aws-cdk-lib/aws-ses';
import { Construct } from 'constructs';
import { EVIDENCE, EVIDENCE_IF_WATCHED, WATCHED } from '../evidence.ts';
import type { Settings } from '../settings.ts';
import type { BroadsheetFunction } from './broadsheet-function.ts';
import type { QueuePair } from './queue-pair.ts';

export interface MailProps {
  settings: Settings;
  events: QueuePair;
}

const PUBLISHED = [
  ses.EmailSendingEvent.SEND,
  ses.EmailSendingEvent.DELIVERY,
  ses.EmailSendingEvent.DELIVERY_DELAY,
  ses.EmailSendingEvent.BOUNCE,
  ses.EmailSendingEvent.COMPLAINT,
  ses.EmailSendingEvent.REJECT,
];

/** What SES may have verified for a sender: the address, its domain, or a domain above that (SES developer guide, "Verified identities"). */
const identitiesOf = (from: string): string[] => {
  const labels = (from.split('@')[1] ?? '').split('.');
  return [from, ...labels.slice(1).map((_, at) => labels.slice(at).join('.'))];
};

/**
 * The configuration set all mail goes through, and the road of its events: SES -> default bus -> rule -> queue. No topic in
 * between: AWS's own events are free, and the queue keeps its own encryption.
 */
export class Mail extends Construct {
  readonly configurationSetName: string;
  readonly #settings: Settings;

  constructor(scope: Construct, id: string, { settings, events: queue }: MailProps) {
    super(scope, id);
    this.#settings = settings;
    this.configurationSetName = `broadsheet-${settings.stage}`;
    const set = new ses.ConfigurationSet(this, 'ConfigurationSet', {
      configurationSetName: this.configurationSetName,
      reputationMetrics: true,
      // REQUIRE would keep mail from readers whose server has no TLS, without a word to them
      tlsPolicy: ses.ConfigurationSetTlsPolicy.OPTIONAL,
    });
    set.addEventDestination('Bus', {
      destination: ses.EventDestination.eventBus(events.EventBus.fromEventBusName(this, 'DefaultBus', 'default')),
      events: PUBLISHED,
    });
    this.#rule('Evidence', 'SES events of our own mails, for the ledger and the suppression list', queue, {
      eventType: EVIDENCE,
    });
    this.#rule('Watched', 'Deliveries to readers whose last mail bounced softly', queue, {
      eventType: EVIDENCE_IF_WATCHED,
      tags: WATCHED,
    });
  }

  /** Events of our configuration set go to the queue. */
  #rule(
    id: string,
    description: string,
    { queue, deadLetters }: QueuePair,
    { eventType, tags = {} }: { eventType: readonly string[]; tags?: Record<string, readonly string[]> },
  ): void {
    new events.Rule(this, id, {
      description,
      eventPattern: {
        source: ['aws.ses'],
        account: [Stack.of(this).account],
        detail: { eventType, mail: { tags: { 'ses:configuration-set': [this.configurationSetName], ...tags } } },
      },
      targets: [new targets.SqsQueue(queue, { deadLetterQueue: deadLetters })],
    });
  }

  /** Lets a function send through the configuration set, from the operator's sender only. */
  grantSend(to: BroadsheetFunction): void {
    const stack = Stack.of(this);
    const arn = (resource: string, resourceName: string): string =>
      stack.formatArn({ service: 'ses', resource, resourceName });
    const { brand, sandbox } = this.#settings;
    to.addToRolePolicy(
      new iam.PolicyStatement({
        actions: ['ses:SendRawEmail'],
        // in the sandbox SES also authorises on the identity of the recipient, whichever that is
        resources: [
          ...(sandbox ? ['*'] : identitiesOf(brand.from)).map((identity) => arn('identity', identity)),
          arn('configuration-set', this.configurationSetName),
        ],
        conditions: { StringEquals: { 'ses:FromAddress': brand.from } },
      }),
    );
    // AWS has no finer resource for it
    to.addToRolePolicy(new iam.PolicyStatement({ actions: ['ses:GetSendQuota'], resources: ['*'] }));
  }
}
