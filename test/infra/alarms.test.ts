import { globSync, readFileSync } from 'node:fs';
import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { planDigestsHandler } from '../../functions/handlers/plan-digests.ts';
import { sendDigestsHandler } from '../../functions/handlers/send-digests.ts';
import { createLog } from '../../functions/log.ts';
import { cohortOf, shardOf } from '../../functions/model/cohort.ts';
import { HOUR, iso, MINUTE, TICK } from '../../functions/model/time.ts';
import type { Log } from '../../functions/ports.ts';
import type { PlanPorts, SendPorts } from '../../functions/wiring.ts';
import { HEARTBEATS, LOG_ALARMS, QUOTA } from '../../infra/alarms.ts';
import { readSettings } from '../../infra/settings.ts';
import { BroadsheetStack } from '../../infra/stack.ts';
import { BASE_AT } from '../builders.ts';
import { bench, readersOf } from '../digest/worker.ts';

/**
 * Alarms as CloudWatch would see them: lines of the real functions, through the synthesised metric filters, into the synthesised alarms.
 * Fails if: an event's name changes on one side only · a filter stands on another function's log · a threshold is off · silence is fine.
 */

const SETTINGS = {
  brand: { name: 'T', from: 'd@news.example', postalAddress: 'Some Street 1, Town', contact: 'h@news.example' },
};

const synth = (over: object = {}): Template => {
  const app = new App({ context: { 'aws:cdk:bundling-stacks': [] } });
  return Template.fromStack(new BroadsheetStack(app, 'test', { settings: readSettings({ ...SETTINGS, ...over }) }));
};

const template = synth();

