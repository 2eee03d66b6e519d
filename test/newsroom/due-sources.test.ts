import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FetchMessage } from '../../functions/model/messages.ts';
import { DAY, HOUR, TICK } from '../../functions/model/time.ts';
import { intervalFor, isDue, queueDueSources } from '../../functions/newsroom/due-sources.ts';
import { aSource, BASE_AT } from '../builders.ts';
import { recordingLog, recordingQueue } from '../fakes.ts';
import { memorySources } from '../memory-stores/newsroom.ts';

describe('when a source is due', () => {
  it('is once in each stretch of its interval, whatever its id', () => {
    const interval = fc.constantFrom(1, 2, 4, 8, 96);
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z0-9]{1,12}$/), interval, fc.nat(1000), (id, intervalTicks, start) => {
        const source = aSource({ id, intervalTicks });
        const ticks = Array.from({ length: intervalTicks }, (_, i) => BASE_AT + (start + i) * TICK);
        expect(ticks.filter((tick) => isDue(source, tick))).toHaveLength(1);
      }),
    );
  });

  it.each([
    ['a new one, at once', aSource(), true],
    ['one that waits', aSource({ notBeforeAt: BASE_AT + 1 }), false],
    ['one whose wait is over', aSource({ notBeforeAt: BASE_AT }), true],
    ['one that ended', aSource({ endedAt: BASE_AT - DAY }), false],
  ])('%s', (_what, source, due) => {
    expect(isDue(source, BASE_AT)).toBe(due);
  });
});

describe('how often to look', () => {
  const hoursAgo = (...hours: number[]) => hours.map((hour) => BASE_AT - hour * HOUR);

  it.each([
    ['many stories a day', hoursAgo(1, 2, 3, 4, 5, 6), 1],
    ['a few', hoursAgo(1, 20, 30), 2],
    ['one in two days', hoursAgo(30, 200), 4],
    ['quiet', hoursAgo(100, 200), 8],
    ['no dates at all', [], 1],
    ['dates in the future only', [BASE_AT + 400 * DAY], 8],
  ])('%s', (_what, published, ticks) => {
    expect(intervalFor(published, BASE_AT)).toBe(ticks);
  });
});

describe('queueing', () => {
  it('puts sources of one host together, at most twenty in a message, and leaves out what is not due', async () => {
    const sources = memorySources();
    for (let i = 0; i < 45; i++) await sources.save(aSource({ id: `a${i}`, url: `https://one.example/${i}` }));
    await sources.save(aSource({ id: 'b', url: 'https://two.example/' }));
    await sources.save(aSource({ id: 'c', url: 'https://three.example/', endedAt: BASE_AT }));
    const fetches = recordingQueue<FetchMessage>();
    expect(await queueDueSources({ sources, fetches, log: recordingLog() }, BASE_AT)).toEqual({ due: 46, messages: 4 });
    const sizes = fetches
      .take()
      .map((message) => (message.kind === 'fetch' ? [message.host, message.sources.length] : []));
    expect(sizes.toSorted()).toEqual(
      [
        ['one.example', 20],
        ['one.example', 20],
        ['one.example', 5],
        ['two.example', 1],
      ].toSorted(),
    );
  });

  it('makes no message that SQS would not take, whatever a host puts into the rows of its sources', async () => {
    const sources = memorySources();
    for (let i = 0; i < 20; i++) {
      const start = `https://one.example/${i}?`;
      await sources.save(
        aSource({
          id: `a${i}`,
          url: start.padEnd(2048, 'x'),
          homePage: start.padEnd(2048, '漢'),
          title: '漢'.repeat(200),
          etag: 'é'.repeat(1024),
          moved: { url: start.padEnd(2048, 'y'), times: 1 },
          movedFrom: start.padEnd(2048, 'z'),
        }),
      );
    }
    const fetches = recordingQueue<FetchMessage>();
    await queueDueSources({ sources, fetches, log: recordingLog() }, BASE_AT);
    const messages = fetches.take();
    expect(messages.flatMap((message) => (message.kind === 'fetch' ? message.sources : []))).toHaveLength(20);
    for (const message of messages) expect(Buffer.byteLength(JSON.stringify(message))).toBeLessThan(256 * 1024);
  });

  it('sends nothing when nothing is due', async () => {
    const fetches = recordingQueue<FetchMessage>();
    await queueDueSources({ sources: memorySources(), fetches, log: recordingLog() }, BASE_AT);
    expect(fetches.take()).toEqual([]);
  });
});
