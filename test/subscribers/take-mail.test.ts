import { beforeEach, describe, expect, it } from 'vitest';
import { readMail } from '../../functions/adapters/read-mail.ts';
import { handleMailHandler } from '../../functions/handlers/handle-mail.ts';
import { MINUTE } from '../../functions/model/time.ts';
import { TOPICS } from '../../functions/model/topic.ts';
import { createMailTaker } from '../../functions/subscribers/take-mail.ts';
import { aSubscriber } from '../builders.ts';
import { INBOUND, KINDS, receivedMail, type Written } from '../incoming-mails.ts';
import { aSite, KEY, type Site } from './site.ts';

let site: Site;
let bucket: Map<string, Uint8Array>;
let ports: Parameters<typeof createMailTaker>[0];
let take: ReturnType<typeof createMailTaker>;

beforeEach(async () => {
  site = await aSite({ clientOf: () => '203.0.113.9' });
  bucket = new Map();
  ports = {
    ...site.ports,
    desk: { domain: INBOUND, from: 'news@news.example', allowReserved: true },
    arrivals: {
      read: async (key) => {
        const raw = bucket.get(key);
        return raw && ((await readMail(raw.subarray(0, 256 * 1024))) ?? 'unreadable');
      },
      delete: async (key) => void bucket.delete(key),
    },
  };
  take = createMailTaker(ports);
});

const tokenOf = (url: string): string => url.slice(url.lastIndexOf('/') + 1);

/** Takes one mail; says what was answered, and what the log says. */
const mailed = async (written: Written, handed?: Parameters<typeof receivedMail>[1]) => {
  bucket.set('m', receivedMail(written, handed));
  await take('m', site.clock.now());
  expect(bucket.size).toBe(0);
  const { fields } = site.log.lines.findLast(({ event }) => event === 'mail.done') ?? {};
  return { answered: site.letters.take().map(({ kind }) => kind), outcome: fields?.outcome, why: fields?.why };
};

const NOTHING: Readonly<Record<string, string>> = {
  'an auto-reply': 'automatic',
  'a bounce': 'bounce',
  'a list': 'list',
  'a forged From': 'not-authentic',
};

/**
 * The commands by mail, in each kind of mail: what changed, what was answered. Fails if: a kind of mail is read otherwise · a machine or a
 * forger gets an answer, or gets somebody else one · a token is taken for another's purpose · a mail stays in the bucket.
 */
describe.each(Object.entries(KINDS))('by mail, %s', (kind, { written, handed }) => {
  it('subscribe: a letter to confirm, to the author only, or nothing', async () => {
    const done = await mailed(written, handed);
    const reader = await site.byAddress('ada@reader.example');
    const why = NOTHING[kind];
    if (why === undefined) {
      expect(done).toMatchObject({ answered: ['confirm'], outcome: 'taken' });
      expect(reader).toMatchObject({ status: { kind: 'pending' }, address: 'ada@reader.example' });
    } else {
      expect(done).toEqual({ answered: [], outcome: 'ignored', why });
      expect([reader, site.writes]).toEqual([undefined, []]);
    }
  });

  const stopping = (url: string) => mailed({ ...written, to: `stop+${tokenOf(url)}@${INBOUND}` }, handed);
  const given = () => site.given({ address: 'bob@other.example', addressKey: 'bob@other.example' });
  const statusOf = async (id: string) => (await site.subscribers.byId(id))?.status.kind;

  it('stop and a token: who it was made for leaves, whoever sent it, and nothing is answered', async () => {
    const bob = await given();
    expect(await stopping(site.links.unsubscribe(bob))).toMatchObject({ answered: [], outcome: 'left' });
    expect(await statusOf(bob.id)).toBe('left');
    expect(await stopping(site.links.unsubscribe(bob))).toMatchObject({ answered: [], outcome: 'already' });
  });

  it('stop and a token in small letters, as some servers write addresses: who it was made for leaves', async () => {
    const bob = await given();
    expect(await stopping(site.links.unsubscribe(bob).toLowerCase())).toMatchObject({ answered: [], outcome: 'left' });
    const manage = site.links.manage(bob, site.clock.now()).toLowerCase();
    expect(await stopping(manage)).toEqual({ answered: [], outcome: 'dead-link', why: 'forged' });
  });

  it('stop and a forged, expired or other token: nobody leaves, and nothing is answered', async () => {
    const bob = await given();
    const url = site.links.unsubscribe(bob);
    const eve = aSubscriber({ id: 'evevevevevevevev' });
    const forged = `${url.slice(0, -22)}${site.links.unsubscribe(eve).slice(-22)}`;
    expect(await stopping(forged)).toEqual({ answered: [], outcome: 'dead-link', why: 'forged' });
    const manage = site.links.manage(bob, site.clock.now());
    expect(await stopping(manage)).toEqual({ answered: [], outcome: 'dead-link', why: 'manage' });
    const old = site.links.confirm(bob, site.clock.now());
    site.clock.advance(3 * 24 * 60 * MINUTE);
    expect(await stopping(old)).toEqual({ answered: [], outcome: 'dead-link', why: 'expired' });
    expect(await statusOf(bob.id)).toBe('active');
  });
});

