import { beforeEach, describe, expect, it } from 'vitest';
import { DAY } from '../../functions/model/time.ts';
import { aDelivery } from '../builders.ts';
import { atTheChoices, type Choices, form, OWN } from './choices.ts';
import { aSite } from './site.ts';

let site: Choices['site'];
let reader: Choices['reader'];
let stored: Choices['stored'];
let weak: Choices['weak'];
let fresh: Choices['fresh'];

beforeEach(async () => {
  ({ site, reader, stored, weak, fresh } = await atTheChoices());
});

describe('the page of choices', () => {
  it('shows what is chosen and when the next digest comes', async () => {
    const { text } = await site.get(weak);
    expect(text).toContain('Tuesday 6 January at 07:00 (Berlin)');
    expect(text).toMatch(/value="world"[^>]*checked/);
    expect(text).toMatch(/value="daily-example" checked/);
    expect(text).not.toMatch(/value="science"[^>]*checked/);
  });

  it('says why the last digest did not come', async () => {
    await site.deliveries.claim(
      aDelivery({ subscriber: reader.id, state: { kind: 'skipped', at: site.clock.now(), reason: 'nothing-new' } }),
    );
    expect((await site.get(weak)).text).toContain('not sent, Monday 5 January at 07:00 (Berlin): nothing new');
  });

  it('saves, and says what changed', async () => {
    const { status, text } = await site.post(
      weak,
      form({ hour: '20', topics: ['science'], keywords: 'tides', mutes: 'celebrity gossip\r\ntopic:sport' }),
    );
    expect(status).toBe(200);
    expect(text).toContain('Changed: When, Topics, Keywords, Never show.');
    expect(text).toContain('Monday 5 January at 20:00 (Berlin)');
    expect((await stored()).preferences).toMatchObject({
      hour: 20,
      topics: ['science'],
      keywords: ['tides'],
      mutes: [
        { kind: 'words', words: 'celebrity gossip' },
        { kind: 'topic', topic: 'sport' },
      ],
    });
    expect(site.writes.indexOf('cohorts.register')).toBeLessThan(site.writes.indexOf('subscribers.save'));
    expect((await site.cohorts.followed()).keywords).toEqual(['tides']);
  });

  it('registers no cohort for a save that stays in it', async () => {
    await site.post(weak, form({ topics: ['science'] }));
    expect(site.writes).not.toContain('cohorts.register');
  });

  it('shows faults with the values kept, and saves nothing', async () => {
    const { status, text } = await site.post(weak, form({ zone: 'Mars/Base', topics: ['food'] }));
    expect([status, text.includes('We do not know this time zone')]).toEqual([400, true]);
    expect(text).toMatch(/value="food"[^>]*checked/);
    expect(await stored()).toEqual(reader);
  });

  it('does not overwrite what another window saved', async () => {
    await site.post(weak, form({ hour: '20' }));
    const { status, text } = await site.post(weak, form({ hour: '9' }));
    expect([status, text.includes('changed in another window')]).toEqual([409, true]);
    expect((await stored()).preferences.hour).toBe(20);
  });

  it('pauses until the day comes in the reader’s zone, and goes on', async () => {
    const { text } = await site.post(`${weak}/pause`, { until: '2026-01-10' });
    expect((await stored()).status).toEqual({ kind: 'paused', until: Date.UTC(2026, 0, 9, 23) });
    expect(text).toContain('Paused until 10 January 2026');
    expect(text).toContain('Saturday 10 January at 07:00 (Berlin)');
    await site.post(`${weak}/resume`);
    expect((await stored()).status).toEqual({ kind: 'active' });
  });

  it.each(['', 'soon', '2026-01-05', '2025-12-24', '2028-01-01', '2026-02-30'])(
    'refuses to pause until %j',
    async (until) => {
      const { status, text } = await site.post(`${weak}/pause`, { until });
      expect([status, text.includes('Choose a day after today')]).toEqual([400, true]);
      expect((await stored()).status).toEqual({ kind: 'active' });
    },
  );

  it('takes votes from the links in the mail, and forgets them', async () => {
    const more = `${weak}/more?topic=science`;
    const less = `${weak}/less?source=daily-example`;
    expect((await site.get(more)).text).toContain('More about Science?');
    expect((await site.get(less)).text).toContain('Less from Daily Example?');
    expect(site.writes).toEqual([]);
    for (let n = 0; n < 3; n++) await site.post(more);
    await site.post(less);
    expect((await stored()).preferences.votes).toEqual([
      { on: { kind: 'topic', topic: 'science' }, weight: 2 },
      { on: { kind: 'source', source: 'daily-example' }, weight: -1 },
    ]);
    const { version } = await stored();
    await site.post(weak, form({ version: String(version), dropVotes: ['topic:science'] }));
    expect((await stored()).preferences.votes).toEqual([
      { on: { kind: 'source', source: 'daily-example' }, weight: -1 },
    ]);
  });

  it.each(['more?topic=gossip', 'more', 'less?source=<b>', 'mute?source='])('knows no vote %s', async (what) => {
    expect((await site.post(`${weak}/${what}`)).status).toBe(404);
    expect(await stored()).toEqual(reader);
  });

  it('mutes a source and stops following it', async () => {
    await site.post(`${weak}/mute?source=daily-example`);
    expect((await stored()).preferences).toMatchObject({
      sources: [OWN],
      mutes: [{ kind: 'source', source: 'daily-example' }],
    });
  });

  it('shows what is muted by name, to be unticked', async () => {
    await site.post(`${weak}/mute?source=daily-example`);
    const { text } = await site.get(weak);
    expect(text).toMatch(/name="mutes" value="source:daily-example" checked><span>Daily Example/);
    await site.post(weak, form({ version: '2', mutes: ['gossip', 'topic:food'] }));
    const after = (await site.get(weak)).text;
    expect(after).toMatch(/value="topic:food" checked><span>Food/);
    expect(after).toMatch(/>gossip<\/textarea>/);
    expect(after).not.toContain('source:daily-example');
  });

  it('sends one more, once a day', async () => {
    const strict = await aSite({ sparedNetworks: [] });
    const one = await strict.given();
    const path = strict.pathOf(strict.links.manage(one, strict.clock.now()));
    const first = await strict.post(`${path}/now`);
    const second = await strict.post(`${path}/now`);
    expect([first.text.includes('on its way'), second.text.includes('Tomorrow')]).toEqual([true, true]);
    expect(strict.letters.take()).toEqual([{ v: 1, kind: 'now', subscriber: one.id, askedAt: strict.clock.now() }]);
    strict.clock.advance(DAY);
    expect((await strict.post(`${path}/now`)).text).toContain('on its way');
  });

  it('is closed to a reader who left', async () => {
    await site.post(site.pathOf(site.links.unsubscribe(reader)));
    for (const path of [weak, fresh]) expect((await site.get(path)).status).toBe(410);
    expect((await site.post(weak, form({ hour: '9' }))).status).toBe(410);
    expect((await stored()).preferences.hour).toBe(7);
  });
});
