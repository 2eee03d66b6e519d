import { describe, expect, it } from 'vitest';
import { cohortOf, shardOf } from '../../functions/model/cohort.ts';
import type { DeliveryState } from '../../functions/model/delivery.ts';
import type { Preferences, Subscriber } from '../../functions/model/subscriber.ts';
import { HOUR, iso, TICK } from '../../functions/model/time.ts';
import { LOG_ALARMS } from '../../infra/alarms.ts';
import { createClock } from '../../infra/local/clock.ts';
import { invoke } from '../../infra/local/invoke.ts';
import { createMailStore } from '../../infra/local/mail-store.ts';
import { type LocalStack, startLocal } from '../../infra/local/stack.ts';
import { aSubscriber, BASE_AT } from '../builders.ts';
import { draw, publish } from '../digest/newsroom.ts';
import { recordingLog } from '../fakes.ts';

/** Two hours of mornings at which SES takes each hundredth mail and never answers, through the real handlers on the emulators. */

const HABITS: Partial<Preferences>[] = [
  { zone: 'Europe/Berlin', hour: 7 },
  { zone: 'Asia/Kolkata', hour: 12 },
  { zone: 'Europe/Berlin', hour: 8 },
];
const EACH = 400;
const LOST = (HABITS.length * EACH) / 100;
const LONG = 240_000;

const signUpAll = async ({ ports }: LocalStack): Promise<Subscriber[]> => {
  const readers = HABITS.flatMap((habit, h) =>
    Array.from({ length: EACH }, (_, n) => aSubscriber({ address: `r${h}-${n}@example.com`, preferences: habit })),
  );
  await Promise.all(
    readers.map(async (reader) => {
      await ports.cohorts.register(cohortOf(reader.preferences), shardOf(reader.id), BASE_AT - HOUR);
      await ports.subscribers.save(reader);
    }),
  );
  return readers;
};

const live = async (road: 'up' | 'down') => {
  const log = recordingLog();
  const mails = createMailStore();
  const clock = createClock({ at: BASE_AT - TICK });
  let taken = 0;
  const stack = await startLocal({
    mails,
    clock,
    publicUrl: 'http://127.0.0.1:1',
    allow: [],
    welcome: false,
    log,
    onError: (error) => log.error('test', { error: String(error) }),
    losesAnswer: () => ++taken % 100 === 0,
    ...(road === 'down' ? { holdEvent: () => undefined } : {}),
  });
  await publish(stack.ports, 1, [draw({ title: 'Ceasefire holds', sources: ['a'], topics: ['world'] })]);
  const readers = await signUpAll(stack);
  for (let at = BASE_AT; at <= BASE_AT + 2 * HOUR; at += TICK) {
    clock.set(at);
    await stack.settle();
    await invoke(stack.functions.plan, { time: iso(at) });
    await stack.settle();
  }
  const states: DeliveryState[] = [];
  for (const { id } of readers) states.push(...(await stack.ports.deliveries.last(id, 5)).map(({ state }) => state));
  await stack.stop();
  const times = new Map<string, number>();
  for (const { tags } of mails.all()) times.set(tags.delivery ?? '', (times.get(tags.delivery ?? '') ?? 0) + 1);
  return {
    readers,
    states,
    log,
    twice: [...times.values()].filter((n) => n > 1).length,
    taken: mails.all().length,
    reached: times.size,
  };
};

describe('an SES that takes mails and loses the answers', () => {
  it(
    'mails nothing twice where its events arrive: they settle all',
    async () => {
      const { readers, states, twice, taken, log } = await live('up');
      expect([taken, twice]).toEqual([readers.length, 0]);
      expect(states.map(({ kind }) => kind)).toEqual(readers.map(() => 'sent'));
      expect(log.lines.filter(({ event }) => event === 'settle.unknown')).toEqual([]);
    },
    LONG,
  );

  it(
    'mails at most ten twice where the road of events is down for two hours; the rest end failed(unknown), with the alarm',
    async () => {
      const { readers, states, twice, reached, log } = await live('down');
      expect(reached).toBe(readers.length);
      expect(twice).toBeLessThanOrEqual(10);
      expect(states).toHaveLength(readers.length);
      const failed = states.filter((state) => state.kind === 'failed' && state.reason === 'unknown');
      expect(failed).toHaveLength(LOST - twice);
      expect(states.filter(({ kind }) => kind === 'sent')).toHaveLength(readers.length - failed.length);
      const alarms = log.lines.filter(({ event, level }) => event === 'settle.unknown' && level === 'error');
      expect(alarms.length).toBeGreaterThanOrEqual(failed.length);
      // one such line is enough for the operator's alarm
      expect(LOG_ALARMS.find(({ events }) => events.includes('settle.unknown'))?.above).toBe(0);
    },
    LONG,
  );
});
