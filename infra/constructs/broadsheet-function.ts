import { Duration, type RemovalPolicy, Stack } from 'aws-cdk-lib';
import type { ITableV2 } from 'aws-cdk-lib/aws-dynamodb';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { SqsDestination } from 'aws-cdk-lib/aws-lambda-destinations';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import { NodejsFunction, OutputFormat } from 'aws-cdk-lib/aws-lambda-nodejs';
import * as logs from 'aws-cdk-lib/aws-logs';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import type { TableAccess } from '../access.ts';
import type { QueuePair } from './queue-pair.ts';

export interface BroadsheetFunctionProps {
  /** The file in functions/handlers, without its ending. */
  handler: string;
  description: string;
  timeoutSeconds: number;
  memoryMiB: number;
  /**
   * True where the function sends messages to the queue that it reads. Lambda follows a message through such a circle and after sixteen
   * rounds puts it among the dead letters ("recursive loop detection"): a chunk of digests that waits for its rate would be one within
   * two minutes. Each of ours ends by itself: digests after a day, letters after two.
   */
  handsBack?: true;
  environment: Record<string, string>;
  logRetention: logs.RetentionDays;
  removalPolicy: RemovalPolicy;
}

/** Bundles of ESM that hold CommonJS packages ask for `require`. The name is one that no minifier gives: esbuild does not look at banners. */
const REQUIRE =
  "import{createRequire as makeRequireOfBundle}from'node:module';const require=makeRequireOfBundle(import.meta.url);";

/** A function with the house's defaults: Node 24 on arm64, one ESM bundle with its SDK, a log group that forgets. */
export class BroadsheetFunction extends NodejsFunction {
  constructor(scope: Construct, id: string, props: BroadsheetFunctionProps) {
    super(scope, id, {
      entry: `functions/handlers/${props.handler}.ts`,
      handler: 'handler',
      description: props.description,
      runtime: lambda.Runtime.NODEJS_24_X,
      architecture: lambda.Architecture.ARM_64,
      memorySize: props.memoryMiB,
      timeout: Duration.seconds(props.timeoutSeconds),
      ...(props.handsBack && { recursiveLoop: lambda.RecursiveLoop.ALLOW }),
      environment: { ...props.environment, NODE_OPTIONS: '--enable-source-maps' },
      // alarms read our JSON lines and Lambda's REPORT lines as they are in text logs
      loggingFormat: lambda.LoggingFormat.TEXT,
      logGroup: new logs.LogGroup(scope, `${id}Log`, {
        retention: props.logRetention,
        removalPolicy: props.removalPolicy,
      }),
      depsLockFilePath: 'package-lock.json',
      bundling: {
        format: OutputFormat.ESM,
        target: 'node24',
        mainFields: ['module', 'main'],
        // without this the SDK stays outside and the bundle is 167 bytes of nothing to test
        bundleAwsSDK: true,
        minify: true,
        sourceMap: true,
        banner: REQUIRE,
      },
    });
  }

  /** Lets it do exactly these actions on a table (and, to query, its indexes); on keys with these prefixes only, if any are named. */
  bindTable(table: Pick<ITableV2, 'tableArn'>, { actions, keys = [] }: TableAccess): this {
    this.addToRolePolicy(
      new iam.PolicyStatement({
        actions: actions.map((action) => `dynamodb:${action}`),
        resources: actions.includes('Query') ? [table.tableArn, `${table.tableArn}/index/*`] : [table.tableArn],
        ...(keys.length > 0 && {
          conditions: { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': keys.map((prefix) => `${prefix}*`) } },
        }),
      }),
    );
    return this;
  }

  /** Works through a queue with partial batch answers. */
  consume({ queue, spec }: QueuePair): this {
    this.addEventSource(
      new SqsEventSource(queue, {
        batchSize: spec.batchSize,
        ...(spec.gatherSeconds > 0 && { maxBatchingWindow: Duration.seconds(spec.gatherSeconds) }),
        maxConcurrency: spec.concurrency,
        reportBatchItemFailures: true,
      }),
    );
    return this;
  }

  /** A scheduled call that failed three times goes there: without, it would be forgotten. */
  failTo(queue: IQueue): this {
    this.configureAsyncInvoke({ onFailure: new SqsDestination(queue), retryAttempts: 2 });
    return this;
  }

  /** May put messages on these queues. */
  sendTo(...pairs: QueuePair[]): this {
    for (const { queue } of pairs) queue.grantSendMessages(this);
    return this;
  }

  /**
   * May read these SSM parameters. SecureStrings under the account's own `aws/ssm` key need no KMS permission:
   * that key's policy lets in whoever may use SSM.
   */
  readParameters(...names: string[]): this {
    this.addToRolePolicy(
      new iam.PolicyStatement({
        actions: ['ssm:GetParameter', 'ssm:GetParameters'],
        resources: names.map((name) =>
          Stack.of(this).formatArn({ service: 'ssm', resource: 'parameter', resourceName: name.replace(/^\//, '') }),
        ),
      }),
    );
    return this;
  }

  /** May set this SSM parameter. */
  writeParameter(name: string): this {
    this.addToRolePolicy(
      new iam.PolicyStatement({ actions: ['ssm:PutParameter'], resources: [this.#parameterArn(name)] }),
    );
    return this;
  }

  #parameterArn(name: string): string {
    return Stack.of(this).formatArn({ service: 'ssm', resource: 'parameter', resourceName: name.replace(/^\//, '') });
  }
}
