import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { ClientRequest } from 'node:http';

/** How long HTTP calls of this process took, by the port that they went to. */
export interface CallTimes {
  /** Mean ms from request to the answer's last byte; 0 without calls. */
  meanMs(url: string): number;
  stop(): void;
}

const requestOf = (message: unknown): ClientRequest | undefined =>
  typeof message === 'object' && message !== null && 'request' in message
    ? (message.request as ClientRequest)
    : undefined;

/** Watches Node's own HTTP client, which the SDK's clients use. */
export const watchCalls = (): CallTimes => {
  const begun = new WeakMap<ClientRequest, number>();
  const sums = new Map<string, { calls: number; ms: number }>();
  const start = (message: unknown): void => {
    const request = requestOf(message);
    if (request) begun.set(request, performance.now());
  };
  const finish = (message: unknown): void => {
    const request = requestOf(message);
    const at = request && begun.get(request);
    if (at === undefined) return;
    const port =
      String(request?.host && request.getHeader('host'))
        .split(':')
        .at(-1) ?? '';
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
    stop() {
      unsubscribe('http.client.request.start', start);
      unsubscribe('http.client.response.finish', finish);
    },
  };
};
