import { beforeEach, describe, expect, it } from 'vitest';
import { DAY, HOUR } from '../../functions/model/time.ts';
import { aDelivery } from '../builders.ts';
import { atTheChoices, type Choices, fieldsOf, form } from './choices.ts';
import { aSite } from './site.ts';

let at: Choices;

beforeEach(async () => {
  at = await atTheChoices();
});

describe('the page of choices', () => {
  it('shows what is chosen and when the next digest comes', async () => {
    const { text } = await at.site.get(at.weak);
    expect(text).toContain('Tuesday 6 January at 07:00 (Berlin)');
    expect(text).toMatch(/value="world"[^>]*checked/);
    expect(text).toMatch(/value="daily-example" checked/);
    expect(text).not.toMatch(/value="science"[^>]*checked/);
  });

  it('says why the last digest did not come', async () => {
    await at.site.deliveries.claim(
      aDelivery({
        subscriber: at.reader.id,
        state: { kind: 'skipped', at: at.site.clock.now(), reason: 'nothing-new' },
      }),
    );
    expect((await at.site.get(at.weak)).text).toContain('not sent, Monday 5 January at 07:00 (Berlin): nothing new');
  });

  it('tells the digest that came last, whatever the names of their periods', async () => {
    const now = at.site.clock.now();
    const entry = (kind: 'now' | 'welcome' | 'week', sentAt: number) =>
      aDelivery({
        subscriber: at.reader.id,
        period: { kind, date: '2026-01-05' },
        dueAt: sentAt,
        state: { kind: 'sent', at: sentAt },
      });
    for (const each of [entry('welcome', now - 9 * HOUR), entry('now', now - HOUR), entry('week', now - 2 * HOUR)])
      await at.site.deliveries.claim(each);
    expect((await at.site.get(at.weak)).text).toContain('Your last digest: sent Monday 5 January at 06:00 (Berlin).');
  });

  it('does not promise a second digest for a day that had one', async () => {
    await at.site.deliveries.claim(aDelivery({ subscriber: at.reader.id }));
    const { text } = await at.site.post(at.weak, form({ hour: '20' }));
    expect(text).toContain('Your next digest comes Tuesday 6 January at 20:00 (Berlin).');
  });

  it('says why a weekly reader who moves from Monday to Sunday waits for the Sunday after', async () => {
    const week = { cadence: 'weekly', weekday: '7' };
    const { text } = await at.site.post(at.weak, form(week));
    expect(text).toContain('Your next digest comes Sunday 11 January');
    expect(text).not.toContain('had its turn already');
    await at.site.deliveries.claim(
      aDelivery({ subscriber: at.reader.id, period: { kind: 'week', date: '2026-01-05' } }),
    );
    const waits = (await at.site.get(at.weak)).text;
    expect(waits).toContain('Your next digest comes Sunday 18 January');
    expect(waits).toContain('A week, Monday to Sunday, has one digest, and this one had its turn already.');
  });

  it('saves, and says what changed', async () => {
    const { status, text } = await at.site.post(
      at.weak,
      form({ hour: '20', topics: ['science'], keywords: 'tides', mutes: 'celebrity gossip\r\ntopic:sport' }),
    );
    expect(status).toBe(200);
    expect(text).toContain('Changed: When, Topics, Keywords, Never show.');
    expect(text).toContain('Monday 5 January at 20:00 (Berlin)');
    expect((await at.stored()).preferences).toMatchObject({
      hour: 20,
      topics: ['science'],
      keywords: ['tides'],
      mutes: [
        { kind: 'words', words: 'celebrity gossip' },
        { kind: 'topic', topic: 'sport' },
      ],
    });
    expect(at.site.writes.indexOf('cohorts.register')).toBeLessThan(at.site.writes.indexOf('subscribers.save'));
    expect((await at.site.cohorts.followed()).keywords).toEqual(['tides']);
  });

  it('registers no cohort for a save that stays in it', async () => {
    await at.site.post(at.weak, form({ topics: ['science'] }));
    expect(at.site.writes).not.toContain('cohorts.register');
  });

  it('shows faults with the values kept, and saves nothing', async () => {
    const { status, text } = await at.site.post(at.weak, form({ zone: 'Mars/Base', topics: ['food'] }));
    expect([status, text.includes('We do not know this time zone')]).toEqual([400, true]);
    expect(text).toMatch(/value="food"[^>]*checked/);
    expect(await at.stored()).toEqual(at.reader);
  });

  it('takes the same form twice: a double click, or the page loaded again', async () => {
    const same = form({ hour: '20', keywords: 'tides', sources: ['daily-example', 'https://new.example/feed'] });
    await at.site.post(at.fresh, same);
    const once = await at.stored();
    const { status, text } = await at.site.post(at.fresh, same);
    expect([status, text.includes('Saved.'), text.includes('another window')]).toEqual([200, true, false]);
    expect(await at.stored()).toEqual(once);
  });

  describe('in two windows', () => {
    const shown = async () => fieldsOf((await at.site.get(at.weak)).text, at.weak);

    it('does not overwrite what the other saved, keeps what was typed, and saves it if asked again', async () => {
      const { seen = '' } = await shown();
      await at.site.post(at.weak, form({ seen, hour: '20' }));
      const mine = form({ seen, hour: '9', keywords: 'tides', topics: ['food'] });
      const { status, text } = await at.site.post(at.weak, mine);
      expect([status, text.includes('differs in When, Topics, Keywords.')]).toEqual([409, true]);
      expect(text).toMatch(/value="food"[^>]*checked/);
      expect(text).toMatch(/value="9" selected/);
      expect((await at.stored()).preferences).toMatchObject({ hour: 20, keywords: [] });
      await at.site.post(at.weak, { ...mine, ...(({ seen }) => ({ seen: seen ?? '' }))(fieldsOf(text, at.weak)) });
      expect((await at.stored()).preferences).toMatchObject({ hour: 9, keywords: ['tides'], topics: ['food'] });
    });

    it('takes no fault for a look at what is stored: the form mended is still that of before', async () => {
      const { seen = '' } = await shown();
      await at.site.post(at.weak, form({ seen, hour: '20' }));
      const { text } = await at.site.post(at.weak, form({ seen, zone: 'Mars/Base' }));
      expect(fieldsOf(text, at.weak).seen).toBe(seen);
    });

    it('a vote, a pause or another address in one is no conflict in the other, and none is lost', async () => {
      const { seen = '' } = await shown();
      await at.site.post(`${at.weak}/pause`, { until: '2026-01-10' });
      await at.site.post(`${at.weak}/more?topic=food`);
      expect((await at.site.post(at.weak, form({ seen, hour: '9' }))).status).toBe(200);
      const { preferences, status } = await at.stored();
      expect([preferences.hour, preferences.votes.length, status.kind]).toEqual([9, 1, 'paused']);
    });
  });

  it.each(['غزة، مصر', '台湾海峡、日本銀行', 'gaza;egypt', 'gaza,egypt\ncairo'])(
    'tells keywords apart by the commas of the reader’s own keyboard: %s',
    async (keywords) => {
      await at.site.post(at.weak, form({ keywords }));
      expect((await at.stored()).preferences.keywords).toEqual(keywords.split(/[^\p{L}]+/u));
    },
  );

  it.each([
    ['中国', 200],
    ['東京, 서울', 200],
    ['EU, 5G, C#', 200],
    ['中', 400],
    ['E', 400],
    ['E!', 400],
  ])('takes a word of two signs, and an abbreviation of two letters: %s', async (keywords, status) => {
    expect((await at.site.post(at.weak, form({ keywords }))).status).toBe(status);
  });

  it('shows a keyword as it was typed, and counts it once however it is spelled', async () => {
    const typed = '“Iran”,  Interest   Rates, ＩＲＡＮ, ai, cafe\u0301, CAFÉ';
    const { text } = await at.site.post(at.weak, form({ keywords: typed }));
    expect(text).toContain('value="Iran, Interest Rates, AI, café"');
    expect((await at.stored()).preferences.keywords).toEqual(['Iran', 'Interest Rates', 'AI', 'café']);
    const keys = ['AI', 'café', 'interest rates', 'iran'];
    expect([...(await at.site.cohorts.followed()).keywords].sort()).toEqual(keys);
    await at.site.post(at.weak, form({ keywords: 'iran' }));
    expect((await at.stored()).preferences.keywords).toEqual(['iran']);
  });

  it('offers to pause again once a pause is over', async () => {
    const over = await at.site.given({
      address: 'eve@example.com',
      status: { kind: 'paused', until: at.site.clock.now() - DAY },
    });
    const { text } = await at.site.get(at.site.pathOf(at.site.links.manage(over, at.site.clock.now())));
    expect([text.includes('/pause"'), text.includes('/resume"')]).toEqual([true, false]);
  });

  it('pauses until the day comes in the reader’s zone, and goes on', async () => {
    const { text } = await at.site.post(`${at.weak}/pause`, { until: '2026-01-10' });
    expect((await at.stored()).status).toEqual({ kind: 'paused', until: Date.UTC(2026, 0, 9, 23) });
    expect(text).toContain('Paused until 10 January 2026');
    expect(text).toContain('Saturday 10 January at 07:00 (Berlin)');
    await at.site.post(`${at.weak}/resume`);
    expect((await at.stored()).status).toEqual({ kind: 'active' });
  });

  it.each(['', 'soon', '2026-01-05', '2025-12-24', '2028-01-01', '2026-02-30'])(
    'refuses to pause until %j',
    async (until) => {
      const { status, text } = await at.site.post(`${at.weak}/pause`, { until });
      expect([status, text.includes('Choose a day after today')]).toEqual([400, true]);
      expect((await at.stored()).status).toEqual({ kind: 'active' });
    },
  );

  it('shows what is muted by name, to be unticked', async () => {
    await at.site.post(`${at.weak}/mute?source=daily-example`);
    const { text } = await at.site.get(at.weak);
    expect(text).toMatch(/name="mutes" value="source:daily-example" checked><span>Daily Example/);
    await at.site.post(at.weak, form({ mutes: ['gossip', 'topic:food'] }));
    const after = (await at.site.get(at.weak)).text;
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

  it('promises none more on a local date that had one, though it is tomorrow in UTC', async () => {
    const strict = await aSite({ sparedNetworks: [] });
    const one = await strict.given({ preferences: { zone: 'America/Los_Angeles' } });
    const path = strict.pathOf(strict.links.manage(one, strict.clock.now()));
    strict.clock.set(Date.UTC(2026, 0, 5, 23, 30));
    expect((await strict.post(`${path}/now`)).text).toContain('on its way');
    await strict.deliveries.claim(aDelivery({ subscriber: one.id, period: { kind: 'now', date: '2026-01-05' } }));
    strict.clock.advance(HOUR);
    expect((await strict.post(`${path}/now`)).text).toContain('Tomorrow');
    expect(strict.letters.take()).toHaveLength(1);
  });

  it('is closed to a reader who left', async () => {
    await at.site.post(at.site.pathOf(at.site.links.unsubscribe(at.reader)));
    for (const path of [at.weak, at.fresh]) expect((await at.site.get(path)).status).toBe(410);
    expect((await at.site.post(at.weak, form({ hour: '9' }))).status).toBe(410);
    expect((await at.stored()).preferences.hour).toBe(7);
  });
});