describe('a stop by a token of before the key was rotated', () => {
  it('ends the subscription, and by another link nothing', async () => {
    const bob = await site.given({ address: 'bob@other.example', addressKey: 'bob@other.example' });
    take = createMailTaker({ ...ports, keys: [new Uint8Array(32).fill(8), KEY] });
    const stop = (url: string) => mailed({ to: `stop+${tokenOf(url)}@${INBOUND}` });
    expect(await stop(site.links.manage(bob, site.clock.now()))).toMatchObject({
      outcome: 'dead-link',
      why: 'expired',
    });
    expect((await site.subscribers.byId(bob.id))?.status.kind).toBe('active');
    expect(await stop(site.links.unsubscribe(bob))).toMatchObject({ answered: [], outcome: 'left' });
    expect((await site.subscribers.byId(bob.id))?.status.kind).toBe('left');
  });
});

describe('a sign-up by mail', () => {
  const subscribe = (written: Written = {}) => mailed(written);

  it('has the choices of the form as it stands', async () => {
    await subscribe({ to: `x@${INBOUND}`, subject: 'Abonnieren' });
    const mail = await site.byAddress('ada@reader.example');
    site.clock.advance(3000);
    const ask = { email: 'eva@reader.example', zone: 'UTC', language: 'de' };
    await site.post('/', ask, { 'accept-language': 'de' });
    // without a stamp the form refuses whoever is not spared, so the page is asked from a spared network
    const page = await aSite();
    await page.post('/', ask, { 'accept-language': 'de' });
    expect(mail?.preferences).toEqual((await page.byAddress('eva@reader.example'))?.preferences);
    expect(mail?.preferences).toMatchObject({ language: 'de', reads: ['de'], topics: TOPICS, zone: 'UTC' });
  });

  it('comes at seven where the mail was written, as its date tells', async () => {
    await subscribe({ date: 'Sun, 4 Jan 2026 23:00:00 -0800' });
    const mail = await site.byAddress('ada@reader.example');
    expect(mail?.preferences).toMatchObject({ hour: 7, zone: 'America/Los_Angeles' });
  });

  it('counts under the limits of the address: the second mail within ten minutes gets no letter', async () => {
    expect((await subscribe()).answered).toEqual(['confirm']);
    expect((await subscribe()).answered).toEqual([]);
    site.clock.advance(10 * MINUTE);
    expect((await subscribe()).answered).toEqual(['confirm']);
  });

  it('counts under the limits of the domain, not of a network that millions share', async () => {
    const answers: number[] = [];
    for (let n = 0; n < 302; n++) answers.push((await subscribe({ from: `r${n}@reader.example` })).answered.length);
    expect(answers.reduce((sum, each) => sum + each, 0)).toBe(300);
  });

  it('gets a reader the link to their choices, changes nothing, and says that it answers a mail', async () => {
    const ada = await site.given({ address: 'ada@reader.example', addressKey: 'ada@reader.example' });
    bucket.set('m', receivedMail({}));
    await take('m', site.clock.now());
    expect(site.letters.take()).toEqual([
      { v: 1, kind: 'manage', subscriber: ada.id, askedAt: site.clock.now(), reply: true },
    ]);
    expect(await site.subscribers.byId(ada.id)).toEqual(ada);
  });

  it('and to unsubscribe@: its author leaves, once, and is not answered; whoever is no reader changes nothing', async () => {
    const ada = await site.given({ address: 'ada@reader.example', addressKey: 'ada@reader.example' });
    const leaving = (from: string) => mailed({ from, to: `unsubscribe@${INBOUND}` });
    expect(await leaving('eve@reader.example')).toMatchObject({ answered: [], outcome: 'nobody' });
    expect(await leaving('Ada <ADA@reader.example>')).toMatchObject({ answered: [], outcome: 'left' });
    expect((await site.subscribers.byId(ada.id))?.status.kind).toBe('left');
    expect(await leaving('ada@reader.example')).toMatchObject({ answered: [], outcome: 'already' });
  });

  // take-mail.ts: the address of the claim is not compared, and an old address takes its owner's new subscription away
  it('of an address that its owner moved away from takes nobody off', async () => {
    const ada = await site.given({ address: 'new@other.example', addressKey: 'new@other.example' });
    await site.subscribers.claimAddress('ada@reader.example', ada.id);
    expect(await mailed({ to: `stop@${INBOUND}` })).toMatchObject({ answered: [], outcome: 'nobody' });
    expect((await site.subscribers.byId(ada.id))?.status.kind).toBe('active');
  });

  it('logs no address', async () => {
    await subscribe();
    await mailed({ from: 'ada@reader.example', to: `hm@${INBOUND}` });
    expect(JSON.stringify(site.log.lines)).not.toMatch(/reader\.example|@/);
  });
});

describe('handle-mail', () => {
  const call = (body: object) =>
    handleMailHandler({ ...ports, clock: site.clock })({
      Records: [{ messageId: '1', body: JSON.stringify(body) }],
    });

  it('takes what S3 tells of, and what it says when the bucket is made', async () => {
    bucket.set('a b+c', receivedMail({}));
    expect(await call({ Records: [{ s3: { object: { key: 'a+b%2Bc' } } }] })).toEqual({ batchItemFailures: [] });
    expect(bucket.size).toBe(0);
    expect(await call({ Service: 'Amazon S3', Event: 's3:TestEvent' })).toEqual({ batchItemFailures: [] });
    expect(await call({ Records: [{ s3: { object: { key: 'gone' } } }] })).toEqual({ batchItemFailures: [] });
    expect(await call({ odd: true })).toEqual({ batchItemFailures: [{ itemIdentifier: '1' }] });
  });

  it('keeps a mail whose work failed, for the next try', async () => {
    bucket.set('m', receivedMail({}));
    const failing = { ...ports, letters: { send: () => Promise.reject(new Error('SQS')) } };
    await expect(createMailTaker(failing)('m', site.clock.now())).rejects.toThrow('SQS');
    expect(bucket.size).toBe(1);
  });
});
