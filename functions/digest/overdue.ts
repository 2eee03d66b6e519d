import type { ChunkMessage } from '../model/messages.ts';
import { HOUR, type Instant, TICK } from '../model/time.ts';
import type { Control, Log, Queue } from '../ports.ts';

/** Counters in Control of the chunks of one due instant: those that were queued, and those of which every digest is settled. */
type ChunkCounter = 'chunks-planned' | 'chunks-settled';

const PLANNED: ChunkCounter = 'chunks-planned';
const SETTLED: ChunkCounter = 'chunks-settled';

/** What is due for so long must be settled; what is due for longer than that was told before. */
const OVERDUE = HOUR;
const TOLD = 3 * HOUR;

/** A queue of chunks that counts what goes through it, for the planner and whoever plans again. */
export const countPlanned = (digests: Queue<ChunkMessage>, control: Pick<Control, 'count'>): Queue<ChunkMessage> => ({
  async send(messages, delayMs) {
    await digests.send(messages, delayMs);
    for (const [dueAt, chunks] of Map.groupBy(messages, (chunk) => chunk.dueAt))
      await control.count(PLANNED, dueAt, chunks.length);
  },
});

/** Every digest of a chunk is settled. A chunk that comes twice counts twice: the nightly reconciliation looks at each reader. */
export const countSettled = (control: Pick<Control, 'count'>, { dueAt }: Pick<ChunkMessage, 'dueAt'>): Promise<void> =>
  control.count(SETTLED, dueAt, 1);

/**
 * Alarms if chunks that were due an hour ago and longer are not settled: whatever the cause, and also where nothing fails because nothing
 * happens. For the planner, at each tick.
 */
export const tellOverdue = async (
  { control, log }: { control: Pick<Control, 'counted'>; log: Log },
  tick: Instant,
): Promise<void> => {
  const instants = Array.from({ length: TOLD / TICK }, (_, back) => tick - OVERDUE - back * TICK);
  const open = await Promise.all(
    instants.map(async (at) => {
      const [planned, settled] = await Promise.all([control.counted(PLANNED, at), control.counted(SETTLED, at)]);
      return Math.max(0, planned - settled);
    }),
  );
  const chunks = open.reduce((sum, count) => sum + count, 0);
  if (chunks > 0) log.error('plan.overdue', { tick, chunks });
};
