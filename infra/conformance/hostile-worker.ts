import { parentPort, workerData } from 'node:worker_threads';
import { type Feed, readFeed } from '../../functions/newsroom/read/read-feed.ts';

/** Runs in a worker: reads each hostile document when told to, and reports. The watchdog is outside. */
const { tools } = workerData;
const { documents }: { documents: { id: string; body: () => string }[] } = await import(tools);

const shown = (feed: Feed) => feed.entries.map((entry) => ({ url: entry.url, ...entry.present() }));

parentPort?.on('message', (id: string) => {
  const bytes = Buffer.from(documents.find((each) => each.id === id)?.body() ?? '');
  parentPort?.postMessage({ kind: 'ready' });
  const before = process.threadCpuUsage();
  const read = readFeed(bytes, { headers: {}, url: 'https://hostile.example/feed' });
  const entries = read.kind === 'feed' ? shown(read) : [];
  const longest = Math.max(0, ...entries.map(({ title }) => title?.length ?? 0));
  const polluted = Object.hasOwn(Object.prototype, 'polluted');
  const { user, system } = process.threadCpuUsage(before);
  parentPort?.postMessage({
    kind: 'read',
    as: read.kind,
    millis: (user + system) / 1000,
    longest,
    polluted,
    words: JSON.stringify(entries),
  });
});
