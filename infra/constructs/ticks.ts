import { Duration } from 'aws-cdk-lib';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import * as scheduler from 'aws-cdk-lib/aws-scheduler';
import { LambdaInvoke } from 'aws-cdk-lib/aws-scheduler-targets';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';

export interface TicksProps {
  fetch: IFunction;
  edit: IFunction;
  plan: IFunction;
}

/**
 * Four ticks an hour. The newsroom works ahead of the quarter, so that a digest for 07:00 is made from an edition of 06:55.
 * A tick that cannot be delivered lands in the dead-letter queue; the next one catches up.
 */
export class Ticks extends Construct {
  constructor(scope: Construct, id: string, { fetch, edit, plan }: TicksProps) {
    super(scope, id);
    const missed = new sqs.Queue(this, 'Missed', {
      encryption: sqs.QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      retentionPeriod: Duration.days(14),
    });
    const tick = (name: string, minutes: string, target: IFunction): void => {
      new scheduler.Schedule(this, name, {
        schedule: scheduler.ScheduleExpression.cron({ minute: minutes, hour: '*', day: '*', month: '*', year: '*' }),
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
  }
}
