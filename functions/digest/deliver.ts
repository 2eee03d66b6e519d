import { type ReputationCounter, reputationWindow } from '../model/brake.ts';
import { type DeliveryState, deliveryId, periodId } from '../model/delivery.ts';
import { type EvidenceCounter, evidenceWindow } from '../model/evidence.ts';
import type { ChunkMessage } from '../model/messages.ts';
import type { Subscriber, SubscriberId } from '../model/subscriber.ts';
import type { Instant } from '../model/time.ts';
import { batchesOf, oneAhead } from './batches.ts';
import { deliverPage, type PageReport, type Stop, WAITS } from './deliver-page.ts';
import { NotNow } from './pace.ts';
import type { DigestPorts, Due } from './ports-of-digest.ts';
import { type Job, type Outcome, sendDigest } from './send.ts';

/** What SES took is counted by windows, one write each: feedback counts beside it what it hears of these mails. */
const COUNTED: readonly (readonly [EvidenceCounter | ReputationCounter, (at: Instant) => Instant])[] = [
  ['accepted', evidenceWindow],
  ['mailed', reputationWindow],
];

const countAccepted = async ({ control }: DigestPorts, outcomes: readonly Outcome[]): Promise<void> => {
  const sentAt = outcomes.flatMap((outcome) =>
    outcome.kind === 'settled' && outcome.state.kind === 'sent' ? outcome.state.at : [],
  );
  for (const [counter, windowOf] of COUNTED)
    for (const [windowAt, sent] of Map.groupBy(sentAt, windowOf)) await control.count(counter, windowAt, sent.length);
};

const tallyKey = (outcome: Outcome): string => {
  if (outcome.kind !== 'settled') {
    return outcome.kind;
  }
  const { state } = outcome;
  return 'reason' in state ? `${state.kind}.${state.reason}` : state.kind;
};

const summary = (outcomes: readonly Outcome[]): Record<string, number> =>
  Object.fromEntries([...Map.groupBy(outcomes, tallyKey)].map(([key, group]) => [key, group.length]));

interface Progress {
  outcomes: Outcome[];
  errors: unknown[];
}

interface Left {
  stop: Stop;
  shards: number[];
  after: SubscriberId | undefined;
}

/** Walks through the readers batch by batch; says what is left if it had to stop. */
const deliverShards = async (
  ports: DigestPorts,
  message: ChunkMessage,
  deadlineAt: Instant,
  progress: Progress,
): Promise<Left | undefined> => {
  const { cohort, shards, period, dueAt, edition } = message;
  const job: Job = { cohort, due: { period, dueAt, edition } };
  let reached = { at: 0, after: message.after };
  for await (const batch of oneAhead(batchesOf(ports.subscribers, message))) {
    const readers = batch.map(({ reader }) => reader);
    const report: PageReport = await deliverPage(ports, readers, job, deadlineAt);
    progress.outcomes.push(...report.outcomes);
    progress.errors.push(...report.errors);
    const last = batch[report.done - 1];
    reached = last ? { at: last.at, after: last.reader.id } : reached;
    if (report.stop) {
      return { stop: report.stop, shards: shards.slice(reached.at), after: reached.after };
    }
  }
  return undefined;
};

const handBack = async ({ digests }: DigestPorts, message: ChunkMessage, left: Left): Promise<void> => {
  const { after: _, ...rest } = message;
  const { stop, shards, after } = left;
  await digests.send([{ ...rest, shards, ...(after === undefined ? {} : { after }) }], stop.waitMs);
};

/**
 * Settles every digest of a chunk. At the deadline, or when SES wants no more, the rest goes back to the queue as a message of its own
 * ('handed-back'): either way the message is done with.
 * @throws AggregateError after all others were served, if a store failed for some readers: the message must come again
 */
export const deliverChunk = async (
  ports: DigestPorts,
  message: ChunkMessage,
  deadlineAt: Instant,
): Promise<'done' | 'handed-back'> => {
  const progress: Progress = { outcomes: [], errors: [] };
  try {
    const left = await deliverShards(ports, message, deadlineAt, progress);
    if (progress.errors.length > 0) {
      throw new AggregateError(progress.errors, `${progress.errors.length} digests could not be settled`);
    }
    if (left) {
      await handBack(ports, message, left);
    }
    return left ? 'handed-back' : 'done';
  } finally {
    await countAccepted(ports, progress.outcomes);
    const { cohort, period, edition } = message;
    ports.log.info('chunk.done', { cohort, period: periodId(period), edition, ...summary(progress.outcomes) });
  }
};

const unknownState = async ({ deliveries }: DigestPorts, reader: Subscriber, due: Due): Promise<DeliveryState> => {
  const entry = await deliveries.byPeriod(reader.id, due.period);
  if (!entry) {
    throw new Error(`no ledger entry for ${deliveryId(reader.id, due.period)}`);
  }
  return entry.state;
};

/**
 * Sends one digest that was asked for: the welcome, or 'send it now'. Says how the ledger has it; `claimed` means that nobody knows
 * yet. The same reader, kind and local date mail once, however often it is called.
 * @throws NotNow if SES provably did not take it, or would not have; what the stores throw
 */
export const deliverOne = async (ports: DigestPorts, reader: Subscriber, due: Due): Promise<DeliveryState> => {
  const outcome = await sendDigest(ports, reader, { due, cohort: undefined });
  await countAccepted(ports, [outcome]);
  switch (outcome.kind) {
    case 'settled':
      return outcome.state;
    case 'met':
      return outcome.delivery.state;
    case 'unknown':
      return unknownState(ports, reader, due);
    case 'refused':
      throw new NotNow(outcome.error, WAITS[outcome.error]);
    case 'held':
      throw new NotNow(outcome.why, outcome.waitMs);
    case 'unreadable':
      return { kind: 'failed', at: ports.clock.now(), reason: 'broken' };
    case 'not-due':
      return { kind: 'skipped', at: ports.clock.now(), reason: 'left' };
    default:
      return outcome satisfies never;
  }
};
