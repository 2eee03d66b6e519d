import { Agent, buildConnector, type Dispatcher, request } from 'undici';
import type { FetchFailure } from '../../model/source.ts';
import type { Instant } from '../../model/time.ts';
import type { FetchOutcome, WebReader } from '../../ports.ts';
import { type BodyLimits, readBody } from './body.ts';
import { allowedUrl, BlockedError, type Dial, guardedConnector, type Lookup, systemAddresses } from './guard.ts';
import { retryAfterMs } from './retry-after.ts';

/** What one fetch may cost. Times in milliseconds, sizes in bytes. */
export interface WebLimits extends BodyLimits {
  total: number;
  toHeaders: number;
  headers: number;
  redirects: number;
}

const LIMITS: WebLimits = {
  total: 10_000,
  toHeaders: 3_000,
  headers: 32 * 1024,
  redirects: 5,
  compressed: 2 * 1024 * 1024,
  decoded: 5 * 1024 * 1024,
};

export interface WebReaderOptions {
  /** Names the service and a page about it: `Broadsheet/1.0 (+https://example.org)`. */
  userAgent: string;
  /** `host:port` pairs that may be loopback: local mode and tests. */
  allow?: readonly string[];
  lookup?: Lookup;
  /** How a connection is opened once its address has been checked. */
  dial?: Dial;
  limits?: Partial<WebLimits>;
  now?: () => Instant;
}

/** A web reader that holds connections open, and the way to end them. */
export interface OpenWebReader extends WebReader {
  close(): Promise<void>;
}

type Conditional = Parameters<WebReader['get']>[1];
type Headers = Record<string, string>;

const TYPES =
  'application/rss+xml, application/atom+xml, application/feed+json, application/xml;q=0.9, text/xml;q=0.9, text/html;q=0.5, */*;q=0.1';

const flat = (headers: Dispatcher.ResponseData['headers']): Headers => {
  const all: Headers = {};
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined) all[name] = Array.isArray(value) ? value.join(', ') : value;
  }
  return all;
};

/** Headers are read as Latin-1; what of an address is not ASCII is meant as UTF-8, as browsers take it, if it can be. */
const inUtf8 = (header: string | undefined): string | undefined => {
  const text = Buffer.from(header ?? '', 'latin1').toString();
  return text.includes('\ufffd') ? header : text || undefined;
};

const codeOf = (error: unknown): string => (error instanceof Error && 'code' in error ? String(error.code) : '');

/** Why a request brought no answer, by the error that undici or the socket gave. */
const failureOf = (error: unknown): FetchFailure => {
  if (error instanceof BlockedError) return 'blocked';
  if (error instanceof Error && error.cause instanceof BlockedError) return 'blocked';
  switch (codeOf(error)) {
    case 'UND_ERR_HEADERS_TIMEOUT':
    case 'UND_ERR_CONNECT_TIMEOUT':
    case 'UND_ERR_BODY_TIMEOUT':
    case 'UND_ERR_ABORTED':
      return 'timeout';
    case 'UND_ERR_HEADERS_OVERFLOW':
    case 'HPE_HEADER_OVERFLOW':
      return 'too-large';
    default:
      return 'unreachable';
  }
};

/** A connection kept open from before may be dead without our knowing: asking once more is then right. */
const isStaleConnection = (error: unknown): boolean => /^(UND_ERR_SOCKET|ECONNRESET|EPIPE)$/.test(codeOf(error));

const failed = (why: FetchFailure): FetchOutcome => ({ kind: 'failed', why });

const failedStatus = (status: number, headers: Headers, now: Instant): FetchOutcome => {
  const why = status === 410 ? 'gone' : status === 429 ? 'rate-limited' : 'http-status';
  const wait = retryAfterMs(headers['retry-after'], now);
  return { kind: 'failed', why, status, ...(wait === undefined ? {} : { retryAfterMs: wait }) };
};

const REDIRECTS = new Set([301, 302, 303, 307, 308]);
const isPermanent = (status: number): boolean => status === 301 || status === 308;

