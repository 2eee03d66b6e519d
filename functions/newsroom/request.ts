import type { Wanted } from '../model/messages.ts';
import { isUnread, type Source, type SourceId } from '../model/source.ts';
import type { Instant } from '../model/time.ts';
import { afterFailure, type Failed, type Fetched, type FetchPorts, readAnswer, takeFeed } from './fetch.ts';
import { feedAddresses } from './read/discover.ts';
import type { Feed } from './read/read-feed.ts';
import { sourceName } from './source-name.ts';

/** What became of a reader's request for a source. */
export type RequestOutcome =
  | { kind: 'added'; stories: number }
  /** It is a source already: somebody was faster, or the message came twice. */
  | { kind: 'known' }
  | Failed;

type Found = { kind: 'found'; address: string; answer: Fetched; feed: Feed };

const tryAddress = async (
  ports: FetchPorts,
  id: SourceId,
  address: string,
): Promise<Found | (Failed & { page?: Fetched })> => {
  const answer = await ports.web.get(address);
  if (answer.kind === 'failed') return answer;
  if (answer.kind === 'not-modified') return { kind: 'failed', why: 'http-status' };
  const feed = readAnswer(ports.log, id, answer);
  if (feed.kind === 'broken') return { kind: 'failed', why: feed.why, page: answer };
  return { kind: 'found', address: answer.permanentUrl ?? address, answer, feed };
};

/** After these a server is asked no more: one that holds an address up would hold up all, and with them the sources of others. */
const isEnough = ({ why, retryAfterMs }: Failed): boolean =>
  why === 'timeout' || why === 'rate-limited' || retryAfterMs !== undefined;

/** The feed at an address, or the one that the page there leads to. Every address found is fetched through the same guard. */
const find = async (ports: FetchPorts, { id, url }: Wanted, isOver: () => boolean): Promise<Found | Failed> => {
  const first = await tryAddress(ports, id, url);
  if (first.kind === 'found') return first;
  const { page, ...failed } = first;
  if (!page) return failed;
  const { headers, finalUrl, bytes } = page;
  for (const candidate of feedAddresses(bytes, { headers, url: finalUrl })) {
    if (isOver()) return { kind: 'failed', why: 'timeout' };
    const found = await tryAddress(ports, id, candidate);
    if (found.kind === 'found') return found;
    const { page: _, ...missed } = found;
    if (isEnough(missed)) return missed;
  }
  return { kind: 'failed', why: 'not-a-feed' };
};

const sourceOf = (id: string, { address, answer, feed }: Found, now: Instant): Source => {
  const at = URL.parse(answer.finalUrl);
  return {
    v: 1,
    id,
    url: address,
    homePage: feed.feed.link ?? at?.origin ?? address,
    title: sourceName(feed.feed.title, answer.finalUrl) || (at?.hostname ?? id),
    language: feed.feed.language,
    access: 'free',
    standing: 'private',
    addedAt: now,
    intervalTicks: 1,
  };
};

/** A source whose address was never read. It goes by its host alone: the address may hold a secret, and mails are forwarded. */
const unreadSource = ({ id, url }: Wanted, now: Instant): Source => ({
  v: 1,
  id,
  url,
  homePage: new URL(url).origin,
  title: new URL(url).hostname.slice(0, 200),
  language: '',
  access: 'free',
  standing: 'private',
  addedAt: now,
  intervalTicks: 1,
});

/** Keeps an address that could not be read as a failing source, unless it is a source by now. */
export const leaveRequest = async (
  ports: FetchPorts,
  wanted: Wanted,
  failed: Failed,
  tickAt: Instant,
): Promise<RequestOutcome> => {
  const stored = await ports.sources.byId(wanted.id);
  if (stored && !isUnread(stored)) return { kind: 'known' };
  ports.log.warn('request-failed', { source: wanted.id, why: failed.why });
  await ports.sources.save(afterFailure(stored ?? unreadSource(wanted, tickAt), failed, tickAt));
  return failed;
};

/**
 * Makes a private source of the address that a reader gave, a feed's or a page's, and stores its stories at once. One that
 * cannot be read is kept as failing: it is looked for again, less and less often, and its reader is told as of any other that
 * stopped. `isOver`: no further request may begin. A store that fails throws, and the message comes again.
 */
export const takeRequest = async (
  ports: FetchPorts,
  wanted: Wanted,
  tickAt: Instant,
  isOver: () => boolean = () => false,
): Promise<RequestOutcome> => {
  const before = await ports.sources.byId(wanted.id);
  if (before && !isUnread(before)) return { kind: 'known' };
  const found = await find(ports, wanted, isOver);
  if (found.kind === 'failed') return leaveRequest(ports, wanted, found, tickAt);
  const source = sourceOf(wanted.id, found, tickAt);
  await ports.sources.save(source);
  const stories = await takeFeed(ports, source, found.answer, found.feed, tickAt);
  ports.log.info('source-added', { source: wanted.id, stories });
  return { kind: 'added', stories };
};
