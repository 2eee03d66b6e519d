import { Sha256 } from './sha256.ts';

/**
 * How clients of AWS are made that are called for each digest. Of the processor time of a digest the SDK takes most, and some of it for
 * nothing: it puts its chain of middleware together anew for each call, and signs by the slowest way of Node.
 */
export const LEAN = { cacheMiddleware: true, sha256: Sha256 } as const;

/**
 * How long clients wait for AWS, in milliseconds, before they try again, for all but SES, whose calls must not be repeated. A connection that
 * slept through a freeze of the function may be dead without a word, and the SDK would wait for 5 to 15 minutes: longer than any function lives.
 */
export const HASTY = { requestHandler: { connectionTimeout: 1_500, socketTimeout: 3_000 } } as const;

/** Steps of the SDK that nobody reads the result of: copies of input and output for a logger that we do not give it, and its name for AWS. */
const NEEDLESS = ['loggerMiddleware', 'getUserAgentMiddleware'];

/** Takes from a new client what costs time in each call and serves nobody. */
export const lean = <Client extends { middlewareStack: { remove(step: string): boolean } }>(client: Client): Client => {
  for (const step of NEEDLESS) client.middlewareStack.remove(step);
  return client;
};
