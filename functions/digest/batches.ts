import type { ChunkMessage } from '../model/messages.ts';
import type { Subscriber } from '../model/subscriber.ts';
import type { Subscribers } from '../ports.ts';

/** A reader, and which of the message's shards they are in, by its place there. */
export interface Placed {
  reader: Subscriber;
  at: number;
}

/**
 * Many times what is under way at once: at the end of a batch senders wait for the slowest, and a shard of a cohort of hundreds holds a
 * handful of readers.
 */
const ENOUGH = 250;

/** The readers of a chunk in batches, across its shards and in their order. A page of an index query is never cut: it is one batch at least. */
export async function* batchesOf(
  subscribers: Pick<Subscribers, 'ofCohort'>,
  { cohort, shards, after }: Pick<ChunkMessage, 'cohort' | 'shards' | 'after'>,
): AsyncGenerator<Placed[]> {
  let batch: Placed[] = [];
  for (const [at, shard] of shards.entries()) {
    for await (const page of subscribers.ofCohort(cohort, shard, at === 0 ? after : undefined)) {
      batch.push(...page.map((reader) => ({ reader, at })));
      if (batch.length >= ENOUGH) {
        yield batch;
        batch = [];
      }
    }
  }
  if (batch.length > 0) yield batch;
}

/** What a generator gives, each asked for while the one before is worked on: a query then costs no waiting. */
export async function* oneAhead<Item>(items: AsyncGenerator<Item>): AsyncGenerator<Item> {
  let next = items.next();
  for (;;) {
    const { value, done } = await next;
    if (done) return;
    next = items.next();
    // whoever stops early never looks at it
    next.catch(() => undefined);
    yield value;
  }
}
