import { deliverChunk } from '../../functions/digest/deliver.ts';
import { createEditionCache } from '../../functions/digest/edition-cache.ts';
import { planDigests } from '../../functions/digest/plan.ts';
import type { DigestPorts, DigestPress } from '../../functions/digest/ports-of-digest.ts';
import { lookAgain } from '../../functions/digest/settle.ts';
import { takeCensusHandler } from '../../functions/handlers/take-census.ts';
import { cohortOf, shardOf } from '../../functions/model/cohort.ts';
import type { ChunkMessage, LetterMessage, SettleMessage } from '../../functions/model/messages.ts';
import type { SesEvent } from '../../functions/model/ses-event.ts';
import type { Subscriber, SubscriberId } from '../../functions/model/subscriber.ts';
import { DAY, HOUR, type Instant, iso, MINUTE, TICK } from '../../functions/model/time.ts';
import type { Queue } from '../../functions/ports.ts';
import { changeSubscriber } from '../../functions/subscribers/change.ts';
import { takeFeedback } from '../../functions/subscribers/feedback.ts';
import { nightUntil } from '../../infra/local/night.ts';
import { aPointer, aSubscriber, BASE_AT } from '../builders.ts';
import { draw, publish, type Sketch } from '../digest/newsroom.ts';
import { freePace, memoryStores, recordingLog, recordingQueue } from '../fakes.ts';
import type { History } from './history.ts';
import { createRecord } from './record.ts';
import { createSes } from './ses.ts';
import { createWorkers, type Run, type Workers } from './workers.ts';

/** Whatever a worker can be given. */
export type Work =
  | { kind: 'tick'; at: Instant }
  | { kind: 'night'; at: Instant }
  | { kind: 'event'; event: SesEvent }
  | { kind: 'leave'; reader: SubscriberId }
  | ChunkMessage
  | SettleMessage;

const story = (title: string, at: number): Sketch => ({
  title,
  sources: [`outlet-${at}`],
  topics: ['world'],
  firstSeenAt: at < FIRST.length ? BASE_AT - HOUR : BASE_AT + 19 * HOUR,
});
const FIRST = ['Ceasefire holds', 'Comet seen', 'Harbour reopens'];
const SECOND = ['Glacier loses its name', 'Border talks begin'];

/** The stories of each day; the second edition still holds those of the first. */
export const NEWS = { first: FIRST, all: [...FIRST, ...SECOND] };

/** The newsroom never changes within a history, so all histories share one, and its cache. */
const newsroom = async () => {
  const { editions, stories, sources } = memoryStores();
  const all = NEWS.all.map((title, at) => draw(story(title, at), at));
  await publish({ editions, stories, sources }, 1, all.slice(0, FIRST.length));
  await publish({ editions, stories, sources }, 2, all);
  return createEditionCache({ editions, stories, sources });
};
const news = await newsroom();

const press: DigestPress = {
  digest: (view, { to }) => {
    const titles = [view.lead, ...view.sections.flatMap(({ cards }) => cards)].map((card) => card?.story.title);
    return { raw: [to, ...titles].join('\n'), subject: titles[0] ?? '', htmlBytes: 0, textBytes: 0 };
  },
};

const READERS = ['ann@example.com', 'ben@example.com', 'cleo@example.com'];
const links = { digest: () => ({ manage: 'm', pause: 'p', unsubscribe: 'u', web: 'w' }) };

/** Calls at which a worker can stand or die. Reads of the newsroom are not among them: they change nothing and settle nothing. */
const GATED: Record<string, readonly string[]> = {
  deliveries: ['last', 'claim', 'settle', 'reclaim', 'release', 'byPeriod', 'evidence', 'between'],
  subscribers: ['byId', 'save'],
  control: ['suppressed', 'count', 'counted'],
  cohorts: ['register', 'planned', 'ticked'],
  mailer: ['send'],
  settle: ['send'],
  digests: ['send'],
};

const gated = <Port extends object>(name: string, port: Port, gate: (where: string) => Promise<void>): Port =>
  new Proxy(port, {
    get(target, verb) {
      const real: unknown = Reflect.get(target, verb);
      if (typeof real !== 'function' || !GATED[name]?.includes(String(verb))) return real;
      return async (...args: unknown[]) => {
        await gate(`before ${name}.${String(verb)}`);
        const result: unknown = await Reflect.apply(real, target, args);
        await gate(`after ${name}.${String(verb)}`);
        return result;
      };
    },
  });

/** Queues to the workers, that give some messages twice as the history says. */
const queuesOf = (of: History, workers: Workers<Work>) => {
  const doubled = [...of.doubled];
  return <Message extends Work>(): Queue<Message> => ({
    async send(messages, delayMs = 0) {
      for (const message of messages) {
        const copies = doubled.shift() ? 2 : 1;
        for (let copy = 0; copy < copies; copy++)
          workers.put(structuredClone(message), workers.now() + delayMs + copy * 7000);
      }
    },
  });
};

