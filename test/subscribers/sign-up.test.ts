import { beforeEach, describe, expect, it } from 'vitest';
import { cohortId, cohortOf } from '../../functions/model/cohort.ts';
import { MINUTE } from '../../functions/model/time.ts';
import { TOPICS } from '../../functions/model/topic.ts';
import { aSite, type Site } from './site.ts';

const FORM = {
  email: 'Ada@Example.com',
  cadence: 'weekly',
  weekday: '5',
  hour: '18',
  zone: 'Asia/Calcutta',
  topics: ['science', 'food'],
  sources: ['labor-beispiel'],
  keywords: 'Solar Power,  tides',
  reads: ['en', 'de'],
  country: 'GB',
  language: 'de',
  format: 'brief',
  stories: '20',
};

describe('sign-up', () => {
  let site: Site;
  beforeEach(async () => {
    site = await aSite();
  });

  it('keeps what was chosen and queues a confirmation', async () => {
    const answer = await site.post('/', FORM);
    expect(answer.status).toBe(200);
    const reader = await site.byAddress('ada@example.com');
    expect(reader).toMatchObject({ address: 'Ada@Example.com', status: { kind: 'pending' }, version: 1 });
    expect(reader?.preferences).toEqual({
      cadence: 'weekly',
      weekday: 5,
      hour: 18,
      zone: 'Asia/Kolkata',
      topics: ['science', 'food'],
      sources: ['labor-beispiel'],
      keywords: ['Solar Power', 'tides'],
      mutes: [],
      votes: [],
      reads: ['en', 'de'],
      country: 'GB',
      language: 'de',
      format: 'brief',
      pictures: 'lead',
      maxStories: 20,
    });
    expect(site.letters.take()).toEqual([{ v: 1, kind: 'confirm', subscriber: reader?.id, askedAt: site.clock.now() }]);
  });

  it('takes an address alone: daily at seven, all topics', async () => {
    await site.post('/', { email: 'ada@example.com' });
    const reader = await site.byAddress('ada@example.com');
    expect(reader?.preferences).toMatchObject({ cadence: 'daily', hour: 7, topics: [...TOPICS], reads: ['en'] });
  });

  it('takes every house source for `*`', async () => {
    await site.post('/', { email: 'ada@example.com', sources: ['*', 'daily-example'] });
    expect((await site.byAddress('ada@example.com'))?.preferences).toMatchObject({ sources: ['*'], topics: [] });
  });

  it('takes the zone that the network knows where the form has none', async () => {
    await site.post('/', { email: 'ada@example.com' }, { 'cloudfront-viewer-time-zone': 'Europe/Kiev' });
    expect((await site.byAddress('ada@example.com'))?.preferences.zone).toBe('Europe/Kyiv');
  });

  it('registers the cohort before it saves, and claims the address before that', async () => {
    await site.post('/', FORM);
    const order = site.writes.filter((write) => /claimAddress|register|subscribers\.save/.test(write));
    expect(order).toEqual(['subscribers.claimAddress', 'cohorts.register', 'subscribers.save']);
    const reader = await site.byAddress('ada@example.com');
    const cohorts = await site.cohorts.all();
    expect(cohorts.map(({ id }) => id)).toEqual([reader && cohortId(cohortOf(reader.preferences))]);
  });

  it.each([
    ['email', '', 'Type your email address'],
    ['email', 'ada', 'This is not an email address'],
    ['email', 'zoë@example.com', 'letters such as é'],
    ['email', 'ada@nowhere', 'not a mail domain'],
    ['email', 'ada@x.local', 'Nobody can get mail'],
    ['cadence', 'hourly', 'Choose every day'],
    ['weekday', '8', 'Choose a day of the week'],
    ['hour', '24', 'Choose a full hour'],
    ['hour', '7.5', 'Choose a full hour'],
    ['zone', 'Mars/Base', 'We do not know this time zone'],
    ['topics', ['science', 'gossip'], 'no such topic: gossip'],
    ['sources', 'no-such', 'no such source: no-such'],
    ['sources', 'ftp://example.com/feed', 'not the address of a feed: ftp'],
    ['sources', 'https://user:secret@example.com/feed', 'a feed that asks for a password: https://user'],
    ['sources', 'https://?a@example.com/feed', 'not the address of a feed'],
    ['sources', Array.from({ length: 51 }, (_, n) => `https://s${n}.example/f`), 'at most 50 sources'],
    ['keywords', 'a', '2 to 40 characters'],
    ['keywords', 'one two three four five six', 'at most 5 words'],
    ['keywords', Array.from({ length: 11 }, (_, n) => `keyword ${n}`), 'at most 10 keywords'],
    ['reads', ['en', 'de', 'fr', 'es', 'it', 'pl'], 'one to five languages'],
    ['reads', 'EN-us', 'one to five languages'],
    ['country', 'England', 'Choose a country'],
    ['language', 'xx', 'Choose a language'],
    ['format', 'pdf', 'Choose full, brief'],
    ['stories', '4', 'from 5 to 40'],
    ['mutes', 'x', 'A phrase has 2 to 60'],
  ])('refuses %s %j, keeps the form and writes nothing', async (field, value, says) => {
    const answer = await site.post('/', { ...FORM, [field]: value });
    expect(answer.status).toBe(400);
    expect(answer.text).toContain(says);
    expect(answer.text).toContain('<title>Error: ');
    expect(answer.text).toMatch(new RegExp(`href="#f-${field}"`));
    expect(answer.text).toContain(`id="f-${field}"`);
    if (field !== 'topics') expect(answer.text).toMatch(/value="food" checked/);
    if (field !== 'email') expect(answer.text).toContain('value="Ada@Example.com"');
    expect(site.writes).toEqual([]);
    expect(site.letters.sent).toEqual([]);
  });

  it('names all faults together, each id once', async () => {
    const { text } = await site.post('/', { ...FORM, email: 'x', zone: 'x', topics: 'x' });
    expect(text.match(/<li><a href="#f-/g)).toHaveLength(3);
    const ids = [...text.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('answers the same whatever the address is', async () => {
    const reader = (kind: string) => ({ address: `${kind}@example.com`, addressKey: `${kind}@example.com` });
    await site.given({ ...reader('pending'), status: { kind: 'pending' } });
    await site.given(reader('active'));
    await site.given({ ...reader('paused'), status: { kind: 'paused', until: site.clock.now() + MINUTE } });
    await site.given({ ...reader('left'), status: { kind: 'left', at: 1, why: 'unsubscribed' } });
    await site.control.suppress('suppressed@example.com', 'complaint', 1);
    const answers = [];
    for (const who of ['new', 'pending', 'active', 'paused', 'left', 'suppressed']) {
      const { status, headers, text } = await site.post('/', { ...FORM, email: `${who}@example.com` });
      answers.push(JSON.stringify([status, [...headers], text.replaceAll(`${who}@`, 'WHO@')]));
    }
    expect(new Set(answers).size).toBe(1);
    expect(site.letters.take().map(({ kind }) => kind)).toEqual([
      'confirm',
      'confirm',
      'manage',
      'manage',
      'confirm',
      'confirm',
    ]);
  });

  it('changes nothing of a known reader', async () => {
    const before = await site.given({ address: 'ada@example.com' });
    await site.post('/', FORM);
    expect(await site.byAddress('ada@example.com')).toEqual(before);
  });

  it('asks anew for the source that a reader typed, once it is theirs', async () => {
    await site.post('/', { ...FORM, sources: ['daily-example', 'feeds.example/news.xml https://b.example/f#top'] });
    const reader = await site.byAddress('ada@example.com');
    const own = reader?.preferences.sources.filter((id) => id.startsWith('p')) ?? [];
    expect(own).toHaveLength(2);
    expect(await site.sources.requested(own[0] ?? '')).toMatchObject({ url: 'https://feeds.example/news.xml' });
    expect(await site.sources.requested(own[1] ?? '')).toMatchObject({ url: 'https://b.example/f' });
    // nobody confirmed: no fetch may be caused by a stranger's form
    expect(site.fetches.sent).toEqual([]);
  });

  it.each(['subscribers.claimAddress', 'cohorts.register', 'subscribers.save', 'letters.send'])(
    'is repaired by the next sign-up after a crash at %s',
    async (step) => {
      const [store, method] = step.split('.') as ['subscribers', 'save'];
      const real = site.ports[store][method].bind(site.ports[store]);
      const crash = async (...given: Parameters<typeof real>) => {
        site.ports[store][method] = real;
        if (step === 'subscribers.claimAddress') await real(...given);
        throw new Error('crash');
      };
      site.ports[store] = Object.create(site.ports[store], { [method]: { value: crash, writable: true } });
      expect((await site.post('/', FORM)).status).toBe(500);
      expect((await site.post('/', FORM)).status).toBe(200);
      const reader = await site.byAddress('ada@example.com');
      expect(reader?.status).toEqual({ kind: 'pending' });
      expect(site.letters.take()).toHaveLength(1);
      const all = [];
      for await (const page of site.subscribers.scan()) all.push(...page);
      expect(all).toHaveLength(1);
    },
  );

  it('takes over an address that its reader left behind', async () => {
    const moved = await site.given({ address: 'new@example.com' });
    await site.subscribers.claimAddress('ada@example.com', moved.id);
    await site.post('/', FORM);
    expect((await site.byAddress('ada@example.com'))?.id).not.toBe(moved.id);
    expect(await site.byAddress('new@example.com')).toEqual(moved);
  });

  it('escapes whatever was typed', async () => {
    const evil = `"><script>alert(1)</script>'`;
    const fields = [
      'email',
      'cadence',
      'weekday',
      'hour',
      'zone',
      'topics',
      'sources',
      'keywords',
      'reads',
      'country',
      'language',
      'format',
      'stories',
      'mutes',
    ];
    const { text, status } = await site.post('/', Object.fromEntries(fields.map((field) => [field, evil])));
    expect(status).toBe(400);
    expect(text).not.toContain('<script>alert');
    expect(text).toContain('&lt;script&gt;alert(1)');
  });
});

describe('a form from the open internet', () => {
  it('must carry a stamp that is neither missing nor too fresh, and leave the trap empty', async () => {
    const site = await aSite({ clientOf: () => '198.51.100.1' });
    const stamp = / name="stamp" value="([^"]+)"/.exec((await site.get('/')).text)?.[1] ?? '';
    expect((await site.post('/', { email: 'ada@example.com' })).status).toBe(400);
    const early = await site.post('/', { email: 'ada@example.com', stamp });
    expect([early.status, early.text.includes('wait a moment')]).toEqual([400, true]);
    site.clock.advance(5000);
    const robot = await site.post('/', { email: 'ada@example.com', stamp, website: 'https://spam.example' });
    expect([robot.status, site.letters.sent.length, site.writes.length]).toEqual([200, 0, 0]);
    expect((await site.post('/', { email: 'ada@example.com', stamp })).status).toBe(200);
    expect(site.letters.take()).toHaveLength(1);
  });

  it('is told to slow down, while an address that had its share is not told', async () => {
    const site = await aSite({ clientOf: () => '198.51.100.1' });
    const stamp = / name="stamp" value="([^"]+)"/.exec((await site.get('/')).text)?.[1] ?? '';
    site.clock.advance(5000);
    const statuses = [];
    for (let n = 0; n < 12; n++) statuses.push((await site.post('/', { email: 'ada@example.com', stamp })).status);
    expect(statuses).toEqual([...Array(10).fill(200), 429, 429]);
    expect(site.letters.take()).toHaveLength(1);
  });
});
