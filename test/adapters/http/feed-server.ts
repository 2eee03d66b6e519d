import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach } from 'vitest';
import {
  createWebReader,
  type OpenWebReader,
  type WebReaderOptions,
} from '../../../functions/adapters/http/web-reader.ts';

export const BODY = '<rss><channel/></rss>';

/** What the clock of every reader says. */
export const NOW = Date.UTC(2026, 0, 5, 6);

/** For each test of the file that calls this: a server on loopback that answers as the test says, and readers that may dial it. */
export const serveFeeds = () => {
  let server: Server;
  let base: string;
  let answer: RequestListener;
  let readers: OpenWebReader[];

  beforeEach(async () => {
    readers = [];
    server = createServer({ maxHeaderSize: 1 << 20 }, (request, response) => answer(request, response));
    await new Promise<void>((done) => {
      server.listen(0, '127.0.0.1', done);
    });
    base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterEach(async () => {
    await Promise.all(readers.map((reader) => reader.close()));
    server.closeAllConnections();
    server.close();
  });

  const reader = (more: Partial<WebReaderOptions> = {}): OpenWebReader => {
    const made = createWebReader({
      userAgent: 'Test (+https://a.example/)',
      allow: [new URL(base).host],
      now: () => NOW,
      ...more,
    });
    readers.push(made);
    return made;
  };
  const get = async (listener: RequestListener, more: Partial<WebReaderOptions> = {}) => {
    answer = listener;
    const outcome = await reader(more).get(`${base}/feed`);
    return outcome.kind === 'fetched' ? { ...outcome, text: new TextDecoder().decode(outcome.bytes) } : outcome;
  };
  return {
    /** The server's address. */
    base: () => base,
    reader,
    /** What a new reader makes of `/feed` where the server answers so. */
    get,
    answerBy: (listener: RequestListener): void => {
      answer = listener;
    },
  };
};

/** Answers `/feed` by sending away, and anything else with a feed. */
export const redirect =
  (status: number, location: string | undefined): RequestListener =>
  (request, response) => {
    if (request.url === '/feed') response.writeHead(status, location === undefined ? {} : { location }).end();
    else response.end(BODY);
  };
