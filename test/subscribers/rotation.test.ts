import { beforeEach, describe, expect, it } from 'vitest';
import type { Subscriber } from '../../functions/model/subscriber.ts';
import { DAY } from '../../functions/model/time.ts';
import { createLinks } from '../../functions/subscribers/links.ts';
import { aSite, KEY, PUBLIC_URL, type Site } from './site.ts';

const NEW = new Uint8Array(32).fill(8);
const STRANGER = new Uint8Array(32).fill(9);

/** Links as they stand in mails of before the rotation, and as somebody makes them who has no key of ours. */
const old = createLinks(PUBLIC_URL, KEY);
const forged = createLinks(PUBLIC_URL, STRANGER);

let site: Site;
let reader: Subscriber;

beforeEach(async () => {
  site = await aSite({ keys: [NEW, KEY], webVersion: async () => '<p>A digest' });
  reader = await site.given({ address: 'ada@example.com' });
});

const statusOf = async () => (await site.subscribers.byId(reader.id))?.status.kind;

/** Every link that a mail of before can hold, but for that which unsubscribes. */
const others = () => {
  const now = site.clock.now();
  return {
    confirm: old.confirm(reader, now),
    manage: old.manage(reader, now),
    own: old.own(reader, now),
    pause: old.pause(reader, now),
    address: old.address(reader, 'eve@example.com', now),
    web: old.web(`${reader.id}_2026-01-05_day`),
    more: `${old.manage(reader, now)}/more?topic=food`,
    data: `${old.own(reader, now)}/data.json`,
  };
};

/**
 * What the links in mails are worth once the key has been replaced. Fails if: one that unsubscribes dies with its key · a leaked key opens
 * more than that · the way to a new link is missing · a link is still signed by the old key.
 */
describe('after the key was rotated', () => {
  it('an old unsubscribe link shows its button, and ends the subscription, years later too', async () => {
    const path = site.pathOf(old.digest(reader, `${reader.id}_2026-01-05_day`, site.clock.now()).unsubscribe);
    site.clock.advance(1500 * DAY);
    const { status, text } = await site.get(path);
    expect([status, text.includes(`action="${path}"`)]).toEqual([200, true]);
    expect(site.writes).toEqual([]);
    expect((await site.post(path, { 'List-Unsubscribe': 'One-Click' })).status).toBe(200);
    expect(await statusOf()).toBe('left');
  });

  it('an old unsubscribe link takes nothing back: the key may have leaked', async () => {
    const path = site.pathOf(old.unsubscribe(reader));
    for (const { text } of [await site.post(path), await site.get(path)]) {
      expect(text).toContain('You are unsubscribed');
      expect(text).not.toContain('/back');
    }
    expect((await site.post(`${path}/back`, { how: 'same' })).status).toBe(404);
    expect(await statusOf()).toBe('left');
    const current = site.pathOf(createLinks(PUBLIC_URL, NEW).unsubscribe(reader));
    expect((await site.post(`${current}/back`, { how: 'same' })).status).toBe(200);
  });

  it.each(Object.keys({ confirm: 1, manage: 1, own: 1, pause: 1, address: 1, web: 1, more: 1, data: 1 } as const))(
    'an old %s link opens nothing, and leads to a new one',
    async (what) => {
      const url = Object.entries(others()).find(([name]) => name === what)?.[1] ?? '';
      const path = url.slice(PUBLIC_URL.length);
      const methods = what === 'web' || what === 'data' ? (['get'] as const) : (['get', 'post'] as const);
      for (const method of methods) {
        const { status, text } = await site[method](path);
        expect([status, text]).toEqual([404, (await site[method]('/p/nonsense')).text]);
        expect(text).toContain('action="/link"');
      }
      expect(site.writes).toEqual([]);
      await site.post('/link', { email: 'ada@example.com' });
      expect(site.letters.take()).toMatchObject([{ kind: 'manage', subscriber: reader.id }]);
    },
  );

  it('new links open all that they did, and pages sign theirs by the new key', async () => {
    const links = createLinks(PUBLIC_URL, NEW);
    const now = site.clock.now();
    for (const url of [links.manage(reader, now), links.own(reader, now), links.pause(reader, now)])
      expect((await site.get(site.pathOf(url))).status).toBe(200);
    expect((await site.get(site.pathOf(links.web(`${reader.id}_2026-01-05_day`)))).status).toBe(200);
    const { text } = await site.get(site.pathOf(links.manage(reader, now)));
    expect(text).toContain(links.unsubscribe(reader));
    expect(text).not.toContain(old.unsubscribe(reader));
    const pending = await site.given({ address: 'bea@example.com', status: { kind: 'pending' } });
    const confirmed = await site.post(site.pathOf(links.confirm(pending, now)));
    expect(confirmed.text).toContain(links.manage(pending, now));
  });

  it('a forged link is as dead as ever', async () => {
    for (const url of [forged.unsubscribe(reader), forged.manage(reader, site.clock.now())])
      for (const method of ['get', 'post'] as const) expect((await site[method](site.pathOf(url))).status).toBe(404);
    expect(await statusOf()).toBe('active');
  });

  it('a form that was opened before comes back as it was filled in, to be sent once more', async () => {
    const before = await aSite({ clientOf: () => '203.0.113.9' });
    const after = await aSite({ clientOf: () => '203.0.113.9', keys: [NEW, KEY] });
    const [, stamp = ''] = /name="stamp" value="([^"]+)"/.exec((await before.get('/')).text) ?? [];
    const wishes = { email: 'bea@example.com', topics: 'world', zone: 'UTC', language: 'en', reads: 'en' };
    after.clock.advance(5000);
    const { status, text } = await after.post('/', { ...wishes, stamp });
    expect([status, text.includes('bea@example.com')]).toEqual([400, true]);
    const [, next = ''] = /name="stamp" value="([^"]+)"/.exec(text) ?? [];
    after.clock.advance(3000);
    expect((await after.post('/', { ...wishes, stamp: next })).status).toBe(200);
  });
});

it('functions that have not read the new key yet, or already have, take each other’s unsubscribe links: it comes second first', async () => {
  // every pair of states that stand beside each other while the key is replaced in two steps
  const steps = [[KEY], [KEY, NEW], [NEW, KEY]] as const;
  for (const [at, signer] of steps.entries())
    for (const opener of steps.slice(Math.max(0, at - 1), at + 2)) {
      const running = await aSite({ keys: opener });
      const ada = await running.given({ address: 'ada@example.com' });
      const path = running.pathOf(createLinks(PUBLIC_URL, signer[0]).unsubscribe(ada));
      expect((await running.post(path)).status).toBe(200);
    }
});
