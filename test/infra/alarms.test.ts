import { globSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { planDigestsHandler } from '../../functions/handlers/plan-digests.ts';
import { sendDigestsHandler } from '../../functions/handlers/send-digests.ts';
import { createLog } from '../../functions/log.ts';
import { cohortOf, shardOf } from '../../functions/model/cohort.ts';
import { HOUR, iso, MINUTE, TICK } from '../../functions/model/time.ts';
import type { Log } from '../../functions/ports.ts';
import type { PlanPorts, SendPorts } from '../../functions/wiring.ts';
import { FUNCTION_NAMES } from '../../infra/access.ts';
import { HEARTBEATS, LOG_ALARMS } from '../../infra/alarms.ts';
import { BASE_AT } from '../builders.ts';
import { bench, readersOf } from '../digest/worker.ts';
import { alarms, filters, fires, firing, onLambda, ours, template } from './cloud-watch.ts';
import { synth } from './synth.ts';

/**
 * Alarms as CloudWatch would see them: lines of the real functions, through the synthesised metric filters, into the synthesised alarms,
 * and what AWS itself counts of its functions.
 * Fails if: an event's name changes on one side only · a filter stands on another function's log · a threshold is off · silence is fine.
 */

const logging = (): { log: Log; lines: string[] } => {
  const lines: string[] = [];
  return { lines, log: createLog((line) => lines.push(line)) };
};

/** What Lambda writes at the end of a run (AWS docs, "Lambda function logs"). */
const report = (ms: number): string =>
  `REPORT RequestId: 5002d846-892a-4bfe-83bb-b0c32406c482\tDuration: ${ms.toFixed(2)} ms\tBilled Duration: ${Math.ceil(ms)} ms\tMemory Size: 512 MB\tMax Memory Used: 84 MB\t`;

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
    const watched = LOG_ALARMS.flatMap(({ events }) => events);
    expect(watched.filter((event) => !logged.has(event))).toEqual([]);
  });

  it('have a filter each, and each filter an alarm', () => {
    const names = (of: readonly string[]): string[] => [...new Set(of)].sort();
    expect(names(ours.map(({ MetricName }) => MetricName))).toEqual(names(filters.map(({ metric }) => metric)));
    expect(alarms().every(({ AlarmDescription }) => AlarmDescription.length > 20)).toBe(true);
  });

  it('fire for no line of an ordinary day', () => {
    const ordinary = [report(1000), JSON.stringify({ event: 'plan.done' }), JSON.stringify({ event: 'rate.read' })];
    expect(firing(Object.fromEntries(filters.map(({ of }) => [of, ordinary])))).toEqual([]);
  });

  it.each(HEARTBEATS)('$id: fires for silence, and for no run', ({ of, minutes }) => {
    const [alarm, ...others] = onLambda('Invocations', of);
    if (!alarm) throw new Error(`nobody watches ${of}`);
    expect(others).toEqual([]);
    expect(alarm.Period).toBe(minutes * 60);
    expect([fires(alarm, []), fires(alarm, [0]), fires(alarm, [1])]).toEqual([true, true, false]);
  });

  it.each(FUNCTION_NAMES)('of runs fire for %s when it takes four fifths of its time', (name) => {
    const id = name.replaceAll('-', '');
    const [timeout] = Object.entries(template.findResources('AWS::Lambda::Function')).flatMap(
      ([key, { Properties }]) => (key.toLowerCase().startsWith(`workers${id}`) ? [Properties.Timeout * 1000] : []),
    );
    const most = (timeout ?? 0) * (name === 'send-digests' ? 0.97 : 0.8);
    expect(firing({ [id]: [report(most - 1)] })).toEqual([]);
    expect(firing({ [id]: [report(most + 1)] })).toEqual(['Slow']);
  });

  it.each([
    ['Errors', 2],
    ['Throttles', 0],
  ])('of %s are on what AWS counts of all functions, and fire above %i', (metric, above) => {
    const found = onLambda(metric);
    expect(found).toHaveLength(1);
    expect(found.map((alarm) => [fires(alarm, []), fires(alarm, [above]), fires(alarm, [above + 1])])).toEqual([
      [false, false, true],
    ]);
  });

  it.each(LOG_ALARMS.flatMap(({ id, events, of, above }) => events.map((event) => [id, event, of, above] as const)))(
    '%s fires for %s of each of its functions, and not at its threshold',
    (id, event, of, above) => {
      for (const name of of.map((each) => each.replaceAll('-', ''))) {
        const lines = (count: number) => ({
          [name]: Array<string>(count).fill(JSON.stringify({ event })),
        });
        expect(firing(lines(above))).toEqual([]);
        expect(firing(lines(above + 1))).toEqual([id]);
      }
    },
  );

  it('watch every dead-letter queue, and how old the oldest message of every other is', () => {
    const queues = Object.entries(template.findResources('AWS::SQS::Queue'));
    const watched = (metric: string): string[] =>
      alarms()
        .filter(({ MetricName }) => MetricName === metric)
        .map(({ Dimensions }) => JSON.stringify(Dimensions));
    const metricOf = (id: string, hasDeadLetters: boolean): string => {
      if (hasDeadLetters) return 'ApproximateAgeOfOldestMessage';
      // missed ticks are not sent back, so what arrives is watched
      return id.startsWith('TicksMissed') ? 'NumberOfMessagesSent' : 'ApproximateNumberOfMessagesVisible';
    };
    for (const [id, { Properties }] of queues) {
      const metric = metricOf(id, Properties.RedrivePolicy !== undefined);
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
      return firing({ plandigests: lines });
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
