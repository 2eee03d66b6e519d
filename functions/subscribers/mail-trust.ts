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

/**
 * The results of an Authentication-Results line; none if it is not SES's, or holds what an honest one never does. The line
 * repeats what the sending server said of itself, and must not be talked into a second result, or another sender.
 */
const resultsOf = (line: string): Result[] => {
  const bare = line.replace(/\([^()]*\)/g, ' ');
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

/**
 * Whether SES says that a mail comes from the domain of its author: SPF or DKIM passed for this very domain, or DMARC passed for it.
 * @param line the topmost Authentication-Results; whatever stands below may have been written by the sender
 */
export const isAuthentic = (line: string, author: string): boolean => {
  const domain = domainOf(author);
  const results = resultsOf(line);
  if (results.some(({ method, outcome }) => method === 'dmarc' && outcome === 'fail')) return false;
  return domain !== '' && results.some((result) => result.outcome === 'pass' && vouchedBy(result) === domain);
};
