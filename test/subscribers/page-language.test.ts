import { expect, it } from 'vitest';
import { aSubscriber } from '../builders.ts';
import { aSite, PUBLIC_URL } from './site.ts';

const inGerman = { 'accept-language': 'de' };

it('the page of a confirmation speaks the language of its letter, not that of the browser', async () => {
  const site = await aSite();
  const reader = await site.given({
    status: { kind: 'pending' },
    preferences: { ...aSubscriber().preferences, language: 'fr' },
  });
  const path = site.pathOf(site.links.confirm(reader, site.clock.now()));
  expect((await site.get(path, inGerman)).text).toContain('<html lang="fr"');
  expect(site.writes).toEqual([]);
});

it('so does the page of a new address, and what it says if the address is taken', async () => {
  const site = await aSite();
  const reader = await site.given({ preferences: { ...aSubscriber().preferences, language: 'ar' } });
  await site.given({ id: 'otherreader12345', address: 'bob@example.com', addressKey: 'bob@example.com' });
  const path = site.pathOf(site.links.address(reader, 'bob@example.com', site.clock.now()));
  expect((await site.get(path, inGerman)).text).toContain('<html lang="ar" dir="rtl"');
  const taken = await site.post(path, {}, { ...inGerman, origin: PUBLIC_URL });
  expect([taken.status, taken.text.includes('<html lang="ar"')]).toEqual([409, true]);
});

it('a new address that is refused stands in its field again', async () => {
  const site = await aSite();
  const reader = await site.given();
  const path = site.pathOf(site.links.own(reader, site.clock.now()));
  const { status, text } = await site.post(`${path}/address`, { email: 'ada@example' });
  expect(status).toBe(400);
  expect(text).toMatch(/name="email" value="ada@example"/);
});

it('who has not confirmed yet is told so when asking for a digest now, not that they had one', async () => {
  const site = await aSite();
  const reader = await site.given({ status: { kind: 'pending' } });
  const { text } = await site.post(`${site.pathOf(site.links.manage(reader, site.clock.now()))}/now`);
  expect(text).toContain('role="alert"');
  expect(text).not.toContain('You had one of these today');
});

it('who finds a page in the wrong language goes on in their own, up to the letter', async () => {
  const site = await aSite();
  const english = (await site.get('/')).text;
  expect(english).toContain('<span aria-current="true">English</span>');
  expect(english).toContain('<a href="?lang=de" hreflang="de" lang="de" dir="ltr">Deutsch</a>');
  const german = (await site.get('/?lang=de')).text;
  expect(german).toContain('<html lang="de"');
  expect(german).toMatch(/<option value="de" selected>/);
  const paths = [...german.matchAll(/(?:href|action|formaction)="(\/[^"]*)"/g)].map(([, path]) => path);
  expect(paths.filter((path) => !path?.endsWith('?lang=de'))).toEqual([]);
  const refused = await site.post('/?lang=de', { email: 'ada@example' });
  expect([refused.status, refused.text.includes('<html lang="de"')]).toEqual([400, true]);
  const form = { email: 'ada@example.com', cadence: 'daily', hour: '7', zone: 'Europe/Berlin', topics: ['world'] };
  expect((await site.post('/?lang=de', form)).text).toContain('<html lang="de"');
  expect((await site.byAddress('ada@example.com'))?.preferences.language).toBe('de');
});

it('a page of a reader, and one that answers a form, offers no other language', async () => {
  const site = await aSite();
  const reader = await site.given();
  expect((await site.get(site.pathOf(site.links.manage(reader, site.clock.now())))).text).not.toContain('hreflang');
  expect((await site.post('/', { email: 'ada@example' })).text).not.toContain('hreflang');
  expect((await site.get('/link')).text).toContain('hreflang="ar"');
});
