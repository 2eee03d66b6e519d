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

it('leaves a feed where a permanent redirect led it, until the catalogue has another address', async () => {
  const { sources } = memoryStores();
  await seedSources(sources, [entryOf('a')], BASE_AT);
  const url = 'https://new.example/feed';
  await sources.save({ ...aSource({ ...entryOf('a') }), url, movedFrom: 'https://a.example/feed', etag: '"1"' });
  await seedSources(sources, [entryOf('a')], BASE_AT + 1000);
  expect(await sources.byId('a')).toMatchObject({ url, etag: '"1"' });
  await seedSources(sources, [entryOf('a', { url: 'https://newest.example/feed' })], BASE_AT + 2000);
  expect(await sources.byId('a')).toMatchObject({ url: 'https://newest.example/feed' });
  expect(await sources.byId('a')).not.toHaveProperty('movedFrom');
});

it('takes back what the catalogue says no more', async () => {
  const { sources } = memoryStores();
  await seedSources(sources, [entryOf('a', { topic: 'food', country: 'GB' })], BASE_AT);
  const { topic: _t, country: _c, ...general } = entryOf('a');
  await seedSources(sources, [general], BASE_AT + 1000);
  for (const name of ['topic', 'country']) expect(await sources.byId('a')).not.toHaveProperty(name);
});
