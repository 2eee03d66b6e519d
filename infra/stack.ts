import { Annotations, CfnOutput, RemovalPolicy, Stack, type StackProps } from 'aws-cdk-lib';
import * as logs from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import { Alarms } from './constructs/alarms.ts';
import { Inbound } from './constructs/inbound.ts';
import { Mail } from './constructs/mail.ts';
import { Pages } from './constructs/pages.ts';
import { QueuePair } from './constructs/queue-pair.ts';
import { Tables } from './constructs/tables.ts';
import { Ticks } from './constructs/ticks.ts';
import { Workers } from './constructs/workers.ts';
import { QUEUES } from './queues.ts';
import type { Settings } from './settings.ts';

export interface BroadsheetStackProps extends StackProps {
  settings: Settings;
}

/** The bill of materials: everything Broadsheet is on AWS, in the order in which a story passes it. */
export class BroadsheetStack extends Stack {
  constructor(scope: Construct, id: string, { settings, ...props }: BroadsheetStackProps) {
    super(scope, id, { ...props, description: 'Broadsheet: one mail with the top stories each subscriber chose' });
    const removalPolicy = settings.stage === 'prod' ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY;
    const logRetention = {
      7: logs.RetentionDays.ONE_WEEK,
      30: logs.RetentionDays.ONE_MONTH,
      90: logs.RetentionDays.THREE_MONTHS,
    }[settings.logDays];

    const tables = new Tables(this, 'Tables', { removalPolicy });
    const queues = {
      fetch: new QueuePair(this, 'Fetch', QUEUES.fetch),
      digests: new QueuePair(this, 'Digests', QUEUES.digests),
      letters: new QueuePair(this, 'Letters', QUEUES.letters),
      events: new QueuePair(this, 'Events', QUEUES.events),
    };
    const mail = new Mail(this, 'Mail', { settings, events: queues.events });
    const inbound =
      settings.inbound && new Inbound(this, 'Inbound', { stage: settings.stage, inbound: settings.inbound });
    const pages = new Pages(this, 'Pages', { logRetention, removalPolicy });
    const publicUrl = settings.publicUrl ?? pages.api.apiEndpoint;
    const workers = new Workers(this, 'Workers', {
      settings,
      tables,
      queues,
      mail,
      inbound,
      publicUrl,
      logRetention,
      removalPolicy,
    });
    pages.serve(workers.web);
    const { missed } = new Ticks(this, 'Ticks', {
      fetch: workers.fetchSources,
      edit: workers.editShelves,
      plan: workers.planDigests,
      census: workers.takeCensus,
    });
    new Alarms(this, 'Alarms', {
      settings,
      functionOf: workers.functionOf,
      queues: { ...queues, mail: inbound?.mails },
      missed,
      configurationSetName: mail.configurationSetName,
    });

    if (settings.brand.from.endsWith('@example.com')) {
      Annotations.of(this).addWarningV2(
        'broadsheet:sender',
        'brand.from is still example.com: set your own sender, name and postal address in cdk.json before you deploy',
      );
    }
    new CfnOutput(this, 'SignUpPage', { value: publicUrl });
    new CfnOutput(this, 'NewsTable', { value: tables.byName('news').tableName });
    new CfnOutput(this, 'ConfigurationSet', { value: mail.configurationSetName });
    if (inbound) new CfnOutput(this, 'ReceiptRuleSet', { value: inbound.ruleSetName });
    // the operator's commands take their settings from it
    new CfnOutput(this, 'CensusFunction', { value: workers.takeCensus.functionName });
  }
}
