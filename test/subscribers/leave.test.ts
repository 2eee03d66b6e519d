import { beforeEach, describe, expect, it } from 'vitest';
import type { Subscriber } from '../../functions/model/subscriber.ts';
import { DAY, HOUR, MINUTE } from '../../functions/model/time.ts';
import { aSite, type Site } from './site.ts';

describe('leaving', () => {
  let site: Site;
  let reader: Subscriber;
  let path: string;
  const status = async () => (await site.subscribers.byId(reader.id))?.status;
  beforeEach(async () => {
    site = await aSite();
    reader = await site.given({ address: 'ada@example.com' });
    path = site.pathOf(site.links.unsubscribe(reader));
  });

  it('shows one button and does nothing by being looked at', async () => {
    const { text } = await site.get(path);
    expect(text.match(/<button/g)).toHaveLength(1);
    expect(site.writes).toEqual([]);
  });

  it('answers a second press of the way back like the first', async () => {
    await site.post(path);
    const [first, second] = [
      await site.post(`${path}/back`, { how: 'same' }),
      await site.post(`${path}/back`, { how: 'same' }),
    ];
    expect([second.status, second.text]).toEqual([200, first.text]);
    expect(await status()).toEqual({ kind: 'active' });
    expect((await site.get(`${path}/back`)).headers.get('location')).toBe(path);
  });

  it.each([
    ['form', new URLSearchParams({ 'List-Unsubscribe': 'One-Click' }), {}],
    [
      'multipart',
      (() => {
        const data = new FormData();
        data.set('List-Unsubscribe', 'One-Click');
        return data;
      })(),
      {},
    ],
    ['empty', '', {}],
    [
      'from a mail provider',
      new URLSearchParams({ 'List-Unsubscribe': 'One-Click' }),
      { origin: 'https://mail.example', 'sec-fetch-site': 'cross-site' },
    ],
  ])('takes one click by %s, without cookie or redirect, however often', async (_, body, headers) => {
    for (let n = 0; n < 3; n++) {
      const answer = await site.app.request(path, { method: 'POST', body, headers: { ...headers } });
      expect([answer.status, answer.headers.get('set-cookie'), answer.headers.get('location')]).toEqual([
        200,
        null,
        null,
      ]);
    }
    expect(await status()).toEqual({ kind: 'left', at: site.clock.now(), why: 'unsubscribed' });
    expect((await site.subscribers.byId(reader.id))?.version).toBe(2);
  });

  it('works for years', async () => {
    site.clock.advance(1500 * DAY);
    expect((await site.post(path)).status).toBe(200);
    expect((await status())?.kind).toBe('left');
  });

  it('also ends what was never confirmed, and succeeds for what is gone', async () => {
    const pending = await site.given({ address: 'new@example.com', status: { kind: 'pending' } });
    await site.post(site.pathOf(site.links.unsubscribe(pending)));
    expect((await site.byAddress('new@example.com'))?.status.kind).toBe('left');
    await site.subscribers.delete(reader.id);
    expect((await site.post(path)).status).toBe(200);
  });

  it.each([
    ['same', { kind: 'active' }, 'daily'],
    ['weekly', { kind: 'active' }, 'weekly'],
    ['pause', { kind: 'paused' }, 'daily'],
  ])('offers a way back for an hour: %s', async (how, back, cadence) => {
    const { text } = await site.post(path);
    expect(text).toContain(`value="${how}"`);
    site.writes.length = 0;
    expect((await site.post(`${path}/back`, { how })).status).toBe(200);
    expect(await site.subscribers.byId(reader.id)).toMatchObject({ status: back, preferences: { cadence } });
    expect(site.writes.indexOf('cohorts.register')).toBeLessThan(site.writes.indexOf('subscribers.save'));
    expect(site.writes).toContain('cohorts.register');
  });

  it('offers none after the hour, nor to one whose mail was stopped', async () => {
    await site.post(path);
    site.clock.advance(HOUR + MINUTE);
    expect((await site.get(path)).text).not.toContain('value="same"');
    expect((await site.post(`${path}/back`, { how: 'same' })).status).toBe(410);
    const stopped = await site.given({
      address: 'b@example.com',
      status: { kind: 'left', at: site.clock.now(), why: 'complained' },
    });
    const other = site.pathOf(site.links.unsubscribe(stopped));
    expect((await site.get(other)).text).not.toContain('value="same"');
    expect((await site.post(`${other}/back`, { how: 'same' })).status).toBe(410);
    expect((await status())?.kind).toBe('left');
  });

  it('refuses a forged link, and one of another purpose', async () => {
    const others = [
      site.links.confirm(reader, site.clock.now()),
      site.links.manage(reader, site.clock.now()),
      site.links.pause(reader, site.clock.now()),
    ];
    for (const link of ['/u/nonsense', ...others.map((url) => `/u/${url.split('/').at(-1)}`)])
      expect((await site.post(link)).status).toBe(404);
    expect((await status())?.kind).toBe('active');
  });
});

