import { expect, it } from 'vitest';
import { privateSourceId } from '../../functions/subscribers/own-source.ts';
import { aSource } from '../builders.ts';
import { aSite } from './site.ts';

const chosenBy = async (typed: string, houses: readonly { id: string; homePage: string }[] = []) => {
  const site = await aSite();
  for (const house of houses) await site.sources.save(aSource(house));
  await site.post('/', { email: 'ada@example.com', sources: [typed] });
  return (await site.byAddress('ada@example.com'))?.preferences.sources;
};

it.each(['https://daily-example.example/feed.xml', 'daily-example.example', 'http://www.daily-example.example/'])(
  'a house source is known by the address of its feed or its home page: %s',
  async (typed) => {
    expect(await chosenBy(typed)).toEqual(['daily-example']);
  },
);

it('a home page that two house sources share is a wish for neither', async () => {
  const homePage = 'https://group.example/';
  const houses = ['group-world', 'group-sport'].map((id) => ({ id, homePage }));
  expect(await chosenBy('group.example', houses)).toEqual([privateSourceId(homePage)]);
});

// fails if it is taken: the message about it cannot be sent, and confirming would fail for ever
it('an address that is too long once it is encoded is refused where it is typed', async () => {
  const site = await aSite();
  const { status } = await site.post('/', {
    email: 'ada@example.com',
    sources: [`https://a.example/${'漢'.repeat(300)}`],
  });
  expect(status).toBe(400);
});
