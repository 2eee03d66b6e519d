import { beforeEach, describe, expect, it } from 'vitest';
import { DAY, HOUR } from '../../functions/model/time.ts';
import { takeCensus } from '../../functions/subscribers/census.ts';
import { BASE_AT } from '../builders.ts';
import { aSite, type Site } from './site.ts';

describe('confirming', () => {
  let site: Site;
  let path: string;
  const sources = ['daily-example'];
  beforeEach(async () => {
    site = await aSite();
    const reader = await site.given({
      address: 'ada@example.com',
      status: { kind: 'pending' },
      preferences: { sources, keywords: ['tides'], zone: 'Europe/Berlin' },
    });
    path = site.pathOf(site.links.confirm(reader, site.clock.now()));
  });

  it('shows one button, and starts nothing by being looked at', async () => {
    const { status, text } = await site.get(path);
    expect(status).toBe(200);
    expect(text.match(/<button/g)).toHaveLength(1);
    expect(text).not.toContain('<script');
    await site.app.request(path, { method: 'HEAD' });
    expect(site.writes).toEqual([]);
  });

  it('starts the subscription, says when the next digest comes, and asks for the first', async () => {
    const { status, text } = await site.post(path);
    expect(status).toBe(200);
    // it is Monday 06:00 UTC, 07:00 in Berlin: the next is Tuesday's
    expect(text).toContain('Tuesday 6 January at 07:00 (Berlin)');
    const reader = await site.byAddress('ada@example.com');
    expect(reader).toMatchObject({ status: { kind: 'active' }, confirmedAt: site.clock.now(), version: 2 });
    expect(site.letters.take().map(({ kind }) => kind)).toEqual(['welcome']);
    expect(await site.cohorts.followed()).toEqual({ sources, keywords: ['tides'] });
    expect(site.writes.indexOf('cohorts.register')).toBeLessThan(site.writes.indexOf('subscribers.save'));
  });

  it('forgets what bounced before: this mail arrived', async () => {
    const reader = await site.byAddress('ada@example.com');
    if (!reader) throw new Error('missing');
    await site.subscribers.save({ ...reader, softBounces: { times: 4, sinceAt: 1 }, version: 2 });
    await site.post(path);
    expect(await site.byAddress('ada@example.com')).not.toHaveProperty('softBounces');
  });

  it('leads to the choices; a link of before the address was changed does not', async () => {
    const first = await site.post(path);
    const choices = /href="(https:[^"]*\/m\/[^"]*)"/.exec(first.text)?.[1] ?? '';
    expect((await site.get(site.pathOf(choices))).text).toContain('Your choices');
    const reader = await site.byAddress('ada@example.com');
    if (!reader) throw new Error('missing');
    await site.subscribers.save({ ...reader, address: 'new@example.com', generation: 1, version: reader.version + 1 });
    expect((await site.post(path)).text).not.toContain('/m/');
  });

  it('promises no digest within six hours of the first, because none comes', async () => {
    site.clock.advance(20 * HOUR);
    expect((await site.post(path)).text).toContain('Wednesday 7 January at 07:00 (Berlin)');
  });

  it('succeeds a second time: a scanner may have been first', async () => {
    await site.post(path);
    const once = await site.byAddress('ada@example.com');
    const { status, text } = await site.post(path);
    expect(status).toBe(200);
    expect(text).toContain('Your subscription has begun');
    expect(await site.byAddress('ada@example.com')).toEqual(once);
    site.clock.advance(HOUR);
    site.letters.take();
    await site.post(path);
    expect(site.letters.sent).toEqual([]);
  });

  it('sends no first digest where the operator wants none', async () => {
    site.ports.welcome = false;
    const quiet = await aSite({ welcome: false });
    const reader = await quiet.given({ status: { kind: 'pending' } });
    const { text } = await quiet.post(quiet.pathOf(quiet.links.confirm(reader, quiet.clock.now())));
    expect([quiet.letters.sent.length, text.includes('on its way')]).toEqual([0, false]);
  });

  it('has a reader’s own source fetched only now', async () => {
    await site.post('/', { email: 'eve@example.com', sources: 'https://own.example/feed' });
    const reader = await site.byAddress('eve@example.com');
    if (!reader) throw new Error('not signed up');
    await site.post(site.pathOf(site.links.confirm(reader, site.clock.now())));
    expect(site.fetches.take()).toEqual([
      {
        v: 1,
        kind: 'request',
        host: 'own.example',
        wanted: [{ id: reader.preferences.sources[0], url: 'https://own.example/feed' }],
      },
    ]);
  });

  it.each(['get', 'post'] as const)(
    'shows the same page for an expired, a cut and a foreign link (%s)',
    async (method) => {
      const reader = await site.byAddress('ada@example.com');
      if (!reader) throw new Error('missing');
      const foreign = site.pathOf(site.links.unsubscribe(reader)).replace('/u/', '/c/');
      site.clock.advance(2 * DAY + HOUR);
      const answers = await Promise.all([path, path.slice(0, -1), foreign, '/c/x'].map((each) => site[method](each)));
      expect(new Set(answers.map(({ status, text }) => `${status} ${text}`)).size).toBe(1);
      expect(answers[0]?.status).toBe(404);
      expect(answers[0]?.text).toContain('action="/link"');
      expect(site.writes).toEqual([]);
    },
  );

  it('does not bring back a reader who left, and offers no button that would', async () => {
    const reader = await site.byAddress('ada@example.com');
    if (!reader) throw new Error('missing');
    await site.post(site.pathOf(site.links.unsubscribe(reader)));
    const looked = await site.get(path);
    expect([looked.status, looked.text.includes('Start my digest')]).toEqual([410, false]);
    expect((await site.post(path)).text).toBe(looked.text);
    expect((await site.byAddress('ada@example.com'))?.status.kind).toBe('left');
  });
});

