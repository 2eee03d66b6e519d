import type { FetchMessage } from '../model/messages.ts';
import { type FetchFailure, isUnread, type Source } from '../model/source.ts';
import { type Instant, tickOf } from '../model/time.ts';
import type { FetchOutcome } from '../ports.ts';
import { afterFailure, type FetchPorts, takeFeed } from './fetch.ts';
import { feedAddresses } from './read/discover.ts';
import { type Feed, readFeed } from './read/read-feed.ts';
import { sourceName } from './source-name.ts';

type Request = Extract<FetchMessage, { kind: 'request' }>;
type Fetched = Extract<FetchOutcome, { kind: 'fetched' }>;

/** What became of a reader's request for a source. */
export type RequestOutcome =
  | { kind: 'added'; stories: number }
  /** It is a source already: somebody was faster, or the message came twice. */
  | { kind: 'known' }
  | { kind: 'failed'; why: FetchFailure };

type Found = { kind: 'found'; address: string; answer: Fetched; feed: Feed } | { kind: 'failed'; why: FetchFailure };

const tryAddress = async (ports: FetchPorts, address: string): Promise<Found & { page?: Fetched }> => {
  const answer = await ports.web.get(address);
  if (answer.kind !== 'fetched') return { kind: 'failed', why: answer.kind === 'failed' ? answer.why : 'http-status' };
  const feed = readFeed(answer.bytes, { headers: answer.headers, url: answer.finalUrl });
  if (feed.kind === 'broken') return { kind: 'failed', why: feed.why, page: answer };
  return { kind: 'found', address: answer.permanentUrl ?? address, answer, feed };
};

/** The feed at an address, or the one that the page there leads to. Every address found is fetched through the same guard. */
const find = async (ports: FetchPorts, address: string): Promise<Found> => {
  const first = await tryAddress(ports, address);
  if (first.kind === 'found' || !first.page) return first;
  const { headers, finalUrl, bytes } = first.page;
  for (const candidate of feedAddresses(bytes, { headers, url: finalUrl })) {
    const found = await tryAddress(ports, candidate);
    // a server that holds one address up would hold up all, and with them the sources of others
    if (found.kind === 'found' || found.why === 'timeout') return found;
  }
  return { kind: 'failed', why: 'not-a-feed' };
};

const sourceOf = (id: string, { address, answer, feed }: Extract<Found, { kind: 'found' }>, now: Instant): Source => {
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
const unreadSource = ({ id, url }: Request, now: Instant): Source => ({
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

/**
 * Makes a private source of the address that a reader gave, a feed's or a page's, and stores its stories at once. One that
 * cannot be read is kept as failing: it is looked for again, less and less often, and its reader is told as of any other that
 * stopped. A store that fails throws, and the message comes again.
 */
export const takeRequest = async (ports: FetchPorts, request: Request, now: Instant): Promise<RequestOutcome> => {
  const before = await ports.sources.byId(request.id);
  if (before && !isUnread(before)) return { kind: 'known' };
  const found = await find(ports, request.url);
  if (found.kind === 'failed') {
    ports.log.warn('request-failed', { source: request.id, why: found.why });
    await ports.sources.save(afterFailure(before ?? unreadSource(request, now), found, tickOf(now)));
    return found;
  }
  const source = sourceOf(request.id, found, now);
  await ports.sources.save(source);
  const stories = await takeFeed(ports, source, found.answer, found.feed, tickOf(now));
  ports.log.info('source-added', { source: request.id, stories });
  return { kind: 'added', stories };
};
