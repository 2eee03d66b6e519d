import { lookup as systemLookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import type { buildConnector } from 'undici';
import { isPublicAddress } from './public-address.ts';

/** Every address of a host name, as the resolver has them. */
export type Lookup = (hostname: string) => Promise<readonly string[]>;

/** Opens the connection, given a host that is an address already. */
export type Dial = buildConnector.connector;

/** A target that must not be dialled. One text for every cause: what is inside our network is nobody's business. */
export class BlockedError extends Error {
  constructor() {
    super('this address is not on the open web');
  }
}

const PORTS = new Set(['', '80', '443', '8080', '8443']);
const LONGEST_URL = 2048;

const bare = (hostname: string): string => hostname.replace(/^\[|\]$/g, '');

/** Names that mean something inside a network only (RFC 6761, RFC 8375, RFC 9476 and what clouds add); whatever they resolve to. */
const INSIDE = /(^|\.)(localhost|local|internal|svc|lan|home|corp|intranet|private|home\.arpa|in-addr\.arpa)$/;

/** A host name that the public DNS can hold (RFC 1035, 2.3.4): at least two labels, none over 63, 253 characters in all. */
const isPublicName = (hostname: string): boolean => {
  const name = hostname.replace(/\.$/, '');
  const labels = name.split('.');
  const fits = name.length <= 253 && labels.length >= 2 && labels.every(({ length }) => length > 0 && length <= 63);
  return fits && !INSIDE.test(name);
};

/**
 * The URL to ask for, or nothing if it may not be asked: http and https only, the usual ports, no credentials, at most 2,048
 * characters, no name or literal address outside the open web. `allow` lists `host:port` pairs that are exempt from address and port.
 */
export const allowedUrl = (written: string, base: string | undefined, allow: ReadonlySet<string>): URL | undefined => {
  // Parsers disagree on back slashes, and where they do a host is hidden.
  const url = written.includes('\\') ? null : URL.parse(written, base);
  if (!url || url.href.length > LONGEST_URL || (url.protocol !== 'http:' && url.protocol !== 'https:'))
    return undefined;
  if (url.username !== '' || url.password !== '' || url.hostname === '') return undefined;
  if (allow.has(url.host)) return url;
  if (!PORTS.has(url.port)) return undefined;
  const host = bare(url.hostname);
  return (isIP(host) === 0 ? isPublicName(host) : isPublicAddress(host)) ? url : undefined;
};

/** The addresses of a host, IPv4 first, if every one of them is public: a name with one private answer is refused whole. */
const publicAddresses = async (hostname: string, lookup: Lookup): Promise<readonly string[]> => {
  const host = bare(hostname);
  const addresses = isIP(host) ? [host] : await lookup(host);
  if (addresses.length === 0) throw new Error('no address');
  if (!addresses.every(isPublicAddress)) throw new BlockedError();
  return addresses.toSorted((a, b) => isIP(a) - isIP(b));
};

/** The operating system's resolver. */
export const systemAddresses: Lookup = async (hostname) =>
  (await systemLookup(hostname, { all: true })).map(({ address }) => address);

/** How many addresses of one host are tried. */
const TRIES = 2;

/**
 * A connector that resolves a name itself, checks every answer, and dials the very address it checked: nothing is looked up
 * a second time, so no answer can change in between (DNS rebinding).
 */
export const guardedConnector =
  (lookup: Lookup, dial: Dial): Dial =>
  (options, callback) => {
    publicAddresses(options.hostname, lookup).then(
      (addresses) => {
        const attempt = (index: number): void => {
          const address = addresses[index] ?? '';
          dial({ ...options, hostname: address }, (...result) => {
            const [error] = result;
            if (error && index + 1 < Math.min(addresses.length, TRIES)) attempt(index + 1);
            else callback(...result);
          });
        };
        attempt(0);
      },
      (error: unknown) => callback(error instanceof Error ? error : new Error(String(error)), null),
    );
  };
