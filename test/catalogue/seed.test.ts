import { expect, it } from 'vitest';
import { seedSources } from '../../infra/catalogue/seed.ts';
import { aSource, BASE_AT } from '../builders.ts';
import { memoryStores } from '../fakes.ts';

const entryOf = (id: string, over: object = {}) => {
  const {
    v: _v,
    standing: _s,
    addedAt: _a,
    intervalTicks: _i,
    ...entry
  } = aSource({ id, url: `https://${id}.example/feed`, ...over });
  return entry;
};

it('adds what is new, keeps what fetching has taught, and asks no more what is not listed', async () => {
  const { sources } = memoryStores();
  await seedSources(sources, [entryOf('a'), entryOf('b')], BASE_AT);
  const taught = { ...aSource({ ...entryOf('a'), addedAt: BASE_AT }), etag: '"1"', intervalTicks: 4 };
  await sources.save(taught);
  await sources.save(aSource({ id: 'mine', standing: 'private', url: 'https://mine.example/feed' }));

  await seedSources(sources, [entryOf('a', { title: 'A new name' }), entryOf('c')], BASE_AT + 1000);
  expect(await sources.byId('a')).toMatchObject({
    title: 'A new name',
    etag: '"1"',
    intervalTicks: 4,
    addedAt: BASE_AT,
  });
  expect(await sources.byId('b')).toMatchObject({ endedAt: BASE_AT + 1000 });
  expect(await sources.byId('c')).toMatchObject({ standing: 'house', intervalTicks: 1 });
  expect((await sources.byId('mine'))?.endedAt).toBeUndefined();
});
