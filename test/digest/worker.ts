import { deliverChunk } from '../../functions/digest/deliver.ts';
import { createEditionCache } from '../../functions/digest/edition-cache.ts';
import type { DigestPorts, SentDigest } from '../../functions/digest/ports-of-digest.ts';
import { lookAgain } from '../../functions/digest/settle.ts';
import { cohortId, cohortOf, shardOf } from '../../functions/model/cohort.ts';
import { type Delivery, type Period, parseDeliveryId } from '../../functions/model/delivery.ts';
import type { ChunkMessage, SettleMessage } from '../../functions/model/messages.ts';
import type { Preferences, Subscriber } from '../../functions/model/subscriber.ts';
import { aChunk, aSubscriber, BASE_AT } from '../builders.ts';
import { freePace, type MemoryPorts, memoryPorts } from '../fakes.ts';
import { draw, publish, type Sketch } from './newsroom.ts';

/** A sender with everything it needs in memory, and a press that prints titles. */
export type Bench = MemoryPorts & DigestPorts & { seen: SentDigest[]; pace: ReturnType<typeof freePace> };

export const NEWS: Sketch[] = [
  { title: 'Ceasefire holds overnight', sources: ['a', 'b', 'c'], topics: ['world'] },
  { title: 'Comet seen over desert', sources: ['a', 'b'], topics: ['science'] },
  { title: 'Harbour reopens to ships', sources: ['c'], topics: ['world'] },
  { title: 'Glacier loses its name', sources: ['d'], topics: ['science'] },
  { title: 'Border talks begin anew', sources: ['e'], topics: ['world'] },
];

export const PERIOD: Period = { kind: 'day', date: '2026-01-05' };

export const NEVER = Number.MAX_SAFE_INTEGER;

/** At 07:00 in Berlin, with one edition of `NEWS`, unless told otherwise. */
export const bench = async (sketches: readonly Sketch[] = NEWS): Promise<Bench> => {
  const memory = memoryPorts({ now: BASE_AT });
  await publish(
    memory,
    1,
    sketches.map((each, place) => draw(each, place)),
  );
  const seen: SentDigest[] = [];
  return {
    ...memory,
    seen,
    settle: memory.queues.settle,
    digests: memory.queues.digests,
    letters: memory.queues.letters,
    news: createEditionCache(memory),
    press: {
      digest: (view, { to }) => {
        const titles = [view.lead, ...view.sections.flatMap(({ cards }) => cards)].map((card) => card?.story.title);
        return { raw: [to, ...titles].join('\n'), subject: titles[0] ?? '', htmlBytes: 0, textBytes: 0 };
      },
    },
    pace: freePace(),
    links: { digest: () => ({ manage: 'm', pause: 'p', unsubscribe: 'u', web: 'w' }) },
    observe: (sent) => seen.push(sent),
  };
};

/** So many addresses of readers. */
export const names = (count: number): string[] => Array.from({ length: count }, (_, at) => `reader${at}@example.com`);

/** Saves readers with these addresses; each in its shard of the default cohort. */
export const readersOf = async (
  ports: MemoryPorts,
  addresses: readonly string[],
  preferences: Partial<Preferences> = {},
): Promise<Subscriber[]> => {
  const readers = addresses.map((address) => aSubscriber({ address, preferences }));
  for (const reader of readers) await ports.subscribers.save(reader);
  return readers;
};

export const chunkFor = (readers: readonly Subscriber[], over: Partial<ChunkMessage> = {}): ChunkMessage => {
  const [first = aSubscriber()] = readers;
  const shards = [...new Set(readers.map(({ id }) => shardOf(id)))].sort((a, b) => a - b);
  return aChunk({ shards, cohort: cohortId(cohortOf(first.preferences)), ...over });
};

/** A bench with one reader of the default cohort, and the chunk that holds them. */
export const oneReader = async (over: Parameters<typeof readersOf>[2] = {}) => {
  const ports = await bench();
  const [reader] = await readersOf(ports, ['reader@example.com'], over);
  if (!reader) throw new Error('no reader');
  return { ports, reader, chunk: chunkFor([reader]) };
};

/** Changes a reader behind the worker's back, between the page it read and the mail it sends. */
export const meanwhile = async (
  ports: Bench,
  reader: Subscriber,
  change: (reader: Subscriber) => Subscriber,
): Promise<void> => {
  const stale = structuredClone(reader);
  await ports.subscribers.save(change({ ...reader, version: reader.version + 1 }));
  ports.subscribers.ofCohort = async function* () {
    yield [stale];
  };
};

export const stateOf = async (ports: MemoryPorts, reader: Subscriber, period = PERIOD): Promise<Delivery['state']> => {
  const entry = await ports.deliveries.byPeriod(reader.id, period);
  if (!entry) throw new Error('no ledger entry');
  return entry.state;
};

export type Waiting = { readyAt: number } & ({ chunk: ChunkMessage } | { look: SettleMessage });

/** The chunk and settle queues by when their messages may be received: `next()` moves the clock there. */
export const timeline = (ports: Bench) => {
  const waiting: Waiting[] = [];
  const collect = (): void => {
    const now = ports.clock.now();
    for (const { message, delayMs } of ports.queues.digests.sent.splice(0))
      waiting.push({ chunk: message, readyAt: now + delayMs });
    for (const { message, delayMs } of ports.queues.settle.sent.splice(0))
      waiting.push({ look: message, readyAt: now + delayMs });
  };
  return {
    next(): Waiting | undefined {
      collect();
      const [first] = waiting.sort((a, b) => a.readyAt - b.readyAt).splice(0, 1);
      if (first) ports.clock.set(Math.max(ports.clock.now(), first.readyAt));
      return first;
    },
    again(message: Waiting): void {
      waiting.push({ ...message, readyAt: ports.clock.now() + 1000 });
    },
  };
};

/** Works the queues until nothing is left. */
export const drain = async (ports: Bench): Promise<void> => {
  const queues = timeline(ports);
  for (let round = 0; round < 500; round++) {
    const message = queues.next();
    if (!message) return;
    if ('chunk' in message) await deliverChunk(ports, message.chunk, NEVER);
    else await lookAgain(ports, message.look);
  }
  throw new Error('the queues never ran empty');
};

/** What SES took, by delivery id: the mailer's own record, not the product's. */
export const acceptances = (ports: MemoryPorts): Map<string, number> => {
  const counts = new Map<string, number>();
  for (const { tags } of ports.mailer.mails)
    counts.set(tags.delivery ?? '', (counts.get(tags.delivery ?? '') ?? 0) + 1);
  return counts;
};

/** What feedback does with an event of SES. */
export const giveEvidence = async (ports: MemoryPorts, delivery: string): Promise<void> => {
  const named = parseDeliveryId(delivery);
  if (named) await ports.deliveries.evidence(named.subscriber, named.period, ports.clock.now(), 'm');
};
