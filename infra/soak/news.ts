import { fork } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { createServer } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Instant, iso } from '../../functions/model/time.ts';
import { type News, newsOf, sampleAt, sampleNews } from '../local/news.ts';

/** News for a long run, and the way to end its server. */
export interface ServedNews {
  news: News;
  stop(): Promise<void>;
}

const NEWSDAYS = '../shared/newsdays/serve.mjs';

/** A port that is free now. */
const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const bound = server.address();
  await new Promise((done) => server.close(done));
  return typeof bound === 'object' && bound ? bound.port : 0;
};

const answering = async (url: string): Promise<News> => {
  for (let tried = 0; ; tried++) {
    try {
      return await newsOf(url);
    } catch (error) {
      if (tried === 300) throw error;
      await sleep(100);
    }
  }
};

/** The six recorded days, five times over with other links and other names. */
const serveNewsdays = async (from: Instant): Promise<ServedNews> => {
  const port = await freePort();
  const child = fork(NEWSDAYS, ['--port', String(port), '--at', iso(from), '--repeat', '5'], { stdio: 'ignore' });
  return {
    news: await answering(`http://127.0.0.1:${port}/feeds.json`),
    async stop() {
      const gone = once(child, 'exit');
      child.kill();
      await gone;
    },
  };
};

/** The sample feeds of the repository, under a clock of their own. */
export const serveSamples = async (from: Instant): Promise<ServedNews> => {
  let now = from;
  let origin = '';
  const server = createServer((request, response) => {
    const found = sampleAt((request.url ?? '').replace(/^\/samples\//, ''), now);
    response.writeHead(found ? 200 : 404, { 'content-type': found?.type ?? 'text/plain' }).end(found?.body);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const bound = server.address();
  origin = `http://127.0.0.1:${typeof bound === 'object' && bound ? bound.port : 0}`;
  return {
    news: {
      ...sampleNews(origin),
      follow: async (at) => {
        now = at;
      },
    },
    stop: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
};

/** The news of an address; without one the recorded days where they are at hand, else the sample feeds. */
export const serveNews = async (url: string | undefined, from: Instant): Promise<ServedNews> => {
  if (url !== undefined) return { news: await newsOf(url), stop: async () => undefined };
  return existsSync(NEWSDAYS) ? serveNewsdays(from) : serveSamples(from);
};
