import type { IncomingMail } from '../model/incoming-mail.ts';
import { isUnder, readSignature } from './mail-signatures.ts';

/** One result of RFC 8601: `dkim=pass header.i=@example.org`. */
interface Result {
  method: string;
  outcome: string;
  properties: readonly (readonly [name: string, value: string])[];
}

/** Who wrote SES's own line. */
const SES = 'amazonses.com';

const RESULT = /^(spf|dkim|dmarc)=([a-z]+)$/i;

const domainOf = (identity: string): string => identity.slice(identity.lastIndexOf('@') + 1).toLowerCase();

const pairOf = (text: string): [string, string] => {
  const at = text.indexOf('=');
  return [text.slice(0, at).toLowerCase(), text.slice(at + 1)];
};

/** Puts a part of the line to the results. SES writes what belongs to a result after a semicolon, like the next result. */
const take = (results: readonly Result[], part: string): Result[] => {
  const [head = '', ...rest] = part.split(/\s+/);
  const [, method, outcome] = RESULT.exec(head) ?? [];
  if (method !== undefined && outcome !== undefined) {
    return [...results, { method: method.toLowerCase(), outcome: outcome.toLowerCase(), properties: rest.map(pairOf) }];
  }
  return results.map((result, at) =>
    at === results.length - 1
      ? { ...result, properties: [...result.properties, ...[head, ...rest].map(pairOf)] }
      : result,
  );
};

const isTwice = (names: readonly string[]): boolean => new Set(names).size < names.length;

/** SES's own comments hold no `=`: one that does was made of something that the sender said, and hides results. */
const COMMENT = /\([^()=]*\)/g;

/**
 * The results of an Authentication-Results line; none if it is not SES's, or holds what an honest one never does. The line
 * repeats what the sending server said of itself, and must not be talked into a second result, or another sender.
 */
const resultsOf = (line: string): Result[] => {
  const bare = line.replace(COMMENT, ' ');
  if (/["\\()]/.test(bare)) return [];
  const [server = '', ...parts] = bare.split(';').map((part) => part.trim());
  if (server.toLowerCase() !== SES) return [];
  const results = parts.filter(Boolean).reduce<Result[]>(take, []);
  const alone = results.map(({ method }) => method).filter((method) => method !== 'dkim');
  const isOdd = isTwice(alone) || results.some(({ properties }) => isTwice(properties.map(([name]) => name)));
  return isOdd ? [] : results;
};

/** Where each method says whom it vouches for. */
const VOUCHED: Readonly<Record<string, string>> = {
  spf: 'envelope-from',
  dkim: 'header.i',
  dmarc: 'header.from',
};

const vouchedBy = ({ method, properties }: Result): string =>
  domainOf(properties.find(([name]) => name === VOUCHED[method])?.[1] ?? '');

/** A verifier may look at the first few signatures only; an honest mail has up to four, two of its author and two of a provider. */
const MOST_SIGNATURES = 5;

const areRelated = (one: string, other: string): boolean => isUnder(one, other) || isUnder(other, one);

/** Whether a failure speaks against a domain: one that names nobody (`unknown`) may be of any signature. */
const isAgainst = (failed: string, domain: string): boolean => !failed.includes('.') || areRelated(failed, domain);

/**
 * The domains for which DKIM passed. SES writes one result for each signature, so one that was slipped into its line shows: there are
 * more results than signatures, or none for its domain, or one that failed beside it.
 * @returns undefined for a line that was tampered with
 */
const signedBy = (results: readonly Result[], headers: readonly string[]): string[] | undefined => {
  // `none` stands where nothing is signed
  const found = results.filter(({ method, outcome }) => method === 'dkim' && outcome !== 'none');
  if (found.length > headers.length) return undefined;
  if (headers.length > MOST_SIGNATURES) return [];
  const signatures = headers.map(readSignature).filter(({ isPlain }) => isPlain);
  const failed = found.filter(({ outcome }) => outcome !== 'pass').map(vouchedBy);
  return found
    .filter(({ outcome }) => outcome === 'pass')
    .map(vouchedBy)
    .filter((domain) => signatures.some((signature) => isUnder(domain, signature.domain)))
    .filter((domain) => !failed.some((other) => isAgainst(other, domain)));
};

/** What SES says of the other server before its own name; no host is called so. */
const ODD_SERVER = /^.*[=;].* by inbound-smtp\./;

/**
 * Whether SES says that a mail comes from the domain of its author: SPF or DKIM passed for this very domain, or DMARC passed for it
 * and SPF or DKIM for one above or below. SES's line is taken for nothing more than it must be: it may hold, as they were said, the
 * name of the sending server, its envelope and what a signature says of itself.
 * @param headers from the top: the first Authentication-Results and Received are SES's; whatever stands below may have been written by the sender
 */
export const isAuthentic = (headers: IncomingMail['headers'], author: string): boolean => {
  const valuesOf = (name: string): string[] => headers.filter((each) => each.name === name).map(({ value }) => value);
  const domain = domainOf(author);
  const [line = ''] = valuesOf('authentication-results');
  const [received = ''] = valuesOf('received');
  const results = resultsOf(line);
  const signed = signedBy(results, valuesOf('dkim-signature'));
  if (domain === '' || signed === undefined || ODD_SERVER.test(received)) return false;
  const passed = (method: string): string[] =>
    results.filter((result) => result.method === method && result.outcome === 'pass').map(vouchedBy);
  if (results.some(({ method, outcome }) => method === 'dmarc' && outcome === 'fail')) return false;
  const vouched = [...passed('spf'), ...signed];
  return (
    vouched.includes(domain) || (passed('dmarc').includes(domain) && vouched.some((other) => areRelated(other, domain)))
  );
};