describe('the pause link of a mail', () => {
  it('shows a date, and pauses until then', async () => {
    const site = await aSite();
    const reader = await site.given({ preferences: { zone: 'America/New_York' } });
    const path = site.pathOf(site.links.pause(reader, site.clock.now()));
    expect((await site.get(path)).text).toContain('value="2026-01-12"');
    expect(site.writes).toEqual([]);
    expect((await site.post(path, { until: 'x' })).status).toBe(400);
    const { text } = await site.post(path, { until: '2026-01-12' });
    expect((await site.subscribers.byId(reader.id))?.status).toEqual({
      kind: 'paused',
      until: Date.UTC(2026, 0, 12, 5),
    });
    expect(text).toContain('Monday 12 January at 07:00 (New York)');
    expect((await site.post(path.replace('/p/', '/m/'), { hour: '9' })).status).toBe(404);
  });

  it('is taken back on the page that answers it, and by the same link alone', async () => {
    const site = await aSite();
    const reader = await site.given();
    const path = site.pathOf(site.links.pause(reader, site.clock.now()));
    const { text } = await site.post(path, { until: '2026-01-12' });
    expect(text).toContain(`action="${path}/resume"`);
    const back = await site.post(`${path}/resume`);
    expect([back.status, back.text.includes('Your subscription continues')]).toEqual([200, true]);
    expect((await site.subscribers.byId(reader.id))?.status).toEqual({ kind: 'active' });
    expect((await site.post(`${path}/resume`)).status).toBe(200);
    expect((await site.post(`${path.slice(0, -1)}!/resume`)).status).toBe(404);
    expect((await site.get(`${path}/resume`)).headers.get('location')).toBe(path);
    await site.subscribers.save({ ...reader, status: { kind: 'left', at: 1, why: 'unsubscribed' }, version: 4 });
    expect((await site.post(`${path}/resume`)).status).toBe(410);
  });

  it('of who has still to confirm says so, with a way to a new letter: nothing has ended', async () => {
    const site = await aSite();
    const reader = await site.given({ address: 'ada@example.com', status: { kind: 'pending' } });
    const path = site.pathOf(site.links.pause(reader, site.clock.now()));
    const back = `${site.pathOf(site.links.unsubscribe(reader))}/back`;
    const answers = [
      await site.get(path),
      await site.post(path, { until: '2026-01-12' }),
      await site.post(`${path}/resume`),
      await site.post(back, { how: 'same' }),
    ];
    for (const { status, text } of answers) {
      expect(status).toBe(409);
      expect(text).toContain('Not confirmed yet: press the button in the email that we sent.');
      expect(text).toContain('action="/link"');
      expect(text).not.toContain('unsubscribed');
      // the link may have been forwarded
      expect(text).not.toContain('ada@example.com');
    }
    // nor does the page of choices say that a pause was saved
    const saved = await site.post(`${site.pathOf(site.links.manage(reader, site.clock.now()))}/pause`, {
      until: '2026-01-12',
    });
    expect([saved.status, saved.text.includes('role="alert"><p>Not confirmed yet')]).toEqual([409, true]);
    await site.post('/link', { email: 'ada@example.com' });
    expect(site.letters.take()).toMatchObject([{ kind: 'confirm', subscriber: reader.id }]);
  });
});
