import { createHash } from 'node:crypto';
import type { FetchMessage } from '../model/messages.ts';
import { isUnread, type Source } from '../model/source.ts';
import { DAY, HOUR, type Instant, TICK } from '../model/time.ts';
import type { Log, Queue, Sources } from '../ports.ts';

/** Sources of one host in one message: one worker asks a host at a time, and loses little if it fails. */
const PER_MESSAGE = 20;

/** Which of its interval's ticks is a source's own: spreads the sources, and is the same for ever. */
const turnOf = (id: string, intervalTicks: number): number =>
  createHash('sha256').update(id).digest().readUInt32BE(0) % intervalTicks;

const wasFetched = (source: Source): boolean =>
  source.lastNewsAt !== undefined ||
  source.etag !== undefined ||
  source.lastModified !== undefined ||
  source.failing !== undefined;

/** Whether a source is to be fetched at a tick: by its id, interval and the tick alone, so that a fetch without news writes nothing. */
export const isDue = (source: Source, tick: Instant): boolean => {
  if (source.endedAt !== undefined || (source.notBeforeAt ?? 0) > tick) return false;
  if (!wasFetched(source)) return true;
  return (tick / TICK) % source.intervalTicks === turnOf(source.id, source.intervalTicks);
};

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

const hostOf = (source: Source): string => URL.parse(source.url)?.host ?? '';

/** Queues every source that is due at the tick, those of one host together; what was never read is looked for anew. */
export const queueDueSources = async (
  ports: { sources: Pick<Sources, 'all'>; fetches: Queue<FetchMessage>; log: Log },
  tick: Instant,
): Promise<{ due: number; messages: number }> => {
  const byHost = new Map<string, Source[]>();
  const messages: FetchMessage[] = [];
  let due = 0;
  for await (const source of ports.sources.all()) {
    if (!isDue(source, tick)) continue;
    due++;
    if (isUnread(source)) {
      messages.push({ v: 1, kind: 'request', id: source.id, url: source.url });
      continue;
    }
    const host = hostOf(source);
    const list = byHost.get(host);
    if (list) list.push(source);
    else byHost.set(host, [source]);
  }
  for (const [host, sources] of byHost) {
    for (let at = 0; at < sources.length; at += PER_MESSAGE) {
      messages.push({ v: 1, kind: 'fetch', host, tickAt: tick, sources: sources.slice(at, at + PER_MESSAGE) });
    }
  }
  if (messages.length > 0) await ports.fetches.send(messages);
  ports.log.info('sources-queued', { tick, due, messages: messages.length });
  return { due, messages: messages.length };
};
