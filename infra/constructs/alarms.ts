import { Duration } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as sns from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { FUNCTION_NAMES, type FunctionName } from '../access.ts';
import { FAILED, HEARTBEATS, LOG_ALARMS, OLDEST_MINUTES, REPUTATION, SLOW, slowShare, THROTTLED } from '../alarms.ts';
import { QUEUE_NAMES, type QUEUES } from '../queues.ts';
import type { Settings } from '../settings.ts';
import type { BroadsheetFunction } from './broadsheet-function.ts';
import type { QueuePair } from './queue-pair.ts';

export interface AlarmsProps {
  settings: Settings;
  functionOf: (name: FunctionName) => BroadsheetFunction;
  queues: Record<keyof typeof QUEUES, QueuePair> & { mail: QueuePair | undefined };
  /** Ticks that could not be delivered, or whose function failed. */
  missed: IQueue;
  configurationSetName: string;
}

/** The line that Lambda itself logs of each run, if the run took longer than this: `REPORT RequestId: ID Duration: MS ms ...`. */
const reportOver = (ms: number): logs.IFilterPattern =>
  logs.FilterPattern.literal(`[kind = REPORT, idLabel, id, durationLabel, duration > ${Math.round(ms)}, ...]`);

interface Watch {
  says: string;
  metric: cloudwatch.IMetric;
  /** Fires above this; no data are fine. */
  above: number;
}

/** The alarms of promise 64, each on a metric that the code or AWS really emits; mailed to the operator if they said where to. */
export class Alarms extends Construct {
  readonly #props: AlarmsProps;
  readonly #topic: sns.Topic | undefined;

  constructor(scope: Construct, id: string, props: AlarmsProps) {
    super(scope, id);
    this.#props = props;
    const { alarmsTo } = props.settings;
    if (alarmsTo !== undefined) {
      this.#topic = new sns.Topic(this, 'Topic');
      this.#topic.addSubscription(new EmailSubscription(alarmsTo));
    }
    this.#watchLogs();
    this.#watchHeartbeats();
    this.#watchRuns();
    this.#watchQueues();
    this.#watchReputation();
  }

  #alarm(id: string, { says, metric, above }: Watch): void {
    this.#add(id, {
      alarmDescription: says,
      metric,
      threshold: above,
      comparisonOperator: cloudwatch.ComparisonOperator.GREATER_THAN_THRESHOLD,
      treatMissingData: cloudwatch.TreatMissingData.NOT_BREACHING,
    });
  }

  #add(id: string, props: Omit<cloudwatch.AlarmProps, 'evaluationPeriods'>): void {
    const alarm = new cloudwatch.Alarm(this, id, { ...props, evaluationPeriods: 1 });
    if (this.#topic) alarm.addAlarmAction(new SnsAction(this.#topic));
  }

  /** A metric of lines, in the stack's own namespace. */
  #metric(name: string, minutes: number, statistic: string): cloudwatch.Metric {
    const namespace = `Broadsheet/${this.#props.settings.stage}`;
    return new cloudwatch.Metric({ namespace, metricName: name, statistic, period: Duration.minutes(minutes) });
  }

  /** Lines of a function become points of a metric. */
  #filter(of: FunctionName, metric: cloudwatch.Metric, filterPattern: logs.IFilterPattern): void {
    new logs.MetricFilter(this, `${metric.metricName}-${of}`, {
      logGroup: this.#props.functionOf(of).logGroup,
      filterPattern,
      metricNamespace: metric.namespace,
      metricName: metric.metricName,
      metricValue: '1',
    });
  }

  #watchLogs(): void {
    const inbound = this.#props.queues.mail !== undefined;
    for (const { id, says, events, of, ofInbound, above, minutes } of LOG_ALARMS) {
      const metric = this.#metric(id, minutes, cloudwatch.Stats.SUM);
      const lines = logs.FilterPattern.any(
        ...events.map((event) => logs.FilterPattern.stringValue('$.event', '=', event)),
      );
      for (const each of of) this.#filter(each, metric, lines);
      if (inbound && ofInbound) this.#filter(ofInbound, metric, lines);
      this.#alarm(id, { says, metric, above });
    }
  }

  #watchHeartbeats(): void {
    for (const { id, says, of, minutes } of HEARTBEATS) {
      this.#add(`${id}Still`, {
        alarmDescription: says,
        metric: this.#props.functionOf(of).metricInvocations({ period: Duration.minutes(minutes) }),
        threshold: 1,
        comparisonOperator: cloudwatch.ComparisonOperator.LESS_THAN_THRESHOLD,
        // no runs at all: that is what it waits for
        treatMissingData: cloudwatch.TreatMissingData.BREACHING,
      });
    }
  }

  /** All functions by one alarm each: on every function's own duration, errors and throttles they would be twenty-four. */
  #watchRuns(): void {
    const slow = this.#metric('Slow', SLOW.minutes, cloudwatch.Stats.SUM);
    const names: FunctionName[] = [...FUNCTION_NAMES, ...(this.#props.queues.mail ? ['handle-mail' as const] : [])];
    for (const name of names) {
      const { timeout } = this.#props.functionOf(name);
      if (!timeout) throw new Error(`${name} has no timeout of its own`);
      this.#filter(name, slow, reportOver(timeout.toMilliseconds() * slowShare(name)));
    }
    this.#alarm('Slow', { says: SLOW.says, metric: slow, above: 0 });
    const errors = lambda.Function.metricAllErrors({ period: Duration.minutes(FAILED.minutes) });
    this.#alarm('Failed', { says: FAILED.says, metric: errors, above: FAILED.above });
    const throttles = lambda.Function.metricAllThrottles({ period: Duration.minutes(THROTTLED.minutes) });
    this.#alarm('Throttled', { says: THROTTLED.says, metric: throttles, above: THROTTLED.above });
  }

  #watchQueues(): void {
    const { queues, missed } = this.#props;
    for (const name of QUEUE_NAMES) {
      const pair = queues[name];
      if (!pair) continue;
      this.#alarm(`${name}Dead`, {
        says: `Dead letters of ${name}: npx broadsheet dead-letters list --queue ${name}`,
        metric: pair.deadLetters.metricApproximateNumberOfMessagesVisible({
          statistic: 'Maximum',
          period: Duration.minutes(5),
        }),
        above: 0,
      });
      this.#alarm(`${name}Oldest`, {
        says: `A message of ${name} waits for more than ${OLDEST_MINUTES[name]} minutes.`,
        metric: pair.queue.metricApproximateAgeOfOldestMessage({ statistic: 'Maximum', period: Duration.minutes(5) }),
        above: OLDEST_MINUTES[name] * 60,
      });
    }
    this.#alarm('missedDead', {
      says: 'A tick was not delivered, or its function failed three times; the next one catches up.',
      // by what arrives: nobody sends missed ticks back, and an alarm on what lies there would stand for two weeks, over the next one too
      metric: missed.metricNumberOfMessagesSent({ statistic: 'Sum', period: Duration.minutes(15) }),
      above: 0,
    });
  }

  #watchReputation(): void {
    for (const { id, metric: metricName, above } of REPUTATION) {
      const metric = new cloudwatch.Metric({
        namespace: 'AWS/SES',
        metricName,
        dimensionsMap: { 'ses:configuration-set': this.#props.configurationSetName },
        statistic: cloudwatch.Stats.MAXIMUM,
        period: Duration.hours(1),
      });
      this.#alarm(id, { says: `SES counts too many ${id.toLowerCase()}: it reviews the account soon.`, metric, above });
    }
  }
}
