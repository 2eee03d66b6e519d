import { expect, it } from 'vitest';
import type { Source } from '../../functions/model/source.ts';
import { DAY } from '../../functions/model/time.ts';
import { fetchOnlyFollowed } from '../../functions/newsroom/followed.ts';
import { aSource, BASE_AT } from '../builders.ts';
import { memoryPorts } from '../fakes.ts';

const TWO_DAYS_AGO = BASE_AT - 2 * DAY;
const ended = { endedAt: BASE_AT - DAY };

it.each<[what: string, Partial<Source>, followed: boolean, endedAt: number | undefined]>([
  ['a private source that nobody follows ends', {}, false, BASE_AT],
  ['one that is followed goes on', {}, true, undefined],
  ['one added today waits for its follower', { addedAt: BASE_AT - DAY }, false, undefined],
  ['one that is followed anew begins again', ended, true, undefined],
  ['one that ended before stays so', ended, false, ended.endedAt],
  [
    'one that said it is gone stays so',
    { ...ended, failing: { why: 'gone', sinceAt: BASE_AT - DAY, times: 1 } },
    true,
    ended.endedAt,
  ],
  ['a house source is the catalogue’s', { standing: 'house' }, false, undefined],
  ['a house source that left the catalogue stays out', { standing: 'house', ...ended }, true, ended.endedAt],
])('%s', async (_what, over, isFollowed, endedAt) => {
  const ports = memoryPorts();
  const source = aSource({ id: 'p1', standing: 'private', addedAt: TWO_DAYS_AGO, ...over });
  await ports.sources.save(source);
  const followed = new Set(isFollowed ? ['p1'] : []);
  await fetchOnlyFollowed(ports, [source], { followed, tick: BASE_AT });
  expect((await ports.sources.byId('p1'))?.endedAt).toBe(endedAt);
});

// fails if what was known before is kept: months of a feed would then be today's news
it('begins again with the latest stories, as if it were new', async () => {
  const ports = memoryPorts();
  const source = aSource({ id: 'p1', standing: 'private', addedAt: TWO_DAYS_AGO, etag: '"1"', ...ended });
  await ports.sources.save(source);
  await ports.sources.saveKnown('p1', new Uint8Array(60));
  await fetchOnlyFollowed(ports, [source], { followed: new Set(['p1']), tick: BASE_AT });
  expect(await ports.sources.known('p1')).toHaveLength(0);
  expect(await ports.sources.byId('p1')).not.toHaveProperty('etag');
});
