import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { deliverChunk } from '../../functions/digest/deliver.ts';
import { planDigests } from '../../functions/digest/plan.ts';
import { lookAgain } from '../../functions/digest/settle.ts';
import { cohortOf, shardOf } from '../../functions/model/cohort.ts';
import type { OutgoingMail } from '../../functions/model/mail.ts';
import { HOUR, MINUTE, TICK } from '../../functions/model/time.ts';
import { BASE_AT } from '../builders.ts';
import {
  acceptances,
  type Bench,
  bench,
  giveEvidence,
  NEVER,
  readersOf,
  stateOf,
  timeline,
  type Waiting,
} from './worker.ts';

/**
 * Histories: workers that crash before or after any call of a port, messages that come twice and in any order, answers that are lost,
 * events that come late, twice or never. Fails if: claim is no condition (memory of the twin: put always) · the mail goes before the
 * claim · a met claim is mailed at once · evidence is ignored (settle.ts) · reclaim is called without its condition.
 */

const READERS = 4;

class Crash extends Error {}

/** Crashes of one run: each number is a call of a port, in order, that fails; odd ones after they took effect. */
const crashing = <Port extends object>(
  port: Port,
  crash: () => 'before' | 'after' | undefined,
  verbs: readonly string[],
): Port =>
  new Proxy(port, {
    get(target, verb, receiver) {
      const real = Reflect.get(target, verb, receiver);
      if (typeof real !== 'function' || !verbs.includes(String(verb))) return real;
      return async (...args: unknown[]) => {
        const when = crash();
        if (when === 'before') throw new Crash(`before ${String(verb)}`);
        const result = await Reflect.apply(real, target, args);
        if (when === 'after') throw new Crash(`after ${String(verb)}`);
        return result;
      };
    },
  });

const history = fc.record({
  crashes: fc.array(fc.record({ call: fc.nat(60), when: fc.constantFrom('before' as const, 'after' as const) }), {
    maxLength: 6,
  }),
  answers: fc.array(fc.constantFrom('accepted', 'lost', 'dropped', 'throttled', 'thrown'), { maxLength: 8 }),
  evidence: fc.constantFrom('none', 'all', 'twice'),
  doubled: fc.array(fc.boolean(), { maxLength: 20 }),
  skewMs: fc.integer({ min: -2 * MINUTE, max: 2 * MINUTE }),
});

type History = typeof history extends fc.Arbitrary<infer Value> ? Value : never;

const answering = (ports: Bench, answer: string) => (mail: OutgoingMail) => {
  const taken = { kind: 'unknown', message: '' } as const;
  if (answer === 'throttled') return { kind: 'refused', error: 'throttled', message: '' } as const;
  if (answer === 'dropped') return taken;
  if (answer === 'accepted') return { kind: 'accepted', messageId: 'm' } as const;
  ports.mailer.mails.push(structuredClone(mail));
  if (answer === 'thrown') throw new Error('socket hang up');
  return taken;
};

const live = async (of: History) => {
  const ports = await bench();
  const readers = await readersOf(
    ports,
    Array.from({ length: READERS }, (_, at) => `reader${at}@example.com`),
  );
  for (const { id, preferences } of readers)
    await ports.cohorts.register(cohortOf(preferences), shardOf(id), BASE_AT - HOUR);
  ports.mailer.outcomes = of.answers.map((answer) => answering(ports, answer));
  let calls = 0;
  const crash = () => of.crashes.find(({ call }) => call === calls++)?.when;
  const shaky: Bench = {
    ...ports,
    cohorts: crashing(ports.cohorts, crash, ['planned']),
    deliveries: crashing(ports.deliveries, crash, ['last', 'claim', 'settle', 'reclaim', 'release']),
    subscribers: crashing(ports.subscribers, crash, ['byId']),
    settle: crashing(ports.settle, crash, ['send']),
    digests: crashing(ports.digests, crash, ['send']),
    control: crashing(ports.control, crash, ['count']),
  };
  return { ports, shaky, readers };
};

/** Some messages come twice, the second time to a worker with another clock. True if all went well: else it comes again. */
const receive = async (of: History, turn: number, worker: Bench, message: Waiting): Promise<boolean> => {
  const work = (ports: Bench): Promise<unknown> =>
    'chunk' in message ? deliverChunk(ports, message.chunk, NEVER) : lookAgain(ports, message.look);
  const skewed: Bench = { ...worker, clock: { ...worker.clock, now: () => worker.clock.now() + of.skewMs } };
  const ends = await Promise.allSettled(of.doubled[turn] ? [work(worker), work(skewed), work(worker)] : [work(worker)]);
  for (const end of ends) {
    if (end.status === 'rejected' && !(end.reason instanceof Crash || end.reason instanceof AggregateError))
      throw end.reason;
  }
  return ends.every(({ status }) => status === 'fulfilled');
};

const run = async (of: History) => {
  const { ports, shaky, readers } = await live(of);
  const queues = timeline(ports);
  for (let tick = 0; tick < 8; tick++) await planDigests(shaky, BASE_AT + tick * TICK).catch(() => undefined);
  let message = queues.next();
  for (let turn = 0; message; turn++) {
    if (turn > 300) throw new Error('the queues never ran empty');
    if (!(await receive(of, turn, shaky, message))) queues.again(message);
    const taken = of.evidence === 'none' ? [] : [...acceptances(ports).keys()];
    for (const id of of.evidence === 'twice' ? [...taken, ...taken] : taken) await giveEvidence(ports, id);
    message = queues.next();
  }
  return { ports, readers };
};

describe('whatever crashes, repeats, stalls or is lost', () => {
  it('every digest ends settled, taken at most once where events arrive and at most twice where none do', async () => {
    await fc.assert(
      fc.asyncProperty(history, async (of) => {
        const { ports, readers } = await run(of);
        const taken = acceptances(ports);
        for (const reader of readers) {
          const state = await stateOf(ports, reader);
          expect(state.kind).not.toBe('claimed');
          const times = taken.get(`${reader.id}_2026-01-05_day`) ?? 0;
          expect(times).toBeLessThanOrEqual(of.evidence === 'none' ? 2 : 1);
          if (state.kind === 'sent') expect(times).toBeGreaterThan(0);
          if (times === 0) expect(state.kind).toBe('failed');
        }
      }),
      { numRuns: 400 },
    );
  });
});
