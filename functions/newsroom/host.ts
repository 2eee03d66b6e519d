import type { FetchMessage, Wanted } from '../model/messages.ts';
import { isUnread, type Source } from '../model/source.ts';
import { type Instant, tickOf } from '../model/time.ts';
import type { Clock } from '../ports.ts';
import { type Failed, type FetchPorts, fetchSource } from './fetch.ts';
import { datingTick } from './lateness.ts';
import { leaveRequest, takeRequest } from './request.ts';

/** What visiting needs: a host is visited for so long and no longer. */
export interface HostPorts extends FetchPorts {
  clock: Clock;
}

/** What one message came to. `left` were not asked: the host turned us away, or its answers took too long. */
export interface FetchReport {
  requests: number;
  notModified: number;
  stories: number;
  failing: number;
  left: number;
}

/** Requests to one host at a time. */
const AT_ONCE = 4;
/** No request begins so long after the first: two messages, and the ten seconds that a last answer may take, fit the worker's two minutes. */
const LONGEST = 45_000;

/** A server that asks twice to be left alone means every address of it; one address may have a limit of its own. */
const TWICE = 2;
const turnsAway = ({ why, retryAfterMs = 0 }: Failed): boolean => why === 'rate-limited' || retryAfterMs > 0;

/**
 * Does some work for each address of a host, a few at a time, until it turns us away or time is up. Work that throws (a store failed)
 * does not keep the others from ending; then it is thrown.
 * @returns those whose turn did not come, and the last failure
 */
const visit = async <Item>(
  clock: Clock,
  items: readonly Item[],
  work: (item: Item, isOver: () => boolean) => Promise<{ kind: string } | Failed>,
): Promise<{ left: Item[]; failed: Failed | undefined }> => {
  const until = clock.now() + LONGEST;
  const left = [...items];
  let last: Failed | undefined;
  let refusals = 0;
  const isOver = () => refusals >= TWICE || clock.now() > until;
  const worker = async (): Promise<void> => {
    while (!isOver()) {
      const item = left.shift();
      if (item === undefined) return;
      const outcome = await work(item, isOver);
      if (!('why' in outcome)) continue;
      last = outcome;
      if (turnsAway(outcome)) refusals++;
    }
  };
  const ends = await Promise.allSettled(Array.from({ length: AT_ONCE }, worker));
  for (const end of ends) if (end.status === 'rejected') throw end.reason;
  return { left, failed: last };
};

/**
 * Fetches the sources of one host; of those never read, the feed is looked for. What a server does never throws; a store that fails does,
 * and the message comes again. Sources that are left have their next turn as if they had not been due.
 */
export const fetchHost = async (
  ports: HostPorts,
  { sources, tickAt }: Extract<FetchMessage, { kind: 'fetch' }>,
  now: Instant,
): Promise<FetchReport> => {
  const report: FetchReport = { requests: 0, notModified: 0, stories: 0, failing: 0, left: 0 };
  const counting: FetchPorts = {
    ...ports,
    web: {
      get(...asked) {
        report.requests++;
        return ports.web.get(...asked);
      },
    },
  };
  const at = datingTick(tickAt, now);
  const { left } = await visit(ports.clock, sources, async (source: Source, isOver) => {
    const outcome = isUnread(source)
      ? await takeRequest(counting, source, at, isOver)
      : await fetchSource(counting, source, at);
    if ('stories' in outcome) report.stories += outcome.stories;
    if (outcome.kind === 'not-modified') report.notModified++;
    if (outcome.kind === 'failed') report.failing++;
    return outcome;
  });
  report.left = left.length;
  ports.log.info('host-fetched', { tick: tickAt, late: now - tickAt, ...report });
  return report;
};

/** Looks at addresses of one host that readers added. Those whose turn does not come are kept as not read yet, and come up with the host's others. */
export const takeRequests = async (
  ports: HostPorts,
  { wanted }: Extract<FetchMessage, { kind: 'request' }>,
  now: Instant,
): Promise<void> => {
  const at = tickOf(now);
  const { left, failed } = await visit(ports.clock, wanted, (each: Wanted, isOver) =>
    takeRequest(ports, each, at, isOver),
  );
  for (const each of left) await leaveRequest(ports, each, failed ?? { kind: 'failed', why: 'timeout' }, at);
};