/** One request with all its hops. */
interface Errand {
  ask: (url: URL, headers: Headers, signal: AbortSignal) => Promise<Dispatcher.ResponseData>;
  allow: ReadonlySet<string>;
  limits: WebLimits;
  now: () => Instant;
}

/** How much of a body that nobody reads is let past, to keep its connection. */
const DUMPED = { limit: 16_384 };

/** What an answer that is no redirect comes to. */
const takeAnswer = async (
  { limits, now }: Errand,
  response: Dispatcher.ResponseData,
  conditional: boolean,
  from: { finalUrl: string; permanentUrl: string | undefined },
): Promise<FetchOutcome> => {
  const status = response.statusCode;
  const headers = flat(response.headers);
  if (status !== 200) {
    await response.body.dump(DUMPED);
    return status === 304 && conditional ? { kind: 'not-modified' } : failedStatus(status, headers, now());
  }
  const body = await readBody(response.body, headers, limits);
  if (body.kind === 'body') return { kind: 'fetched', status, bytes: body.bytes, headers, ...from };
  response.body.destroy();
  return failed(body.kind === 'too-large' ? 'too-large' : 'broken-feed');
};

const follow = async (errand: Errand, first: string, headers: Headers, signal: AbortSignal): Promise<FetchOutcome> => {
  const { ask, allow, limits } = errand;
  const conditional = 'if-none-match' in headers || 'if-modified-since' in headers;
  let url = allowedUrl(first, undefined, allow);
  let permanentUrl: string | undefined;
  let permanent = true;
  for (let hop = 0; hop <= limits.redirects; hop++) {
    if (!url) return failed('blocked');
    const response = await ask(url, headers, signal);
    const status = response.statusCode;
    if (!REDIRECTS.has(status)) return takeAnswer(errand, response, conditional, { finalUrl: url.href, permanentUrl });
    await response.body.dump(DUMPED);
    const location = inUtf8(flat(response.headers).location);
    if (!location) return { kind: 'failed', why: 'http-status', status };
    permanent &&= isPermanent(status);
    url = allowedUrl(location, url.href, allow);
    permanentUrl = permanent ? url?.href : undefined;
  }
  return failed('too-many-redirects');
};

/**
 * The open web: public addresses only, checked at the address dialled; redirects are followed by hand, each hop checked anew.
 * No cookies, no credentials, no scripts. Never throws for what a server does.
 */
export const createWebReader = (options: WebReaderOptions): OpenWebReader => {
  const limits = { ...LIMITS, ...options.limits };
  const allow = new Set(options.allow ?? []);
  const dial = options.dial ?? buildConnector({ timeout: limits.toHeaders, allowH2: false });
  const settings = {
    maxHeaderSize: limits.headers,
    headersTimeout: limits.toHeaders,
    bodyTimeout: limits.total,
    connections: 16,
  };
  const guarded = new Agent({ ...settings, connect: guardedConnector(options.lookup ?? systemAddresses, dial) });
  const open = new Agent({ ...settings, connect: dial });

  const ask: Errand['ask'] = async (url, headers, signal) => {
    const once = () => request(url, { headers, signal, dispatcher: allow.has(url.host) ? open : guarded });
    try {
      return await once();
    } catch (error) {
      if (isStaleConnection(error) && !signal.aborted) return once();
      throw error;
    }
  };
  const errand: Errand = { ask, allow, limits, now: options.now ?? Date.now };

  const get = async (url: string, conditional: Conditional = {}): Promise<FetchOutcome> => {
    const headers: Headers = { 'user-agent': options.userAgent, accept: TYPES, 'accept-encoding': 'gzip, br, deflate' };
    if (conditional.etag) headers['if-none-match'] = conditional.etag;
    if (conditional.lastModified) headers['if-modified-since'] = conditional.lastModified;
    const abort = new AbortController();
    const timer = setTimeout(() => abort.abort(), limits.total);
    try {
      return await follow(errand, url, headers, abort.signal);
    } catch (error) {
      return failed(abort.signal.aborted ? 'timeout' : failureOf(error));
    } finally {
      clearTimeout(timer);
    }
  };

  const close = async (): Promise<void> => {
    await Promise.all([guarded.destroy(), open.destroy()]);
  };
  return { get, close };
};
