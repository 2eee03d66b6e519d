import { beforeEach, describe, expect, it } from 'vitest';
import { cohortId, cohortOf, shardOf } from '../../functions/model/cohort.ts';
import { keywordKey } from '../../functions/model/keyword.ts';
import type { Subscriber } from '../../functions/model/subscriber.ts';
import { DAY, HOUR } from '../../functions/model/time.ts';
import { takeCensus } from '../../functions/subscribers/census.ts';
import { changeSubscriber } from '../../functions/subscribers/change.ts';
import { signUp } from '../../functions/subscribers/sign-up.ts';
import { anId, aSubscriber, BASE_AT } from '../builders.ts';
import { type MemoryPorts, memoryPorts } from '../fakes.ts';
import { aSite } from './site.ts';

let ports: MemoryPorts;
beforeEach(() => {
  ports = memoryPorts();
});

const idOf = ({ preferences }: Subscriber): string => cohortId(cohortOf(preferences));

/** Puts a subscriber where sign-up and confirming would: address, cohort, subscriber, followed things. */
const settle = async (over: Parameters<typeof aSubscriber>[0] = {}): Promise<Subscriber> => {
  const one = aSubscriber(over);
  await ports.subscribers.claimAddress(one.addressKey, one.id);
  await ports.cohorts.register(cohortOf(one.preferences), shardOf(one.id), BASE_AT);
  await ports.subscribers.save(one);
  const sources = one.preferences.sources.filter((id) => id !== '*');
  await ports.cohorts.follow({ sources, keywords: one.preferences.keywords.map(keywordKey) });
  return one;
};

const repairs = () => ports.log.lines.filter(({ event }) => event === 'census.repaired');
const registered = async () => (await ports.cohorts.all()).map(({ id, shards }) => [id, shards]);
const night = (n: number) => takeCensus(ports, BASE_AT + n * DAY);

