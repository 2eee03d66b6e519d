import { createHmac, timingSafeEqual } from 'node:crypto';
import { BlockList, isIP, isIPv4 } from 'node:net';
import type { LinkKeys } from '../model/link-keys.ts';
import { DAY, HOUR, type Instant, MINUTE } from '../model/time.ts';
import type { Control } from '../ports.ts';

/** What every mail that a stranger can cause is counted under (promise 52): one place for all of them. */
export interface LimitPorts {
  control: Control;
  /** Counters are named by the current key: with a new one they begin anew. */
  keys: LinkKeys;
  /** Networks that limits and form time spare: addresses or CIDR. */
  sparedNetworks: readonly string[];
}

/** The asker, the domain or the whole service had their share, which begins anew at `until`. */
export interface SlowDown {
  kind: 'slow-down';
  until: Instant;
}

/** `quiet`: the address had its share; the page must not tell. */
export type LimitOutcome = 'within' | 'quiet' | SlowDown;

type Rule = readonly [what: string, limit: number, windowMs: number];

const ADDRESS: readonly Rule[] = [
  ['address-10m', 1, 10 * MINUTE],
  ['address-day', 3, DAY],
];
const WIDE = {
  network: [
    ['network-10m', 10, 10 * MINUTE],
    ['network-day', 60, DAY],
  ],
  // whoever has a /48 has 65,536 networks, and could use up everybody's hour alone; a provider's may hold hundreds of homes or phones. So six
  // times as many: less than a fifth of an hour, once a day
  site: [['site-day', 360, DAY]],
  domain: [['domain-hour', 300, HOUR]],
  // their servers mind no flood of ours, while a few strangers' networks could use up three hundred and keep half of all readers out
  greatDomain: [['domain-hour', 1500, HOUR]],
  global: [['global-hour', 2000, HOUR]],
} as const satisfies Record<string, readonly Rule[]>;

/** Providers of mailboxes that so many people share that their domain says nothing of who asks. */
const GREAT_DOMAINS: ReadonlySet<string> = new Set(
  [
    'gmail.com outlook.com hotmail.com live.com msn.com yahoo.com icloud.com me.com aol.com proton.me protonmail.com',
    'gmx.de gmx.net web.de t-online.de hotmail.de outlook.de hotmail.fr outlook.fr orange.fr free.fr laposte.net wanadoo.fr',
    'yahoo.fr yahoo.es hotmail.es outlook.es yahoo.co.uk hotmail.co.uk qq.com 163.com mail.ru yandex.ru',
  ].flatMap((line) => line.split(' ')),
);

/** IPv4 told as IPv6 (RFC 4291 2.5.5.2) is IPv4: servers that listen on both report it so. */
const plainIp = (client: string): string => client.replace(/^::ffff:(?=\d+\.)/i, '');

/** The first groups, of sixteen bits each, of an IPv6 address, written in full. */
const prefixOf = (address: string, length: number): string => {
  const [head = '', tail] = address.toLowerCase().split('::');
  const groups = head.split(':').filter(Boolean);
  const after = (tail ?? '').split(':').filter(Boolean);
  const zeros = tail === undefined ? 0 : Math.max(0, 8 - groups.length - after.length);
  const whole = [...groups, ...Array.from({ length: zeros }, () => '0'), ...after];
  return whole
    .slice(0, length)
    .map((group) => group.padStart(4, '0'))
    .join(':');
};

/** The network an asker is counted under: /24 of IPv4, /64 of IPv6; `?` for an asker without an address. */
export const networkOf = (client: string): string => {
  const address = plainIp(client);
  if (isIP(address) === 0) return '?';
  return isIPv4(address) ? address.split('.').slice(0, 3).join('.') : prefixOf(address, 4);
};

/** The wider network of an IPv6 asker, its /48: as much as one customer may be given. Nothing for IPv4, where nobody is given as many. */
export const siteOf = (client: string): string | undefined => {
  const address = plainIp(client);
  return isIP(address) === 6 ? prefixOf(address, 3) : undefined;
};

/** True if the operator named the asker's network (an address or CIDR) as one that limits spare. */
export const isSpared = (client: string, networks: readonly string[]): boolean => {
  const address = plainIp(client);
  if (isIP(address) === 0) return false;
  const list = new BlockList();
  for (const network of networks) {
    const [host = '', bits] = network.split('/');
    if (isIP(host) === 0) continue;
    const family = isIPv4(host) ? 'ipv4' : 'ipv6';
    if (bits === undefined) list.addAddress(host, family);
    else list.addSubnet(host, Number(bits), family);
  }
  return list.check(address, isIPv4(address) ? 'ipv4' : 'ipv6');
};

/** For limits only: Gmail's two domains are one, whose mailboxes are the same. */
const domainOf = (addressKey: string): string => {
  const [, domain = ''] = addressKey.split('@');
  return domain === 'googlemail.com' ? 'gmail.com' : domain;
};