type WorkerPorts = DigestPorts &
  Parameters<typeof planDigests>[0] &
  Parameters<typeof takeCensusHandler>[0] &
  Parameters<typeof lookAgain>[0] &
  Parameters<typeof takeFeedback>[0] &
  Parameters<typeof changeSubscriber>[0];

const takeNight = async (ports: WorkerPorts, at: Instant): Promise<void> => {
  for (const quarter of nightUntil(at)) await takeCensusHandler(ports)({ time: iso(quarter) });
};

/** What the product does with a piece of work; `now` tells the true time. */
const perform = (ports: WorkerPorts, work: Work, now: () => Instant): Promise<unknown> => {
  switch (work.kind) {
    case 'tick':
      return planDigests(ports, work.at);
    case 'night':
      return takeNight(ports, work.at);
    case 'chunk':
      return deliverChunk(ports, work, Number.MAX_SAFE_INTEGER);
    case 'settle':
      return lookAgain(ports, work);
    case 'event':
      return takeFeedback(ports, work.event, ports.clock.now());
    case 'leave':
      return changeSubscriber(ports, work.reader, now(), (current) =>
        current.status.kind === 'left'
          ? undefined
          : { ...current, status: { kind: 'left', at: now(), why: 'unsubscribed' } },
      );
    default:
      return work satisfies never;
  }
};

const readersIn = async (stores: ReturnType<typeof memoryStores>): Promise<Subscriber[]> => {
  const readers: Subscriber[] = [];
  for (const address of READERS) {
    const reader = aSubscriber({ address });
    await stores.cohorts.register(cohortOf(reader.preferences), shardOf(reader.id), BASE_AT - HOUR);
    await stores.subscribers.claimAddress(reader.addressKey, reader.id);
    await stores.subscribers.save(reader);
    readers.push(reader);
  }
  return readers;
};

/** Puts what time brings by itself before the workers: ticks, nights, and a reader who leaves. @returns that reader */
const schedule = (of: History, workers: Workers<Work>, readers: readonly Subscriber[]): Subscriber | undefined => {
  for (const morning of [BASE_AT, BASE_AT + DAY])
    for (const tick of [0, 1, 2]) workers.put({ kind: 'tick', at: morning + tick * TICK }, morning + tick * TICK);
  for (const night of [BASE_AT + 27 * HOUR, BASE_AT + 51 * HOUR]) workers.put({ kind: 'night', at: night }, night);
  const leaver = of.leaves ? readers[of.leaves.reader] : undefined;
  if (of.leaves && leaver) workers.put({ kind: 'leave', reader: leaver.id }, BASE_AT + of.leaves.after * MINUTE);
  return leaver;
};

/** A world of three readers, due on two mornings, and three workers. */
export const createWorld = async (of: History) => {
  const stores = memoryStores();
  const log = recordingLog();
  const workers: Workers<Work> = createWorkers(of, BASE_AT - MINUTE, async (run: Run<Work>) => {
    const done = await perform(portsOf(run), run.work, workers.now);
    await record.finished(run);
    return done;
  });
  const record = createRecord(stores, workers);
  const queue = queuesOf(of, workers);
  const ses = createSes(of, workers, record.accepted);
  const base = {
    ...stores,
    mailer: ses,
    settle: queue<SettleMessage>(),
    digests: queue<ChunkMessage>(),
    letters: recordingQueue<LetterMessage>(),
    control: record.control,
  };
  const editions = {
    ...stores.editions,
    current: async () => aPointer({ number: workers.now() < BASE_AT + 20 * HOUR ? 1 : 2 }),
  };
  const portsOf = (run: Run<Work>) => {
    const gate = (where: string) => workers.gate(run, where);
    const bound = {
      ...base,
      deliveries: record.deliveriesOf(run),
      subscribers: record.subscribersOf(run),
      mailer: ses.of(run),
    };
    const calls = Object.fromEntries(
      (Object.keys(GATED) as (keyof typeof bound)[]).map((name) => [name, gated(name, bound[name], gate)]),
    ) as Pick<typeof bound, 'deliveries' | 'subscribers' | 'control' | 'cohorts' | 'mailer' | 'settle' | 'digests'>;
    return {
      ...bound,
      ...calls,
      editions,
      news,
      press,
      links,
      log,
      pace: freePace(),
      clock: { now: () => workers.skewed(run) },
    };
  };

  const readers = await readersIn(stores);
  return { stores, log, workers, record, readers, leaver: schedule(of, workers, readers) };
};

export type World = Awaited<ReturnType<typeof createWorld>>;

/** Lives through a history. Dead letters are redriven by an operator once all else is quiet. */
export const liveThrough = async (of: History): Promise<World> => {
  const world = await createWorld(of);
  const { workers } = world;
  await workers.drain();
  for (const work of workers.deadLetters()) workers.put(work, workers.now());
  await workers.drain();
  return world;
};
