import * as z from 'zod';
import type { CatalogueEntry } from '../../functions/model/source.ts';
import { type Instant, iso } from '../../functions/model/time.ts';
import { catalogue } from '../catalogue/index.ts';
import { loadCatalogue } from '../catalogue/load.ts';
import { sampleFeed } from '../samples/feed.ts';
import { PICTURE_HOST, samplePicture } from '../samples/pictures.ts';
import { sampleCatalogue } from '../samples/sources.ts';

/** Where local mode's news comes from. */
export interface News {
  /** As a sentence, for the terminal and the operator page. */
  told: string;
  entries: CatalogueEntry[];
  /** `host:port` of loopback feeds that may be fetched. */
  allow: string[];
  /** True if the feeds are other people's servers, which must not be asked again for every tick of a jump. */
  live: boolean;
  /** Moves the catalogue's own clock along, where it has one. */
  follow(at: Instant): Promise<void>;
  /** The instant of the catalogue's clock, where it has one. */
  at?: Instant;
}

/** fetch says 'fetch failed' whatever happened; why stands in its cause. */
const unreachable = (error: unknown): Error => {
  const cause = error instanceof Error ? (error.cause ?? error) : error;
  const why = cause instanceof Error ? ('code' in cause ? String(cause.code) : cause.message) : String(cause);
  return new Error(`cannot be reached: ${why}`, { cause: error });
};

/**
 * The text at an address, within ten seconds.
 * @throws an Error of one line that says why there is none
 */
export const fetchText = async (url: string): Promise<string> => {
  const answer = await fetch(url, { signal: AbortSignal.timeout(10_000) }).catch((error: unknown) => {
    throw unreachable(error);
  });
  if (!answer.ok) throw new Error(`answered ${answer.status}`);
  return answer.text();
};

const clockAnswer = z.object({ now: z.iso.datetime() });

const readClock = async (url: URL): Promise<Instant | undefined> => {
  try {
    const answer = await fetch(url, { signal: AbortSignal.timeout(2000) });
    return Date.parse(clockAnswer.parse(await answer.json()).now);
  } catch {
    return undefined;
  }
};

const LOOPBACK = /^(127\.\d+\.\d+\.\d+|localhost|\[::1\])$/;

const loopbackHosts = (entries: readonly CatalogueEntry[]): string[] => [
  ...new Set(
    entries
      .map(({ url }) => new URL(url))
      .filter(({ hostname }) => LOOPBACK.test(hostname))
      .map(({ hostname, port, protocol }) => `${hostname}:${port || (protocol === 'https:' ? 443 : 80)}`),
  ),
];

/**
 * The catalogue at an address, all of its sources as house sources.
 * @throws an Error of one line if there is none
 */
export const newsOf = async (url: string): Promise<News> => {
  const entries = await loadCatalogue(url, fetchText);
  const clock = new URL('/_clock', url);
  const at = LOOPBACK.test(clock.hostname) ? await readClock(clock) : undefined;
  const allow = loopbackHosts(entries);
  return {
    told: `${entries.length} sources of the catalogue ${url}.`,
    entries,
    allow,
    live: allow.length === 0,
    ...(at === undefined ? {} : { at }),
    async follow(to) {
      if (at !== undefined) await fetch(`${clock}?at=${iso(to)}`, { method: 'POST' });
    },
  };
};

const stay = async (): Promise<void> => undefined;

/** The default catalogue: real sources on the open web. */
export const liveNews = (): News => ({
  told: `${catalogue.length} real sources of the default catalogue. Jumps of the clock bring no newer news than there is.`,
  entries: catalogue,
  allow: [],
  live: true,
  follow: stay,
});

/** Invented outlets that this process serves itself, below `origin` (no slash at its end). */
export const sampleNews = (origin: string): News => {
  const entries = sampleCatalogue(origin);
  return {
    told: `${entries.length} sample sources: invented outlets of a country that does not exist, served from this machine. Links to their stories lead nowhere.`,
    entries,
    allow: [new URL(origin).host],
    live: false,
    follow: stay,
  };
};

/** What stands at a path below `/samples/`: a feed as of `now`, or a picture. */
export const sampleAt = (path: string, now: Instant): { body: string | Uint8Array; type: string } | undefined => {
  const [, picture] = /^pictures\/([\w.-]+)$/.exec(path) ?? [];
  if (picture !== undefined) {
    const body = samplePicture(picture);
    return body && { body, type: 'image/png' };
  }
  const [, id] = /^([\w-]+)\.xml$/.exec(path) ?? [];
  const body = id === undefined ? undefined : sampleFeed(id, now, PICTURE_HOST);
  return body === undefined ? undefined : { body, type: 'application/xml; charset=utf-8' };
};

const answers = async (url: string): Promise<boolean> => {
  try {
    await fetch(new URL('/', url), { method: 'HEAD', redirect: 'manual', signal: AbortSignal.timeout(2000) });
    return true;
  } catch {
    return false;
  }
};

/** True if at least two of five hosts of the default catalogue answer within two seconds. */
export const isOnline = async (entries: readonly CatalogueEntry[] = catalogue): Promise<boolean> => {
  const homes = [...new Map(entries.map(({ homePage }) => [new URL(homePage).host, homePage])).values()].slice(0, 5);
  const found = await Promise.all(homes.map(answers));
  return found.filter(Boolean).length >= 2;
};
