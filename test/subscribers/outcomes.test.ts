import { expect, it } from 'vitest';
import { atTheChoices } from './choices.ts';

/** Headings of a page that follows an act: what was done, not what could be. */
const headingOf = (text: string): string | undefined => /<h1>(.*?)<\/h1>/.exec(text)?.[1];

it('a page after an act is headed by what was done', async () => {
  const { site, reader, fresh } = await atTheChoices();
  const now = site.clock.now();
  const paused = await site.post(site.pathOf(site.links.pause(reader, now)), { until: '2026-01-10' });
  expect(headingOf(paused.text)).toBe('Your digest is paused');
  const moved = await site.post(site.pathOf(site.links.address(reader, 'new@example.com', now)));
  expect(headingOf(moved.text)).toBe('Your address is changed');
  expect(moved.text).toContain('Links in emails to the old address no longer open your choices.');
  expect((await site.get(fresh)).status).toBe(404);
});

it('a page after deleting says that it is deleted', async () => {
  const { site, fresh } = await atTheChoices();
  expect(headingOf((await site.post(`${fresh}/erase`, { sure: 'yes' })).text)).toBe('Deleted');
});
