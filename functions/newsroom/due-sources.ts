import { createHash } from 'node:crypto';
import { byHost } from '../model/by-host.ts';
import type { FetchMessage } from '../model/messages.ts';
import { type Source, saidGone } from '../model/source.ts';
import { DAY, HOUR, type Instant, TICK } from '../model/time.ts';
import type { Log, Queue, Sources } from '../ports.ts';

/** Which of its interval's ticks is a source's own: spreads the sources, and is the same for ever. */
const turnOf = (id: string, intervalTicks: number): number =>
  createHash('sha256').update(id).digest().readUInt32BE(0) % intervalTicks;

/** One that said it is gone is asked once a day until so long after: three times more. */
const GONE_FOR_GOOD = 4 * DAY;

const hasEnded = (source: Source, tick: Instant): boolean =>
  source.endedAt !== undefined && !(saidGone(source) && tick < source.endedAt + GONE_FOR_GOOD);

/**
 * Whether a source is to be fetched at a tick: by its id, interval and the tick alone, so that a fetch without news writes nothing. A new one
 * has an interval of 1, so it is due at once.
 */
export const isDue = (source: Source, tick: Instant): boolean => {
  if ((source.notBeforeAt ?? 0) > tick || hasEnded(source, tick)) return false;
  return (tick / TICK) % source.intervalTicks === turnOf(source.id, source.intervalTicks);
};

/** Ticks of a day: every interval goes into it. */
const DAY_TICKS = DAY / TICK;

/**
 * Whether a source that is due brought nothing for a day and is at its one turn of the day at which it is asked for the whole document:
 * some servers say 'not modified' for ever, and how often to look, and where the feed has moved, is told by a whole answer only.
 */
export const isDaysWhole = ({ id, intervalTicks, lastNewsAt, addedAt }: Source, tick: Instant): boolean =>
  tick - (lastNewsAt ?? addedAt) >= DAY &&
  (tick / TICK + DAY_TICKS - turnOf(id, DAY_TICKS)) % DAY_TICKS < intervalTicks;

/**
 * How often to look, in ticks, by what a feed published in the day and the days before `now`: 1 (every quarter of an hour)
 * from six stories a day, 2 from two, 4 with one in two days, else 8. Without dates: 1, since nothing is known.
 */
export const intervalFor = (publishedTimes: readonly Instant[], now: Instant): number => {
  const within = (span: number) => publishedTimes.filter((at) => at <= now + HOUR && at > now - span).length;
  if (publishedTimes.length === 0 || within(DAY) >= 6) return 1;
  if (within(DAY) >= 2) return 2;
  return within(2 * DAY) >= 1 ? 4 : 8;
};

/**
 * The sources in the order of a tick's own: where a host turns us away before all were asked, others are asked first the next time.
 */
const shuffled = (sources: readonly Source[], tick: Instant): Source[] => {
  const lot = new Map(sources.map(({ id }) => [id, createHash('sha256').update(`${id}@${tick}`).digest('hex')]));
  return sources.toSorted((a, b) => ((lot.get(a.id) ?? '') < (lot.get(b.id) ?? '') ? -1 : 1));
};

/** Queues every source that is due at the tick, those of one host together, whether they were ever read or not. */
export const queueDueSources = async (
  ports: { sources: Pick<Sources, 'all'>; fetches: Queue<FetchMessage>; log: Log },
  tick: Instant,
): Promise<{ due: number; messages: number }> => {
  const due: Source[] = [];
  for await (const source of ports.sources.all()) if (isDue(source, tick)) due.push(source);
  const messages = byHost(shuffled(due, tick)).map(
    ({ host, group }): FetchMessage => ({ v: 1, kind: 'fetch', host, tickAt: tick, sources: group }),
  );
  if (messages.length > 0) await ports.fetches.send(messages);
  ports.log.info('sources-queued', { tick, due: due.length, messages: messages.length });
  return { due: due.length, messages: messages.length };
};