/** For limits only: Gmail's dots and anybody's `+tag` are one mailbox. */
const mailboxOf = (addressKey: string): string => {
  const [local = ''] = addressKey.split('@');
  const domain = domainOf(addressKey);
  const bare = local.replace(/\+.*$/, '');
  return `${domain === 'gmail.com' ? bare.replaceAll('.', '') : bare}@${domain}`;
};

/** Counts one use; if that is one too many, when the window that is full ends. */
const fullUntil = async (
  ports: LimitPorts,
  rules: readonly Rule[],
  who: string,
  at: Instant,
): Promise<Instant | undefined> => {
  for (const [what, limit, windowMs] of rules) {
    // keyed, so that the table of limits never holds an address
    const name = createHmac('sha256', ports.keys[0]).update(`limit ${what} ${who}`).digest('base64url').slice(0, 22);
    if (!(await ports.control.withinLimit(`${what}/${name}`, limit, windowMs, at)))
      return (Math.floor(at / windowMs) + 1) * windowMs;
  }
  return undefined;
};

/** Counts one use of an asker's network, and of the wider one if that has room. */
const networkFullUntil = async (
  ports: LimitPorts,
  rules: { network: readonly Rule[]; site: readonly Rule[] },
  client: string,
  at: Instant,
): Promise<Instant | undefined> => {
  const full = await fullUntil(ports, rules.network, networkOf(client), at);
  const site = siteOf(client);
  return full ?? (site === undefined ? undefined : fullUntil(ports, rules.site, site, at));
};

const counted = async (ports: LimitPorts, rules: readonly Rule[], who: string, at: Instant): Promise<boolean> =>
  (await fullUntil(ports, rules, who, at)) === undefined;

/**
 * Counts one mail to an address, asked for by a client, and says whether it may go.
 * @param wish.client absent: asked for by a mail from the address itself; millions share the network of its mail server
 */
export const mayMail = async (
  ports: LimitPorts,
  { client, addressKey }: { client: string | undefined; addressKey: string },
  at: Instant,
): Promise<LimitOutcome> => {
  if (client !== undefined && isSpared(client, ports.sparedNetworks)) return 'within';
  const domain = domainOf(addressKey);
  const full =
    (client === undefined ? undefined : await networkFullUntil(ports, WIDE, client, at)) ??
    (await fullUntil(ports, GREAT_DOMAINS.has(domain) ? WIDE.greatDomain : WIDE.domain, domain, at)) ??
    (await fullUntil(ports, WIDE.global, 'all', at));
  // an hour at least: who comes back at the first moment meets all the others
  if (full !== undefined) return { kind: 'slow-down', until: Math.max(full, at + HOUR) };
  return (await counted(ports, ADDRESS, mailboxOf(addressKey), at)) ? 'within' : 'quiet';
};

/** Counts a 'send one now': once a day, because the link is in every digest and digests are forwarded. */
export const maySendNow = async (
  ports: LimitPorts,
  { client, id }: { client: string; id: string },
  at: Instant,
): Promise<boolean> => isSpared(client, ports.sparedNetworks) || counted(ports, [['now-day', 1, DAY]], id, at);

const EXAMPLES = {
  network: [['example-10m', 60, 10 * MINUTE]],
  site: [['example-site-10m', 360, 10 * MINUTE]],
} as const satisfies Record<string, readonly Rule[]>;

/** Counts an example that was asked for with wishes of one's own: each may read dozens of shelves. */
export const mayLook = async (ports: LimitPorts, { client }: { client: string }, at: Instant): Promise<boolean> =>
  isSpared(client, ports.sparedNetworks) || (await networkFullUntil(ports, EXAMPLES, client, at)) === undefined;

/** Counts addresses of sources that a reader adds, each a request to somebody's server: twice as many a day as one can follow. */
export const mayAddSources = async (
  ports: LimitPorts,
  { client, id, addresses }: { client: string; id: string; addresses: number },
  at: Instant,
): Promise<boolean> => {
  if (isSpared(client, ports.sparedNetworks)) return true;
  for (let added = 0; added < addresses; added++)
    if (!(await counted(ports, [['sources-day', 100, DAY]], id, at))) return false;
  return true;
};

const stampMac = (key: Uint8Array, at: string): string =>
  createHmac('sha256', key).update(`form ${at}`).digest('base64url').slice(0, 16);

/** A signed time for a form, so that a robot cannot post it at once or keep one for ever. */
export const stampForm = (key: Uint8Array, at: Instant): string =>
  `${at.toString(36)}.${stampMac(key, at.toString(36))}`;

/** True if the stamp is ours and a person could have filled the form since: 2 seconds to one day. */
export const isStampGood = (key: Uint8Array, stamp: string, now: Instant): boolean => {
  const [at = '', mac = ''] = stamp.split('.');
  const right = Buffer.from(stampMac(key, at));
  const given = Buffer.from(mac);
  const age = now - Number.parseInt(at, 36);
  return given.length === right.length && timingSafeEqual(given, right) && age >= 2000 && age <= DAY;
};
