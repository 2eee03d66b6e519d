import { describe, expect, it } from 'vitest';
import { DAY, MINUTE } from '../../functions/model/time.ts';
import {
  isSpared,
  isStampGood,
  type LimitOutcome,
  mayLook,
  mayMail,
  networkOf,
  siteOf,
  stampForm,
} from '../../functions/subscribers/limits.ts';
import { BASE_AT } from '../builders.ts';
import { memoryStores } from '../fakes.ts';

const key = new Uint8Array(32).fill(5);
const ports = () => ({
  control: memoryStores().control,
  keys: [key] as const,
  sparedNetworks: ['127.0.0.1', '10.1.0.0/16', '2001:db8:1::/48'],
});
const from = (n: number) => `198.51.${n % 250}.7`;

describe('limits', () => {
  it.each([
    ['198.51.100.7', '198.51.100'],
    ['::ffff:198.51.100.7', '198.51.100'],
    ['2001:db8::1', '2001:0db8:0000:0000'],
    ['2001:db8:a:b:c:d:e:f', '2001:0db8:000a:000b'],
    ['nonsense', '?'],
  ])('the network of %s is %s', (client, network) => {
    expect(networkOf(client)).toBe(network);
  });

  // plainIp left out · IPv4 has one, too · prefixOf takes another number of groups, or forgets the zeros
  it.each([
    ['2001:db8::1', '2001:0db8:0000'],
    ['2001:DB8:a:b:c:d:e:f', '2001:0db8:000a'],
    ['198.51.100.7', undefined],
    ['::ffff:198.51.100.7', undefined],
    ['nonsense', undefined],
  ])('the wider network of %s is %s', (client, site) => {
    expect(siteOf(client)).toBe(site);
  });

  it.each([
    ['127.0.0.1', true],
    ['::ffff:127.0.0.1', true],
    ['10.1.200.3', true],
    ['2001:db8:1:9::1', true],
    ['10.2.0.1', false],
    ['127.0.0.2', false],
    ['', false],
  ])('spares %s: %s', (client, spared) => {
    expect(isSpared(client, ports().sparedNetworks)).toBe(spared);
  });

  it('lets one mail an address go in ten minutes and three a day, quietly', async () => {
    const limited = ports();
    const outcomes: LimitOutcome[] = [];
    for (const minutes of [0, 1, 11, 22, 33, 44])
      outcomes.push(
        await mayMail(limited, { client: from(minutes), addressKey: 'ada@example.com' }, BASE_AT + minutes * MINUTE),
      );
    expect(outcomes).toEqual(['within', 'quiet', 'within', 'within', 'quiet', 'quiet']);
    expect(await mayMail(limited, { client: from(99), addressKey: 'ada@example.com' }, BASE_AT + DAY)).toBe('within');
  });

  it('counts dots and plus of one mailbox together', async () => {
    const limited = ports();
    await mayMail(limited, { client: from(1), addressKey: 'ada.b@gmail.com' }, BASE_AT);
    expect(await mayMail(limited, { client: from(2), addressKey: 'a.dab+x@gmail.com' }, BASE_AT)).toBe('quiet');
    expect(await mayMail(limited, { client: from(4), addressKey: 'adab@googlemail.com' }, BASE_AT)).toBe('quiet');
    expect(await mayMail(limited, { client: from(3), addressKey: 'a.dab@example.com' }, BASE_AT)).toBe('within');
  });

  it('bounds a flood: from one network, to one domain, and over all', async () => {
    const flood = async (client: (n: number) => string, address: (n: number) => string): Promise<number> => {
      const limited = ports();
      let sent = 0;
      for (let n = 0; n < 2500; n++)
        if ((await mayMail(limited, { client: client(n), addressKey: address(n) }, BASE_AT)) === 'within') sent++;
      return sent;
    };
    const spread = (n: number) => `2001:db9:${n.toString(16)}:1::1`;
    expect(
      await flood(
        () => '198.51.100.9',
        (n) => `a${n}@d${n}.example`,
      ),
    ).toBe(10);
    expect(await flood(spread, (n) => `a${n}@example.com`)).toBe(300);
    expect(await flood(spread, (n) => `a${n}@d${n}.example`)).toBe(2000);
    // who floods Gmail, by either name, leaves room for others, and needs many networks to keep its readers out
    expect(await flood(spread, (n) => `a${n}@${n % 2 ? 'gmail' : 'googlemail'}.com`)).toBe(1500);
  });

  // limits.ts: examples are counted by /64 alone
  it('a whole /48 looks at 360 examples in ten minutes, one network in it at 60', async () => {
    const limited = ports();
    const looked = async (times: number, client: (n: number) => string): Promise<number> => {
      let shown = 0;
      for (let n = 0; n < times; n++) if (await mayLook(limited, { client: client(n) }, BASE_AT)) shown++;
      return shown;
    };
    expect(await looked(100, () => '2001:db9:7::1')).toBe(60);
    expect(await looked(500, (n) => `2001:db9:7:${(n + 1).toString(16)}::1`)).toBe(300);
    expect(await looked(500, (n) => `198.51.${n % 250}.7`)).toBe(500);
  });

  // site-day left out, or as wide as all · the wider count comes first, so that one full network uses it up for its neighbours
  it('a whole /48 uses up less than a fifth of everybody’s hour, and one network in it not the others’ share', async () => {
    const limited = ports();
    const ask = async (client: string, n: number, at = BASE_AT) =>
      (await mayMail(limited, { client, addressKey: `a${n}@d${n}.example` }, at)) === 'within';
    const count = async (times: number, client: (n: number) => string, from: number): Promise<number> => {
      let sent = 0;
      for (let n = 0; n < times; n++) if (await ask(client(n), from + n)) sent++;
      return sent;
    };
    expect(await count(500, () => '2001:db9:7::1', 0)).toBe(10);
    expect(await count(1000, (n) => `2001:db9:7:${(n + 1).toString(16)}::1`, 500)).toBe(350);
    expect(await mayMail(limited, { client: '2001:db9:7:ffff::1', addressKey: 'a@b.example' }, BASE_AT)).toEqual({
      kind: 'slow-down',
      until: (Math.floor(BASE_AT / DAY) + 1) * DAY,
    });
    expect(await ask('2001:db9:8::1', 5000)).toBe(true);
    expect(await ask('198.51.100.7', 5001)).toBe(true);
    expect(await ask('2001:db9:7:ffff::1', 5002, BASE_AT + DAY)).toBe(true);
  });

  it('spares the networks named', async () => {
    const limited = ports();
    for (let n = 0; n < 20; n++)
      expect(await mayMail(limited, { client: '127.0.0.1', addressKey: 'ada@example.com' }, BASE_AT)).toBe('within');
  });

  it('takes a form stamp of its own, neither too fresh nor too old', () => {
    const stamp = stampForm(key, BASE_AT);
    expect([0, 1999, 2000, DAY, DAY + 1].map((age) => isStampGood(key, stamp, BASE_AT + age))).toEqual([
      false,
      false,
      true,
      true,
      false,
    ]);
    expect(
      ['', '.', 'x.y', stamp.replace(/.$/, '!'), `${(1).toString(36)}.${stamp.split('.')[1]}`].map((bad) =>
        isStampGood(key, bad, BASE_AT + 5000),
      ),
    ).toEqual([false, false, false, false, false]);
  });
});
