import { beforeEach, describe, expect, it } from 'vitest';
import { DAY, HOUR } from '../../functions/model/time.ts';
import { aDelivery } from '../builders.ts';
import { atTheChoices, type Choices, form, OWN } from './choices.ts';

let site: Choices['site'];
let reader: Choices['reader'];
let stored: Choices['stored'];
let weak: Choices['weak'];
let fresh: Choices['fresh'];

beforeEach(async () => {
  ({ site, reader, stored, weak, fresh } = await atTheChoices());
});

describe('the page of choices', () => {
  describe('by a link that may have been forwarded', () => {
    it('shows neither address nor own sources, and keeps the latter', async () => {
      const { text } = await site.get(weak);
      expect(text).not.toMatch(/ada@example|secret-feed/);
      expect(text).toContain('You also follow 1 of your own');
      await site.post(weak, form({ sources: [] }));
      expect((await stored()).preferences.sources).toEqual([OWN]);
    });

    it.each(['address', 'erase'])('cannot do %s', async (act) => {
      expect((await site.post(`${weak}/${act}`, { email: 'eve@example.com', sure: 'yes' })).status).toBe(403);
      expect(await stored()).toEqual(reader);
      expect(site.letters.sent).toEqual([]);
    });

    it('cannot download, but can ask for a fresh link', async () => {
      expect((await site.get(`${weak}/data.json`)).status).toBe(403);
      await site.post(`${weak}/fresh`);
      expect(site.letters.take()).toEqual([{ v: 1, kind: 'manage', subscriber: reader.id, askedAt: site.clock.now() }]);
    });
  });

  describe('by a fresh link', () => {
    it('shows own sources, and drops those unticked', async () => {
      const { text } = await site.get(fresh);
      expect(text).toMatch(/ada@example\.com/);
      expect(text).toMatch(/secret-feed/);
      await site.post(fresh, form({ sources: ['daily-example', OWN] }));
      expect((await stored()).preferences.sources).toEqual(['daily-example', OWN]);
      await site.post(fresh, form({ version: '2', sources: ['daily-example'] }));
      expect((await stored()).preferences.sources).toEqual(['daily-example']);
    });

    it('gives all that is kept as JSON', async () => {
      await site.deliveries.claim(aDelivery({ subscriber: reader.id }));
      const { text, headers } = await site.get(`${fresh}/data.json`);
      expect(headers.get('content-type')).toContain('application/json');
      expect(JSON.parse(text)).toMatchObject({
        subscriber: { address: 'ada@example.com' },
        deliveries: [{ edition: 1 }],
      });
    });

    it('deletes everything, once the box is ticked', async () => {
      expect((await site.post(`${fresh}/erase`)).status).toBe(400);
      expect(await stored()).toEqual(reader);
      expect((await site.post(`${fresh}/erase`, { sure: 'yes' })).status).toBe(200);
      expect(await site.subscribers.byId(reader.id)).toBeUndefined();
      expect(await site.subscribers.idOfAddress('ada@example.com')).toBeUndefined();
      expect((await site.get(fresh)).status).toBe(404);
    });

    it('moves to a new address once that is confirmed, and ends the old links', async () => {
      await site.post(`${fresh}/address`, { email: 'Ada@Example.org' });
      const [letter] = site.letters.take();
      expect(letter).toMatchObject({ kind: 'address-change', to: 'Ada@Example.org', subscriber: reader.id });
      expect(await stored()).toEqual(reader);
      const path = site.pathOf(site.links.address(reader, 'Ada@Example.org', site.clock.now()));
      expect((await site.get(path)).text).toContain('Ada@Example.org');
      expect(await stored()).toEqual(reader);
      for (const time of ['first', 'second']) expect([time, (await site.post(path)).status]).toEqual([time, 200]);
      expect(await stored()).toMatchObject({
        address: 'Ada@Example.org',
        addressKey: 'ada@example.org',
        generation: 1,
        version: 2,
      });
      expect(await site.subscribers.idOfAddress('ada@example.com')).toBeUndefined();
      for (const old of [weak, fresh]) expect((await site.get(old)).status).toBe(404);
    });

    it('does not take an address that has a subscription of its own', async () => {
      const other = await site.given({ address: 'eve@example.com' });
      const path = site.pathOf(site.links.address(reader, 'eve@example.com', site.clock.now()));
      expect((await site.post(path)).status).toBe(409);
      expect([await stored(), await site.byAddress('eve@example.com')]).toEqual([reader, other]);
    });
  });

  it('ends with its life: a fresh link after half a day, a manage link after a month', async () => {
    site.clock.advance(13 * HOUR);
    expect([(await site.get(fresh)).status, (await site.get(weak)).status]).toEqual([404, 200]);
    site.clock.advance(30 * DAY);
    expect((await site.get(weak)).status).toBe(404);
  });
});
