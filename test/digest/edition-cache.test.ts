import { describe, expect, it } from 'vitest';
import { createEditionCache } from '../../functions/digest/edition-cache.ts';
import { aPick, aSource } from '../builders.ts';
import { memoryPorts } from '../fakes.ts';

/** A store of which every read fails once, as under a throttle. */
const failingOnce = <Store extends object>(store: Store): Store => {
  const failed = new Set<string | symbol>();
  return new Proxy(store, {
    get(target, name, receiver) {
      const read: unknown = Reflect.get(target, name, receiver);
      if (typeof read !== 'function' || failed.has(name)) return read;
      return async () => {
        failed.add(name);
        throw new Error('throttled');
      };
    },
  });
};

describe('the cache of editions', () => {
  // fails if a promise that was rejected is kept
  it('asks again for what could not be read: one throttle fails no whole edition', async () => {
    const ports = memoryPorts();
    await ports.editions.savePick(aPick());
    await ports.sources.save(aSource({ id: 'daily-example' }));
    const news = createEditionCache({
      editions: failingOnce(ports.editions),
      stories: failingOnce(ports.stories),
      sources: failingOnce(ports.sources),
    });
    const reads = [
      () => news.picks(1),
      () => news.view(1, ['picks']),
      () => news.stories(1, ['0000000000000']),
      () => news.sources(1, ['daily-example']),
    ];
    for (const read of reads) await expect(read()).rejects.toThrow('throttled');
    for (const read of reads) await read();
    expect(await news.picks(1)).toEqual([aPick()]);
    expect((await news.sources(1, ['daily-example'])).size).toBe(1);
  });
});
