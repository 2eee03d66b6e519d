import { Aws, RemovalPolicy, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as ses from 'aws-cdk-lib/aws-ses';
import { Construct } from 'constructs';
import { MAIL_QUEUE } from '../queues.ts';
import type { Settings } from '../settings.ts';
import type { BroadsheetFunction } from './broadsheet-function.ts';
import { QueuePair } from './queue-pair.ts';

export interface InboundProps {
  stage: Settings['stage'];
  inbound: NonNullable<Settings['inbound']>;
}

/**
 * The road of incoming mail: SES rule -> bucket -> queue. A rule that hands the mail to SNS would bounce what is larger than 150 kB.
 * The rule does nothing until the operator makes its set the active one of the region, which is their other mail's too: docs/inbound.md.
 */
export class Inbound extends Construct {
  readonly mails: QueuePair;
  readonly bucketName: string;
  readonly ruleSetName: string;

  constructor(scope: Construct, id: string, { stage, inbound }: InboundProps) {
    super(scope, id);
    this.mails = new QueuePair(this, 'Mail', MAIL_QUEUE);
    const bucket = this.#bucket();
    this.bucketName = bucket.ref;
    const name = `broadsheet-${stage}`;
    const made =
      inbound.ruleSet === 'create' ? new ses.CfnReceiptRuleSet(this, 'Rules', { ruleSetName: name }) : undefined;
    this.ruleSetName = made ? name : inbound.ruleSet;
    const rule = new ses.CfnReceiptRule(this, 'Rule', {
      ruleSetName: this.ruleSetName,
      rule: {
        name,
        enabled: true,
        recipients: [inbound.domain],
        scanEnabled: true,
        // REQUIRE would turn away whoever's server has no TLS
        tlsPolicy: 'Optional',
        actions: [{ s3Action: { bucketName: bucket.ref } }],
      },
    });
    if (made) rule.addDependency(made);
    // SES tries the bucket when the rule is made
    rule.addDependency(this.#policy(bucket, name));
  }

  /** Lets a function read mails and delete them. */
  grantTake(to: BroadsheetFunction): void {
    to.addToRolePolicy(
      new iam.PolicyStatement({ actions: ['s3:GetObject', 's3:DeleteObject'], resources: [this.#arn('/*')] }),
    );
    // without it a mail that is done, and told of twice, would be answered with 'forbidden' and end as a dead letter
    to.addToRolePolicy(new iam.PolicyStatement({ actions: ['s3:ListBucket'], resources: [this.#arn()] }));
  }

  #arn(rest = ''): string {
    return `arn:${Aws.PARTITION}:s3:::${this.bucketName}${rest}`;
  }

  #bucket(): s3.CfnBucket {
    const { queue } = this.mails;
    const tell = new iam.PolicyStatement({
      actions: ['sqs:SendMessage'],
      principals: [new iam.ServicePrincipal('s3.amazonaws.com')],
      resources: [queue.queueArn],
      conditions: { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID } },
    });
    const { policyDependable } = queue.addToResourcePolicy(tell);
    const bucket = new s3.CfnBucket(this, 'Bucket', {
      bucketEncryption: {
        serverSideEncryptionConfiguration: [{ serverSideEncryptionByDefault: { sseAlgorithm: 'AES256' } }],
      },
      publicAccessBlockConfiguration: {
        blockPublicAcls: true,
        blockPublicPolicy: true,
        ignorePublicAcls: true,
        restrictPublicBuckets: true,
      },
      ownershipControls: { rules: [{ objectOwnership: 'BucketOwnerEnforced' }] },
      lifecycleConfiguration: { rules: [{ status: 'Enabled', expirationInDays: 1 }] },
      notificationConfiguration: { queueConfigurations: [{ event: 's3:ObjectCreated:*', queue: queue.queueArn }] },
    });
    // what lies in it is two days old at most (S3 counts a day to the midnight after it), and nobody's but the sender's
    bucket.applyRemovalPolicy(RemovalPolicy.DESTROY);
    // S3 tries the queue when the bucket is made
    if (policyDependable) bucket.node.addDependency(policyDependable);
    return bucket;
  }

  #policy(bucket: s3.CfnBucket, rule: string): s3.CfnBucketPolicy {
    const resourceName = `${this.ruleSetName}:receipt-rule/${rule}`;
    const source = Stack.of(this).formatArn({ service: 'ses', resource: 'receipt-rule-set', resourceName });
    const put = new iam.PolicyStatement({
      actions: ['s3:PutObject'],
      principals: [new iam.ServicePrincipal('ses.amazonaws.com')],
      resources: [this.#arn('/*')],
      conditions: { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID, 'aws:SourceArn': source } },
    });
    const plain = new iam.PolicyStatement({
      effect: iam.Effect.DENY,
      actions: ['s3:*'],
      principals: [new iam.AnyPrincipal()],
      resources: [this.#arn(), this.#arn('/*')],
      conditions: { Bool: { 'aws:SecureTransport': 'false' } },
    });
    return new s3.CfnBucketPolicy(this, 'Policy', {
      bucket: bucket.ref,
      policyDocument: new iam.PolicyDocument({ statements: [put, plain] }),
    });
  }
}