describe('a new link by mail', () => {
  it.each([
    ['pending', 'confirm'],
    ['active', 'manage'],
    ['nobody', undefined],
  ])('%s gets %s, and the page says the same', async (who, kind) => {
    const site = await aSite();
    await site.given({ address: 'pending@example.com', status: { kind: 'pending' } });
    await site.given({ address: 'active@example.com' });
    const { status, text } = await site.post('/link', { email: `${who}@example.com` });
    expect([status, text.replaceAll(who, 'WHO').includes('If WHO@example.com is subscribed')]).toEqual([200, true]);
    expect(site.letters.take().map((letter) => letter.kind)).toEqual(kind ? [kind] : []);
  });

  it('confirms for as long as it says, also one that is asked for when the sign-up is nearly forgotten', async () => {
    const site = await aSite();
    const reader = await site.given({ address: 'ada@example.com', status: { kind: 'pending' }, signedUpAt: BASE_AT });
    site.clock.advance(6.5 * DAY);
    await site.post('/link', { email: 'ada@example.com' });
    const path = site.pathOf(site.links.confirm(reader, site.clock.now()));
    site.clock.advance(1.9 * DAY);
    await takeCensus(site.memory, site.clock.now());
    expect((await site.post(path)).status).toBe(200);
    expect((await site.byAddress('ada@example.com'))?.status.kind).toBe('active');
  });

  it('is refused for what is no address', async () => {
    const site = await aSite();
    const { status, text } = await site.post('/link', { email: '<b>' });
    expect([status, text.includes('&lt;b&gt;')]).toEqual([400, true]);
  });

  it('is a mail like any other to the limits', async () => {
    const site = await aSite({ clientOf: () => '198.51.100.1' });
    await site.given({ address: 'active@example.com' });
    for (let n = 0; n < 5; n++) await site.post('/link', { email: 'active@example.com' });
    expect(site.letters.take()).toHaveLength(1);
  });
});
