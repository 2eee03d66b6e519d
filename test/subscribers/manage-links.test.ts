import { beforeEach, describe, expect, it } from 'vitest';
import { DAY, HOUR } from '../../functions/model/time.ts';
import { aDelivery, aSource } from '../builders.ts';
import { atTheChoices, type Choices, form, OWN } from './choices.ts';

let at: Choices;

beforeEach(async () => {
  at = await atTheChoices();
});

describe('the page of choices', () => {
  it.each([
    ['pause', ''],
    ['resume', ''],
    ['now', ''],
    ['fresh', ''],
    ['address', ''],
    ['erase', ''],
    ['mute?source=daily-example', '/less?source=daily-example'],
  ])('leads who loads %s again to the page with its button, and does nothing', async (act, page) => {
    const { status, headers } = await at.site.get(`${at.weak}/${act}`);
    expect([status, headers.get('location')]).toEqual([303, `${at.weak}${page}`]);
    expect(at.site.writes).toEqual([]);
  });

  it('leads nobody elsewhere', async () => {
    const { headers } = await at.site.get('/m/%2F%2Fevil.example%0d%0a/now');
    expect(headers.get('location')).toBe('/m/%2F%2Fevil.example%0D%0A');
  });

  describe('by a link that may have been forwarded', () => {
    it('shows neither address nor own sources, and keeps the latter', async () => {
      const { text } = await at.site.get(at.weak);
      expect(text).not.toMatch(/ada@example|secret-feed/);
      expect(text).toContain('Sources of your own: 1.');
      await at.site.post(at.weak, form({ sources: [] }));
      expect((await at.stored()).preferences.sources).toEqual([OWN]);
    });

    it.each(['address', 'erase'])('cannot do %s', async (act) => {
      expect((await at.site.post(`${at.weak}/${act}`, { email: 'eve@example.com', sure: 'yes' })).status).toBe(403);
      expect(await at.stored()).toEqual(at.reader);
      expect(at.site.letters.sent).toEqual([]);
    });

    it('cannot download, but can ask for a fresh link', async () => {
      expect((await at.site.get(`${at.weak}/data.json`)).status).toBe(403);
      await at.site.post(`${at.weak}/fresh`);
      expect(at.site.letters.take()).toEqual([
        { v: 1, kind: 'manage', subscriber: at.reader.id, askedAt: at.site.clock.now() },
      ]);
    });
  });

  describe('by a fresh link', () => {
    it('shows own sources, and drops those unticked', async () => {
      const { text } = await at.site.get(at.fresh);
      expect(text).toMatch(/ada@example\.com/);
      expect(text).toMatch(/secret-feed/);
      await at.site.post(at.fresh, form({ sources: ['daily-example', OWN] }));
      expect((await at.stored()).preferences.sources).toEqual(['daily-example', OWN]);
      await at.site.post(at.fresh, form({ sources: ['daily-example'] }));
      expect((await at.stored()).preferences.sources).toEqual(['daily-example']);
    });

    it('says of an own source that nothing was read there yet', async () => {
      const title = (text: string) => /value="p[0-9a-f]{30}" checked><span>([^<]*)/.exec(text)?.[1];
      expect(title((await at.site.get(at.fresh)).text)).toBe(
        'https://own.example/secret-feed (nothing read there yet)',
      );
      await at.site.sources.save(aSource({ id: OWN, title: 'Secret Feed', standing: 'private' }));
      expect(title((await at.site.get(at.fresh)).text)).toBe('Secret Feed');
    });

    it('names own sources that were voted on or muted; a forwarded link does not', async () => {
      await at.site.sources.save(aSource({ id: OWN, title: 'Secret Feed', standing: 'private' }));
      for (const act of ['less', 'mute']) await at.site.post(`${at.weak}/${act}?source=${OWN}`);
      const [weak, fresh] = [(await at.site.get(at.weak)).text, (await at.site.get(at.fresh)).text];
      for (const name of ['− Secret Feed', '<span>Secret Feed</span>', '<span>Less from Secret Feed'])
        expect([name, fresh.includes(name), weak.includes(name)]).toEqual([name, true, false]);
      expect(weak).toContain('Less from one of your own sources');
    });

    it('gives all that is kept as JSON', async () => {
      await at.site.deliveries.claim(aDelivery({ subscriber: at.reader.id }));
      const { text, headers } = await at.site.get(`${at.fresh}/data.json`);
      expect(headers.get('content-type')).toContain('application/json');
      expect(JSON.parse(text)).toMatchObject({
        subscriber: { address: 'ada@example.com' },
        deliveries: [{ edition: 1 }],
      });
    });

    it('deletes everything, once the box is ticked', async () => {
      const unsure = await at.site.post(`${at.fresh}/erase`);
      expect([unsure.status, unsure.text.includes('<title>Error: ')]).toEqual([400, true]);
      expect(unsure.text).toMatch(/class="note bad" role="alert"><p>Tick the box first/);
      expect(await at.stored()).toEqual(at.reader);
      expect((await at.site.post(`${at.fresh}/erase`, { sure: 'yes' })).status).toBe(200);
      expect(await at.site.subscribers.byId(at.reader.id)).toBeUndefined();
      expect(await at.site.subscribers.idOfAddress('ada@example.com')).toBeUndefined();
      expect((await at.site.get(at.fresh)).status).toBe(404);
    });

    it('moves to a new address once that is confirmed, and ends the old links', async () => {
      await at.site.post(`${at.fresh}/address`, { email: 'Ada@Example.org' });
      const [letter] = at.site.letters.take();
      expect(letter).toMatchObject({ kind: 'address-change', to: 'Ada@Example.org', subscriber: at.reader.id });
      expect(await at.stored()).toEqual(at.reader);
      const path = at.site.pathOf(at.site.links.address(at.reader, 'Ada@Example.org', at.site.clock.now()));
      expect((await at.site.get(path)).text).toContain('Ada@Example.org');
      expect(await at.stored()).toEqual(at.reader);
      for (const time of ['first', 'second']) expect([time, (await at.site.post(path)).status]).toEqual([time, 200]);
      expect(await at.stored()).toMatchObject({
        address: 'Ada@Example.org',
        addressKey: 'ada@example.org',
        generation: 1,
        version: 2,
      });
      expect(await at.site.subscribers.idOfAddress('ada@example.com')).toBeUndefined();
      for (const old of [at.weak, at.fresh]) expect((await at.site.get(old)).status).toBe(404);
    });

    it('does not take an address that has a subscription of its own', async () => {
      const other = await at.site.given({ address: 'eve@example.com' });
      const path = at.site.pathOf(at.site.links.address(at.reader, 'eve@example.com', at.site.clock.now()));
      expect((await at.site.post(path)).status).toBe(409);
      expect([await at.stored(), await at.site.byAddress('eve@example.com')]).toEqual([at.reader, other]);
    });

    it.each([
      ['left', { kind: 'left', at: 1, why: 'unsubscribed' }],
      ['never confirmed', { kind: 'pending' }],
    ] as const)('takes an address whose subscription %s', async (_, status) => {
      const before = await at.site.given({ address: 'ada@old.example', status });
      const path = at.site.pathOf(at.site.links.address(at.reader, 'ada@old.example', at.site.clock.now()));
      expect((await at.site.post(path)).status).toBe(200);
      expect((await at.site.byAddress('ada@old.example'))?.id).toBe(at.reader.id);
      expect(await at.site.subscribers.byId(before.id)).toBeUndefined();
    });

    it('takes an address that a crash left with somebody who moved away', async () => {
      const mover = await at.site.given({ address: 'eve@example.com' });
      await at.site.subscribers.claimAddress('ada@old.example', mover.id);
      const path = at.site.pathOf(at.site.links.address(at.reader, 'ada@old.example', at.site.clock.now()));
      expect((await at.site.post(path)).status).toBe(200);
      expect(await at.site.byAddress('eve@example.com')).toEqual(mover);
    });

    it('leaves the bounces of the old mailbox behind', async () => {
      await at.site.subscribers.save({ ...at.reader, softBounces: { times: 4, sinceAt: 1 }, version: 2 });
      await at.site.post(at.site.pathOf(at.site.links.address(at.reader, 'ada@new.example', at.site.clock.now())));
      expect((await at.stored()).address).toBe('ada@new.example');
      expect(await at.stored()).not.toHaveProperty('softBounces');
    });
  });

  it('ends with its life: a fresh link after half a day, a manage link after a month', async () => {
    at.site.clock.advance(13 * HOUR);
    expect([(await at.site.get(at.fresh)).status, (await at.site.get(at.weak)).status]).toEqual([404, 200]);
    at.site.clock.advance(30 * DAY);
    expect((await at.site.get(at.weak)).status).toBe(404);
  });
});
