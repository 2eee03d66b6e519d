import { Duration } from 'aws-cdk-lib';
import * as scheduler from 'aws-cdk-lib/aws-scheduler';
import { LambdaInvoke } from 'aws-cdk-lib/aws-scheduler-targets';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { NIGHT_HOURS } from '../../functions/digest/night.ts';
import type { BroadsheetFunction } from './broadsheet-function.ts';

export interface TicksProps {
  fetch: BroadsheetFunction;
  edit: BroadsheetFunction;
  plan: BroadsheetFunction;
  census: BroadsheetFunction;
}

/**
 * Four ticks an hour. The newsroom works ahead of the quarter, so that a digest for 07:00 is made from an edition of 06:55.
 * The census comes at night in UTC, in eight quarters of an hour (`partOfNight`), the first at 02:03. What cannot be delivered, or fails three times, lands in one queue; the next
 * tick catches up.
 */
export class Ticks extends Construct {
  readonly missed: sqs.Queue;

  constructor(scope: Construct, id: string, { fetch, edit, plan, census }: TicksProps) {
    super(scope, id);
    const missed = new sqs.Queue(this, 'Missed', {
      encryption: sqs.QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      retentionPeriod: Duration.days(14),
    });
    this.missed = missed;
    const tick = (name: string, minute: string, target: BroadsheetFunction, hour = '*'): void => {
      target.failTo(missed);
      new scheduler.Schedule(this, name, {
        schedule: scheduler.ScheduleExpression.cron({ minute, hour, day: '*', month: '*', year: '*' }),
        target: new LambdaInvoke(target, {
          input: scheduler.ScheduleTargetInput.fromObject({ time: scheduler.ContextAttribute.scheduledTime }),
          deadLetterQueue: missed,
          retryAttempts: 2,
          maxEventAge: Duration.minutes(10),
        }),
      });
    };
    tick('Fetch', '5,20,35,50', fetch);
    tick('Edit', '10,25,40,55', edit);
    tick('Plan', '0,15,30,45', plan);
    tick('Census', '3,18,33,48', census, NIGHT_HOURS.join());
  }
}