describe('the census', () => {
  it('finds nothing to do where everything stands', async () => {
    await settle({ address: 'one@example.com', preferences: { sources: ['a'], keywords: ['solar power'] } });
    await settle({ address: 'two@example.com', preferences: { hour: 9 }, status: { kind: 'paused', until: BASE_AT } });
    const before = [await ports.cohorts.all(), await ports.cohorts.follows()];
    expect(await night(30)).toEqual({
      subscribers: 2,
      addresses: 0,
      orphans: 0,
      vanished: 0,
      lost: [],
      sources: 0,
      keywords: 0,
      retired: 0,
    });
    expect([await ports.cohorts.all(), await ports.cohorts.follows()]).toEqual(before);
    expect(repairs()).toEqual([]);
  });

  it('registers what readers stand in and follow, and names it, but no address and no keyword', async () => {
    const one = aSubscriber({
      address: 'one@example.com',
      preferences: { sources: ['outlet-a'], keywords: ['solar power'] },
    });
    await ports.subscribers.save(one);
    const report = await night(0);
    expect(report).toMatchObject({
      lost: [{ cohort: idOf(one), shards: [shardOf(one.id)] }],
      addresses: 1,
      sources: 1,
      keywords: 1,
    });
    expect(await registered()).toEqual([[idOf(one), [shardOf(one.id)]]]);
    expect(await ports.cohorts.followed()).toEqual({ sources: ['outlet-a'], keywords: ['solar power'] });
    expect(await ports.subscribers.idOfAddress(one.addressKey)).toBe(one.id);
    expect(repairs().map(({ level, fields }) => [level, fields])).toEqual([
      ['warn', { what: 'address', subscriber: one.id }],
      ['warn', { what: 'cohort', cohort: idOf(one), shards: String(shardOf(one.id)) }],
      ['warn', { what: 'source', source: 'outlet-a' }],
      ['warn', { what: 'keyword' }],
    ]);
    expect(JSON.stringify(ports.log.lines)).not.toMatch(/example\.com|solar/);
    ports.log.lines.length = 0;
    expect(await night(1)).toMatchObject({ lost: [], addresses: 0, sources: 0, keywords: 0 });
    expect(repairs()).toEqual([]);
  });

  it('registers a shard that a known cohort lost', async () => {
    const one = await settle();
    await ports.subscribers.save(aSubscriber({ address: 'b@example.com' }));
    const other = shardOf(anId('b@example.com'));
    expect(other).not.toBe(shardOf(one.id));
    expect((await night(0)).lost).toEqual([{ cohort: idOf(one), shards: [other] }]);
    expect(repairs().at(-1)?.fields).toMatchObject({ what: 'shards', cohort: idOf(one) });
  });

  it('does not register for those who get no mail', async () => {
    await ports.subscribers.save(aSubscriber({ address: 'p@example.com', status: { kind: 'pending' } }));
    await ports.subscribers.save(
      aSubscriber({ address: 'l@example.com', status: { kind: 'left', at: BASE_AT, why: 'bounced' } }),
    );
    expect(await night(0)).toMatchObject({ subscribers: 2, lost: [] });
    expect(await registered()).toEqual([]);
  });

  describe('seven days', () => {
    const unused = async (): Promise<Subscriber> => {
      const one = await settle({ preferences: { sources: ['a'], keywords: ['solar power'] } });
      await ports.subscribers.delete(one.id);
      await ports.subscribers.releaseAddress(one.addressKey, one.id);
      return one;
    };

    it('pass before what nobody uses is gone', async () => {
      await unused();
      for (const n of [0, 1, 2, 3, 4, 5, 6]) expect(await night(n)).toMatchObject({ retired: 0 });
      expect(await registered()).toHaveLength(1);
      expect(await night(7)).toMatchObject({ retired: 3 });
      expect([await registered(), await ports.cohorts.follows()]).toEqual([[], []]);
      expect(repairs()).toEqual([]);
    });

    it('begin anew for who joins, whenever that is between two nights', async () => {
      const gone = await unused();
      for (const n of [0, 3, 6]) await night(n);
      // registered, but not saved yet: the census of night 7 meets a joiner half way
      await ports.cohorts.register(cohortOf(gone.preferences), shardOf(gone.id), BASE_AT + 7 * DAY - 1);
      await ports.cohorts.follow({ sources: ['a'], keywords: ['solar power'].map(keywordKey) });
      expect(await night(7)).toMatchObject({ retired: 0 });
      await ports.subscribers.save({ ...gone, id: gone.id, version: 1 });
      for (const n of [8, 15, 30]) expect(await night(n)).toMatchObject({ retired: 0, lost: [] });
      expect(repairs().filter(({ fields }) => fields.what !== 'address')).toEqual([]);
    });

    it('begin anew for what a scan missed and the next one finds', async () => {
      const one = await settle({ preferences: { sources: ['a'], keywords: ['solar power'] } });
      await ports.cohorts.noteIdle(idOf(one), [shardOf(one.id)], BASE_AT);
      for (const follow of await ports.cohorts.follows()) await ports.cohorts.noteUnfollowed(follow, BASE_AT);
      await night(1);
      expect((await ports.cohorts.all()).map(({ idle }) => idle)).toEqual([undefined]);
      expect((await ports.cohorts.follows()).map(({ idleSinceAt }) => idleSinceAt)).toEqual([undefined, undefined]);
      expect(repairs()).toEqual([]);
    });

    it('take empty shards out of a cohort that others use', async () => {
      const stays = await settle();
      const leaves = await settle({ address: 'b@example.com' });
      await ports.subscribers.delete(leaves.id);
      for (const n of [0, 7]) await night(n);
      expect(await registered()).toEqual([[idOf(stays), [shardOf(stays.id)]]]);
    });

    it('let an unconfirmed sign-up vanish, address and all, unless confirmed', async () => {
      const pending = await settle({ address: 'p@example.com', status: { kind: 'pending' }, signedUpAt: BASE_AT });
      expect(await night(7)).toMatchObject({ vanished: 0 });
      expect(await takeCensus(ports, BASE_AT + 7 * DAY + 1)).toMatchObject({ vanished: 1, orphans: 0 });
      expect(await ports.subscribers.byId(pending.id)).toBeUndefined();
      expect(await ports.subscribers.idOfAddress(pending.addressKey)).toBeUndefined();
    });

    it('let who left vanish after a hundred days, but not the mark on their address', async () => {
      const left = await settle({
        address: 'l@example.com',
        status: { kind: 'left', at: BASE_AT, why: 'complained' },
        signedUpAt: BASE_AT - 900 * DAY,
      });
      await ports.control.suppress(left.addressKey, 'complaint', BASE_AT);
      expect(await night(100)).toMatchObject({ vanished: 0 });
      expect(await takeCensus(ports, BASE_AT + 100 * DAY + 1)).toMatchObject({ vanished: 1, orphans: 0 });
      expect(await ports.subscribers.byId(left.id)).toBeUndefined();
      expect(await ports.subscribers.idOfAddress(left.addressKey)).toBeUndefined();
      expect(await ports.control.suppressed(left.addressKey)).toBe('complaint');
    });

    it('keep a sign-up that is confirmed while the census looks at it', async () => {
      const pending = await settle({ address: 'p@example.com', status: { kind: 'pending' }, signedUpAt: BASE_AT });
      const { scan, save } = ports.subscribers;
      ports.subscribers.scan = async function* () {
        for await (const page of scan()) {
          await save({ ...pending, status: { kind: 'active' }, version: 2 });
          yield page;
        }
      };
      expect(await night(8)).toMatchObject({ vanished: 0 });
      expect((await ports.subscribers.byId(pending.id))?.status.kind).toBe('active');
      expect(await ports.subscribers.idOfAddress(pending.addressKey)).toBe(pending.id);
    });
  });

  it('leaves whoever signs up in the moment in which they would vanish with one subscriber and a letter to it', async () => {
    const site = await aSite();
    const left = { kind: 'left', at: BASE_AT - 101 * DAY, why: 'unsubscribed' } as const;
    const { address, addressKey, id, preferences } = await site.given({ address: 'ada@example.com', status: left });
    const save: typeof site.subscribers.save = async (next) => {
      if (next.id === id) await takeCensus(site.memory, BASE_AT);
      return site.memory.subscribers.save(next);
    };
    const beside = { ...site.ports, subscribers: { ...site.memory.subscribers, save } };
    await signUp(beside, { address, addressKey, preferences, own: [], client: '127.0.0.1' }, BASE_AT);
    const [letter] = site.letters.take();
    expect(await site.byAddress(addressKey)).toMatchObject({ id: letter?.subscriber, status: { kind: 'pending' } });
  });

  it('lets go of addresses that a crash left behind', async () => {
    const one = await settle({ address: 'new@example.com' });
    await ports.subscribers.claimAddress('nobody@example.com', anId('never saved'));
    await ports.subscribers.claimAddress('old@example.com', one.id);
    expect(await night(0)).toMatchObject({ orphans: 2, addresses: 0 });
    expect(await ports.subscribers.idOfAddress('nobody@example.com')).toBeUndefined();
    expect(await ports.subscribers.idOfAddress('old@example.com')).toBeUndefined();
    expect(await ports.subscribers.idOfAddress('new@example.com')).toBe(one.id);
    expect(await night(1)).toMatchObject({ orphans: 0 });
  });

  it('lets no address go of a sign-up that comes after the scan has passed', async () => {
    const late = await settle({ address: 'late@example.com', status: { kind: 'pending' } });
    ports.subscribers.scan = async function* () {
      yield [];
    };
    expect(await night(0)).toMatchObject({ subscribers: 0, orphans: 0 });
    expect(await ports.subscribers.idOfAddress('late@example.com')).toBe(late.id);
  });

  it('names two subscribers of one address and leaves both', async () => {
    const one = await settle({ address: 'one@example.com' });
    const twin = aSubscriber({ address: 'one@example.com', id: anId('twin') });
    await ports.subscribers.save(twin);
    expect(await night(0)).toMatchObject({ addresses: 0 });
    expect(ports.log.lines.filter(({ level }) => level === 'error')).toEqual([
      { level: 'error', event: 'census.address-twice', fields: { subscriber: twin.id, owner: one.id } },
    ]);
    expect(await ports.subscribers.byId(twin.id)).toEqual(twin);
  });
});

describe('a change of a subscriber', () => {
  it.each<[string, (before: Subscriber) => Subscriber, boolean]>([
    ['of the hour', (before) => ({ ...before, preferences: { ...before.preferences, hour: 9 } }), true],
    ['into a pause', (before) => ({ ...before, status: { kind: 'paused', until: BASE_AT + DAY } }), true],
    ['of topics', (before) => ({ ...before, preferences: { ...before.preferences, topics: [] } }), false],
  ])('%s: noted as a move: %s', async (_, change, moves) => {
    const one = await settle();
    await changeSubscriber(ports, one.id, BASE_AT + HOUR, change);
    expect((await ports.subscribers.byId(one.id))?.movedAt).toBe(moves ? BASE_AT + HOUR : undefined);
  });
});
