import { expect, it } from 'vitest';
import { stampForm } from '../../functions/subscribers/limits.ts';
import { aSite, KEY } from './site.ts';

/** A site whose strangers all sit in one network, and a stamp that is old enough. */
const aBusySite = async () => {
  const site = await aSite({ clientOf: () => '203.0.113.9' });
  return { site, stamp: stampForm(KEY, site.clock.now() - 10_000) };
};

it('who signs up from a busy network finds the form as they filled it in, with what to do', async () => {
  const { site, stamp } = await aBusySite();
  for (let n = 0; n < 10; n++) await site.post('/', { email: `reader${n}@example.com`, stamp });
  const form = { email: 'ada@example.com', stamp, keywords: 'tides, "gulls"', topics: ['food'], hour: '19' };
  const { status, text, headers } = await site.post('/?lang=fr', form);
  expect([status, headers.get('retry-after')]).toEqual([429, '3600']);
  expect(text).toContain('<html lang="fr"');
  expect(text).toContain('<title>Erreur');
  expect(text).toContain('<div class="note bad" role="alert"><p>Beaucoup de demandes');
  expect(text).toContain('name="email" value="ada@example.com"');
  expect(text).toContain('name="keywords" value="tides, &quot;gulls&quot;"');
  expect(text.match(/name="topics" value="[a-z]+"[^>]* checked/g)).toEqual(['name="topics" value="food" checked']);
  expect(text).toContain('<option value="19" selected>');
  // nothing in the form is wrong
  expect(text).not.toContain('aria-invalid="true"');
  expect(await site.byAddress('ada@example.com')).toBeUndefined();
});

// fails if the wider count is not the page's
it('who signs up from a busy /48 is told so, and when to come back', async () => {
  let asker = 0;
  const site = await aSite({ clientOf: () => `2001:db9:7:${(asker++).toString(16)}::1` });
  for (let n = 0; n < 360; n++) await site.post('/link', { email: `reader${n}@d${n}.example` });
  const { status, text, headers } = await site.post('/link', { email: 'ada@example.com' });
  const left = 86_400_000 - (site.clock.now() % 86_400_000);
  expect([status, headers.get('retry-after')]).toEqual([429, String(left / 1000)]);
  expect(text).toContain('today. Please try again in 18 hours.');
  expect(text).toContain('name="email" value="ada@example.com"');
});

it('the form that comes back can be posted when the hour is over', async () => {
  const { site, stamp } = await aBusySite();
  for (let n = 0; n < 10; n++) await site.post('/', { email: `reader${n}@example.com`, stamp });
  const { text } = await site.post('/', { email: 'ada@example.com', stamp });
  const fresh = /name="stamp" value="([^"]+)"/.exec(text)?.[1] ?? '';
  site.clock.advance(3_600_000);
  expect((await site.post('/', { email: 'ada@example.com', stamp: fresh })).status).toBe(200);
  expect((await site.byAddress('ada@example.com'))?.status).toEqual({ kind: 'pending' });
});

it('every page that says too many says when to come back', async () => {
  const { site } = await aBusySite();
  for (let n = 0; n < 10; n++) await site.post('/link', { email: `reader${n}@example.com` });
  const { status, headers } = await site.post('/link', { email: 'ada@example.com' });
  expect([status, headers.get('retry-after')]).toEqual([429, '3600']);
  expect((await site.get('/')).headers.has('retry-after')).toBe(false);
});

it('who asks for a link, or for another address, from a busy network finds the address as they typed it', async () => {
  const { site } = await aBusySite();
  const eve = await site.given({ address: 'eve@example.com' });
  for (let n = 0; n < 10; n++) await site.post('/link', { email: `reader${n}@example.com` });
  const link = await site.post('/link?lang=de', { email: 'ada@example.com' });
  const moved = await site.post(`${site.pathOf(site.links.own(eve, site.clock.now()))}/address`, {
    email: 'ada@example.com',
  });
  for (const { status, text, headers } of [link, moved]) {
    expect([status, headers.get('retry-after')]).toEqual([429, '3600']);
    expect(text).toContain('name="email" value="ada@example.com"');
    expect(text).toContain('<div class="note bad" role="alert"><p>');
    expect(text).not.toContain('aria-invalid="true"');
  }
  expect(link.text).toContain('<p>Ihre Eingaben stehen noch unten.');
  expect(moved.text).toContain('<p>What you typed is still below.');
  expect(site.letters.take()).toEqual([]);
});

it.each([
  ['en', 'today. Please try again in 17 hours.'],
  ['ar', 'يرجى المحاولة بعد 17 ساعة.'],
])('a network that had its share of the day is told in %s to come back when the next begins', async (lang, said) => {
  const { site } = await aBusySite();
  // the sixty of a day, over ten-minute windows
  for (let n = 0; n < 60; n++) {
    if (n > 0 && n % 10 === 0) site.clock.advance(600_000);
    expect((await site.post('/link', { email: `reader${n}@d${n}.example` })).status).toBe(200);
  }
  site.clock.advance(600_000);
  const { status, text, headers } = await site.post(`/link?lang=${lang}`, { email: 'ada@example.com' });
  const left = 86_400_000 - (site.clock.now() % 86_400_000);
  expect([status, headers.get('retry-after')]).toEqual([429, String(left / 1000)]);
  expect(text).toContain(said);
  site.clock.advance(left);
  expect((await site.post('/link', { email: 'ada@example.com' })).status).toBe(200);
});
