import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { ClientRequest } from 'node:http';
import { running } from './running.ts';

/** How long HTTP calls of this process took, by the port that they went to. */
export interface CallTimes {
  /** Mean ms from request to the answer's last byte; 0 without calls. */
  meanMs(url: string): number;
  /** How many calls there were; of one function alone, where functions are watched. */
  count(url: string, by?: string): number;
  stop(): void;
}

const requestOf = (message: unknown): ClientRequest | undefined =>
  typeof message === 'object' && message !== null && 'request' in message
    ? (message.request as ClientRequest)
    : undefined;

/** The port that a request goes to, as text. */
const portOf = (request: ClientRequest | undefined): string =>
  String(request?.getHeader('host')).split(':').at(-1) ?? '';

/** Watches Node's own HTTP client, which the SDK's clients use. */
export const watchCalls = (): CallTimes => {
  const begun = new WeakMap<ClientRequest, number>();
  const sums = new Map<string, { calls: number; ms: number }>();
  const counts = new Map<string, number>();
  const start = (message: unknown): void => {
    const request = requestOf(message);
    if (!request) return;
    begun.set(request, performance.now());
    const name = `${portOf(request)} ${running.getStore()}`;
    counts.set(name, (counts.get(name) ?? 0) + 1);
  };
  const finish = (message: unknown): void => {
    const request = requestOf(message);
    const at = request && begun.get(request);
    if (at === undefined) return;
    const port = portOf(request);
    const sum = sums.get(port) ?? { calls: 0, ms: 0 };
    sums.set(port, { calls: sum.calls + 1, ms: sum.ms + performance.now() - at });
  };
  subscribe('http.client.request.start', start);
  subscribe('http.client.response.finish', finish);
  return {
    meanMs(url) {
      const sum = sums.get(new URL(url).port);
      return sum ? sum.ms / sum.calls : 0;
    },
    count(url, by) {
      const { port } = new URL(url);
      return by === undefined ? (sums.get(port)?.calls ?? 0) : (counts.get(`${port} ${by}`) ?? 0);
    },
    stop() {
      unsubscribe('http.client.request.start', start);
      unsubscribe('http.client.response.finish', finish);
    },
  };
};