interface Alarm {
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

const alarms = (of = template): Alarm[] =>
  Object.values(of.findResources('AWS::CloudWatch::Alarm')).map(({ Properties }) => Properties);

const ours = alarms().filter(({ Namespace }) => Namespace === 'Broadsheet/prod');

interface Filter {
  of: string;
  events: string[];
  metric: string;
  value: string;
}

const filters: Filter[] = Object.values(template.findResources('AWS::Logs::MetricFilter')).map(({ Properties }) => ({
  of: /^Workers(.*?)Log/.exec(Properties.LogGroupName.Ref)?.[1] ?? '?',
  events: [...Properties.FilterPattern.matchAll(/\$\.event = "([^"]+)"/g)].map(([, event]) => event),
  metric: Properties.MetricTransformations[0].MetricName,
  value: Properties.MetricTransformations[0].MetricValue,
}));

/** The metrics whose alarms fire, given what each function logged within their period. */
const firing = (lines: Record<string, readonly string[]>): string[] =>
  ours
    .filter((alarm) => {
      const points = filters
        .filter(({ metric }) => metric === alarm.MetricName)
        .flatMap(({ of, events, value }) =>
          (lines[of] ?? [])
            .map((line): Record<string, unknown> => JSON.parse(line))
            .filter(({ event }) => events.includes(String(event)))
            .map((line) => (value.startsWith('$.') ? Number(line[value.slice(2)]) : Number(value))),
        );
      if (points.length === 0) return alarm.TreatMissingData === 'breaching';
      const found = alarm.Statistic === 'Maximum' ? Math.max(...points) : points.reduce((sum, point) => sum + point, 0);
      return alarm.ComparisonOperator === 'LessThanThreshold' ? found < alarm.Threshold : found > alarm.Threshold;
    })
    .map(({ MetricName }) => MetricName)
    .sort();

const logging = (): { log: Log; lines: string[] } => {
  const lines: string[] = [];
  return { lines, log: createLog((line) => lines.push(line)) };
};

const BEATS = {
  plandigests: ['{"event":"plan.done"}'],
  editshelves: ['{"event":"edited"}'],
  takecensus: ['{"event":"census.done"}'],
};

describe('the alarms', () => {
  it('are on lines that the code logs', () => {
    const source = globSync('functions/**/*.ts')
      .map((path) => readFileSync(path, 'utf8'))
      .join('\n');
    const logged = new Set(
      [
        ...source.matchAll(/log\s*\.(?:info|warn|error)\(\s*'([^']+)'/g),
        ...source.matchAll(/log\[\w+\]\(\s*'([^']+)'/g),
      ].map(([, event]) => event),
    );
    const watched = [
      ...LOG_ALARMS.flatMap(({ events }) => events),
      ...HEARTBEATS.map(({ event }) => event),
      QUOTA.event,
    ];
    expect(watched.filter((event) => !logged.has(event))).toEqual([]);
  });

  it('have a filter each, and each filter an alarm', () => {
    const names = (of: readonly string[]): string[] => [...new Set(of)].sort();
    expect(names(ours.map(({ MetricName }) => MetricName))).toEqual(names(filters.map(({ metric }) => metric)));
    expect(alarms().every(({ AlarmDescription }) => AlarmDescription.length > 20)).toBe(true);
  });

  it('fire for no line of an ordinary day, and for silence', () => {
    expect(firing(BEATS)).toEqual([]);
    expect(firing({})).toEqual(['CensusBeats', 'NewsroomBeats', 'PlannerBeats']);
  });

  it.each(LOG_ALARMS.flatMap(({ id, events, of, above }) => events.map((event) => [id, event, of, above] as const)))(
    '%s fires for %s of each of its functions, and not at its threshold',
    (id, event, of, above) => {
      for (const name of of.map((each) => each.replaceAll('-', ''))) {
        const lines = (count: number) => ({
          ...BEATS,
          [name]: [...Array(count).fill(JSON.stringify({ event })), ...(BEATS[name as keyof typeof BEATS] ?? [])],
        });
        expect(firing(lines(above))).toEqual([]);
        expect(firing(lines(above + 1))).toEqual([id]);
      }
    },
  );

  it('watch the share of the quota', () => {
    const read = (quotaUsed: number) => ({
      ...BEATS,
      sendletters: [JSON.stringify({ event: 'rate.read', quotaUsed })],
    });
    expect(firing(read(0.8))).toEqual([]);
    expect(firing(read(0.81))).toEqual(['QuotaUsed']);
  });

  it('watch every dead-letter queue, and how old the oldest message of every other is', () => {
    const queues = Object.entries(template.findResources('AWS::SQS::Queue'));
    const watched = (metric: string): string[] =>
      alarms()
        .filter(({ MetricName }) => MetricName === metric)
        .map(({ Dimensions }) => JSON.stringify(Dimensions));
    for (const [id, { Properties }] of queues) {
      const metric = Properties.RedrivePolicy ? 'ApproximateAgeOfOldestMessage' : 'ApproximateNumberOfMessagesVisible';
      expect(watched(metric).filter((dimensions) => dimensions.includes(`"${id}"`))).toHaveLength(1);
    }
    expect(queues).toHaveLength(9);
  });

  it('are mailed to the operator, if there is an address', () => {
    expect(alarms().some(({ AlarmActions }) => AlarmActions)).toBe(false);
    const mailed = synth({ alarmsTo: 'me@news.example' });
    mailed.hasResourceProperties('AWS::SNS::Subscription', { Protocol: 'email', Endpoint: 'me@news.example' });
    expect(alarms(mailed).every(({ AlarmActions }) => AlarmActions?.length === 1)).toBe(true);
  });
});

describe('digests that are due and not settled', () => {
  const setUp = async () => {
    const ports = await bench();
    const [reader] = await readersOf(ports, ['reader@example.com']);
    if (!reader) throw new Error('no reader');
    await ports.cohorts.register(cohortOf(reader.preferences), shardOf(reader.id), BASE_AT - HOUR);
    const { log, lines } = logging();
    // the handlers ask for no more of their ports than these
    const plan = planDigestsHandler({ ...ports, log } as unknown as PlanPorts);
    const send = sendDigestsHandler({
      ...ports,
      openInvocation: async () => ({ ...ports, close: () => undefined }),
    } as unknown as SendPorts);
    const work = async (): Promise<void> => {
      const bodies = ports.queues.digests.take().map((chunk) => JSON.stringify(chunk));
      const context = { getRemainingTimeInMillis: () => 300_000, invokedFunctionArn: '' };
      await send({ Records: bodies.map((body, n) => ({ messageId: `${n}`, body })) }, context);
    };
    const tick = async (at: number): Promise<string[]> => {
      lines.length = 0;
      ports.clock.set(at);
      await plan({ time: iso(at) });
      return firing({ ...BEATS, plandigests: lines });
    };
    return { ports, work, tick };
  };

  it('fire the alarm an hour later where the sender stands still, and no longer once they are settled', async () => {
    const { work, tick } = await setUp();
    for (let at = BASE_AT; at < BASE_AT + HOUR; at += TICK) expect(await tick(at)).toEqual([]);
    expect(await tick(BASE_AT + HOUR)).toEqual(['Overdue']);
    await work();
    expect(await tick(BASE_AT + HOUR + TICK)).toEqual([]);
  });

  it('fire it also where the chunk is handed back again and again', async () => {
    const { ports, work, tick } = await setUp();
    ports.pace.take = async () => ({ kind: 'held', why: 'quota', waitMs: 15 * MINUTE });
    for (let at = BASE_AT; at < BASE_AT + HOUR; at += TICK) {
      expect(await tick(at)).toEqual([]);
      await work();
    }
    expect(await tick(BASE_AT + HOUR)).toEqual(['Overdue']);
  });

  it('fire nothing where all went well', async () => {
    const { work, tick, ports } = await setUp();
    for (let at = BASE_AT; at <= BASE_AT + 3 * HOUR; at += TICK) {
      expect(await tick(at)).toEqual([]);
      await work();
    }
    expect(ports.mailer.mails).toHaveLength(1);
  });
});
