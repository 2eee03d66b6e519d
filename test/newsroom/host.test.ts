import { describe, expect, it } from 'vitest';
import type { FetchMessage } from '../../functions/model/messages.ts';
import { HOUR, MINUTE, TICK } from '../../functions/model/time.ts';
import { queueDueSources } from '../../functions/newsroom/due-sources.ts';
import { fetchHost, takeRequests } from '../../functions/newsroom/host.ts';
import type { FetchOutcome, WebReader } from '../../functions/ports.ts';
import { followWishes } from '../../functions/subscribers/change.ts';
import { privateSourceId } from '../../functions/subscribers/own-source.ts';
import { aSource, aSubscriber, BASE_AT } from '../builders.ts';
import { type MemoryPorts, memoryPorts } from '../fakes.ts';

const missing: FetchOutcome = { kind: 'failed', why: 'http-status', status: 404 };
const away: FetchOutcome = { kind: 'failed', why: 'rate-limited', status: 429, retryAfterMs: HOUR };

const addresses = Array.from({ length: 50 }, (_, at) => `https://blog.example/mistyped-${at}`);
const ids = addresses.map(privateSourceId);

/** A server that answers each address alike, a moment later, and knows how many askers it had at one time. */
const server = (answer: (asked: number) => FetchOutcome, ports?: MemoryPorts, takes = 0) => {
  let [now, most, asked] = [0, 0, 0];
  const web: WebReader = {
    async get() {
      const mine = asked++;
      most = Math.max(most, ++now);
      await new Promise((resolve) => setImmediate(resolve));
      ports?.clock.advance(takes);
      now--;
      return answer(mine);
    },
  };
  return { web, most: () => most, asked: () => asked };
};

const fifty = async (ports: MemoryPorts): Promise<FetchMessage[]> => {
  for (const [at, url] of addresses.entries()) await ports.sources.request(ids[at] ?? '', url, BASE_AT);
  const reader = aSubscriber({ preferences: { sources: ids } });
  await followWishes({ ...ports, fetches: ports.queues.fetch }, reader);
  return ports.queues.fetch.take();
};

const work = async (
  ports: Omit<MemoryPorts, 'web'> & { web: WebReader },
  messages: readonly FetchMessage[],
  at: number,
) => {
  for (const message of messages)
    await (message.kind === 'fetch' ? fetchHost(ports, message, at) : takeRequests(ports, message, at));
};

const due = async (ports: MemoryPorts, tick: number): Promise<FetchMessage[]> => {
  await queueDueSources({ ...ports, fetches: ports.queues.fetch }, tick);
  return ports.queues.fetch.take();
};

const all = async (ports: MemoryPorts) => (await Promise.all(ids.map(ports.sources.byId))).map((each) => each?.failing);

describe('fifty mistyped addresses of one reader at one host', () => {
  it('come in few messages, at first and at every attempt after, and are asked for four at a time', async () => {
    const ports = memoryPorts();
    const { web, most, asked } = server(() => missing);
    const first = await fifty(ports);
    expect(first.map((message) => [message.kind, message.kind === 'request' && message.wanted.length])).toEqual([
      ['request', 20],
      ['request', 20],
      ['request', 10],
    ]);
    await work({ ...ports, web }, first, BASE_AT);
    expect([asked(), most()]).toEqual([50, 4]);
    expect((await all(ports)).map((failing) => failing?.times)).toEqual(Array(50).fill(1));
    const again = await due(ports, BASE_AT + TICK);
    expect(again.map((message) => [message.kind, message.host])).toEqual(Array(3).fill(['fetch', 'blog.example']));
    await work({ ...ports, web }, again, BASE_AT + TICK);
    expect([asked(), most()]).toEqual([100, 4]);
    expect((await all(ports)).map((failing) => failing?.times)).toEqual(Array(50).fill(2));
  });

  it('are left alone when the host asks for that, and come up again', async () => {
    const ports = memoryPorts();
    const { web, asked } = server(() => away);
    await work({ ...ports, web }, await fifty(ports), BASE_AT);
    // of each message, three were on their way when the second was turned away
    expect(asked()).toBe(3 * 5);
    expect((await all(ports)).every((failing) => failing?.why === 'rate-limited')).toBe(true);
    expect((await ports.sources.byId(ids[0] ?? ''))?.notBeforeAt).toBe(BASE_AT + HOUR);
    expect(await due(ports, BASE_AT + HOUR - TICK)).toEqual([]);
    expect(await due(ports, BASE_AT + HOUR)).toHaveLength(3);
  });

  it('hold no worker up for long, however slow the host is', async () => {
    const ports = memoryPorts();
    const slow = server(() => missing, ports, 9000);
    const [first] = await fifty(ports);
    await work({ ...ports, web: slow.web }, first ? [first] : [], BASE_AT);
    expect(ports.clock.now() - BASE_AT).toBeLessThan(MINUTE + 30_000);
    expect(slow.asked()).toBeLessThan(20);
    expect((await all(ports)).filter((failing) => failing !== undefined)).toHaveLength(20);
  });
});

describe('a host that turns us away', () => {
  const sources = Array.from({ length: 20 }, (_, at) =>
    aSource({ id: `s${at}`, url: `https://forum.example/${at}`, etag: '"1"', lastNewsAt: BASE_AT }),
  );

  it('is asked for no more of its sources at this tick, and those count as neither read nor failing', async () => {
    const ports = memoryPorts();
    for (const source of sources) await ports.sources.save(source);
    const { web, asked } = server((at) => (at < 6 ? { kind: 'not-modified' } : away));
    const [message] = await due(ports, BASE_AT);
    if (message?.kind !== 'fetch') throw new Error('nothing was due');
    const report = await fetchHost({ ...ports, web }, message, BASE_AT);
    expect(asked()).toBeLessThanOrEqual(6 + 5);
    expect(report).toMatchObject({ requests: asked(), notModified: 6, failing: asked() - 6, left: 20 - asked() });
    const stored = await Promise.all(sources.map(({ id }) => ports.sources.byId(id)));
    expect(stored.filter((source) => source?.failing)).toHaveLength(asked() - 6);
  });

  it('is asked for the others where one address alone turns us away', async () => {
    const ports = memoryPorts();
    for (const source of sources) await ports.sources.save(source);
    const { web } = server((at) => (at === 3 ? away : { kind: 'not-modified' }));
    const [message] = await due(ports, BASE_AT);
    if (message?.kind !== 'fetch') throw new Error('nothing was due');
    expect(await fetchHost({ ...ports, web }, message, BASE_AT)).toMatchObject({
      notModified: 19,
      failing: 1,
      left: 0,
    });
  });

  it('is asked for others first at the next tick, so that none waits for ever', async () => {
    const ports = memoryPorts();
    for (const source of sources) await ports.sources.save(source);
    const read = new Set<string>();
    for (let tick = 0; tick < 48; tick++) {
      let asked = 0;
      const web: WebReader = {
        async get(url) {
          if (asked++ >= 4) return { kind: 'failed', why: 'rate-limited', status: 429 };
          read.add(url);
          return { kind: 'not-modified' };
        },
      };
      for (const message of await due(ports, BASE_AT + tick * TICK)) {
        if (message.kind === 'fetch') await fetchHost({ ...ports, web }, message, BASE_AT + tick * TICK);
      }
    }
    expect(read.size).toBe(20);
  });
});
