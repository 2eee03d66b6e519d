import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as z from 'zod';
import { readSettings } from '../settings.ts';
import { BroadsheetStack } from '../stack.ts';
import type { StackFacts } from './stack-facts.ts';

const lambdaProps = z.object({ Properties: z.object({ MemorySize: z.number(), Description: z.string() }) });
const scheduleProps = z.object({ Properties: z.object({ ScheduleExpression: z.string() }) });
const alarmProps = z.object({
  Properties: z.object({ Namespace: z.string(), MetricName: z.string(), Threshold: z.number() }),
});
const logProps = z.object({ Properties: z.object({ RetentionInDays: z.number() }) });

const SETTINGS = {
  stage: 'prod',
  brand: {
    name: 'Cost',
    from: 'digest@cost.example',
    postalAddress: 'A Street 1, A Town',
    contact: 'hello@cost.example',
  },
};

/** How often a cron of listed minutes and hours is due in a day. */
const perDay = (expression: string): number => {
  const [minutes = '', hours = ''] = /^cron\((.*)\)$/.exec(expression)?.[1]?.split(' ') ?? [];
  return minutes.split(',').length * (hours === '*' ? 24 : hours.split(',').length);
};

/** Read from the synthesised template, without bundling. */
export const stackFacts = (): StackFacts => {
  const app = new App({ context: { 'aws:cdk:bundling-stacks': [] } });
  const template = Template.fromStack(new BroadsheetStack(app, 'cost', { settings: readSettings(SETTINGS) }));
  const all = (type: string): [string, unknown][] => Object.entries(template.findResources(type));
  const functions = all('AWS::Lambda::Function').flatMap(([id, found]) => {
    const read = lambdaProps.safeParse(found);
    return read.success ? [{ id, memory: read.data.Properties.MemorySize }] : [];
  });
  const alarms = all('AWS::CloudWatch::Alarm').map(([, found]) => alarmProps.parse(found).Properties);
  const own = alarms.filter(({ Namespace }) => !Namespace.startsWith('AWS/'));
  return {
    memoryMiB: Object.fromEntries(functions.map(({ id, memory }) => [id, memory])),
    polledQueues: all('AWS::Lambda::EventSourceMapping').length,
    metrics: own.filter(({ Threshold }) => Threshold > 0).length,
    rareMetrics: own.filter(({ Threshold }) => Threshold === 0).length,
    alarms: alarms.length,
    dashboards: all('AWS::CloudWatch::Dashboard').length,
    keys: all('AWS::KMS::Key').length,
    schedulesPerDay: all('AWS::Scheduler::Schedule').reduce(
      (sum, [, found]) => sum + perDay(scheduleProps.parse(found).Properties.ScheduleExpression),
      0,
    ),
    logDays: Math.max(
      0,
      ...all('AWS::Logs::LogGroup').map(([, found]) => logProps.parse(found).Properties.RetentionInDays),
    ),
  };
};
