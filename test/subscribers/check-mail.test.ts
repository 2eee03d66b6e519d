import { expect, it } from 'vitest';
import { aSite } from './site.ts';

const hiddenIn = (text: string): [string, string][] =>
  [...text.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)">/g)].map(([, name = '', value = '']) => [
    name,
    value,
  ]);

it('a mistyped address is mended without filling in the form again', async () => {
  const site = await aSite({ clientOf: () => '198.51.100.1' });
  const page = (await site.get('/')).text;
  const stamp = /name="stamp" value="([^"]+)"/.exec(page)?.[1] ?? '';
  site.clock.advance(5000);
  const wishes = { topics: ['science', 'food'], mutes: 'gossip\r\ncelebrity', sources: ['', 'https://own.example/f'] };
  const { text } = await site.post('/', { email: 'ada@exmaple.com', website: '', stamp, ...wishes });
  expect(text).toMatch(/name="email" value="ada@exmaple.com"/);
  const again = hiddenIn(text);
  expect(again.filter(([name]) => name === 'email' || name === 'website')).toEqual([]);
  site.clock.advance(5000);
  const form = Object.fromEntries(
    [...Map.groupBy(again, ([name]) => name)].map(([name, pairs]) => [name, pairs.map(([, value]) => value)]),
  );
  expect((await site.post('/', { ...form, email: 'ada@example.com' })).status).toBe(200);
  const [mistyped, right] = [await site.byAddress('ada@exmaple.com'), await site.byAddress('ada@example.com')];
  expect(right?.preferences).toEqual(mistyped?.preferences);
  expect(right?.preferences).toMatchObject({ topics: ['science', 'food'] });
  expect(right?.preferences.mutes).toHaveLength(2);
});
