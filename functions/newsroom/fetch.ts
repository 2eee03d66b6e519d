import { type Source, type SourceId, saidGone } from '../model/source.ts';
import { DAY, type Instant, TICK } from '../model/time.ts';
import type { FetchOutcome, Log, Sources, Stories, WebReader } from '../ports.ts';
import { intervalFor, isDaysWhole } from './due-sources.ts';
import { newStories } from './new-stories.ts';
import { type Feed, readFeed } from './read/read-feed.ts';

/** What fetching needs. */
export interface FetchPorts {
  sources: Pick<Sources, 'byId' | 'save' | 'known' | 'saveKnown'>;
  stories: Pick<Stories, 'save'>;
  web: WebReader;
  log: Log;
}

export type Fetched = Extract<FetchOutcome, { kind: 'fetched' }>;
export type Failed = Extract<FetchOutcome, { kind: 'failed' }>;

/** A permanent redirect is believed when it was seen this often. */
const MOVED_FOR_GOOD = 3;

/** The wait after so many failures in a row: a tick, doubling to a day. */
const backOff = (times: number): number => Math.min(TICK * 2 ** Math.min(times - 1, 10), DAY);

/** The source after a failure: all that was good stays, and the next attempt is later. */
export const afterFailure = (source: Source, failed: Failed, at: Instant): Source => {
  const times = (source.failing?.times ?? 0) + 1;
  // whoever said that it is gone and then does not answer has not taken it back
  const why = saidGone(source) ? 'gone' : failed.why;
  const wait = why === 'gone' ? DAY : Math.min(Math.max(backOff(times), failed.retryAfterMs ?? 0), DAY);
  return {
    ...source,
    failing: { why, sinceAt: source.failing?.sinceAt ?? at, times },
    notBeforeAt: at + wait,
    ...(why === 'gone' ? { endedAt: source.endedAt ?? at } : {}),
  };
};

/** The source after any good answer: one that said by mistake that it is gone goes on. */
const goingOn = (source: Source): Source => {
  const { failing: _f, notBeforeAt: _n, endedAt, ...kept } = source;
  return endedAt === undefined || saidGone(source) ? kept : { ...kept, endedAt };
};

const header = (value: string | undefined, most: number): string | undefined =>
  value && value.length <= most ? value : undefined;

/** The address after a permanent redirect: taken over once it has been seen often enough. Stories keep their identity. */
const moved = (source: Source, permanentUrl: string | undefined): Partial<Source> => {
  if (permanentUrl === undefined || permanentUrl === source.url) return {};
  const times = source.moved?.url === permanentUrl ? source.moved.times + 1 : 1;
  return times >= MOVED_FOR_GOOD
    ? { url: permanentUrl, movedFrom: source.movedFrom ?? source.url }
    : { moved: { url: permanentUrl, times } };
};

/** The source after a good answer. A document that was cut is asked for whole the next time, so its validators are not kept. */
export const afterSuccess = (source: Source, answer: Fetched, feed: Feed, news: number, at: Instant): Source => {
  const { etag: _e, lastModified: _l, moved: _m, ...kept } = goingOn(source);
  const etag = feed.cut ? undefined : header(answer.headers.etag, 1024);
  const lastModified = feed.cut ? undefined : header(answer.headers['last-modified'], 128);
  const published = feed.entries.map(({ publishedAt }) => publishedAt).filter((time) => time !== undefined);
  return {
    ...kept,
    ...(etag === undefined ? {} : { etag }),
    ...(lastModified === undefined ? {} : { lastModified }),
    ...moved(source, answer.permanentUrl),
    ...(news > 0 ? { lastNewsAt: at } : {}),
    intervalTicks: intervalFor(published, at),
  };
};

const sameSource = (a: Source, b: Source): boolean => {
  const sorted = (source: Source) => JSON.stringify(Object.entries(source).sort(([x], [y]) => (x < y ? -1 : 1)));
  return sorted(a) === sorted(b);
};

/** Saves what a fetch changed, on top of the stored source: the message's copy may be older than the operator's last word. */
const saveChanged = async (ports: FetchPorts, before: Source, change: (source: Source) => Source): Promise<void> => {
  if (sameSource(before, change(before))) return;
  const stored = (await ports.sources.byId(before.id)) ?? before;
  const after = change(stored);
  if (!sameSource(stored, after)) await ports.sources.save(after);
};

/** Stores what a good answer brings: stories first, then what is known, then the source, so that a crash loses nothing. Returns how many stories were new. */
export const takeFeed = async (
  ports: FetchPorts,
  source: Source,
  answer: Fetched,
  feed: Feed,
  tickAt: Instant,
): Promise<number> => {
  const packed = await ports.sources.known(source.id);
  const { stories, known, held } = newStories(source, feed, packed, tickAt);
  if (stories.length > 0) await ports.stories.save(stories);
  if (known !== packed) await ports.sources.saveKnown(source.id, known);
  await saveChanged(ports, source, (stored) => afterSuccess(stored, answer, feed, stories.length, tickAt));
  if (held > 0 && packed.length > 0) ports.log.info('stories-held', { source: source.id, held });
  return stories.length;
};

const fail = async (ports: FetchPorts, source: Source, failed: Failed, at: Instant): Promise<Failed> => {
  ports.log.warn('source-failed', { source: source.id, why: failed.why, status: failed.status ?? null });
  await saveChanged(ports, source, (stored) => afterFailure(stored, failed, at));
  return failed;
};

/** The feed in an answer. Whatever goes wrong within one document costs that source alone. */
export const readAnswer = (log: Log, source: SourceId, answer: Fetched): ReturnType<typeof readFeed> => {
  try {
    return readFeed(answer.bytes, { headers: answer.headers, url: answer.finalUrl });
  } catch (error) {
    log.error('reader-threw', { source, error: error instanceof Error ? error.name : 'unknown' });
    return { kind: 'broken', why: 'broken-feed' };
  }
};

/** What one fetch of a source came to: stories that were new, no change, or a failure. */
export type Fetching = { kind: 'news'; stories: number } | { kind: 'not-modified' } | Failed;

const take = async (ports: FetchPorts, source: Source, answer: Fetched, tickAt: Instant): Promise<Fetching> => {
  const feed = readAnswer(ports.log, source.id, answer);
  if (feed.kind === 'broken') return fail(ports, source, { kind: 'failed', why: feed.why }, tickAt);
  return { kind: 'news', stories: await takeFeed(ports, source, answer, feed, tickAt) };
};

/**
 * Asks a source once and stores what came of it. What a server does never throws; a store that fails does. All is dated by the tick, so
 * that a repeated message writes the same items.
 */
export const fetchSource = async (ports: FetchPorts, source: Source, tickAt: Instant): Promise<Fetching> => {
  const { url, etag, lastModified } = source;
  const answer = await ports.web.get(url, isDaysWhole(source, tickAt) ? {} : { etag, lastModified });
  switch (answer.kind) {
    case 'not-modified': {
      if (source.failing) await saveChanged(ports, source, goingOn);
      return answer;
    }
    case 'failed':
      return fail(ports, source, answer, tickAt);
    case 'fetched':
      return take(ports, source, answer, tickAt);
    default:
      return answer satisfies never;
  }
};
