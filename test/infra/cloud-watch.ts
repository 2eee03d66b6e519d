import type { FunctionName } from '../../infra/access.ts';
import { synth } from './synth.ts';

/** CloudWatch as far as the alarms' tests need it: the synthesised filters and alarms, applied to lines of logs. */

export const template = synth();

export interface Alarm {
  AlarmDescription: string;
  Namespace: string;
  MetricName: string;
  Statistic: string;
  Period: number;
  Threshold: number;
  ComparisonOperator: string;
  TreatMissingData: string;
  AlarmActions?: unknown[];
  Dimensions?: { Name: string; Value: unknown }[];
}

export const alarms = (of = template): Alarm[] =>
  Object.values(of.findResources('AWS::CloudWatch::Alarm')).map(({ Properties }) => Properties);

export const ours = alarms().filter(({ Namespace }) => Namespace === 'Broadsheet/prod');

interface Filter {
  of: string;
  /** Whether it takes a line of the log. */
  takes: (line: string) => boolean;
  events: string[];
  metric: string;
}

/** A filter's pattern, of either kind that the stack has: names of our events, or words of Lambda's own report of a run. */
const readPattern = (pattern: string): Pick<Filter, 'events' | 'takes'> => {
  const events = [...pattern.matchAll(/\$\.event = "([^"]+)"/g)].map(([, event]) => event ?? '');
  if (events.length > 0) {
    return { events, takes: (line) => line.startsWith('{') && events.includes(JSON.parse(line).event) };
  }
  const [, word, most] = /^\[kind = (\w+), \w+, \w+, \w+, duration > (\d+), \.\.\.\]$/.exec(pattern) ?? [];
  if (word === undefined) throw new Error(`a pattern of another kind: ${pattern}`);
  return {
    events,
    takes: (line) => {
      const words = line.split(/\s+/);
      return words[0] === word && Number(words[4]) > Number(most);
    },
  };
};

export const filters: Filter[] = Object.values(template.findResources('AWS::Logs::MetricFilter')).map(
  ({ Properties }) => ({
    of: /^Workers(.*?)Log/.exec(Properties.LogGroupName.Ref)?.[1] ?? '?',
    ...readPattern(Properties.FilterPattern),
    metric: Properties.MetricTransformations[0].MetricName,
  }),
);

/** The alarms that fire, given the points of their period; those without points by what they say of silence. */
export const fires = (alarm: Alarm, points: readonly number[]): boolean => {
  if (points.length === 0) return alarm.TreatMissingData === 'breaching';
  const sum = points.reduce((total, point) => total + point, 0);
  return alarm.ComparisonOperator === 'LessThanThreshold' ? sum < alarm.Threshold : sum > alarm.Threshold;
};

/** The metrics whose alarms fire, given what each function logged within their period. */
export const firing = (lines: Record<string, readonly string[]>): string[] =>
  ours
    .filter((alarm) => {
      const points = filters
        .filter(({ metric }) => metric === alarm.MetricName)
        .flatMap(({ of, takes }) => (lines[of] ?? []).filter(takes).map(() => 1));
      return fires(alarm, points);
    })
    .map(({ MetricName }) => MetricName)
    .sort();

/** Ids of alarms on a metric that AWS counts of all functions, or of one. */
export const onLambda = (metric: string, of?: FunctionName): Alarm[] =>
  alarms().filter(
    ({ Namespace, MetricName, Dimensions = [] }) =>
      Namespace === 'AWS/Lambda' &&
      MetricName === metric &&
      (of === undefined
        ? Dimensions.length === 0
        : JSON.stringify(Dimensions)
            .toLowerCase()
            .includes(`"workers${of.replaceAll('-', '')}`)),
  );
